"""Claim records in short, as the annotations beside the articles have them.

A claim is a mapping of what is not usual: who (mention -> name, type, side, method), cue, content,
and figures, times, places, hedges, stance, verification and links (by number) where it has any.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractors.records import Claim, Claimant, Quantity


def _who(claimant: Claimant) -> str:
    mention = claimant.mention.text if claimant.mention else None
    kind = f"{claimant.entity_type}, {claimant.side}, {claimant.method}"
    return f"{mention} -> {claimant.name} ({kind})"


def _figure(quantity: Quantity) -> str:
    low, high = quantity.low, quantity.high
    bounds = f"{quantity.value:.12g}" if quantity.value is not None else f"{low} to {high}"
    facts = (bounds, quantity.bound, quantity.unit, quantity.counted, quantity.measure)
    more = (quantity.party, quantity.change, quantity.scope)
    return f"{quantity.text} = " + ", ".join(str(fact) for fact in (*facts, *more))


def compact(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """Return the claims in short, with nothing in them that depends on a model's version."""
    number = {claim.claim_id: index for index, claim in enumerate(claims)}
    return [_compact(claim, number) for claim in claims]


def _compact(claim: Claim, number: dict[str, int]) -> dict[str, Any]:
    cue = claim.cue
    verification = claim.verification
    evidence = verification.evidence.text if verification.evidence else None
    full = {
        "kind": claim.kind,
        "who": _who(claim.claimant),
        "relays": [_who(relay) for relay in claim.relayed_by],
        "cue": f"{cue.text} ({cue.lemma}, {cue.cue_class})" if cue else None,
        "content": [piece.text for piece in claim.content],
        "figures": [_figure(quantity) for quantity in claim.quantities],
        "times": [f"{t.text} = {t.from_} to {t.to}, {t.role}" for t in claim.times],
        "places": [f"{p.text} = {p.name}, {p.country}, {p.role}" for p in claim.places],
        "hedges": [hedge.text for hedge in claim.hedges],
        "stance": f"{claim.modality}, {claim.polarity}",
        "verification": None
        if verification.status == "not_stated"
        else f"{verification.status} by {verification.by}: {evidence}",
        "links": [f"{link.relation} {number[link.claim_id]}" for link in claim.links],
    }
    return {name: value for name, value in full.items() if value not in (None, [])}
