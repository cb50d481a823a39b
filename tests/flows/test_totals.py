"""Totals as claimed and as verified: what falls is marked, what is retold is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pytest

from flows import cli
from flows.figure_series import starts
from flows.importing import import_file, read_file
from flows.panels import Panel, Panels, Track, svg
from flows.settings import resolve
from flows.totals import Totals, compare_totals
from flows.trends import Question, follow
from warehouse.connection import open_reader
from warehouse.queries import run_query

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEAD = "date,claimant,value,counted,status,outlet,measure,party,scope"
SVG = "{http://www.w3.org/2000/svg}"


def lines(claimant: str, counted: str, status: str, *figures: str) -> list[str]:
    return [
        f"{day},{claimant},{value},{counted},{status},{claimant},destroyed,RU,cumulative"
        for day, value in (figure.split() for figure in figures)
    ]


Imported = Callable[..., AbstractContextManager[duckdb.DuckDBPyConnection]]


@pytest.fixture
def imported(tmp_path: Path) -> Imported:
    @contextmanager
    def load(*rows: str) -> Iterator[duckdb.DuckDBPyConnection]:
        path, settings = tmp_path / "a.csv", resolve({"home": str(tmp_path / "home")}, {}).settings
        path.write_text("\n".join([HEAD, *rows]), "utf-8")
        import_file(settings, read_file(path, NOON), NOON)
        with open_reader(settings.published_path) as con:
            yield con

    return load


@pytest.fixture
def compared(imported: Imported) -> Callable[..., Totals]:
    def load_and_compare(*rows: str, **asked: Any) -> Totals:
        with imported(*rows) as con:
            return compare_totals(con, "destroyed", **asked)

    return load_and_compare


STAFF = lines(
    "Staff", "tanks", "", "2024-01-05 100", "2024-01-20 98", "2024-02-01 98", "2024-02-20 100",
    "2024-03-01 130", "2024-04-01 140",
)  # fmt: skip
ORYX = lines("Oryx", "tanks", "confirmed", "2024-01-31 50", "2024-03-15 65")


def test_a_total_is_compared_with_the_verified_one_that_stands(
    compared: Callable[..., Totals],
) -> None:
    records = compared(*STAFF, *ORYX).table.records()
    found = [
        (str(row["period"])[5:7], row["claimant"], row["amount"], row["verified_pct"])
        for row in records
    ]
    assert found == [
        ("01", "Staff", 98, 51.0),
        ("01", "Oryx", 50, None),
        ("02", "Staff", 100, 50.0),  # January's still stands
        ("03", "Staff", 130, 50.0),
        ("03", "Oryx", 65, None),
        ("04", "Staff", 140, None),  # nothing was verified since
    ]


def test_what_falls_was_taken_back_and_what_rises_again_was_not(
    compared: Callable[..., Totals],
) -> None:
    records = compared(*STAFF).table.records()
    falls = [(row["period"].month, row["fall_amount"], row["last_fall_date"]) for row in records]
    assert falls == [(1, 2, date(2024, 1, 20)), (2, None, None), (3, None, None), (4, None, None)]


@pytest.mark.parametrize(
    ("since", "until"), [(None, None), ("2024-02-01", None), (None, "2024-02-29")]
)
def test_the_days_asked_for_change_no_comparison(
    compared: Callable[..., Totals], since: str | None, until: str | None
) -> None:
    records = compared(*STAFF, *ORYX, since=since, until=until).table.records()
    found = {str(row["period"])[5:7]: row["verified_pct"] for row in records if row["verified_by"]}
    assert found["02"] == 50.0


def test_a_total_taken_back_to_one_given_before_was_wrong(imported: Imported) -> None:
    figures = lines("Oryx", "tanks", "", "2024-01-05 70", "2024-01-10 71", "2024-01-12 70")
    with imported(*figures) as con:
        corrected = run_query(con, "figure_corrections").records()
        trend = run_query(con, "figure_trend", measure="destroyed", by="month").records()
    assert [(row["old_amount"], row["new_amount"]) for row in corrected] == [(71, 70)]
    assert [row["amount"] for row in trend] == [70]


def test_a_figure_told_again_is_followed_in_later_days(imported: Imported) -> None:
    figures = lines("Staff", "tanks", "", "2024-01-05 70", "2024-01-10 71", "2024-01-12 71")
    with imported(*figures) as con:
        later = follow(con, Question(measure="destroyed", since=date(2024, 1, 11)))
    assert [row["amount"] for row in later.table.records()] == [71]


def test_a_figure_of_a_day_before_the_first_article_is_in_no_picture() -> None:
    day = date(2024, 1, 2)
    rows: list[dict[str, Any]] = [
        {"period": date(2022, 1, 2), "event_id": 1},
        {"period": date(2023, 1, 2), "event_id": 2},
        {"period": day, "event_id": 3},
    ]
    assert starts(rows, [day]) == {0}


def test_what_can_be_compared_is_drawn_else_all(compared: Callable[..., Totals]) -> None:
    ships = lines("Staff", "ships", "", "2024-01-05 2", "2024-02-05 3")
    drawn = compared(*STAFF, *ORYX, *ships).panels
    assert [(panel.title, [track.label for track in panel.tracks]) for panel in drawn.panels] == [
        ("tanks, RU", ["Staff", "Oryx (verified)"])
    ]
    assert drawn.panels[0].tracks[0].falls == (2.0, 0.0, 0.0, 0.0)


def test_without_anything_verified_all_is_drawn(compared: Callable[..., Totals]) -> None:
    ships = lines("Staff", "ships", "", "2024-01-05 2", "2024-02-05 3")
    answer = compared(*STAFF, *ships)
    assert [panel.title for panel in answer.panels.panels] == ["tanks, RU", "ships, RU"]


def test_a_question_may_be_of_one_thing_and_party(compared: Callable[..., Totals]) -> None:
    ships = lines("Staff", "ships", "", "2024-01-05 2", "2024-02-05 3")
    rows = compared(*STAFF, *ships, counted="SHIPS", party="ru", by="week").table.records()
    assert [(str(row["period"]), row["amount"]) for row in rows] == [
        ("2024-01-01", 2),
        ("2024-02-05", 3),
    ]
    assert compared(*STAFF, *ships, party="UA").table.rows == ()


def texts(picture: str, kind: str | None = None) -> list[tuple[str, float, float]]:
    return [
        (text.text or "", float(text.attrib["x"]), float(text.attrib["y"]))
        for text in ElementTree.fromstring(picture).iter(f"{SVG}text")
        if text.get("class") == kind or kind is None
    ]


def test_marks_of_falls_do_not_overlap() -> None:
    months = tuple(date(2024, month, 1) for month in range(1, 13))
    track = Track("A <b>", tuple(100.0 + n for n in range(12)), tuple(10.0 + n for n in range(12)))
    picture = svg(Panels("Tanks & more", months, (Panel("tanks", (track,)),) * 4))
    marks = texts(picture, "fall")
    assert len(marks) == 48
    assert not [
        (one, other)
        for one in marks
        for other in marks
        if one < other and abs(one[1] - other[1]) < 20 and abs(one[2] - other[2]) < 12
    ]


def test_a_long_legend_takes_more_rows_and_the_panels_move_down() -> None:
    def picture(count: int) -> str:
        tracks = tuple(
            Track(f"Claimant number {n} of the country", (1.0,), (0.0,)) for n in range(count)
        )
        return svg(Panels("T", (date(2024, 1, 1),), (Panel("tanks", tracks),)))

    few, many = texts(picture(1)), texts(picture(6))
    assert max(x for _, x, _ in many) < 960
    assert dict((w, y) for w, _, y in many)["tanks"] > dict((w, y) for w, _, y in few)["tanks"]


def test_a_trend_draws_a_line_for_each_thing(imported: Imported) -> None:
    ships = lines("Staff", "Ships", "", "2024-01-05 2", "2024-02-05 3")
    with imported(*STAFF, *ships) as con:
        every = follow(con, Question(measure="destroyed", party="RU"))
        some = follow(con, Question(measure="destroyed", counted="ships"))
    assert [line.label for line in every.chart.lines] == [
        "tanks: Staff on RU",
        "ships: Staff on RU",
    ]
    assert [line.label for line in some.chart.lines] == ["ships: Staff on RU"]
    assert some.chart.title == "Figures: destroyed ships"
    assert [row["amount"] for row in some.table.records()] == [2, 3]


def test_the_command_writes_the_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, picture, home = tmp_path / "a.csv", tmp_path / "a.svg", str(tmp_path / "home")
    path.write_text("\n".join([HEAD, *STAFF, *ORYX]), "utf-8")
    cli.main(["--home", home, "import", str(path)])
    capsys.readouterr()
    asked = ["--home", home, "totals", "destroyed", "--party", "RU", "--chart", str(picture)]
    assert cli.main(asked) == 0
    assert capsys.readouterr().out.startswith("period\tparty\tcounted\tunit\tclaimant")
    assert "2" in [words for words, _, _ in texts(picture.read_text("utf-8"), "fall")]
    asked = ["--home", home, "totals", "destroyed", "--party", "Russia"]
    assert cli.main(asked) == 0
    assert "Staff" in capsys.readouterr().out
    assert cli.main(["--home", home, "totals", "captured"]) == 0
    assert capsys.readouterr().err == "No claim matches.\n"
