"""A made-up web, network and clock, against which the ingest runs for simulated months."""
