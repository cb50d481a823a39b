"""Progress bars, drawn by rich on standard error."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.progress import TimeElapsedColumn as Elapsed


class Bars:
    """One bar a stage, in the order they begin."""

    def __init__(self, console: Console | None = None) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<8}"),
            BarColumn(),
            MofNCompleteColumn(),
            Elapsed(),
            console=console or Console(stderr=True),
            transient=True,
        )
        self._stages: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def expect(self, stage: str, count: int) -> None:
        """Lengthen the bar of `stage`."""
        if stage not in self._stages:
            self._stages[stage] = self._progress.add_task(stage, total=0)
        task = self._progress.tasks[self._stages[stage]]
        self._progress.update(task.id, total=(task.total or 0) + count)

    def step(self, stage: str) -> None:
        """Move the bar of `stage`."""
        self._progress.advance(self._stages[stage])
