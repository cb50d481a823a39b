"""The paragraphs that made articles consist of: real text, with the claims the parser finds there.

A paragraph keeps the claims that lie in it whole, with offsets from its start, taken apart into
the rows of the warehouse as a revision of its own. One word-sized gap a paragraph (`gap`, behind
the content of its first claim or before its end) is where made articles put words of their own.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from extractors.claims import ClaimParser
from extractors.records import Article, Claim, Span, TextDocument, stable_id
from extractors.text import paragraphs
from warehouse.rows import RevisionRow
from warehouse.staging import Stage

_AT = datetime(2024, 1, 1, tzinfo=UTC)
_WORD = re.compile(r"[^\W\d_]{3,}")


def build_pool(texts: Iterable[str], folder: Path) -> None:
    """Parse `texts` and write their paragraphs to `folder`: staged tables, paragraphs, words."""
    parser = ClaimParser()
    rows = []
    found: list[dict[str, Any]] = []
    words: list[str] = []
    for text in texts:
        words += _WORD.findall(text)
        claims = parser.parse(TextDocument("pool", text, published_at=_AT))
        for start, end in paragraphs(text):
            inside = tuple(_within(claims, start, end))
            paragraph = text[start:end]
            row = _row(len(found), paragraph, inside, parser.version)
            rows.append(row)
            found.append(
                {
                    "paragraph_id": len(found),
                    "revision_id": row.revision_id,
                    "gap": _gap(paragraph, inside),
                    "paragraph": paragraph,
                }
            )
    Stage(folder).write(rows, "pool")
    con = duckdb.connect()
    con.register("found", pa.Table.from_pylist(found))
    con.register("words", pa.table({"word": words}))
    con.execute(f"COPY (FROM found) TO '{folder / 'paragraphs.parquet'}'")
    con.execute(f"COPY (FROM words) TO '{folder / 'words.parquet'}'")
    con.close()


def _within(claims: Iterable[Claim], start: int, end: int) -> Iterator[Claim]:
    """Yield the claims whose every span lies in the paragraph, moved to its start."""
    for claim in claims:
        spans = list(_spans(claim))
        if spans and all(start <= span.start and span.end <= end for span in spans):
            yield _moved(claim, -start)


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _spans(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _spans(getattr(value, field.name))


def _moved(value: Any, by: int) -> Any:
    if isinstance(value, tuple):
        return tuple(_moved(one, by) for one in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changes = {f.name: _moved(getattr(value, f.name), by) for f in dataclasses.fields(value)}
    if isinstance(value, Span):
        changes |= {"start": value.start + by, "end": value.end + by}
    return dataclasses.replace(value, **changes)


def _gap(paragraph: str, claims: tuple[Claim, ...]) -> int:
    ends = [claim.content[-1].end for claim in claims if claim.content]
    return min(ends, default=max(len(paragraph) - 1, 0))


def _row(number: int, paragraph: str, claims: tuple[Claim, ...], parser: str) -> RevisionRow:
    url = f"http://pool.test/{number}"
    article = Article(
        url=url, canonical_url=url, page_class="article", title=None, text=paragraph, authors=(),
        published=None, modified=None, language="en", site_name=None, sources={},
        extractor="pool 1",
    )  # fmt: skip
    return RevisionRow(
        article_id=number, revision_id=stable_id("pool", number), feed_id=0, feed_item_id=0,
        fetch_id=0, run_id="pool", outlet_name="pool", site="pool.test", fetched_at=_AT,
        article=article, claims=claims, parser=parser,
    )  # fmt: skip
