"""What we know: the DuckDB warehouse, from migrations to named queries."""
