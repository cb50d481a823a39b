"""Fixtures of the extractors' tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from extractors.parse import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The default parser, loaded once; importing it takes a second that few tests need."""
    from extractors.parse import load_parser

    return load_parser()
