"""Figures that somebody else took down: lines of a CSV file -> articles of one claim each.

A line is one claimant giving one figure on one day, as one outlet has it. Its document is a text of
a fixed pattern that holds every field, so that each span of its claim is a piece of that text.
"""

from extractors.imported.fields import COLUMNS, REQUIRED, Column, StatedFigure
from extractors.imported.lines import BadLine, Line, read_lines
from extractors.imported.wording import IMPORTER, Document, document_of

__all__ = [
    "COLUMNS",
    "IMPORTER",
    "REQUIRED",
    "BadLine",
    "Column",
    "Document",
    "Line",
    "StatedFigure",
    "document_of",
    "read_lines",
]
