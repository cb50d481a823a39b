"""The command `claims` on a terminal: who said what when, in columns that fit one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from warehouse.table import Table

_UNREMARKABLE = "not_stated"


def in_brief(claims: Table) -> Table:
    """Return the rows of the query `search_claims` as id, day, claimant and claim.

    What an article says of a claim's truth, and how many reports carry it, follow its words.
    """
    rows = tuple(
        (claim["claim_id"], claim["claim_date"], _claimant(claim), _claim(claim))
        for claim in claims.records()
    )
    return Table(("claim_id", "day", "claimant", "claim"), rows, claims.is_cut)


def _claimant(claim: dict[str, Any]) -> str | None:
    name, side = claim["claimant"], claim["side_code"]
    return f"{name} ({side})" if name and side else name


def _claim(claim: dict[str, Any]) -> str:
    remarks = "; ".join(_remarks(claim))
    return f"{claim['content_text']} [{remarks}]" if remarks else claim["content_text"]


def _remarks(claim: dict[str, Any]) -> Iterator[str]:
    if claim["verification_status"] != _UNREMARKABLE:
        yield claim["verification_status"].replace("_", " ")
    if claim["report_count"] > 1:
        yield f"{claim['report_count']} reports"
