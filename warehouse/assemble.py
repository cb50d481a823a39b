"""Puts a claim together again from the tables: the inverse of `warehouse.takeapart`."""

from __future__ import annotations

from typing import Any

import duckdb

from warehouse.table import fetch_table

Row = dict[str, Any]


def read_record(con: duckdb.DuckDBPyConnection, claim_id: int) -> Row:
    """Return the claim record of a claim, as `extractors.records.Claim.to_dict` gives it.

    Raises KeyError when there is no such claim.
    """
    found = _rows(con, "claims", claim_id, "claim_id")
    if not found:
        raise KeyError(claim_id)
    claim, spans = found[0], _spans(con, claim_id)
    return {
        "claim_id": claim["record_id"],
        "kind": claim["kind"],
        "cue": _cue(claim, spans),
        "claimant": _claimant(claim, spans.get(("claimant", 0)), "claimant_")
        | {"speaks_for": _name(con, claim["speaks_for_id"])},
        "relayed_by": [
            _claimant(row, spans.get(("relay", row["ordinal"])), "")
            for row in _rows(con, "claim_relays", claim_id)
        ],
        "content": _of_role(spans, "content"),
        "quantities": [
            spans["quantity", row["ordinal"]] | _quantity(row)
            for row in _rows(con, "claim_quantities", claim_id)
        ],
        "times": [
            spans["time", row["ordinal"]]
            | {"from": row["from_iso"], "to": row["to_iso"]}
            | _pick(row, "precision", "role")
            for row in _rows(con, "claim_times", claim_id)
        ],
        "places": [
            spans["place", row["ordinal"]]
            | {"name": row["name"], "country": row["country_code"], "role": row["role"]}
            for row in _rows(con, "claim_places", claim_id)
        ],
        "hedges": _of_role(spans, "hedge"),
        "modality": claim["modality"],
        "polarity": claim["polarity"],
        "verification": {
            "status": claim["verification_status"],
            "evidence": spans.get(("evidence", 0)),
            "by": claim["verified_by"],
        },
        "links": [
            {"relation": row["relation"], "claim_id": row["linked_record_id"]}
            for row in _rows(con, "claim_links", claim_id)
        ],
        "confidence": claim["confidence"],
        "extractor": claim["extractor"],
    }


def _rows(
    con: duckdb.DuckDBPyConnection, table: str, claim_id: int, order: str = "ordinal"
) -> list[Row]:
    query = f"SELECT * FROM core.{table} WHERE claim_id = $claim_id ORDER BY {order}"
    return fetch_table(con, query, {"claim_id": claim_id}).records()


def _spans(con: duckdb.DuckDBPyConnection, claim_id: int) -> dict[tuple[str, int], Row]:
    return {
        (row["role"], row["ordinal"]): {
            "text": row["span_text"],
            "start": row["start_offset"],
            "end": row["end_offset"],
        }
        | ({"quoted": row["is_quoted"]} if row["role"] == "content" else {})
        for row in _rows(con, "claim_spans", claim_id, "role, ordinal")
    }


def _of_role(spans: dict[tuple[str, int], Row], wanted: str) -> list[Row]:
    return [span for (role, _), span in spans.items() if role == wanted]


def _cue(claim: Row, spans: dict[tuple[str, int], Row]) -> Row | None:
    span = spans.get(("cue", 0))
    return span and span | {"lemma": claim["cue_lemma"], "cue_class": claim["cue_class"]}


def _claimant(row: Row, mention: Row | None, prefix: str) -> Row:
    return {
        "mention": mention,
        "name": row[f"{prefix}name"],
        "entity_type": row["claimant_type" if prefix else "entity_type"],
        "side": row["side_code"],
        "wikidata_id": row[f"{prefix}wikidata_id"],
        "method": row[f"{prefix}method"],
        "speaks_for": None,
    }


def _name(con: duckdb.DuckDBPyConnection, entity_id: int | None) -> str | None:
    if entity_id is None:
        return None
    query = "SELECT name FROM core.entities WHERE entity_id = $entity_id"
    return str(fetch_table(con, query, {"entity_id": entity_id}).rows[0][0])


def _quantity(row: Row) -> Row:
    return {"low": row["low_value"], "high": row["high_value"]} | _pick(
        row,
        "value",
        "bound",
        "unit",
        "counted",
        "measure",
        "party",
        "change",
        "scope",
        "aspect",
    )


def _pick(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names}
