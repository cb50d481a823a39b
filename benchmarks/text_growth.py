"""How the time of a text grows with its length, for every hostile shape.

    python -m benchmarks.text_growth [--length N] [--shape NAME]... [--json]

Every shape of `benchmarks.hostile_texts` is parsed at N and at four times N characters (10,000 and
40,000 by default), in processor time, the less of two tries. Printed are, the steepest first, the
milliseconds of both and the exponent of the growth (1 is linear); a record that breaks the rule of
spans ends the run. The exponent tells little where the longer text takes less than a second.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from benchmarks.hostile_texts import SHAPES, Maker
from extractors.claims import ClaimParser
from extractors.records import Claim, TextDocument

TIMES = 4
TRIES = 2


@dataclass(frozen=True)
class Growth:
    """Milliseconds of processor time for a text and for one `TIMES` as long."""

    shape: str
    short_ms: int
    long_ms: int
    exponent: float
    claims: int


def measure(
    parse: Callable[[str], Sequence[Claim]], shape: str, make: Maker, length: int
) -> Growth:
    """Parse a shape at both lengths."""
    short_s, _ = _time(parse, make(length))
    long_s, claims = _time(parse, make(length * TIMES))
    exponent = math.log(long_s / short_s, TIMES)
    return Growth(shape, round(short_s * 1000), round(long_s * 1000), round(exponent, 2), claims)


def _time(parse: Callable[[str], Sequence[Claim]], text: str) -> tuple[float, int]:
    taken = []
    for _ in range(TRIES):
        begun = time.process_time()
        claims = parse(text)
        taken.append(time.process_time() - begun)
    for claim in claims:
        for span in (claim.cue, *claim.content):
            assert span is None or text[span.start : span.end] == span.text, span
    return min(taken), len(claims)


def main() -> int:
    """Print the table, or JSON."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--length", type=int, default=10_000)
    arguments.add_argument("--shape", action="append", choices=sorted(SHAPES))
    arguments.add_argument("--json", action="store_true")
    asked = arguments.parse_args()
    parser = ClaimParser()
    parser.parse(TextDocument("first", "The mayor said on Monday that nine people had died."))
    found = [
        measure(
            lambda text: parser.parse(TextDocument("x", text)), name, SHAPES[name], asked.length
        )
        for name in asked.shape or SHAPES
    ]
    found.sort(key=lambda growth: -growth.exponent)
    if asked.json:
        print(json.dumps([asdict(growth) for growth in found]))
        return 0
    print(f"{'shape':24}{'ms':>8}{f'ms x{TIMES}':>9}{'exponent':>10}{'claims':>8}")
    for growth in found:
        print(
            f"{growth.shape:24}{growth.short_ms:8}{growth.long_ms:9}{growth.exponent:10}"
            f"{growth.claims:8}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
