"""The cue lexicon, read once from `extractors/lexicons/cues.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from extractors.records import CueClass


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cue lemmas by class, and what each may take as content."""

    verbs: Mapping[str, CueClass]
    nouns: Mapping[str, CueClass]
    objects: frozenset[str]
    objects_if_quoted: frozenset[str]
    prepositions: Mapping[str, tuple[str, ...]]
    content_prepositions: Mapping[str, tuple[str, ...]]
    particles: Mapping[str, tuple[str, ...]]
    impersonal: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    media: frozenset[str]
    documents: frozenset[str]


def _by_lemma(table: Mapping[str, str]) -> dict[str, CueClass]:
    return {lemma: cast(CueClass, name) for name, words in table.items() for lemma in words.split()}


def _lists(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {lemma: tuple(words) for lemma, words in table.items()}


@cache
def load_lexicon() -> Lexicon:
    """Read the packaged lexicon."""
    source = files("extractors.lexicons").joinpath("cues.toml").read_text("utf-8")
    raw: dict[str, Any] = tomllib.loads(source)
    takes = raw["constructions"]
    return Lexicon(
        verbs=_by_lemma(raw["verbs"]),
        nouns=_by_lemma(raw["nouns"]),
        objects=frozenset(takes["object"].split()),
        objects_if_quoted=frozenset(takes["object_if_quoted"].split()),
        prepositions=_lists(takes["prepositions"]),
        content_prepositions=_lists(takes["content_prepositions"]),
        particles=_lists(takes["particles"]),
        impersonal=frozenset(takes["impersonal"].split()),
        phrases=tuple(tuple(phrase.split()) for phrase in raw["adpositions"]["phrases"]),
        media=frozenset(raw["sources"]["media"].split()),
        documents=frozenset(raw["sources"]["documents"].split()),
    )
