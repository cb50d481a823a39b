"""Whether a claim holds, as far as the article says: status, evidence, who says so; links.

`relate` works on all claims of one document at once, in the order of the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.records import Verification
from extractors.verification.entries import Entry
from extractors.verification.reactions import react
from extractors.verification.rivals import find_repeats, find_rivals
from extractors.verification.scope import apply_statements
from extractors.verification.statements import find_statements
from extractors.verification.wording import reaction

__all__ = ["Entry", "find_statements", "reaction", "relate"]


def relate(entries: Sequence[Entry]) -> None:
    """Give every claim its verification and its links to the others; changes the entries."""
    for entry in entries:
        if entry.draft.withholds_number:
            entry.relations.verification = Verification("no_figure_given", entry.clause, "outlet")
    find_rivals(entries)
    find_repeats(entries)
    react(entries)
    apply_statements(entries)
