"""Which runs were begun and not finished: a small file a run, beside its staged rows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

MAX_STARTS = 3  # a run that was interrupted this often is left to its archive


@dataclass(frozen=True, slots=True)
class Order:
    """What a run was asked to do; kept, so that it can be taken up again as it was."""

    run_id: str
    started_at: datetime
    feeds: str | None = None
    limit: int | None = None
    pages: bool = True
    force: bool = False


class Journal:
    """The begun runs in a staging folder."""

    def __init__(self, staging_dir: Path) -> None:
        self._folder = staging_dir

    def stage_dir(self, run_id: str) -> Path:
        """Return the folder of a run's staged rows."""
        return self._folder / run_id

    def begin(self, order: Order) -> None:
        """Note that the run starts now, once more if it was interrupted; drop what it had staged.

        Nothing staged is ever worth keeping: it follows from the archive and the warehouse.
        """
        shutil.rmtree(self.stage_dir(order.run_id), ignore_errors=True)
        self._folder.mkdir(parents=True, exist_ok=True)
        values = asdict(order) | {"started_at": order.started_at.isoformat()}
        with self._path(order.run_id).open("a", encoding="utf-8") as file:
            file.write(json.dumps(values) + "\n")

    def finish(self, run_id: str) -> None:
        """Forget the run: it is loaded and published, or given up."""
        shutil.rmtree(self.stage_dir(run_id), ignore_errors=True)
        self._path(run_id).unlink(missing_ok=True)

    def interrupted(self) -> Iterator[Order]:
        """Yield the runs that were begun and not finished, oldest first; gives up hopeless ones."""
        for path in sorted(self._folder.glob("*.journal")):
            lines = path.read_text("utf-8").splitlines()
            order = _order(lines[0]) if lines else None
            if order is None or len(lines) >= MAX_STARTS:
                self.finish(path.stem)
            else:
                yield order

    def _path(self, run_id: str) -> Path:
        return self._folder / f"{run_id}.journal"


def _order(line: str) -> Order | None:
    try:
        values = json.loads(line)
    except ValueError:
        return None  # killed while writing: nothing had been done yet
    return Order(**values | {"started_at": datetime.fromisoformat(values["started_at"])})
