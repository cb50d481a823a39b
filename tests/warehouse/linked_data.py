"""Holds JSON-LD documents against the words of schema.org, and the rules of JSON-LD 1.1."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VOCABULARY = tomllib.loads(Path(__file__).with_name("schema_org.toml").read_text("utf-8"))


def documents(folder: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for path in sorted(folder.rglob("*.ndjsonld"))
        for line in path.read_text("utf-8").splitlines()
    ]


def check(document: dict[str, Any]) -> None:
    """Assert that the document says only what schema.org has a word for, apart from `cw:`."""
    assert document["@context"] == {"@vocab": "https://schema.org/", "cw": "urn:claimwire:term:"}
    for node in nodes_of(document):
        assert isinstance(node.get("@id", ""), str)  # null would be no IRI
        for name, value in node.items():
            if not name.startswith(("@", "cw:")):
                _check(node, name, value)


def nodes_of(value: object) -> Iterator[dict[str, Any]]:
    """Yield the typed objects in a document, the context apart."""
    if isinstance(value, list):
        for item in value:
            yield from nodes_of(item)
    elif isinstance(value, dict):
        yield value
        for name, item in value.items():
            if name != "@context":
                yield from nodes_of(item)


def types_of(node: dict[str, Any]) -> list[str]:
    kinds = node["@type"]
    return kinds if isinstance(kinds, list) else [kinds]


def _check(node: dict[str, Any], name: str, value: Any) -> None:
    owner, *ranges = VOCABULARY["properties"][name]
    assert any(_is_a(kind, owner) for kind in types_of(node)) or value is None, (name, node)
    for item in value if isinstance(value, list) else [value]:
        if ranges and item is not None:
            assert any(_is_a(kind, one) for kind in types_of(item) for one in ranges), (name, item)
        else:
            assert not isinstance(item, dict), (name, item)


def _is_a(kind: str, wanted: str) -> bool:
    return kind == wanted or any(_is_a(one, wanted) for one in VOCABULARY["types"][kind])
