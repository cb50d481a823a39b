"""Why a claim was read as it was: the rule, how sure it is, and what a second reading says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.attribution import Opinion
from extractors.drafts import Draft
from extractors.records import Claim
from extractors.text import Offsets

SAME = 0.8
"""Dice over characters from which two contents are the same, as in the measurements."""

Agreement = Literal["agrees", "other content", "sees none", "none"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A claim with the name of the rule that read it and that rule's score, 0 to 1.

    `opinion` is the network's reading of the same cue; None where the claim has no cue or the
    network did not see it.
    """

    claim: Claim
    construction: str
    score: float
    opinion: Opinion | None

    @property
    def agreement(self) -> Agreement:
        """What the second reading says of the first."""
        if self.opinion is None:
            return "none"
        if self.opinion.probability < 0.5:
            return "sees none"
        said = _characters([(span.start, span.end) for span in self.claim.content])
        other = _characters(self.opinion.content)
        shared = 2 * len(said & other)
        return "agrees" if shared >= SAME * (len(said) + len(other)) else "other content"


def explanations(
    claims: Sequence[Claim], drafts: Sequence[Draft], opinions: Sequence[Opinion]
) -> tuple[list[Explanation], list[Opinion]]:
    """Set claims, drafts (one each, in their order) and the second reading side by side.

    The second list is what the network alone is sure of: attributions that no claim has the cue of.
    """
    found = [
        Explanation(claim, draft.construction, round(draft.score, 3), _of(draft.cue, opinions))
        for claim, draft in zip(claims, drafts, strict=True)
    ]
    taken = [draft.cue for draft in drafts if draft.cue is not None]
    alone = [
        opinion
        for opinion in opinions
        if opinion.is_sure and opinion.content and not any(_meet(opinion.cue, cue) for cue in taken)
    ]
    return found, alone


def _of(cue: Offsets | None, opinions: Sequence[Opinion]) -> Opinion | None:
    """The surest opinion on a cue."""
    if cue is None:
        return None
    own = (opinion for opinion in opinions if _meet(opinion.cue, cue))
    return max(own, key=lambda opinion: opinion.probability, default=None)


def _meet(left: Offsets, right: Offsets) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _characters(spans: Sequence[Offsets]) -> set[int]:
    return {offset for start, end in spans for offset in range(start, end)}
