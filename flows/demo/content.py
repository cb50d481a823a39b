"""Reads the sample site's outlets and articles out of the package.

An article is a file `articles/<outlet>-<month and day>-<slug>[.v<n>].md`: TOML between two `+++`
lines, then paragraphs set apart by blank lines (`## ` marks a subheading). Several versions of an
article share its slug. `copy_of` runs the text of another article, less its `drop_last` last
paragraphs, before the file's own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from extractors.records import stable_id


@dataclass(frozen=True, slots=True)
class Outlet:
    """One of the invented outlets: its name, and how it publishes."""

    key: str
    name: str
    tagline: str
    feed_path: str
    feed_format: str
    article_path: str
    charset: str
    port: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article, visible from `updated` on (the first: from `published` on)."""

    outlet: Outlet
    slug: str
    section: str
    title: str
    author: str
    dateline: str
    published: datetime
    updated: datetime
    paragraphs: tuple[str, ...]

    @property
    def number(self) -> int:
        """A five-digit number that stays the same over all versions."""
        return 10_000 + stable_id(self.outlet.key, self.slug) % 90_000

    @property
    def path(self) -> str:
        """Where the article lies on its outlet's server, with its query if it has one."""
        pattern = self.outlet.article_path
        if self.section == "service":
            pattern = f"/service{pattern}"
        return pattern.format(
            slug=self.slug, number=self.number, section=self.section,
            year=self.published.year, month=f"{self.published:%m}", day=f"{self.published:%d}",
        )  # fmt: skip

    @property
    def summary(self) -> str:
        """What a feed shows of it: the first paragraph, as it stands."""
        return self.paragraphs[0]

    def matches(self, target: str) -> bool:
        """Whether a request target asks for this article; parameters of trackers do not count."""
        asked, mine = urlsplit(target), urlsplit(self.path)
        wanted = mine.query.split("&")[0]
        return asked.path == mine.path and wanted in asked.query


@cache
def load_outlets() -> Mapping[str, Outlet]:
    """Return the outlets by key."""
    text = resources.files(__package__).joinpath("outlets.toml").read_text("utf-8")
    return {key: Outlet(key=key, **fields) for key, fields in tomllib.loads(text).items()}


@cache
def load_versions() -> tuple[Version, ...]:
    """Return every version of every article, in order of time and then of file name."""
    files = resources.files(__package__).joinpath("articles").iterdir()
    sources = {file.name.removesuffix(".md"): file.read_text("utf-8") for file in files}
    parsed = {name: _parse(sources[name]) for name in sorted(sources)}
    bodies = {name: paragraphs for name, (_, paragraphs) in parsed.items()}
    versions = [_version(name, front, bodies) for name, (front, _) in parsed.items()]
    return tuple(sorted(versions, key=lambda version: version.updated))


def _parse(source: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    _, front, body = source.split("+++\n", 2)
    paragraphs = (" ".join(block.split()) for block in body.split("\n\n"))
    return tomllib.loads(front), tuple(paragraph for paragraph in paragraphs if paragraph)


def _version(name: str, front: Mapping[str, Any], bodies: Mapping[str, tuple[str, ...]]) -> Version:
    borrowed: tuple[str, ...] = ()
    if "copy_of" in front:
        original = bodies[front["copy_of"]]
        borrowed = original[: len(original) - front.get("drop_last", 0)]
    return Version(
        outlet=load_outlets()[front["outlet"]],
        slug=front.get("slug", name.split("-", 2)[2]),
        section=front["section"],
        title=front["title"],
        author=front["author"],
        dateline=front.get("dateline", ""),
        published=front["published"],
        updated=front.get("updated", front["published"]),
        paragraphs=borrowed + bodies[name],
    )
