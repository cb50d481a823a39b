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
    finite: Mapping[str, str]
    telling: frozenset[str]
    speakers: frozenset[str]
    tolls: frozenset[str]
    victims: frozenset[str]
    revising: frozenset[str]
    objects: frozenset[str]
    objects_if_quoted: frozenset[str]
    prepositions: Mapping[str, tuple[str, ...]]
    content_prepositions: Mapping[str, tuple[str, ...]]
    particles: Mapping[str, tuple[str, ...]]
    counting: frozenset[str]
    needed: Mapping[str, tuple[str, ...]]
    impersonal: frozenset[str]
    admissions: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    views: Mapping[str, str]
    media: frozenset[str]
    mastheads: frozenset[str]
    documents: frozenset[str]
    relatives: frozenset[str]
    models: frozenset[str]
    venues: frozenset[str]


def _by_lemma(table: Mapping[str, str]) -> dict[str, CueClass]:
    return {lemma: cast(CueClass, name) for name, words in table.items() for lemma in words.split()}


def _lists(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {lemma: tuple(words) for lemma, words in table.items()}


def _finite(lemmas: list[str], irregular: Mapping[str, str]) -> dict[str, str]:
    """The finite forms of `lemmas`: base, -s and past."""
    forms = {form: lemma for form, lemma in irregular.items() if lemma in lemmas}
    for lemma in lemmas:
        stem = lemma[:-1] if lemma.endswith("e") else lemma
        is_y = lemma.endswith("y") and lemma[-2] not in "aeo"
        forms |= dict.fromkeys(
            (lemma, f"{lemma}s", f"{lemma[:-1]}ied" if is_y else f"{stem}ed"), lemma
        )
        forms |= {f"{lemma[:-1]}ies": lemma} if is_y else {}
    return forms


@cache
def load_lexicon() -> Lexicon:
    """Read the packaged lexicon."""
    source = files("extractors.lexicons").joinpath("cues.toml").read_text("utf-8")
    raw: dict[str, Any] = tomllib.loads(source)
    takes = raw["constructions"]
    return Lexicon(
        verbs=_by_lemma(raw["verbs"]),
        finite=_finite(takes["parenthetical"].split(), takes["irregular"]),
        telling=frozenset(takes["telling"].split()),
        speakers=frozenset(raw["sources"]["speakers"].split()),
        tolls=frozenset(raw["figures"]["tolls"].split()),
        victims=frozenset(raw["figures"]["victims"].split()),
        revising=frozenset(raw["figures"]["revising"].split()),
        nouns=_by_lemma(raw["nouns"]),
        objects=frozenset(takes["object"].split()),
        objects_if_quoted=frozenset(takes["object_if_quoted"].split()),
        prepositions=_lists(takes["prepositions"]),
        content_prepositions=_lists(takes["content_prepositions"]),
        particles=_lists(takes["particles"]),
        counting=frozenset(takes["counting"].split()),
        needed=_lists(takes["needed"]),
        impersonal=frozenset(takes["impersonal"].split()),
        admissions=tuple(takes["admissions"]),
        phrases=tuple(tuple(phrase.split()) for phrase in raw["adpositions"]["phrases"]),
        views=dict(raw["adpositions"]["views"]),
        media=frozenset(raw["sources"]["media"].split()),
        relatives=frozenset(raw["sources"]["relatives"].split()),
        mastheads=frozenset(raw["sources"]["mastheads"].split()),
        venues=frozenset(raw["sources"]["venues"].split()),
        models=frozenset(raw["sources"]["models"].split()),
        documents=frozenset(raw["sources"]["documents"].split()),
    )
