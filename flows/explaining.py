"""The command `explain`: one claim, the sentence it stands in, and the way back to its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from extractors.errors import QueryError
from extractors.text import sentences
from flows.cells import one_line
from warehouse.assemble import read_record
from warehouse.queries import run_query

OPEN, CLOSE = "⟦", "⟧"


def read_claim(con: duckdb.DuckDBPyConnection, claim: str) -> dict[str, Any]:
    """Return one claim with its `record`, `parts`, `links` and marked `sentence`.

    `claim` is its id in the warehouse or in its parser's record. Raises QueryError without one.
    """
    found = run_query(con, "explain_claim", claim=claim).records()
    if not found:
        raise QueryError(f"There is no claim {claim}.", "`claimwire claims` lists them with ids.")
    record = found[0]
    key = record["claim_id"]
    record["record"] = read_record(con, key)
    record["parts"] = run_query(con, "claim_parts", claim_id=key).records()
    record["links"] = run_query(con, "claim_links", claim_id=key).records()
    record["sentence"] = mark(record.pop("article_text"), record["parts"])
    return record


def mark(text: str, parts: list[dict[str, Any]]) -> str:
    """Return the sentences that hold claimant, cue and content, the content marked ⟦so⟧."""
    spans = [p for p in parts if p["role"] in ("claimant", "cue", "content")]
    if not spans:
        return ""
    first, last = min(p["start_offset"] for p in spans), max(p["end_offset"] for p in spans)
    held = [(start, end) for start, end in sentences(text) if end > first and start < last]
    begin = min([first, *(start for start, _ in held)])
    finish = max([last, *(end for _, end in held)])
    pieces: list[str] = []
    at = begin
    for start, end in sorted(_offsets(p) for p in spans if p["role"] == "content"):
        pieces += [text[at:start], OPEN, text[start:end], CLOSE]
        at = end
    return one_line("".join([*pieces, text[at:finish]]))


def tell(record: dict[str, Any]) -> Iterator[str]:
    """Yield the explanation, a line at a time."""
    yield record["sentence"]
    yield ""
    for title, fields in _SECTIONS.items():
        words = [
            f"{name} {one_line(record[key])}".strip()
            for name, key in fields
            if record[key] is not None
        ]
        yield f"{title:<10} {', '.join(words)}"
    yield ""
    for part in record["parts"]:
        place = f"{part['start_offset']}–{part['end_offset']}"
        reading = f"  = {one_line(part['reading'])}" if part["reading"] else ""
        yield f"  {part['role']:<9} {place:>11}  {one_line(part['span_text'])}{reading}"
    for link in record["links"]:
        said = one_line(f"{link['claimant_name'] or ''}: {link['content_text']}")
        yield f"  {link['relation']:<9} {link['linked_claim_id']}  {said}"


def _offsets(part: dict[str, Any]) -> tuple[int, int]:
    return part["start_offset"], part["end_offset"]


_SECTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "Claim": (
        ("id", "claim_id"), ("record", "record_id"), ("kind", "kind"), ("modality", "modality"),
        ("polarity", "polarity"), ("confidence", "confidence"), ("current", "is_current"),
    ),
    "Claimant": (
        ("name", "claimant_name"), ("type", "claimant_type"), ("side", "side_code"),
        ("by", "claimant_method"),
    ),
    "Status": (("", "verification_status"), ("by", "verified_by")),
    "Article": (
        ("", "title"), ("at", "url"), ("published", "published_at"), ("from", "published_source"),
        ("id", "article_id"),
    ),
    "Revision": (
        ("id", "revision_id"), ("first seen", "first_seen_at"), ("current", "is_current_revision"),
    ),
    "Fetch": (
        ("id", "fetch_id"), ("at", "fetched_at"), ("status", "status_code"), ("from", "final_url"),
    ),
    "Archive": (("file", "archive_file"), ("offset", "archive_offset"), ("sha256", "body_sha256")),
    "Feed": (
        ("", "outlet"), ("at", "feed_url"), ("entry", "item_identity"), ("seen", "item_seen_at"),
    ),
    "Versions": (
        ("article", "article_extractor"), ("claim", "extractor"), ("parser", "parser"),
        ("run", "parse_run_id"),
    ),
}  # fmt: skip
