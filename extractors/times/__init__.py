"""Expressions of time: found in a text, and resolved against the day of publication.

`find_times` gives the times of one claim, `scan` those of any text.
"""

from extractors.times.calendar import Interval
from extractors.times.roles import claim_expressions, find_times
from extractors.times.scan import Expression, scan

__all__ = ["Expression", "Interval", "claim_expressions", "find_times", "scan"]
