"""Parameters that follow readers around: which parts of a query tell nothing of the page."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import unquote_plus


@dataclass(frozen=True, slots=True)
class _Trackers:
    names: frozenset[str]
    prefixes: tuple[str, ...]
    sites: dict[str, frozenset[str]]


def without_trackers(search: str, host: str, site_of: Callable[[str], str]) -> str:
    """Return a query without the parameters of `lexicons/trackers.toml`, the rest as written.

    `site_of` gives a host's registered domain: some names are trackers on some sites only. `ref`
    is a tracker where it names the site itself (as in miniflux), and may be an article elsewhere.
    """
    parts = parameters(search)
    if not parts:
        return ""
    site = site_of(host)
    return "&".join(part for part in parts if not _is_tracker(part, host, site))


def parameters(search: str) -> list[str]:
    """Return the parts of a query in their order, empty ones left out."""
    return [part for part in search.removeprefix("?").split("&") if part]


def _is_tracker(part: str, host: str, site: str) -> bool:
    name, _, value = part.partition("=")
    folded = unquote_plus(name).casefold()
    if folded == "ref":
        return value.casefold() in (host, host.removeprefix("www."), site)
    known = _trackers()
    return (
        folded in known.names
        or folded.startswith(known.prefixes)
        or folded in known.sites.get(site, ())
    )


@cache
def _trackers() -> _Trackers:
    source = resources.files("extractors").joinpath("lexicons", "trackers.toml")
    lists = tomllib.loads(source.read_text("utf-8"))
    sites = {site: frozenset(names) for site, names in lists["sites"].items()}
    return _Trackers(frozenset(lists["names"]), tuple(lists["prefixes"]), sites)
