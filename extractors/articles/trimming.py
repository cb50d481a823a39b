"""Paragraphs that are not the article's own, set apart: pull quotes, notices, related stories.

The phrases are data: `lexicons/boilerplate.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from extractors.records import Aside, AsideKind
from extractors.text import title_key

_HEAD = 3
_MIN_SHARE_BEFORE_END = 0.5
_PULL_QUOTE_WORDS = 60
_MIN_QUOTE_WORDS = 4
_MAX_SEARCHED = 500
"""Paragraphs; the search for pull quotes grows with the square of their number."""


class Trimmed(NamedTuple):
    """A text without what is not its own, and what that was; titles repeated are left out."""

    text: str
    asides: tuple[Aside, ...]


@dataclass(frozen=True)
class _Phrases:
    """Patterns of paragraphs, each with its kind; `any` of them is tried before the kinds are."""

    any: re.Pattern[str]
    kinds: tuple[tuple[AsideKind, re.Pattern[str]], ...]

    def kind(self, line: str, *, whole: bool) -> AsideKind | None:
        """Return the kind of the line, if the phrases match it, or its beginning."""
        if not (self.any.fullmatch(line) if whole else self.any.match(line)):
            return None
        return next(
            kind
            for kind, pattern in self.kinds
            if (pattern.fullmatch(line) if whole else pattern.match(line))
        )


def trim(text: str, titles: Sequence[str], marked: Sequence[Aside] = ()) -> Trimmed:
    """Return `text`, paragraphs split by blank lines, and what was set apart, in its order.

    Args:
        text: the paragraphs.
        titles: all titles that the page states; a first paragraph that repeats one is dropped.
        marked: what the page's markup says is no text; a paragraph that repeats one is set apart.
    """
    lines = text.split("\n\n")
    keys = {title_key(title) for title in titles}
    body = [line for at, line in enumerate(lines) if at >= _HEAD or not _is_title(line, keys)]
    asides: list[Aside] = []
    body = _before_end(body, asides)
    body = _without_boilerplate(body, {title_key(one.text): one.kind for one in marked}, asides)
    return Trimmed("\n\n".join(_without_echoes(body, asides)), tuple(asides))


def boilerplate_kind(paragraph: str) -> AsideKind | None:
    """Return what a paragraph is that is a notice, a credit or a pointer to other pages."""
    line = paragraph.removeprefix("- ").strip("| ")
    kind = _phrases("whole").kind(line, whole=True)
    if kind is None and len(line.split()) <= _start_words():
        kind = _phrases("start").kind(line, whole=False)
    return kind


def _without_boilerplate(
    lines: list[str], marked: Mapping[str, AsideKind], asides: list[Aside]
) -> list[str]:
    kept = []
    for line in lines:
        kind = marked.get(title_key(line)) or boilerplate_kind(line)
        if kind is None:
            kept.append(line)
        else:
            asides.append(Aside(kind, line))
    return kept


def _is_title(line: str, keys: set[str]) -> bool:
    key = title_key(line)
    return key in keys or any(other and key.endswith(f" {other}") for other in keys)


def _before_end(lines: list[str], asides: list[Aside]) -> list[str]:
    """Cut at a heading of other stories, if most of the text stands before it."""
    total = sum(map(len, lines))
    before = 0
    for at, line in enumerate(lines):
        if before > _MIN_SHARE_BEFORE_END * total:
            kind = _phrases("end").kind(line.removeprefix("- "), whole=True)
            if kind is not None:
                asides += [Aside(kind, line) for line in lines[at + 1 :]]
                return lines[:at]
        before += len(line)
    return lines


def _without_echoes(lines: list[str], asides: list[Aside]) -> Iterator[str]:
    """Drop repeated paragraphs, and pull quotes: short ones that another paragraph contains."""
    keys = [f" {title_key(line)} " for line in lines]
    searched = "\n".join(keys) if len(lines) <= _MAX_SEARCHED else ""
    seen: set[str] = set()
    for line, key in zip(lines, keys, strict=True):
        words = key.count(" ") - 1
        is_quote = _MIN_QUOTE_WORDS <= words <= _PULL_QUOTE_WORDS and searched.count(key[:-1]) > 1
        if key in seen:
            continue
        seen.add(key)
        if is_quote and any(key in other and key != other for other in keys):
            asides.append(Aside("quote", line))
        else:
            yield line


@cache
def _phrases(place: str) -> _Phrases:
    kinds = {kind: "|".join(f"(?:{one})" for one in ones) for kind, ones in _lists()[place].items()}
    return _Phrases(
        re.compile("|".join(kinds.values()), re.IGNORECASE),
        tuple((kind, re.compile(one, re.IGNORECASE)) for kind, one in kinds.items()),
    )


@cache
def _start_words() -> int:
    return int(_lists()["start_words"])


@cache
def _lists() -> dict[str, Any]:
    source = resources.files("extractors").joinpath("lexicons", "boilerplate.toml")
    return tomllib.loads(source.read_text("utf-8"))
