"""The main casualty claim of a news text: how many killed, of whom, where, when, by whom.

A small aggregation over `extractors.quantities`: the first count of dead is the main one, figures
of the same sentence that are part of it break it down.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from spacy.tokens import Doc

from extractors.parse import load_parser
from extractors.quantities import FigureReader
from extractors.records import Quantity
from extractors.times import scan

_HEAD, _NEAR = 200, 300
_FIGHTERS = re.compile(
    r"(?i:\b(?:rebels?|fighters?|soldiers?|militants?|terrorists?|troop\w*|insurgents?|militia\w*|gunm[ae]n"
    r"|officers?|policem[ae]n|police|jihad\w*|extremists?|forces|combatants?|commanders?|personnel"
    r"|recruits?|guards?|servicem[ae]n|mercenar\w+|daesh|daish|members?|opposition|regime|army"
    r"|conscripts?|takfir\w*|comrades?)\b)|\bISI[SL]\b|\bIS\b"
)
_CHILDREN = re.compile(
    r"\b(?:child|children|kids?|boys?|girls?|minors?|infants?|babies|baby|toddlers?)\b", re.I
)
_WOMEN = re.compile(r"\b(?:wom[ae]n|ladies|females?|mothers?)\b", re.I)
# Governorates in the spellings of the press, and towns with the governorate they lie in.
_GOVERNORATES = (
    r"aleppo|halab|(?:eastern\s+)?ghouta|idlib|idleb|deir[\s-]?(?:[ae][zl]+[\s-]?)?z*o+u?r|ar?[lr]?[\s-]?raqq?ah?"
    r"|raqq?ah?|homs|hass?ak[ae]h?|hasak[ae]h|hamah?|daraa|deraa|latt?akia|quneitra|tart(?:ous|us)"
    r"|(?:(?<=in )|(?<=near )|(?<=of )|(?<=outside )|(?<=around )|(?<=ern )|(?<=central ))damascus"
)
_TOWNS = {
    "Aleppo": r"manbij|kobani|afrin|al[\s-]bab|jarablus|dabiq|atareb|azaz|marea",
    "Idlib": r"khan\s+sh[ae]i[kh]+o?un|jisr\s+al[\s-]sh\w+|saraqeb|maarat\s+al[\s-]\w+|ariha",
    "Damascus": r"douma|qal+a?m\w*n|jobar|zabadani|yarmouk|daraya",
    "Homs": r"palmyra|rastan|shayrat|tadmur",
    "Hasakeh": r"qamishli|tell?\s+hamis|tall?\s+tawil|tell?\s+tamr",
    "Deir Ezzor": r"(?:al[\s-])?mayad[ie]+n|albu\s*kamal|abu\s+kamal|bukamal",
    "Raqqa": r"tell?\s+abyad|tabqa|ain\s+issa",
    "Quneitra": r"golan",
    "Latakia": r"qardaha|jabal\s+al[\s-](?:turk\w+|akrad)|jableh",
    "Hama": r"salam\w+|morek|mharda",
}
_PLACES = re.compile(rf"\b(?:{_GOVERNORATES}|{'|'.join(_TOWNS.values())})\b", re.IGNORECASE)
_NUMERIC_DATE = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})[-./](?P<month>\d{1,2})[-./](?P<year>(?:19|20)\d\d)"
)
_PART = re.compile(
    r"\b(?:including|among\s+\w+|amongst\s+\w+|of\s+(?:them|whom)|mostly|along\s+with)\s+(?:at\s+least\s+)?$",
    re.I,
)

_STRIKE = (
    r"(?:air\W?strikes?|air\W?raids?|strikes?|raids?|shelling|shells?|bombard\w+|bombing\w*|bombs?|jets?"
    r"|war\W?planes?|helicopters?|aircrafts?|planes|artillery|rockets?|missiles?|mortars?|attacks?|assault"
    r"|offensive|massacres?|snipers?|gunfire|fire|car\Wbomb\w*|bombers?)"
)
_KILLS = (
    r"(?:kill\w*|bomb\w*|shell\w*|execut\w+|behead\w*|target\w*|fired|launch\w*|massacr\w*|struck"
    r"|pound\w*|hit|attack\w*|dropp\w+|shot)"
)
# The words of an actor, the most telling first; a tie goes to the earlier.
_ACTORS = {
    "Nusra Front": r"(?:al\W)?Nusra(?:h)?(?:\s+Front)?|Tahrir\s+al\WSham|HTS",
    "Islamic State": r"Islamic\s+State(?:\s+group)?|ISIS|ISIL|IS|Da[ei]sh",
    "Kurdish forces": r"Kurdish\s+\w+|Kurds|YPG|SDF|Syrian\s+Democratic\s+Forces",
    "US-led coalition": (
        r"(?:international\s+|(?:US|U\.S\.|American)\Wled\s+)?[Cc]oalition|US\Wled|U\.S\.\Wled|US"
        r"|U\.S\.|American|Turkish"
    ),
    "Syrian government": (
        r"(?:Syrian\s+)?(?:[Rr]egime|government)|Assad\w*|Russian?|army|Hezbollah|pro\Wgovernment"
        r"|Syrian\s+(?:army|air\s+force|troops|forces|military|warplanes|jets)"
    ),
    "rebels": (
        r"[Rr]ebels?|opposition|insurgents?|[Mm]ilitants?|[Tt]errorists?|Jaish\s+\S+|Ahrar\s+\S+"
        r"|Free\s+Syrian\s+Army|FSA|gunmen|[Jj]ihadists?"
    ),
}
_WEIGHTS: tuple[tuple[str, int], ...] = (
    (r"\b(?:{actor})\b(?:\W+\w+){{0,2}}\W+" + _STRIKE + r"\b", 3),
    (r"\b(?:by|from)\s+(?:the\s+|a\s+)?(?:\w+\W+){{0,2}}(?:{actor})\b", 3),
    (r"\b(?:{actor})\b(?:\W+\w+){{0,5}}?\W+" + _KILLS + r"\b(?!\s+(?:by|in)\b)", 2),
    (r"\b(?:{actor})\b(?:\W+\w+){{0,4}}\W+claimed\s+(?:responsibility|the)", 6),
    (r"\b(?:kill\w*|dead|\d+)\W+(?:\w+\W+){{0,3}}(?:{actor})\b(?!\W+" + _STRIKE + ")", -4),
)


def predict(corpus: Path) -> Iterator[dict[str, object]]:
    """Yield one main claim for each article of a folder with `fakes.csv`."""
    table = csv.DictReader(io.StringIO((corpus / "fakes.csv").read_text("utf-8"), newline=""))
    texts = {row["article"]: row["article_content"] for row in table}
    docs = load_parser().pipe(texts.values())
    for article, doc in zip(texts, docs, strict=True):
        yield {"article": article, **read_claim(doc)}


def read_claim(doc: Doc) -> dict[str, object]:
    """Return the main casualty claim of a text as the scorer's fields."""
    figures = FigureReader(doc).read(0, len(doc.text))
    dead = [one for one in figures if _is_dead(one)]
    main = _main(dead)
    counts = _breakdown(doc.text, main, figures) if main else {}
    near = doc.text[: (main.end if main else 0) + _NEAR]
    return {
        **{name: counts.get(name) for name in ("civilians", "non_civilians", "children", "women")},
        "place": _place(doc.text),
        "date": _date(doc, main),
        "actor": _actor(near) or _actor(doc.text),
    }


def _is_dead(figure: Quantity) -> bool:
    return figure.measure in ("killed", "killed_or_wounded") and bool(_number(figure))


def _number(figure: Quantity) -> float:
    return (figure.low if figure.value is None else figure.value) or 0.0


def _main(dead: Sequence[Quantity]) -> Quantity | None:
    firm = [one for one in dead if one.bound != "vague"]
    return next(iter(firm or dead), None)


def _breakdown(text: str, main: Quantity, figures: Sequence[Quantity]) -> dict[str, float]:
    """Split the main count by who died; parts and others of the same sentence refine it."""
    total = _number(main)
    same = [one.text for one in figures if _number(one) == total and one.unit == "person"]
    fighters = any(_FIGHTERS.search(words) for words in same)
    counts = {"non_civilians" if fighters else "civilians": total}
    later = [one for one in figures if one.start > main.end and one.unit == "person"]
    for one in later:
        if _FIGHTERS.search(one.text) and not fighters and _is_part(text, one, main, total):
            counts = {"civilians": total - _number(one), "non_civilians": _number(one)}
            break
    for name, pattern in (("children", _CHILDREN), ("women", _WOMEN)):
        if part := _first(text, pattern, [main, *later]):
            counts[name] = part
    return counts


def _is_part(text: str, one: Quantity, main: Quantity, total: float) -> bool:
    near = one.start - main.end < _NEAR
    return (
        near
        and _number(one) < total
        and _PART.search(text[max(0, one.start - 30) : one.start]) is not None
    )


def _first(text: str, pattern: re.Pattern[str], figures: Sequence[Quantity]) -> float | None:
    for one in figures:
        is_part = _PART.search(text[max(0, one.start - 30) : one.start])
        if pattern.search(one.text) and (_is_dead(one) or is_part):
            return _number(one)
    return None


def _published(text: str) -> datetime | None:
    if match := _NUMERIC_DATE.search(text[:_HEAD]):
        with suppress(ValueError):
            return datetime(int(match["year"]), int(match["month"]), int(match["day"]))
    for expression in scan(text[:_HEAD]):
        if expression.kinds == {"day"} and re.search(
            r"\d{4}", text[expression.core : expression.end]
        ):
            interval = expression.resolve(datetime(2017, 1, 1))
            return interval.start if interval else None
    return None


def _date(doc: Doc, main: Quantity | None) -> str | None:
    published = _published(doc.text)
    return published.date().isoformat() if published else None


def _place(text: str) -> str | None:
    match = _PLACES.search(text) or re.search(r"\bDamascus\b", text)
    if match is None:
        return None
    name = match[0]
    home = (place for place, towns in _TOWNS.items() if re.fullmatch(towns, name, re.IGNORECASE))
    return ", ".join((name, *home))


def _actor(text: str) -> str | None:
    scores = {
        name: sum(
            weight * len(re.findall(pattern.format(actor=words), text))
            for pattern, weight in _WEIGHTS
        )
        for name, words in _ACTORS.items()
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > 0 else None
