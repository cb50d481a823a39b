"""Which quality tasks a folder of corpora allows: a corpus, an adapter and a scorer each.

The layouts are those that the scorers read; a task is named for its corpus, such as
`attribution/dev` or `extraction/fundus`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

PREDICTIONS = "{predictions}"  # stands for the file of predictions in a scorer's arguments


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to measure: `adapter` (`module:function`) reads `corpus`, `scorer` judges it.

    `scorer` is the name of a script and its arguments. An `optional` task runs only when asked for
    by its full name.
    """

    name: str
    adapter: str
    corpus: Path
    scorer: tuple[str, ...]
    optional: bool = False

    def is_wanted(self, only: Sequence[str]) -> bool:
        """Whether `only` (names, families such as `dates`, or globs; empty: all) asks for it."""
        if self.optional:
            return self.name in only
        family = self.name.split("/")[0]
        return not only or any(fnmatch(self.name, want) or want == family for want in only)


def find_tasks(data: Path, gold: Path, scorers: Path) -> Iterator[Task | str]:
    """Yield the tasks that the corpora allow; for each corpus that is missing, its task's name."""
    yield from _attribution(data / "polnear", scorers)
    yield _one("quantities", "quantities", data / "newsquant" / "sentences.jsonl")
    yield from _dates(data)
    yield _one("casualties", "casualties", data / "fakes_syria")
    yield from extraction_tasks(data)
    for kind in ("near-dup", "story"):
        adapter = f"clusters:predict_{kind.replace('-', '_')}"
        yield _one(f"clusters/{kind}", adapter, data / "ecbplus", "clusters.py", "--gold", kind)
    yield _one("bulletins", "bulletins", data / "palestine_casualties" / "bulletins.jsonl")
    yield _gold(gold)


def _one(name: str, adapter: str, corpus: Path, script: str = "", *options: str) -> Task | str:
    """Return the task of a corpus that stands alone, or its name when the corpus is missing."""
    if not corpus.exists():
        return name
    scorer = (script or f"{name}.py", str(corpus), PREDICTIONS, *options)
    return Task(name, adapter if ":" in adapter else f"{adapter}:predict", corpus, scorer)


def _attribution(corpus: Path, scorers: Path) -> Iterator[Task | str]:
    splits = sorted({path.parent for path in corpus.glob("*/*.ann")})
    if not splits:
        yield "attribution"
    cues = str(scorers / "reporting_cues.txt")
    for split in splits:
        arguments = ("attribution.py", str(split), PREDICTIONS, "--cues", cues)
        name = f"attribution/{split.name}"
        yield Task(name, "attribution:predict", split, arguments, split.name == "train")


def _dates(data: Path) -> Iterator[Task | str]:
    documents = data / "tempeval3" / "documents.jsonl"
    if not documents.exists():
        yield "dates"
        return
    with documents.open(encoding="utf-8") as lines:
        corpora = sorted({json.loads(line)["corpus"] for line in lines})
    for corpus in corpora:
        arguments = ("dates.py", str(documents), PREDICTIONS, "--corpus", corpus)
        yield Task(f"dates/{corpus}", "dates:predict", documents, arguments)


def extraction_tasks(data: Path) -> Iterator[Task | str]:
    """Yield a task for each set of pages below `data`, or the family's name when there is none."""
    sets = [folder for folder in sorted(data.glob("*/")) if _holds_pages(folder)]
    if not sets:
        yield "extraction"
    for folder in sets:
        arguments = ("extraction.py", str(folder), PREDICTIONS)
        yield Task(f"extraction/{folder.name}", "extraction:predict", folder, arguments)


def _holds_pages(folder: Path) -> bool:
    """Whether `folder` is a set of pages in one of the layouts that the scorer tells apart."""
    if (folder / "pages").is_dir() and (folder / "index.csv").is_file():
        with (folder / "index.csv").open(encoding="utf-8", newline="") as rows:
            return {"html", "json"} <= set(next(csv.reader(rows), []))
    truths = ("evaldata.json", "ground-truth.json")
    texts = (folder / "html").is_dir() and (folder / "txt").is_dir()
    return texts or any((folder / name).is_file() for name in truths)


def _gold(gold: Path) -> Task | str:
    if not any(gold.glob("*claims.jsonl")):
        return "gold"
    arguments = ("claims.py", "--gold", str(gold), "--pred", PREDICTIONS)
    return Task("gold", "gold:predict", gold, arguments)
