"""How many number and date cases of Recognizers-Text that make sense in news we read right.

    python -m benchmarks.recognizers --data DIR [--json] [--worst N]

DIR holds `recognizers_text_specs`. Prints, by model and overall, how many cases there are, how many
of them we read right, and how many each rule leaves out; `--worst` prints that many of those we
read wrong. A case is right when everything in its sentence that has a value is found with that
value, and nothing else of the kind. Which cases make sense is in `recognizers.toml`, how they are
read and compared in `adapters/recognizers.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from benchmarks.adapters.recognizers import is_right
from benchmarks.recognizer_cases import Case, Selection, load
from extractors.parse import load_parser

FOLDER = "recognizers_text_specs"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help=f"folder of {FOLDER}")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="print N wrong cases")
    options = parser.parse_args(arguments)
    figures, wrong = score(options.data / FOLDER)
    if options.json:
        print(json.dumps(figures, indent=1))
    else:
        print("\n".join(_table(figures)))
    for case in wrong[: options.worst]:
        found = "; ".join(one.text for one in case.compared) or "nothing"
        print(
            f"{case.model}: {case.text!r} of {case.written or 'no day'}: {found}", file=sys.stderr
        )
    return 0


def score(folder: Path) -> tuple[dict[str, Any], list[Case]]:
    """Return the figures of the specs in `folder`, and the cases read wrong."""
    selection, kept, left_out = Selection(), list[Case](), Counter[str]()
    for case in load(folder):
        rule = selection.left_out(case)
        if rule:
            left_out[rule] += 1
        else:
            kept.append(case)
    models: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    wrong: list[Case] = []
    docs = load_parser().pipe(case.text for case in kept)
    for case, doc in zip(kept, docs, strict=True):
        right = is_right(case, doc)
        models[case.model][0] += right
        models[case.model][1] += 1
        if not right:
            wrong.append(case)
    figures = {name: _share(*counts) for name, counts in sorted(models.items())}
    overall = _share(len(kept) - len(wrong), len(kept))
    return {"overall": overall, "models": figures, "left_out": dict(left_out)}, wrong


def _share(right: int, total: int) -> dict[str, float]:
    return {"right": right, "total": total, "share": round(right / total, 4) if total else 0.0}


def _table(figures: dict[str, Any]) -> list[str]:
    rows = [*figures["models"].items(), ("overall", figures["overall"])]
    lines = [
        f"{name:<22} {one['right']:>5} of {one['total']:>5} {one['share']:.3f}"
        for name, one in rows
    ]
    return [*lines, *(f"left out: {name:<12} {n:>5}" for name, n in figures["left_out"].items())]


if __name__ == "__main__":
    sys.exit(main())
