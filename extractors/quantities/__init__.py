"""Figures: numbers with bound, unit, what they count, whose they are, level or change."""

from extractors.quantities.figures import FigureReader, find_quantities
from extractors.quantities.frame import Speaker
from extractors.quantities.mentions import Mention, find_mentions
from extractors.quantities.setting import Setting, read_setting

__all__ = [
    "FigureReader",
    "Mention",
    "Setting",
    "Speaker",
    "find_mentions",
    "find_quantities",
    "read_setting",
]
