"""The rows of a run: staged as they come, and counted for its report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from warehouse.rows import ArticleCheckRow, FeedRow, PollRow, UrlFateRow
from warehouse.staging import Stage, StageRow

ROWS_A_FILE = 500


class Ledger:
    """Stages rows in `folder`, keeping those of feeds and polls, and counts fates and checks.

    The fates of `uncounted` URLs are not counted: no feed asked for these.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.feeds: list[FeedRow] = []
        self.polls: list[PollRow] = []
        self.fates: Counter[str] = Counter()
        self.checks: Counter[str] = Counter()
        self.uncounted: Collection[int] = ()
        self._stage = Stage(folder)

    def write(self, name: str, rows: Sequence[StageRow]) -> None:
        """Stage `rows` as the batch `name`; none make no file."""
        if rows:
            self._stage.write(rows, name)
        for row in rows:
            self._note(row)

    def write_each(self, name: str, rows: Iterable[StageRow]) -> None:
        """Stage rows as they come, some hundred a file."""
        batch: list[StageRow] = []
        number = 0
        for row in rows:
            batch.append(row)
            if len(batch) == ROWS_A_FILE:
                self.write(f"{name}-{number:05d}", batch)
                batch, number = [], number + 1
        self.write(f"{name}-{number:05d}", batch)

    def _note(self, row: StageRow) -> None:
        if isinstance(row, FeedRow):
            self.feeds.append(row)
        elif isinstance(row, PollRow):
            self.polls.append(row)
        elif isinstance(row, UrlFateRow) and row.url_id not in self.uncounted:
            self.fates[row.fate] += 1
        elif isinstance(row, ArticleCheckRow) and row.result != "waiting":
            self.checks[row.result] += 1


def told(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts that are not 0, by name."""
    return {name: count for name, count in sorted(counts.items()) if count}
