"""What a reparse would change: archived pages read again and compared, nothing stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flows.cells import counted
from flows.differences import differences, version_of
from flows.ingest.world import World
from flows.progress import Meter, Silent
from flows.rereading import Reread, read_again, read_shelf
from flows.settings import Settings
from warehouse.connection import open_reader
from warehouse.readings import Version, read_versions
from warehouse.table import Table

COLUMNS = ("article_id", "url", "what", "before", "after")
Row = tuple[int, str, str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A row for each thing that differs; `articles` counts what became of the articles."""

    rows: tuple[Row, ...]
    articles: Counter[str] = field(default_factory=Counter)

    def table(self) -> Table:
        """Return the rows as a table."""
        return Table(COLUMNS, self.rows)

    def summary(self) -> str:
        """Return the counts in a sentence or two."""
        said = f"Read {counted(self.articles.total(), 'article')} again"
        said += f": {_told(self.articles)}." if self.articles else "."
        found = Counter(what for _, _, what, _, _ in self.rows)
        return f"{said} Differences: {_told(found)}." if found else said


async def compare(
    settings: Settings,
    *,
    since: datetime | None = None,
    world: World | None = None,
    meter: Meter | None = None,
) -> Comparison:
    """Compare what was fetched at `since` or later with what is published; changes nothing.

    Raises:
        WarehouseError: there is no warehouse.
        ModelError: the language model cannot be loaded.
    """
    batches: dict[int, list[Row]] = {}
    articles: Counter[str] = Counter()

    def take(number: int, batch: Sequence[Reread]) -> None:
        stored = read_versions(con, [one.source.parse_id for one in batch])
        batches[number] = []
        for one in batch:
            rows = list(_rows(one, stored[one.source.parse_id]))
            is_read = one.outcome in ("unchanged", "read anew")
            articles[("different" if rows else "the same") if is_read else one.outcome] += 1
            batches[number] += rows

    with open_reader(settings.published) as con:
        shelf = read_shelf(con, since)
        await read_again(settings, shelf, world or World(), meter or Silent(), take)
    return Comparison(tuple(row for _, rows in sorted(batches.items()) for row in rows), articles)


def _rows(one: Reread, before: Version) -> Iterator[Row]:
    head = one.source.article_id, one.source.url
    if one.outcome in ("could not be read", "no longer an article") and one.reading:
        article = one.reading.article
        why = one.reading.problem or (article.page_class if article else None)
        yield (*head, one.outcome, None, why)
    elif one.reading is not None and (after := version_of(one.reading)) is not None:
        for change in differences(before, after):
            yield (*head, change.what, change.before, change.after)


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in sorted(counts.items()) if count)
