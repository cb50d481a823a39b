"""What a claim says of another claim's truth, read from its words."""

from __future__ import annotations

import re

from extractors.claimants.words import singular
from extractors.records import Status
from extractors.verification.entries import Entry
from extractors.verification.lexicon import load_words

_UNABLE = re.compile(
    r"\b(?:not in a position|not (?:been )?able|could not|cannot|can['’]t|couldn['’]t|unable)"
    r" (?:to )?(?:immediately |independently |yet )*(?:confirm|verify|corroborate)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|never)\b|n['’]t\b", re.IGNORECASE)
_LEADING = re.compile(
    r"^[\s“\"'‘]*(?:(?:as|of|about|that(?= (?:the|a|an)\b)|the|a|an|any|all|such|these|those|this"
    r"|either|both|neither|his|her|its|their|our|which|talk of|reports? of) )*",
    re.IGNORECASE,
)
_POINTERS = frozenset({"this", "that", "it", "these", "those", "them"})
_SEVERAL = frozenset({"these", "those", "them"})
_AFTER_POINTER = frozenset({"as", "is", "was", "are", "were", "up", "out", "outright", "too"})
_PAIR = re.compile(r"^[\s“\"'‘]*(?:either|both|neither)\b", re.IGNORECASE)
_OURSELVES = re.compile(r"^[\s“\"'‘]*(?:we|i)\b", re.IGNORECASE)
_SAYS_IT_IS = re.compile(r"\b(?:is|are|was|were|came|as|'s)\b|[“\"‘]", re.IGNORECASE)
_CUT = re.compile(r"\b(?:of|that|by|on|from|as|is|was|were|are)\b|[,:“\"]")
_WORD = re.compile(r"[\w-]+")
_OF = re.compile(r"^\s*(?:the\s|any\s)?(?P<noun>[\w-]+)\s+(?:of|about)\b", re.IGNORECASE)
_HEAD_WITHIN = 4


def words_of(text: str) -> list[str]:
    """Return the words of a text, hyphened ones whole."""
    return _WORD.findall(text)


def named(entry: Entry) -> str:
    """Return the words that name the claim reacted to: "that figure" of "could not confirm ..."."""
    for pattern in (_UNABLE, load_words().no_truth, load_words().unsupported):
        if found := pattern.search(entry.said):
            return entry.said[found.end() :]
    return entry.said


def _pointer(entry: Entry) -> str | None:
    """ "this", "them" alone, or before "as" or "is"."""
    phrase = named(entry)
    words = [word.lower() for word in words_of(phrase)[:2]]
    if not words or words[0] not in _POINTERS:
        return None
    start, end, _ = entry.draft.content[0]
    alone = words_of(entry.text[start:end]) if phrase == entry.said else words
    shortened = re.match(r"[“\"'‘]?\w+['’]s\b", phrase)
    is_alone = len(alone) == 1 or len(words) == 1 or words[1] in _AFTER_POINTER
    return words[0] if is_alone or shortened else None


def opening(entry: Entry) -> str:
    """Return the noun that names the claim, singular: "allegation" of "the allegations"."""
    pointer = _pointer(entry)
    if pointer:
        return pointer
    phrase = re.sub(r"^\s*that (?=\w)", "", _LEADING.sub("", named(entry)))
    rest = [singular(word) for word in words_of(_CUT.split(phrase)[0])][:_HEAD_WITHIN]
    found = [w for w in rest if w in load_words().claim_nouns - _POINTERS]
    return found[-1] if found else rest[0] if rest else ""


def is_about_claim(entry: Entry) -> bool:
    """Whether the content opens with a word for somebody's claim."""
    return opening(entry) in load_words().claim_nouns | _POINTERS


def is_pointer(entry: Entry) -> bool:
    """Whether the claim is taken up by a pronoun alone."""
    return opening(entry) in _POINTERS


def is_plural(entry: Entry) -> bool:
    """Whether several claims are taken up: "the claims", "them"."""
    noun = opening(entry)
    if noun in _SEVERAL:
        return True
    near = words_of(named(entry).lower())[: _HEAD_WITHIN + 2]
    return any(word.endswith("s") and word != noun and singular(word) == noun for word in near)


def is_pair(entry: Entry) -> bool:
    """Whether two claims are taken up: "either claim", "both figures"."""
    return _PAIR.match(named(entry)) is not None


def is_blanket(entry: Entry) -> bool:
    """Whether no claim but any guilt at all is denied: "any wrongdoing"."""
    near = {word.lower() for word in words_of(named(entry))[:_HEAD_WITHIN]}
    return bool(near & load_words().guilt)


def is_admission(entry: Entry) -> bool:
    """Whether somebody pleads guilty: that contradicts nobody, whatever is owned up to."""
    return entry.draft.lemma == "plead" and entry.draft.cue_class == "confirm"


def told_of(entry: Entry) -> str:
    """Return the noun before "of": "reports" of "reports of a swap", else nothing."""
    found = _OF.match(named(entry))
    return singular(found["noun"].lower()) if found else ""


def reaction(entry: Entry) -> Status | None:
    """Return what the claim says of another claim's truth, None when nothing."""
    if not entry.is_said or is_admission(entry):
        return None
    if _UNABLE.search(entry.said):
        return "unverifiable"
    words, lemma = load_words(), entry.draft.lemma or ""
    cue = entry.text[slice(*entry.draft.cue)] if entry.draft.cue else ""
    if _NEGATED.search(cue):
        return None
    if lemma in words.denying:
        return "denied"
    if lemma in words.disputing:
        return "disputed"
    if lemma in words.confirming:
        return "confirmed" if _is_bare(entry) else None
    return _verdict(entry)


def _verdict(entry: Entry) -> Status | None:
    """ "called the allegations false", "there was no data to back that up"."""
    words = load_words()
    first = re.split(r"[.!?]\s", entry.said)[0]
    is_named = is_about_claim(entry) or told_of(entry) in words.claim_nouns
    if not is_named or _OURSELVES.search(entry.said):
        return None
    if words.no_truth.search(first):
        return "denied"
    if words.unsupported.search(first):
        return "disputed"
    if not _SAYS_IT_IS.search(entry.said):
        return None
    if words.untrue.search(first):
        return "denied"
    return "disputed" if words.doubtful.search(first) else None


def _is_bare(entry: Entry) -> bool:
    """Whether what is confirmed is named only: "this", "the attack", not told anew."""
    said = entry.said.lower()
    opens = re.match(r"(?:this|that|it|these|those|the)\b", said) is not None
    return (
        opens
        and len(words_of(said)) <= _HEAD_WITHIN
        and not re.search(r"\d", said)
        and not said.startswith("that ")
    )
