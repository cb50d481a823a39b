from __future__ import annotations

import json
from pathlib import Path

from benchmarks import losses
from extractors.imported import BadLine, read_lines
from tests.extractors.test_imported import TODAY

DAY = {"date": "2024-01-05", "aircraft": 10, "tank": 80, "MRL": "", "submarines": 1}
VERIFIED = """country,equipment_type,destroyed,type_total,date_recorded
Russia,Tanks,30,45,2024-01-05
Ukraine,Tanks ,20,25,2024-01-05
Russia,Radars,3,3,2024-01-05
Russia,Tanks,30, damaged: 231,5
"""


def test_both_series_become_files_that_import_reads(tmp_path: Path) -> None:
    (tmp_path / "russia_losses_equipment.json").write_text(json.dumps([DAY]), "utf-8")
    people = [{"date": "2024-01-05", "personnel": 4300, "personnel*": "about"}]
    (tmp_path / "russia_losses_personnel.json").write_text(json.dumps(people), "utf-8")
    (tmp_path / "daily_count.csv").write_text(VERIFIED, "utf-8")
    path, found = tmp_path / "a.csv", []
    for rows in (losses.claimed(tmp_path), losses.verified(tmp_path)):
        losses.write(path, rows)
        for line in read_lines(path.read_bytes(), TODAY):
            assert not isinstance(line, BadLine)
            figure = line.figure
            found.append(
                (figure.claimant, figure.party, figure.counted, figure.value, figure.bound)
            )
    assert found == [
        (losses.STAFF, "RU", "aircraft", "10", "exact"),
        (losses.STAFF, "RU", "tanks", "80", "exact"),
        (losses.STAFF, "RU", "personnel", "4300", "approx"),
        ("Oryx", "RU", "tanks", "30", "exact"),
        ("Oryx", "UA", "tanks", "20", "exact"),
    ]


def test_the_real_series_are_read_without_a_bad_line(shared_dir: Path, tmp_path: Path) -> None:
    data, path = shared_dir / "data", tmp_path / "a.csv"
    assert losses.write(path, losses.verified(data / losses.VERIFIED)) == 217
    assert not [line for line in read_lines(path.read_bytes(), TODAY) if isinstance(line, BadLine)]
