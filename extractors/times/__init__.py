"""Expressions of time: found in a text, and resolved against the day of publication.

A `TimeReader` gives the times of each claim of a text, `scan` those of any text.
"""

from extractors.times.calendar import Interval
from extractors.times.reader import TimeReader
from extractors.times.roles import claim_expressions
from extractors.times.scan import Expression, scan

__all__ = ["Expression", "Interval", "TimeReader", "claim_expressions", "scan"]
