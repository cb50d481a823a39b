"""The English specs of Recognizers-Text as cases, and which of them make sense in news.

`load` gives the specs in one form, `left_out` the rule that leaves a case out. The rules are in
`recognizers.toml`; they look at a case and never at our reading of it.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RULES_FILE = Path(__file__).with_suffix("").with_name("recognizers.toml")
MODELS: dict[str, tuple[str, ...]] = {
    "Number": ("NumberModel", "NumberRangeModel", "PercentModel", "OrdinalModel"),
    "NumberWithUnit": ("CurrencyModel", "DimensionModel", "TemperatureModel", "AgeModel"),
    "DateTime": (
        "DateParser", "DatePeriodParser", "DateTimeParser", "DateTimePeriodParser", "HolidayParser",
        "MergedParser", "DateTimeModel",
    ),
}  # fmt: skip
_KIND = {model: kind for kind, models in MODELS.items() for model in models}
_PORTS = ("python", "dotnet")
_NO_DAY = (None, "0001-01-01", "not resolved")
_SEASON = re.compile(r"\d{4}-(?:SP|SU|FA|WI)")


@dataclass(frozen=True, slots=True)
class When:
    """One reading of a time: its TIMEX3 value, its first and last moment as the spec has them."""

    timex: str
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing to be found: its place, its type, a figure's value and unit, a time's readings."""

    start: int
    end: int
    text: str
    kind: str
    value: str | None
    unit: str | None
    currency: str | None
    times: tuple[When, ...]

    @property
    def has_value(self) -> bool:
        """Whether a claim record has a place for it: a number, or days with both ends."""
        if self.kind.startswith("date"):
            return any(self._has_days(one) for one in self.times)
        return self.value is not None and self.kind != "ordinal.relative"

    def _has_days(self, time: When) -> bool:
        if _SEASON.fullmatch(time.timex):
            return True
        ends_today = self.text.lower().startswith("since ")
        is_vague = time.timex == "FUTURE_REF"
        return time.first not in _NO_DAY and bool(time.last or ends_today) and not is_vague


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, when it was written (ISO), what is to be found, which versions cannot."""

    model: str
    text: str
    written: str
    expected: tuple[Expected, ...]
    unsupported: frozenset[str]

    @property
    def compared(self) -> list[Expected]:
        """What is expected and has a value."""
        return [one for one in self.expected if one.has_value]


def load(folder: Path) -> Iterator[Case]:
    """Yield the cases of all English specs in `folder`."""
    for path in sorted(folder.glob("*/English*/*.json")):
        for row in json.loads(path.read_text("utf-8-sig")):
            ports = f"{row.get('NotSupported', '')},{row.get('NotSupportedByDesign', '')}"
            yield Case(
                path.stem,
                row["Input"],
                (row.get("Context") or {}).get("ReferenceDateTime", ""),
                tuple(_expected(row["Input"], one) for one in row["Results"]),
                frozenset(re.findall(r"\w+", ports.lower())),
            )


def _expected(text: str, row: dict[str, Any]) -> Expected:
    start = row.get("Start", max(0, text.lower().find(row["Text"].lower())))
    end = start + len(row["Text"])
    kind = (row.get("TypeName") or row.get("Type") or "").removeprefix("datetimeV2.")
    resolution, parsed = row.get("Resolution") or {}, row.get("Value") or {}
    values = resolution.get("values") or parsed.get("values")
    times = map(_modelled, values) if values else _parsed(parsed)
    value, unit, currency = (resolution.get(key) for key in ("value", "unit", "isoCurrency"))
    return Expected(start, end, text[start:end], kind, value, unit, currency, tuple(times))


def _modelled(row: dict[str, str]) -> When:
    value = row.get("value")
    return When(row.get("timex", ""), row.get("start", value), row.get("end", value))


def _parsed(row: dict[str, Any]) -> Iterator[When]:
    for name in ("PastResolution", "FutureResolution"):
        moments: dict[str, str] = row.get(name) or {}
        first = next((moments[key] for key in moments if not key.startswith("end")), None)
        last = next((moments[key] for key in moments if not key.startswith("start")), None)
        yield When(row.get("Timex", ""), first, last)


class Selection:
    """Tells of case after case which rule leaves it out."""

    def __init__(self) -> None:
        """Read the rules."""
        self._rules = tomllib.loads(RULES_FILE.read_text("utf-8"))["rules"]
        self._seen: set[tuple[str, str, str]] = set()

    def left_out(self, case: Case) -> str | None:
        """Return the name of the first rule that leaves `case` out, None where it stays."""
        return next((rule["name"] for rule in self._rules if self._holds(rule, case)), None)

    def _holds(self, rule: dict[str, Any], case: Case) -> bool:
        match rule["name"]:
            case "model":
                return case.model not in _KIND
            case "unsupported":
                return not case.unsupported.isdisjoint(_PORTS)
            case "repeat":
                return self._is_repeated(case)
            case "valueless":
                return bool(case.expected) and not case.compared
        flags = re.NOFLAG if rule.get("exact") else re.IGNORECASE
        found = [one.text for one in case.expected if one.kind.startswith(rule.get("kinds", ""))]
        return any(re.search(one, case.text, flags) for one in rule.get("sentence", ())) or any(
            re.search(one, text, flags) for one in rule.get("found", ()) for text in found
        )

    def _is_repeated(self, case: Case) -> bool:
        key = (_KIND[case.model], case.text, case.written)
        is_repeated = key in self._seen
        self._seen.add(key)
        return is_repeated
