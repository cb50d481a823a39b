"""The measurement of polling counts what it says it counts."""

from __future__ import annotations

import json

import pytest

from benchmarks.polling import main


def test_a_small_measurement(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--unchanged", "4", "--changed", "2", "--items", "5", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["unchanged"], figures["changed"], figures["items"]) == (4, 2, 10)
    assert figures["unchanged_s"] > 0 and figures["changed_mb"] > 50
