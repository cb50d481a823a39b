"""How fast texts become claims, in several processes at once, and what that takes.

    python -m benchmarks.parsing_speed --data DIR [--limit N] [--processes N] [--json]

Every process parses the texts of PolNeAR's split `dev` in DIR in the order of their names. Printed
are `words_per_second` of all together, by the wall clock, and by the processors' time that was used
(`words_per_cpu_second`, of one process); `peak_memory_bytes` of the largest process; `startup_s`,
from the import to the first claim of a process that starts alone, and `startup_together_s`, of the
slowest of those that start at once; and `stages`, the share of the language model and of the rules
in the time.
"""

from __future__ import annotations

import argparse
import compileall
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parents[1] / "extractors"
_FIRST = "The mayor said on Monday that nine people had died."


def measure(data: Path, *, limit: int | None, processes: int) -> dict[str, Any]:
    """Start the processes at once and put together what they say."""
    compileall.compile_dir(_PACKAGE, quiet=1)  # as whoever installs the package does
    command = [sys.executable, "-m", __spec__.name, "--part", "--data", str(data)]
    alone = subprocess.Popen([*command, "--limit", "0"], stdout=subprocess.PIPE).communicate()[0]
    command += ["--limit", str(limit)] if limit else []
    started = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(processes)]
    parts = [json.loads(process.communicate()[0]) for process in started]
    cpu_s = sum(part["parse_s"] + part["rules_s"] for part in parts)
    words = sum(part["words"] for part in parts)
    return {
        "processes": processes,
        "words": words,
        "claims": sum(part["claims"] for part in parts),
        "words_per_second": round(words / max(part["wall_s"] for part in parts)),
        "words_per_cpu_second": round(words / cpu_s),
        "peak_memory_bytes": max(part["peak_memory_bytes"] for part in parts),
        "startup_s": json.loads(alone)["startup_s"],
        "startup_together_s": max(part["startup_s"] for part in parts),
        "stages": {
            name: round(sum(part[f"{name}_s"] for part in parts) / cpu_s, 3)
            for name in ("parse", "rules")
        },
    }


def part(data: Path, limit: int | None) -> dict[str, Any]:
    """Parse the texts in this process; times are the processor's unless they are `wall_s`."""
    begun = time.monotonic()
    from extractors.claims import ClaimParser
    from extractors.parse import load_parser
    from extractors.records import TextDocument

    parser = ClaimParser()
    parser.parse(TextDocument("first", _FIRST))
    startup_s = time.monotonic() - begun
    paths = sorted((data / "polnear" / "dev").glob("*.txt"))[:limit]
    listed = [TextDocument(path.stem, path.read_bytes().decode("utf-8")) for path in paths]
    model = load_parser()
    parse_s = time.process_time()
    for document in listed:
        model.parse(document.text)
    parse_s = time.process_time() - parse_s
    begun, all_s = time.monotonic(), time.process_time()
    claims = sum(map(len, parser.parse_batch(listed)))
    all_s = time.process_time() - all_s
    return {
        "words": sum(len(document.text.split()) for document in listed),
        "claims": claims,
        "wall_s": time.monotonic() - begun,
        "parse_s": min(parse_s, all_s),
        "rules_s": max(all_s - parse_s, 0.0),
        "startup_s": round(startup_s, 2),
        "peak_memory_bytes": _peak(),
    }


def _peak() -> int:
    """Return the most that this process has held, by the kernel; Linux only."""
    status = Path("/proc/self/status").read_text("ascii")
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--limit", type=int, help="take only the first N texts")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--part", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.part:
        print(json.dumps(part(options.data, options.limit)))
        return 0
    figures = measure(options.data, limit=options.limit, processes=options.processes)
    text = "\n".join(f"{name:<22} {json.dumps(value)}" for name, value in figures.items())
    print(json.dumps(figures) if options.json else text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
