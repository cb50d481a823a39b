"""Paragraphs that are not the article's own: titles, pull quotes, notices, related stories.

The phrases are data: `lexicons/boilerplate.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from extractors.text import title_key

_HEAD = 3
_MIN_SHARE_BEFORE_END = 0.5
_PULL_QUOTE_WORDS = 60
_MIN_QUOTE_WORDS = 4
_MAX_SEARCHED = 500
"""Paragraphs; the search for pull quotes grows with the square of their number."""


@dataclass(frozen=True)
class _Phrases:
    whole: re.Pattern[str]
    start: re.Pattern[str]
    end: re.Pattern[str]
    start_words: int


def trim(text: str, titles: Sequence[str]) -> str:
    """Return `text`, paragraphs split by blank lines, without what is not the article's own.

    Args:
        text: the paragraphs.
        titles: all titles that the page states; a first paragraph that repeats one is dropped.
    """
    lines = text.split("\n\n")
    keys = {title_key(title) for title in titles}
    body = [line for at, line in enumerate(lines) if at >= _HEAD or not _is_title(line, keys)]
    body = _before_end(body)
    return "\n\n".join(_without_echoes([line for line in body if not is_boilerplate(line)]))


def is_boilerplate(paragraph: str) -> bool:
    """Tell a paragraph that is a notice, a credit or a pointer to other pages."""
    phrases = _phrases()
    line = paragraph.removeprefix("- ").strip("| ")
    if phrases.whole.fullmatch(line):
        return True
    return len(line.split()) <= phrases.start_words and bool(phrases.start.match(line))


def _is_title(line: str, keys: set[str]) -> bool:
    key = title_key(line)
    return key in keys or any(other and key.endswith(f" {other}") for other in keys)


def _before_end(lines: list[str]) -> list[str]:
    """Cut at a heading of other stories, if most of the text stands before it."""
    total = sum(map(len, lines))
    before = 0
    for at, line in enumerate(lines):
        if before > _MIN_SHARE_BEFORE_END * total and _phrases().end.fullmatch(
            line.removeprefix("- ")
        ):
            return lines[:at]
        before += len(line)
    return lines


def _without_echoes(lines: list[str]) -> Iterator[str]:
    """Drop repeated paragraphs, and pull quotes: short ones that another paragraph contains."""
    keys = [f" {title_key(line)} " for line in lines]
    searched = "\n".join(keys) if len(lines) <= _MAX_SEARCHED else ""
    seen: set[str] = set()
    for line, key in zip(lines, keys, strict=True):
        words = key.count(" ") - 1
        is_quote = _MIN_QUOTE_WORDS <= words <= _PULL_QUOTE_WORDS and searched.count(key[:-1]) > 1
        if key in seen or (is_quote and any(key in other and key != other for other in keys)):
            continue
        seen.add(key)
        yield line


@cache
def _phrases() -> _Phrases:
    source = resources.files("extractors").joinpath("lexicons", "boilerplate.toml")
    lists = tomllib.loads(source.read_text("utf-8"))
    whole, start, end = (
        re.compile("|".join(f"(?:{phrase})" for phrase in lists[kind]), re.IGNORECASE)
        for kind in ("whole", "start", "end")
    )
    return _Phrases(whole, start, end, lists["start_words"])
