"""Reads a feed history: what scheduled polls of feeds found, snapshot by snapshot.

The folder has `<feed>.tar.xz` with the members `<feed>/<UTC time>_<hash>.xml`.
"""

from __future__ import annotations

import tarfile
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FeedHistory:
    """The snapshots of one feed in order of time; `bodies[i]` was found at `times[i]`."""

    name: str
    times: tuple[datetime, ...]
    bodies: tuple[bytes, ...]
    tags: tuple[str, ...]

    def index_at(self, time: datetime) -> int | None:
        """Return the number of the snapshot that stood at `time`; None before the first."""
        found = bisect_right(self.times, time)
        return found - 1 if found else None


def read_history(folder: Path) -> tuple[FeedHistory, ...]:
    """Read every feed of `folder`, by name; raises `FileNotFoundError` where there is none."""
    archives = sorted(folder.glob("*.tar.xz"))
    if not archives:
        raise FileNotFoundError(f"{folder} holds no <feed>.tar.xz")
    return tuple(_read_feed(path) for path in archives)


def slots(history: tuple[FeedHistory, ...]) -> list[datetime]:
    """Return the times at which any feed was found, in order."""
    return sorted({time for feed in history for time in feed.times})


def _read_feed(path: Path) -> FeedHistory:
    with tarfile.open(path) as archive:
        bodies = {
            member.name: file.read()
            for member in archive
            if member.isfile() and (file := archive.extractfile(member))
        }
    names = sorted(bodies)
    stems = [Path(name).stem for name in names]
    times = (datetime.strptime(stem.split("_")[0], "%Y%m%dT%H%M%SZ") for stem in stems)
    return FeedHistory(
        name=path.name.removesuffix(".tar.xz"),
        times=tuple(time.replace(tzinfo=UTC) for time in times),
        bodies=tuple(bodies[name] for name in names),
        tags=tuple(f'"{stem}"' for stem in stems),
    )
