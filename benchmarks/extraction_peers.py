"""How our extraction of articles compares with that of others, on the same pages in one run.

    pip install -r benchmarks/peers.txt
    python -m benchmarks.extraction_peers --data DIR --eval DIR [--only SET ...] [--peers NAME ...]
        [--worst N] [--json | --markdown]

DIR of `--data` holds sets of pages (`fundus`, `trafilatura_eval`, `newspaper4k_tests`), of `--eval`
the scorers. The extractors of `peers.txt` may lie in an environment of their own, whose
`site-packages` PYTHONPATH names; one that is missing is named on standard error and skipped.

Each page is read by all, one after the other in one process without network, in turns from first
to last and from last to first. Speed is pages for each second of processor time, decoding and
metadata included; `speed` is its ratio to plain trafilatura. `raised` counts the pages on which an
extractor raised an error: they count as empty. `authors` is the share of pages with all authors and
no other, where the set knows them. `worker_peak_bytes` is what a worker of the ingest flow holds at
most while it reads fundus, claims included.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any, NoReturn

from trafilatura.meta import reset_caches

from benchmarks.adapters.extraction import read_pages
from benchmarks.judging import judge, reason, say
from benchmarks.peer_tables import table
from benchmarks.peers import EXTRACTORS, NAME_AUTHORS, OURS, PLAIN, Extraction, Extractor
from benchmarks.tasks import Task, extraction_tasks
from benchmarks.worker_memory import worker_peak_bytes
from benchmarks.worst_pages import gold_records, worst_pages
from extractors.errors import ModelError

SETS = ("fundus", "trafilatura_eval", "newspaper4k_tests")
_WARM_UP = 3  # pages that are read once before the clock counts


@dataclass
class Run:
    """What one extractor made of a set, and what it took: seconds of processor time, errors."""

    predictions: dict[str, Extraction] = field(default_factory=dict)
    cpu_s: float = 0.0
    raised: Counter[str] = field(default_factory=Counter)

    def read(self, extract: Extractor, name: str, url: str, body: bytes) -> None:
        """Have a page read; one that raises is empty."""
        reset_caches()  # else who comes second profits from who came first
        started = time.process_time()
        try:
            found = extract(url, body)
        except Exception as error:
            found = Extraction()
            self.raised[type(error).__name__] += 1
        self.cpu_s += time.process_time() - started
        self.predictions[name] = found


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _options(arguments)
    tasks = _tasks(options.data, options.only)
    result: dict[str, Any] = {"worker_peak_bytes": _worker_peak(tasks), "sets": {}}
    extractors = _installed(options.peers)
    worst: dict[str, str] = {}
    for name, task in tasks.items():
        with _offline():
            runs = read_all(read_pages(task.corpus), extractors)
        result["sets"][name] = figures(task, runs, options.eval)
        pages = worst_pages(task.corpus, runs[OURS].predictions, options.worst)
        worst[name] = "\n".join(map(str, pages))
    print(
        json.dumps(result, indent=2) if options.json else _report(result, worst, options.markdown)
    )
    return 0


def read_all(
    pages: Iterable[tuple[str, str, bytes]], extractors: Mapping[str, Extractor]
) -> dict[str, Run]:
    """Have every page (id, URL, bytes) read by every extractor."""
    pages = iter(pages)
    first = list(islice(pages, _WARM_UP))
    for page in first:
        _read(page, extractors, {name: Run() for name in extractors})
    gc.collect()
    gc.freeze()  # from here on each collects its own garbage and not what was loaded
    runs = {name: Run() for name in extractors}
    backwards = dict(reversed(list(extractors.items())))
    for number, page in enumerate(chain(first, pages)):
        _read(page, backwards if number % 2 else extractors, runs)
    gc.unfreeze()
    return runs


def figures(task: Task, runs: Mapping[str, Run], scorers: Path) -> dict[str, Any]:
    """Return the figures of each extractor on a set, what its scorer says among them.

    Predictions that the scorer refuses have no figures of its own; why is said on standard error.
    """
    scores = {}
    for name, run in runs.items():
        lines = [
            {"id": page, "text": found.text, "title": found.title, "date": found.date}
            for page, found in run.predictions.items()
        ]
        scores[name] = _judged(name, task, lines, scorers) | {
            "pages_per_cpu_second": len(lines) / run.cpu_s,
            "raised": run.raised.total(),
            "errors": dict(run.raised),
        }
        if PLAIN in runs:
            scores[name]["speed"] = runs[PLAIN].cpu_s / run.cpu_s
        if name in NAME_AUTHORS:
            scores[name]["authors"] = _authors(task.corpus, run.predictions)
    return scores


def _judged(
    name: str, task: Task, lines: list[dict[str, str | None]], scorers: Path
) -> dict[str, Any]:
    """Return what the scorer says; one that refuses must not cost what the others took."""
    try:
        return dict(judge(task, lines, scorers))
    except CalledProcessError as error:
        say(f"{name}: {reason(error)}")
        return {"pages": len(lines)}


def _authors(corpus: Path, predictions: Mapping[str, Extraction]) -> dict[str, Any] | None:
    """Return the share of pages whose authors are all named, and nobody else; None: no labels."""
    if not (corpus / "index.csv").exists():
        return None
    golds = {name: _names(record.get("authors") or ()) for name, record in gold_records(corpus)}
    golds = {name: authors for name, authors in golds.items() if authors}
    equal = sum(authors == _names(predictions[name].authors) for name, authors in golds.items())
    return {"gold": len(golds), "equal": equal / len(golds) if golds else 0.0}


def _names(authors: Iterable[str]) -> set[str]:
    return {" ".join(name.casefold().split()) for name in authors}


def _read(
    page: tuple[str, str, bytes], extractors: Mapping[str, Extractor], runs: Mapping[str, Run]
) -> None:
    for name, extract in extractors.items():
        runs[name].read(extract, *page)


@contextmanager
def _offline() -> Iterator[None]:
    """Keep everything off the network: some extractors look for lists and images there."""

    def refuse(*_: object) -> NoReturn:
        raise OSError("no network while extractors are compared")

    connect = socket.socket.connect
    socket.socket.connect = refuse  # type: ignore[method-assign]
    try:
        yield
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets of pages")
    parser.add_argument("--eval", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--only", nargs="+", default=SETS, metavar="SET", help="only these sets")
    parser.add_argument(
        "--peers", nargs="*", default=list(EXTRACTORS), choices=list(EXTRACTORS), metavar="NAME",
        help=f"compare with these alone: {', '.join(EXTRACTORS)}",
    )  # fmt: skip
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show our N worst pages")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print one JSON object")
    shape.add_argument("--markdown", action="store_true", help="print tables in Markdown")
    return parser.parse_args(arguments)


def _tasks(data: Path, names: Sequence[str]) -> dict[str, Task]:
    """Return the tasks of the named sets; names the missing ones on standard error."""
    found = {task.corpus.name: task for task in extraction_tasks(data) if isinstance(task, Task)}
    for name in names:
        if name not in found:
            say(f"{name}: skipped, it is not there")
    return {name: found[name] for name in names if name in found}


def _installed(names: Sequence[str]) -> dict[str, Extractor]:
    """Return ours and the named extractors; names the missing ones on standard error."""
    extractors = {}
    for name, make in EXTRACTORS.items():
        if name != OURS and name not in names:
            continue
        try:
            extractors[name] = make()
        except ImportError as error:
            say(f"{name}: skipped, it is not installed ({error})")
    return extractors


def _worker_peak(tasks: Mapping[str, Task]) -> int | None:
    """Return what a worker holds at most; None, with the reason, where that cannot be measured."""
    if "fundus" not in tasks:
        return None
    try:
        return asyncio.run(worker_peak_bytes(tasks["fundus"].corpus))
    except (ModelError, OSError) as error:
        say(f"worker_peak_bytes: skipped: {error}")
        return None


def _report(result: Mapping[str, Any], worst: Mapping[str, str], markdown: bool) -> str:
    parts = []
    for name, scores in result["sets"].items():
        pages = next(iter(scores.values()))["pages"]
        title = f"{name}, {pages} pages"
        parts.append(f"{title}\n\n{table(scores, markdown=markdown)}")
        if worst[name]:
            parts.append(f"Our worst pages of {name}\n\n{worst[name]}")
    if result["worker_peak_bytes"] is not None:
        parts.append(f"worker_peak_bytes {result['worker_peak_bytes']:,}")
    return "\n\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
