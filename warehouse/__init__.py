"""WHAT WE KNOW: the DuckDB warehouse, its migrations, loading, views, queries and checks."""
