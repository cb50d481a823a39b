"""The lexicon of statements about claims, read once: `extractors/lexicons/statements.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.gazetteer import lexicon


@dataclass(frozen=True, slots=True)
class Words:
    """Word sets and patterns of `statements.toml`."""

    figures: frozenset[str]
    number: re.Pattern[str]
    objects: str
    status_verbs: str
    status_figures: frozenset[str]
    status_information: frozenset[str]
    status_several: frozenset[str]
    civilians: frozenset[str]
    claim_nouns: frozenset[str]
    guilt: frozenset[str]
    untrue: re.Pattern[str]
    no_truth: re.Pattern[str]
    unsupported: re.Pattern[str]
    doubtful: re.Pattern[str]
    denying: frozenset[str]
    disputing: frozenset[str]
    confirming: frozenset[str]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(words)})\b", re.IGNORECASE)


def _joined(*lists: list[str]) -> re.Pattern[str]:
    """One word of each list in turn: "no", "data", "to back"."""
    return re.compile(r"\b" + r"\s+".join(f"(?:{_any(x)})" for x in lists) + r"\b", re.IGNORECASE)


@cache
def load_words() -> Words:
    """Read the lexicon."""
    raw = lexicon("statements")
    withheld, status, reactions = raw["non_disclosure"], raw["status"], raw["reactions"]
    return Words(
        figures=frozenset(withheld["figures"]),
        number=_pattern([*withheld["asks_number"], *withheld["figures"]]),
        objects=_any([*withheld["figures"], *withheld["other"]]),
        status_verbs=_any(status["verbs"]),
        status_figures=frozenset(status["figures"]),
        status_information=frozenset(status["information"]),
        status_several=frozenset(status["several"]),
        civilians=frozenset(raw["rivals"]["civilians"]),
        claim_nouns=frozenset(reactions["claims"]),
        guilt=frozenset(reactions["guilt"]),
        untrue=_pattern(reactions["untrue"]),
        no_truth=_joined(reactions["nothing"], reactions["of_truth"], reactions["in"]),
        unsupported=_joined(reactions["nothing"], reactions["of_proof"], reactions["that_backs"]),
        doubtful=_pattern(reactions["doubtful"]),
        denying=frozenset(reactions["denying"]),
        disputing=frozenset(reactions["disputing"]),
        confirming=frozenset(reactions["confirming"]),
    )
