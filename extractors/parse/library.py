"""spaCy, loaded without what reading needs none of: a process reads its first text sooner.

Nothing is taken away from whoever uses spaCy besides: what stands back is loaded when it is called.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import EntryPoints
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands in for a module of functions, which is loaded when one of them is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def later(*args: Any, **options: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*args, **options)

        return later


# None: as if it were not installed.
_STAND_INS: Mapping[str, ModuleType | None] = {
    # The whole command line (web clients, templates), loaded for the function `spacy.info`.
    "spacy.cli.info": _Later("spacy.cli.info"),
    # A reader of YAML, while models are JSON and msgpack; the progress bars of training.
    "srsly._yaml_api": _Later("srsly._yaml_api"),
    "tqdm": _Later("tqdm"),
    # The library of settings takes old models of pydantic, too, if there are any. spaCy has none.
    "pydantic.v1": None,
}


@contextmanager
def _standing_in(modules: Mapping[str, ModuleType | None]) -> Iterator[None]:
    """Put `modules` in the place of those that are not loaded yet."""
    absent = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(absent)  # type: ignore[arg-type]  # None is what Python documents
    try:
        yield
    finally:
        for name in absent:
            sys.modules.pop(name, None)


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage while something is loaded, nor ever in what was loaded: it stays.

    By the threshold, as srsly switches the collector on after each file.
    """
    threshold = gc.get_threshold()
    gc.set_threshold(0)
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*threshold)


atexit.register(gc.unfreeze)  # libraries that count at the end what is left would say it leaked


with uncollected(), _standing_in(_STAND_INS):
    import catalogue
    from spacy.tokens import Doc, Span, Token


@contextmanager
def few_entry_points() -> Iterator[None]:
    """Let spaCy find what other packages add to it among entry points of its own kind.

    It looks a hundred times while it loads a model, each time through all of the environment's.
    """
    all_of_them = catalogue.AVAILABLE_ENTRY_POINTS
    catalogue.AVAILABLE_ENTRY_POINTS = EntryPoints(
        entry_point
        for group in all_of_them.groups
        if group.startswith(("spacy", "srsly", "thinc"))
        for entry_point in all_of_them.select(group=group)
    )
    try:
        yield
    finally:
        catalogue.AVAILABLE_ENTRY_POINTS = all_of_them


__all__ = ["Doc", "Span", "Token", "few_entry_points", "uncollected"]
