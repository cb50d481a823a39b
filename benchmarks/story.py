"""What the named queries say of a story whose answers are known: figures, ranges, corrections.

    python -m benchmarks.story DIR [--json]

DIR holds a story as `benchmarks.stories` reads it, with `expected.json`. It is parsed, loaded and
asked; prints for each kind of answer how many are right, and what is missing or too much. Returns 1
where an answer is wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

if not __package__:  # run as a file: find this project's packages
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import duckdb

from benchmarks.stories import Told, load_story, read_story
from extractors.claims import ClaimParser
from warehouse.connection import open_reader
from warehouse.queries import run_query

Answer = dict[str, Any]
FIGURE = (
    "date", "claimant", "measure", "value", "bound", "articles", "origins", "reports", "standing",
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code: 0, or 1 where an answer is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("story", type=Path, help="folder of the story")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    found = judge_story(options.story, ClaimParser())
    print(json.dumps(found, indent=1, ensure_ascii=False) if options.json else _told(found))
    return int(any(kind["missing"] or kind["extra"] for kind in found.values()))


def judge_story(folder: Path, parser: ClaimParser) -> dict[str, Answer]:
    """Load the story of `folder` and compare each kind of answer with `expected.json`."""
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    story = read_story(folder)
    with (
        tempfile.TemporaryDirectory() as home,
        open_reader(load_story(story, Path(home), parser)) as con,
    ):
        given = Asked(con, story, expected["measures"]).answers()
    wanted = _wanted(expected)
    found = {kind: _compared(wanted[kind], given[kind]) for kind in wanted}
    found["partial_figures"]["extra"] = []  # listed are only those that look like the series'
    return found


class Asked:
    """The answers of a loaded story, in the form of `expected.json`, by named queries alone."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, story: Sequence[Told], measures: dict[str, Answer]
    ) -> None:
        self._con = con
        self._measures = {words["measure"]: name for name, words in measures.items()}
        self._numbers = {one.revision_id: one.number for one in story}
        self._articles: dict[int, str] = {}
        for one in story:
            self._articles.setdefault(one.article_id, one.number)

    def answers(self) -> dict[str, list[Answer]]:
        """Return the answers by kind."""
        ranges = [one for measure in self._measures for one in self._ranges(measure)]
        return {
            "figures": list(self._figures()),
            "range_by_day": [_pick(one, "measure", "date", "low", "high") for one in ranges],
            "contested": [_pick(one, "measure", "date", "is_contested") for one in ranges],
            "disputes": list(self._disputes()),
            "corrections": list(self._corrections()),
            "changed": list(self._removed("changed")),
            "withdrawn": list(self._removed("withdrawn")),
            "confirmations": list(self._confirmations()),
            "copy_groups": list(self._copies()),
            "partial_figures": list(self._parts()),
        }

    def _ask(self, name: str, **params: object) -> list[Answer]:
        return run_query(self._con, name, **params).records()

    def _sources(self) -> dict[int, list[str]]:
        reports = self._ask("figure_sources", row_limit=10_000)
        found: dict[int, set[str]] = {}
        for report in reports:
            found.setdefault(report["figure_id"], set()).add(self._numbers[report["revision_id"]])
        return {figure: sorted(numbers) for figure, numbers in found.items()}

    def _figures(self) -> Iterable[Answer]:
        sources = self._sources()
        for row in self._ask("figures_over_time", row_limit=10_000):
            if row["measure"] in self._measures:
                yield {
                    "date": str(row["said_date"]), "claimant": row["claimant"],
                    "measure": self._measures[row["measure"]], "value": row["amount"],
                    "bound": row["bound"], "articles": sources[row["figure_id"]],
                    "origins": row["origin_count"], "reports": row["report_count"],
                    "standing": row["status"] == "standing",
                }  # fmt: skip

    def _parts(self) -> Iterable[Answer]:
        """What is of something smaller: parts of a loss, and what is counted beside it."""
        sources = self._sources()
        for row in self._ask("figures_over_time", parts=True, row_limit=10_000):
            if row["is_part"] or row["measure"] == "count":
                yield {
                    "date": str(row["said_date"]), "claimant": row["claimant"],
                    "measure": row["measure"], "value": row["amount"], "bound": row["bound"],
                    "articles": sources[row["figure_id"]],
                }  # fmt: skip

    def _ranges(self, measure: str) -> Iterable[Answer]:
        for row in self._ask("figure_range", measure=measure):
            yield {
                "measure": self._measures[measure], "date": str(row["said_date"]),
                "low": row["low_amount"], "high": row["high_amount"],
                "is_contested": row["is_contested"],
            }  # fmt: skip

    def _disputes(self) -> Iterable[Answer]:
        for row in self._ask("disputed_figures"):
            if row["measure"] in self._measures:
                yield {
                    "date": str(row["claim_date"]), "by": row["disputed_by"],
                    "against": row["against"], "measure": self._measures[row["measure"]],
                    "value": row["amount"], "articles": self._of(row["revision_ids"]),
                }  # fmt: skip

    def _corrections(self) -> Iterable[Answer]:
        for row in self._ask("figure_corrections"):
            reports = self._ask(
                "figure_sources", measure=row["measure"], claimant=row["claimant"],
                amount=row["new_amount"], since=row["corrected_on"], until=row["corrected_on"],
            )  # fmt: skip
            yield {
                "date": str(row["corrected_on"]), "claimant": row["claimant"],
                "measure": self._measures.get(row["measure"]), "old": row["old_amount"],
                "new": row["new_amount"], "articles": self._of(r["revision_id"] for r in reports),
            }  # fmt: skip

    def _removed(self, what: str) -> Iterable[Answer]:
        for row in self._ask("removed_claims"):
            if row["what"] != what or row["measure"] is None:
                continue
            answer = {
                "from": self._numbers[row["last_revision_id"]],
                "to": self._numbers[row["removed_in_revision_id"]], "claimant": row["claimant"],
            }  # fmt: skip
            if what == "changed":
                measure = self._measures.get(row["measure"])
                yield answer | {"measure": measure, "old": row["amount"], "new": row["new_amount"]}
            else:
                yield answer | {"measure": row["measure"], "value": row["amount"]}

    def _confirmations(self) -> Iterable[Answer]:
        for row in self._ask("confirmations"):
            yield {
                "unconfirmed_in": self._of(row["unconfirmed_revision_ids"]),
                "first_claimant": row["first_claimant"], "first_date": str(row["first_date"]),
                "confirmed_by": row["confirmed_by"],
                "confirmed_in": self._of(row["confirmed_revision_ids"]),
                "confirmed_date": str(row["confirmed_date"]),
            }  # fmt: skip

    def _copies(self) -> Iterable[Answer]:
        groups: dict[int, list[str]] = {}
        for row in self._ask("copy_groups"):
            groups.setdefault(row["copy_group_id"], []).append(self._articles[row["article_id"]])
        for members in groups.values():
            yield {"articles": sorted(members)}

    def _of(self, revision_ids: Iterable[int] | None) -> list[str]:
        return sorted({self._numbers[one] for one in revision_ids or ()})


def _wanted(expected: Answer) -> dict[str, list[Answer]]:
    """Return the expected answers by kind, a flat list each, without notes."""
    revisions = [_pick(one, "from", "to") | {"of": one} for one in expected["revisions"]]
    return {
        "figures": [_pick(one, *FIGURE) for one in expected["figures"]],
        "range_by_day": [
            {"measure": measure, **day}
            for measure, days in expected["range_by_day"].items()
            for day in days
        ],
        "contested": [
            {"measure": measure, "date": date, "is_contested": is_contested}
            for measure, days in expected["contested"].items()
            for date, is_contested in days.items()
        ],
        "disputes": expected["disputes"],
        "corrections": expected["corrections"],
        "changed": [
            _pick(one, "from", "to") | change
            for one in revisions
            for change in one["of"]["changed"]
        ],
        "withdrawn": [
            _pick(one, "from", "to") | _pick(gone, "claimant", "measure", "value")
            for one in revisions
            for gone in one["of"]["withdrawn"]
        ],
        "confirmations": [
            {name: value for name, value in one.items() if name != "note"}
            for one in expected["confirmations"]
        ],
        "copy_groups": [{"articles": one} for one in expected["copy_groups"]],
        "partial_figures": [
            {name: value for name, value in one.items() if name != "note"}
            for one in expected["partial_figures"]
        ],
    }


def _compared(wanted: list[Answer], given: list[Answer]) -> Answer:
    missing = [one for one in wanted if one not in given]
    return {
        "wanted": len(wanted), "right": len(wanted) - len(missing), "missing": missing,
        "extra": [one for one in given if one not in wanted],
    }  # fmt: skip


def _pick(record: Answer, *names: str) -> Answer:
    return {name: record[name] for name in names}


def _told(found: dict[str, Answer]) -> str:
    lines = [f"{'answers':<18} {'right':>5} {'of':>4} {'extra':>6}"]
    for kind, one in found.items():
        lines.append(f"{kind:<18} {one['right']:>5} {one['wanted']:>4} {len(one['extra']):>6}")
        lines += [f"  missing {json.dumps(answer)}" for answer in one["missing"]]
        lines += [f"  extra   {json.dumps(answer)}" for answer in one["extra"]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
