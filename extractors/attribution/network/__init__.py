"""A small encoder that reads who says what, beside the rules and with what they have read."""

from extractors.attribution.network.reading import Reading, read_page

__all__ = ["Reading", "read_page"]
