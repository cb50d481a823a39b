"""Prints the page of the rules of ingestion, made from the tests that hold them.

    python docs/rules.py

A test says which rule it holds by `@pytest.mark.rule(text, source=...)`, and what it is about by
`@pytest.mark.area(name)`, mostly once for its module. Nothing is run: the tests are only collected,
those of the modules that have rules.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
AREAS = (
    "Cadence", "HTTP", "Politeness", "Safety", "Identity", "Revisions", "Archive",
    "Fates and health", "Crash and concurrency",
)  # fmt: skip
INTRO = """# Rules of ingestion

What claimwire keeps to when it asks servers and keeps what they say: {rules} rules, held by
{cases} cases of the test suite. A case is a test, each set of its parameters counted.
`python -m benchmarks.mutations` switches rules off one by one and shows that their cases fail.
A source is a standard, the system or the report of its users that taught the rule, or the reason.
"""
HEAD = "| rule | cases | tests | source |\n|---|---:|---|---|\n"


@dataclass
class Rule:
    """A rule: how many cases each of its tests has, and where it comes from."""

    tests: Counter[str] = field(default_factory=Counter)
    sources: dict[str, None] = field(default_factory=dict)


class Collector:
    """A plugin of pytest that takes the rules of the tests it sees, by area and text."""

    def __init__(self) -> None:
        self.rules: dict[str, dict[str, Rule]] = {area: {} for area in AREAS}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Take in all tests that were collected."""
        for item in session.items:
            for mark in item.iter_markers("rule"):
                self._take_in(item, *mark.args, **mark.kwargs)

    def _take_in(self, item: pytest.Item, text: str, source: str) -> None:
        name = item.nodeid.partition("[")[0].removeprefix("tests/")
        area = item.get_closest_marker("area")
        if area is None or area.args[0] not in AREAS:
            raise pytest.UsageError(f'{name} needs @pytest.mark.area("..."), one of {AREAS}')
        rule = self.rules[area.args[0]].setdefault(text, Rule())
        rule.tests[name] += 1
        rule.sources[source] = None


def collected() -> dict[str, dict[str, Rule]]:
    """Return the rules by area and text."""
    modules = [path for path in ROOT.glob("tests/**/test_*.py") if "mark.rule(" in path.read_text()]
    found = Collector()
    quiet = ("--collect-only", "--assert=plain", "-p", "no:terminal", "-p", "no:cacheprovider")
    code = pytest.main([*quiet, *map(str, sorted(modules))], plugins=[found])
    if code:
        sys.exit(f"The tests cannot be collected (exit code {code}): run pytest to see why.")
    return found.rules


def page(rules: dict[str, dict[str, Rule]]) -> str:
    """Return the page: a table an area."""
    every = [rule for area in rules.values() for rule in area.values()]
    parts = [INTRO.format(rules=len(every), cases=sum(map(_cases, every)))]
    parts += [f"## {area}\n\n{HEAD}{''.join(_rows(rules[area]))}" for area in AREAS if rules[area]]
    return "\n".join(parts)


def _rows(rules: dict[str, Rule]) -> Iterator[str]:
    for text, rule in rules.items():
        tests = "<br>".join(f"`{name}`" for name in rule.tests)
        yield _row((text, str(_cases(rule)), tests, "; ".join(rule.sources)))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def _cases(rule: Rule) -> int:
    return rule.tests.total()


if __name__ == "__main__":
    sys.stdout.write(page(collected()))
