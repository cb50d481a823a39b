"""`claimwire parse`: text in, claim records out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from extractors.claims import ClaimParser, check_text
from extractors.errors import SettingsError, TextError
from extractors.records import Claim, TextDocument
from flows.jsonlines import fault
from flows.reasons import reasons

PARTLY = 3
MAX_BYTES = 200_000_000
BATCH = 64
# File names that say nothing of the text; the folder's name does.
_GENERIC = frozenset({"article", "text", "index", "body"})


@dataclass(frozen=True, slots=True)
class _Failure:
    """A document that cannot be parsed."""

    doc: str
    problem: str


def parse(
    file: Annotated[str, Parameter(allow_leading_hyphen=True)] = "-",
    *,
    published: str | None = None,
    jsonl: Annotated[bool, Parameter(negative="")] = False,
    explain: Annotated[bool, Parameter(negative="")] = False,
) -> int | None:
    """Find the claims of a text, as JSON records, one a line.

    Parameters
    ----------
    file
        The text (UTF-8), or - for standard input. Offsets are code points of the text as stored.
    published
        When it was published (2024-05-31 or 2024-05-31T12:00:00Z); without it, relative times
        ("on Tuesday") are not resolved.
    jsonl
        FILE holds a JSON object a line instead: {"doc", "text", "published_at"?, "title"?, "url"?,
        "outlet"?}. A text that cannot be parsed gives {"doc", "error"}.
    explain
        Instead of records, say of each claim which rule read it, what a second reading by a network
        makes of it, and what it is unsure of; then what only the second reading sees.
    """
    if jsonl and explain:
        raise SettingsError(
            "--explain is for reading, and --jsonl for programs.", "Leave one of them out."
        )
    text = _read(file)
    default = _moment(published)
    if jsonl:
        return _parse_all(_documents(text, default))
    document = TextDocument(_doc_name(file), text, default)
    check_text(document)
    if explain:
        print(*reasons(document.text, *ClaimParser().explain(document)), sep="\n")
        return None
    _print(document.doc, ClaimParser().parse(document))
    return None


def _parse_all(documents: Iterable[TextDocument]) -> int:
    """Parse batch by batch; a failed text is a record, not the end."""
    stream = iter(documents)
    parser: ClaimParser | None = None
    failed = 0
    while batch := list(islice(stream, BATCH)):
        parser = parser or ClaimParser()
        good, failures = _split(batch)
        failed += len(failures)
        for failure in failures:
            print(json.dumps({"doc": failure.doc, "error": failure.problem}, ensure_ascii=False))
        for document, claims in zip(good, parser.parse_batch(good), strict=True):
            _print(document.doc, claims)
    return PARTLY if failed else 0


def _split(batch: Sequence[TextDocument]) -> tuple[list[TextDocument], list[_Failure]]:
    good, failures = [], []
    for document in batch:
        try:
            check_text(document)
            good.append(document)
        except TextError as error:
            failures.append(_Failure(document.doc, str(error)))
    return good, failures


def _print(doc: str, claims: Iterable[Claim]) -> None:
    for claim in claims:
        print(json.dumps({"doc": doc, **claim.to_dict()}, ensure_ascii=False))


def _documents(lines: str, default: datetime | None) -> Iterator[TextDocument]:
    for number, line in enumerate(lines.split("\n"), 1):
        if line.strip():
            yield _document(line, number, default)


def _document(line: str, number: int, default: datetime | None) -> TextDocument:
    try:
        record = json.loads(line)
        text, stated = record["text"], record.get("published_at")
        if not isinstance(text, str):
            raise TypeError("its text is no string")
        return TextDocument(
            str(record.get("doc", number)),
            text,
            _moment(stated) if stated else default,
            title=record.get("title"),
            url=record.get("url"),
            outlet=record.get("outlet"),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(
            f"Line {number} of the input is no document: {fault(error)}.",
            'Give {"doc", "text", "published_at"} on each line.',
        ) from error


def _moment(stated: object) -> datetime | None:
    if not stated:
        return None
    try:
        moment = datetime.fromisoformat(str(stated).strip())
    except ValueError as error:
        raise SettingsError(
            f"{stated!r} is no time.", "Give it as 2024-05-31 or 2024-05-31T12:00:00Z."
        ) from error
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _doc_name(file: str) -> str:
    if file == "-":
        return "-"
    path = Path(file)
    return path.resolve().parent.name if path.stem in _GENERIC else path.stem


def _read(file: str) -> str:
    """Read a file or standard input, line ends as they are.

    Raises:
        SettingsError: it cannot be read, is too large or empty.
        TextError: it is not UTF-8.
    """
    try:
        body = sys.stdin.buffer.read(MAX_BYTES + 1) if file == "-" else _head(Path(file))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError(f"{file} cannot be read: {reason}.", "Check its name.") from error
    if len(body) > MAX_BYTES:
        raise SettingsError(f"{file} is larger than {MAX_BYTES:,} bytes.", "Give less at a time.")
    return _decoded(file, body)


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _decoded(file: str, body: bytes) -> str:
    name = "The input" if file == "-" else file
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextError(
            f"{name} is not UTF-8 (byte {error.start}).", "Convert it, for example with iconv."
        ) from error
    if not text.strip():
        raise TextError(f"{name} is empty.", "Give a text.")
    return text
