"""Which claims a status statement is about: those on its subject before it, in the same run."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.claimants.words import singular
from extractors.stems import content_stems, overlap
from extractors.verification.entries import Entry
from extractors.verification.lexicon import load_words
from extractors.verification.reactions import rate

_TWO = re.compile(r"^(?:neither|both|none of)\b|\b(?:either|both)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"^(?P<opener>[\w'’]+)(?P<rest>.*?)\b(?:could|cannot|can|has|have|had|was|were|is|are|remains?)\b"
)
_CLAUSE = re.compile(r"\b(?:that|whether)\b(?P<clause>.+)$")
_TOPIC = 0.3
_REACH = 2
_FAR = 6
_WINDOW = 120
_DEATHS = frozenset({"killed", "killed_or_wounded"})
_SEVERAL = 2
_GENERIC = content_stems(
    "verify verified confirm confirmed check independently immediately account claim figure report"
    " information neither side both party number statement allegation genuine genuineness"
)


def _run(entries: Sequence[Entry], index: int) -> list[Entry]:
    """The claims before `index` in its paragraph; the paragraph before when there are none."""
    statement = entries[index]
    before = [e for e in entries[max(0, index - _WINDOW) : index] if e.is_said and not e.is_title]
    here = [e for e in before if e.paragraph == statement.paragraph]
    if here or not before:
        return here
    last = before[-1].paragraph
    return [e for e in before if e.paragraph == last]


def _before(entries: Sequence[Entry], index: int, reach: int) -> list[Entry]:
    """The claims before `index` in its paragraph and the `reach` paragraphs above."""
    first = entries[index].paragraph - reach
    return [
        e
        for e in entries[max(0, index - _WINDOW) : index]
        if e.is_said and not e.is_title and e.paragraph >= first
    ]


def _contested(run: list[Entry], topic: frozenset[str]) -> list[Entry]:
    """The last group of claims that contradict each other, on the topic if any is."""
    groups = []
    for entry in reversed(run):
        group = [entry]
        for other in reversed(run):
            if other not in group and any(other.is_linked(member) for member in group):
                group.append(other)
        if len(group) > 1:
            groups.append([e for e in run if e in group])
    topical = [g for g in groups if topic and any(topic & e.stems for e in g)]
    return next(iter(topical or groups), [])


def _two_sides(run: list[Entry], figures: list[Entry]) -> list[Entry]:
    """The last two claims, where figures are meant the last two that give one, by two sources."""
    pool = figures or run
    last = pool[-1:]
    others = [e for e in pool[:-1] if not e.is_of(last[0]) and _is_alike(e, last[0])]
    return (others or pool[:-1])[-1:] + last


def _is_alike(left: Entry, right: Entry) -> bool:
    """Whether both give a figure of the same kind, or none."""
    ours, theirs = ({q.measure for q in e.quantities} for e in (left, right))
    return bool(ours & theirs) or not (ours or theirs)


def _with_figures(entries: Sequence[Entry], nouns: set[str]) -> list[Entry]:
    """Claims that give a figure; a number of dead where a toll is meant."""
    figures = [e for e in entries if e.quantities]
    deaths = [e for e in figures if any(q.measure in _DEATHS for q in e.quantities)]
    return deaths if "toll" in nouns and deaths else figures


def _nouns(statement: Entry) -> set[str]:
    found = _SUBJECT.match(statement.said)
    subject = found.group() if found and not _TWO.search(statement.said) else statement.said
    return {singular(word) for word in re.findall(r"[\w-]+", subject)}


def _topic(statement: Entry) -> frozenset[str]:
    found = _CLAUSE.search(statement.said)
    return content_stems(found["clause"] if found else statement.said) - _GENERIC


def _on_topic(statement: Entry, run: list[Entry]) -> list[Entry]:
    """Claims of the run that share the words of the statement's subject."""
    topic = _topic(statement)
    return [e for e in run if overlap(topic, e.stems) >= _TOPIC] if topic else []


def _within(entries: Sequence[Entry], statement: Entry) -> list[Entry]:
    """A claim that the statement itself reports: "Rumours that ... could not be verified"."""
    start, end = statement.draft.content[0][:2]
    return [
        e
        for e in entries
        if e.is_said and all(start <= left and right <= end for left, right, _ in e.draft.content)
    ]


def covered(entries: Sequence[Entry], index: int) -> list[Entry]:
    """Return the claims that the status statement at `index` qualifies."""
    statement = entries[index]
    inside = _within(entries[max(0, index - _WINDOW) : index + _WINDOW], statement)
    if inside:
        return inside
    run, nouns, words = _run(entries, index), _nouns(statement), load_words()
    wants_figures = bool(nouns & (words.status_figures | words.status_information))
    if _TWO.search(statement.said):
        far = _before(entries, index, _FAR if wants_figures else _REACH)
        figures = _with_figures(far, nouns) if wants_figures else []
        return _contested(figures or far, _topic(statement)) or _two_sides(run, figures)
    topical = _on_topic(statement, run)
    if topical:
        return topical
    if wants_figures:
        figures = [e for e in run if e.quantities]
        if len(figures) < _SEVERAL and re.search(r"\b(?:figures|numbers|tolls)\b", statement.said):
            figures = [e for e in _before(entries, index, 1) if e.quantities] or figures
        return figures or run[-1:]
    is_plural = any(re.search(rf"\b{noun}s\b", statement.said) for noun in words.status_several)
    return run if is_plural else run[-1:]


def apply_statements(entries: Sequence[Entry]) -> None:
    """Mark what the outlet says cannot be verified as such."""
    for index, entry in enumerate(entries):
        if entry.draft.kind != "status_statement":
            continue
        for target in covered(entries, index):
            entry.link("qualifies", target)
            rate(target, "unverifiable", entry)
