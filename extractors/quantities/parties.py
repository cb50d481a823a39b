"""Whose a figure is: the side that lost, the company that earned, the state that pays."""

from __future__ import annotations

from extractors.parse import Token
from extractors.quantities.counted import Thing
from extractors.quantities.frame import Frame
from extractors.quantities.losers import loser
from extractors.quantities.measures import LOSSES
from extractors.quantities.owners import owner
from extractors.records import Measure


def party_of(frame: Frame, anchor: Token, thing: Thing, measure: Measure) -> str | None:
    """Return whose loss, stock or gain a figure is: an alpha-2 code or a name, else None.

    `anchor` is a token of the figure; `frame` is cut to its sentence.
    """
    if measure in LOSSES:
        return loser(frame, anchor, thing, measure)
    return owner(frame, anchor, thing, measure)
