from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import current_events

FILLER = (
    "Residents of the valley were told to boil their water, and schools in three districts stayed "
    "shut for the rest of the week while engineers looked at the bridges. "
)


def bullet(text: str, first: str, last: str) -> dict[str, str]:
    return {"day": "2025-10-01", "text": text, "first_seen": first, "last_seen": last}


def test_an_edited_bullet_is_a_version_of_its_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    morning, noon, night = "20251001T060000Z", "20251001T120000Z", "20251002T230000Z"
    four, nine = (f"Police said {n} people were killed in the flood." for n in ("four", "nine"))
    bullets = [
        bullet(FILLER * 2, morning, night),
        bullet(four, morning, morning),
        bullet(nine, noon, night),
    ]
    edit = {"day": "2025-10-01", "before": four, "after": nine, "seen_after": noon}
    for name, records in (("bullets", bullets), ("revisions", [edit])):
        text = "\n".join(json.dumps(record) for record in records)
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
    arguments = ["--data", str(tmp_path), "--home", str(tmp_path / "home"), "--json"]
    assert current_events.main(arguments) == 0
    assert json.loads(capsys.readouterr().out) == {
        "days": 1, "articles": 1, "revisions": 2, "claims": 1, "superseded": 1, "stale_claims": 0,
        "edits": 1, "edits_kept": 1,
    }  # fmt: skip
