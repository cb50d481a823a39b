"""Claims about claims: who denies, disputes, confirms, or cannot confirm which one."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.records import Status, Verification
from extractors.verification.entries import Entry
from extractors.verification.targets import Targets

_RANK: dict[Status, int] = {
    "not_stated": 0, "no_figure_given": 1, "unverifiable": 2, "confirmed": 3, "disputed": 4,
    "denied": 5,
}  # fmt: skip


def react(entries: Sequence[Entry]) -> None:
    """Link every reaction to its targets, and give these the status."""
    targets = Targets(entries)
    for index, entry in enumerate(entries):
        status = targets.reactions[entry.claim_id]
        for target in targets.of(index, status) if status else []:
            entry.link("denies" if status == "denied" else "qualifies", target)
            if not entry.is_title or status != "denied":
                rate(target, status or "not_stated", entry)


def rate(target: Entry, status: Status, by: Entry) -> None:
    """Give `target` a status unless it has a stronger one."""
    if _RANK[status] > _RANK[target.relations.verification.status]:
        name = "outlet" if by.claimant.method == "outlet" else by.claimant.name
        target.relations.verification = Verification(status, by.clause, name)
