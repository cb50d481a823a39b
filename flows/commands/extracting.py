"""`claimwire extract`: HTML in, article JSON out."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from extractors.articles import extract_article
from extractors.errors import ClaimwireError, SettingsError
from extractors.records import Article
from flows.context import Ctx
from flows.jsonlines import fault

PARTLY = 3
MAX_BYTES = 50_000_000
DAY_LENGTH = len("2024-05-31")
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class _Job:
    """One page to extract: its name in the output, where its bytes lie, where they came from."""

    doc: str
    path: Path
    url: str
    fetched_at: datetime


def extract(
    file: Annotated[str, Parameter(allow_leading_hyphen=True)] = "-",
    *,
    url: str | None = None,
    fetched_at: str | None = None,
    jsonl: Annotated[bool, Parameter(negative="")] = False,
    context: Ctx,
) -> int | None:
    """Extract the article of an HTML page, as JSON.

    Parameters
    ----------
    file
        The page (HTML, may be gzipped), or - for standard input.
    url
        Where the page came from.
    fetched_at
        When it was fetched (ISO, UTC if it names no zone; a day means its end); now, if not given.
        No date of the article lies after it.
    jsonl
        FILE holds a JSON object a line instead, {"doc", "path", "url", "fetched_at"}; an article a
        line is written, with its doc. A page that cannot be read gives {"doc", "error"}.
    """
    if jsonl:
        return _extract_all(_read(file), context.now())
    if not url:
        raise SettingsError("The page's address is missing.", "Give it with --url.")
    article = _extract(_read(file), url, _moment(fetched_at, context.now()))
    print(json.dumps(article_record(article), ensure_ascii=False, indent=2))
    return None


def article_record(article: Article) -> dict[str, Any]:
    """Return an article as JSON-ready values; times are ISO, in UTC, with their precision."""
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "page_class": article.page_class,
        "title": article.title,
        "text": article.text,
        "authors": list(article.authors),
        "published_at": article.published and article.published.value.isoformat(),
        "published_precision": article.published and article.published.precision,
        "modified_at": article.modified and article.modified.value.isoformat(),
        "modified_precision": article.modified and article.modified.precision,
        "language": article.language,
        "site_name": article.site_name,
        "mojibake_ratio": article.mojibake_ratio,
        "free_share": article.free_share,
        "note": article.note,
        "posts": [
            {
                "start": post.start,
                "end": post.end,
                "title": post.title,
                "published_at": post.published and post.published.value.isoformat(),
            }
            for post in article.posts
        ],
        "asides": [{"kind": aside.kind, "text": aside.text} for aside in article.asides],
        "sources": dict(sorted(article.sources.items())),
        "extractor": article.extractor,
    }


def _extract_all(lines: bytes, now: datetime) -> int:
    failed = 0
    for job in _jobs(lines, now):
        record: dict[str, Any] = {"doc": job.doc}
        try:
            article = _extract(_read(str(job.path)), job.url, job.fetched_at)
            record |= article_record(article)
        except ClaimwireError as error:
            failed += 1
            record["error"] = str(error)
        print(json.dumps(record, ensure_ascii=False))
    return PARTLY if failed else 0


def _extract(body: bytes, url: str, fetched_at: datetime) -> Article:
    try:
        return extract_article(body, url=url, fetched_at=fetched_at)
    except ValueError as error:
        raise SettingsError(f"The address is {error}.", "Give an http or https URL.") from error


def _jobs(lines: bytes, now: datetime) -> Iterator[_Job]:
    for number, line in enumerate(lines.decode("utf-8", "replace").splitlines(), 1):
        if line.strip():
            yield _job(line, number, now)


def _job(line: str, number: int, now: datetime) -> _Job:
    try:
        record = json.loads(line)
        path, url = str(record["path"]), str(record["url"])
        doc = str(record.get("doc", path))
        return _Job(doc, Path(path), url, _moment(record.get("fetched_at"), now))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(
            f"Line {number} of the input is no page to extract: {fault(error)}.",
            'Give {"doc", "path", "url", "fetched_at"} on each line.',
        ) from error


def _moment(stated: object, now: datetime) -> datetime:
    if not stated:
        return now
    try:
        text = str(stated).strip()
        moment = datetime.fromisoformat(f"{text}T23:59:59" if len(text) == DAY_LENGTH else text)
    except ValueError as error:
        raise SettingsError(
            f"{stated!r} is no time.", "Give it as 2024-05-31 or 2024-05-31T12:00:00Z."
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read(file: str) -> bytes:
    """Read a file or standard input, of which gzip is undone.

    Raises:
        SettingsError: it cannot be read, or is too large.
    """
    try:
        body = sys.stdin.buffer.read(MAX_BYTES + 1) if file == "-" else _head(Path(file))
        if body.startswith(_GZIP):
            body = _gunzip(body)
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise SettingsError(f"{file} cannot be read: {reason}.", "Check its name.") from error
    if len(body) > MAX_BYTES:
        raise SettingsError(f"{file} is larger than {MAX_BYTES:,} bytes.", "Give a page.")
    return body


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _gunzip(body: bytes) -> bytes:
    """Undo gzip, no further than the limit: a few kilobytes can unpack to gigabytes."""
    with gzip.open(io.BytesIO(body)) as stream:
        return stream.read(MAX_BYTES + 1)
