"""Training of the attribution network (`extractors/attribution/network`)."""
