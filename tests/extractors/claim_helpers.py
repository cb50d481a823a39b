"""One claim parser for all tests of claims, and short ways to ask it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

from spacy.tokens import Doc

from extractors.claims import ClaimParser
from extractors.parse import Parser, load_parser
from extractors.records import Claim, TextDocument

PUBLISHED = datetime(2024, 5, 15, 10, tzinfo=UTC)  # a Wednesday


@cache
def claim_parser() -> ClaimParser:
    """The parser, loaded once."""
    return ClaimParser()


@cache
def text_parser() -> Parser:
    """The language pipeline alone."""
    return load_parser()


def parsed(text: str) -> Doc:
    """The parsed text."""
    return text_parser().parse(text)


def claims_of(text: str, outlet: str | None = "Harbour Post") -> tuple[Claim, ...]:
    """The claims of a text published on a Wednesday."""
    return claim_parser().parse(TextDocument("test", text, PUBLISHED, outlet=outlet))


def names_of(text: str) -> list[str | None]:
    """The claimants' names, in the order of the text."""
    return [claim.claimant.name for claim in claims_of(text)]


def spans_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every span of a record as JSON, at any depth."""
    if isinstance(value, dict):
        if {"text", "start", "end"} <= value.keys():
            yield value
        for part in value.values():
            yield from spans_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from spans_in(part)
