"""`claimwire parse --explain`: each claim with what read it and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from extractors.attribution import Opinion
from extractors.explanation import Explanation
from extractors.text import Offsets
from flows.cells import one_line
from flows.explaining import mark

CONSTRUCTIONS = {
    "after_colon": "a quotation after a colon",
    "agent": "a passive with “by”",
    "bare": "an object that is praised or described",
    "before": "what stands before the attribution",
    "clause": "a clause after the verb",
    "colon": "a colon or dash after a name",
    "headline": "the second half of a headline",
    "hearsay": "“quoted as saying”",
    "impersonal": "a passive without a source",
    "loose": "a sentence before the attribution",
    "non-disclosure": "what was not said",
    "noun": "a noun of saying",
    "object": "the verb's object",
    "phrase": "“according to” and its like",
    "preposition": "the object of the verb's preposition",
    "quote": "a quotation after the verb",
    "relative": "what a relative clause hangs on",
    "status": "what the outlet says of verification",
    "tail": "a closing attribution, by its words alone",
}
UNSURE = 0.8
"""Below this a score or a confidence is told as a doubt."""

_ALONE = "Seen by the second reading alone, perhaps no claims (wants, plans and support are none):"
_NEAR = 600  # characters; a claimant from farther away is not in the same sentence

_GUESSED = {
    "nominal": "the claimant is resolved from a role",
    "pronoun": "the claimant is resolved from a pronoun",
    "none": "nobody is named",
}


def reasons(text: str, found: Sequence[Explanation], alone: Sequence[Opinion]) -> Iterator[str]:
    """Yield the explanations, a line at a time, with the sentence of each claim marked ⟦so⟧."""
    for number, one in enumerate(found, 1):
        yield f"{number}. {_sentence(text, one)}"
        yield f"   claimant    {_claimant(one)}"
        yield f"   read as     {_rule(one)}, score {one.score:.2f}"
        yield f"   2nd reading {_second(text, one)}"
        doubts = list(_doubts(one))
        yield f"   confidence  {one.claim.confidence:.3f}{_because(doubts)}"
        yield ""
    if alone:
        yield _ALONE
    for opinion in alone:
        cue = f"“{_cut(text, opinion.cue)}” ({opinion.probability:.2f})"
        yield f"   {cue}: {_contents(text, opinion)}"


def _rule(one: Explanation) -> str:
    cue = f" by “{one.claim.cue.text}”" if one.claim.cue else ""
    return CONSTRUCTIONS.get(one.construction, one.construction) + cue


def _sentence(text: str, one: Explanation) -> str:
    claim = one.claim
    parts = [_part("content", span.start, span.end) for span in claim.content]
    if claim.cue is not None:
        parts.append(_part("cue", claim.cue.start, claim.cue.end))
    mention = claim.claimant.mention
    near = parts[0]["start_offset"]
    if mention is not None and abs(mention.start - near) < _NEAR:
        parts.append(_part("claimant", mention.start, mention.end))
    return mark(text, parts)


def _part(role: str, start: int, end: int) -> dict[str, Any]:
    return {"role": role, "start_offset": start, "end_offset": end}


def _claimant(one: Explanation) -> str:
    who = one.claim.claimant
    mention = f"“{one_line(who.mention.text)}” = " if who.mention else ""
    side = f", speaks for {who.side}" if who.side else ""
    return f"{mention}{who.name or 'nobody named'} ({who.entity_type}, {who.method}{side})"


def _second(text: str, one: Explanation) -> str:
    opinion = one.opinion
    if opinion is None:
        return "has no word on it"
    sure = f"{opinion.probability:.2f}"
    return {
        "agrees": f"agrees ({sure})",
        "sees none": f"sees no attribution there ({sure})",
        "other content": f"sees it ({sure}), but as: {_contents(text, opinion)}",
        "none": "",
    }[one.agreement]


def _doubts(one: Explanation) -> Iterator[str]:
    if one.score < UNSURE:
        yield "the rule is often wrong here"
    if one.agreement in {"sees none", "other content"}:
        yield "the two readings differ"
    if (guess := _GUESSED.get(one.claim.claimant.method)) is not None:
        yield guess


def _because(doubts: Sequence[str]) -> str:
    return f"; unsure: {'; '.join(doubts)}" if doubts else ""


def _contents(text: str, opinion: Opinion) -> str:
    return " … ".join(_cut(text, part) for part in opinion.content)


def _cut(text: str, span: Offsets) -> str:
    return one_line(text[slice(*span)])
