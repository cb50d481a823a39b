"""Fixtures of the extractors' tests."""

import pytest

from extractors.parse import Parser, load_parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The default parser, loaded once."""
    return load_parser()
