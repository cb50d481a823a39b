"""What a text is about, as far as its figures depend on it: states, war, outbreak, a company."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc

from extractors.gazetteer import country_of
from extractors.quantities.numbers import lexicon

_LEXICON = lexicon("measures")
_WAR_WORDS = frozenset(_LEXICON["war"]["words"])
_OUTBREAK_WORDS = frozenset(_LEXICON["scope"]["outbreak"])
_OWNED = frozenset(_LEXICON["owner"]["nouns"])
_MIN_WAR_WORDS = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """Background of a text. `states` are alpha-2 codes, the most named first."""

    states: tuple[str, ...]
    is_war: bool
    belligerents: tuple[str, ...]
    is_outbreak: bool
    company: str | None

    def opponent(self, side: str | None) -> str | None:
        """Return the other side of a war between two states."""
        if side not in self.belligerents or len(self.belligerents) != 2:
            return None
        return self.belligerents[1 - self.belligerents.index(side)]

    @property
    def is_between_states(self) -> bool:
        """Whether there is a war, and two states fight it."""
        return len(self.belligerents) == 2


def read_setting(doc: Doc) -> Setting:
    """Read the setting of a parsed text."""
    lemmas = Counter(token.lemma_.lower() for token in doc)
    states = _states(doc)
    is_war = sum(lemmas[word] for word in _WAR_WORDS) >= _MIN_WAR_WORDS
    return Setting(
        tuple(states),
        is_war,
        tuple(state for state, count in states.items() if count >= 2)[:2] if is_war else (),
        sum(lemmas[word] for word in _OUTBREAK_WORDS) >= 2,
        _company(doc, lemmas),
    )


def _states(doc: Doc) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for token in doc:
        if token.text[:1].isupper():
            pair = doc[token.i : token.i + 2].text
            code = country_of(pair) or country_of(token.text)
            if code:
                counts[code] += 1
    return dict(counts.most_common())


def _company(doc: Doc, lemmas: Counter[str]) -> str | None:
    """Return the organization that a business story is about: the one named most."""
    if sum(lemmas[word] for word in ("profit", "revenue", "turnover", "dividend", "earnings")) < 2:
        return None
    names = Counter(ent.text for ent in doc.ents if ent.label_ == "ORG")
    return names.most_common(1)[0][0] if names else None
