"""Keeps jusText's stop words ready, which trafilatura falls back on for most pages.

It hands over 150,000 words as a tuple, and jusText looks that up by its hash, which tuples do not
remember: 40 ms a page for nothing.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any

from trafilatura import external


class _Words(tuple[str, ...]):
    @cached_property
    def _hash(self) -> int:
        return super().__hash__()

    def __hash__(self) -> int:
        return self._hash


@cache
def keep_stopwords() -> None:
    """Load the words, once a process."""
    words: Any = _Words(external.jt_stoplist_init())
    external.JT_STOPLIST = words
