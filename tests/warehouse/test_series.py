"""Which figures of a claimant follow one another, and which claimants contradict one another."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib import resources
from typing import Any

import pytest

from extractors.records import PlaceRef, TimeRef
from tests.empty import lay_empty
from tests.warehouse.build import NOW, claim, revision
from tests.warehouse.conftest import Home, read_everything
from warehouse.connection import open_memory, open_reader
from warehouse.migrate import read_scripts
from warehouse.queries import run_query
from warehouse.staging import StageRow

DAY = timedelta(days=1)
FIRST = NOW.date()
HISTORY = "SELECT amount, previous_amount FROM figure_history ORDER BY said_date, amount"
RIVALS = "SELECT claimant_a, amount_a, claimant_b, amount_b FROM disagreements ORDER BY ALL"


@dataclass(frozen=True)
class Said:
    """A figure in an article of its own, some days after the first one's."""

    day: int
    number: int
    place: str | None = None
    country: str | None = None
    happened: int | None = None
    who: str = "Berg"
    title: str | None = None
    party: str | None = None
    scope: str | None = "incident"
    said: str = "said"

    def rows(self) -> list[StageRow]:
        """Return the rows of the article."""
        at = NOW + self.day * DAY
        words = f"{self.number} people died"
        text = f"{self.who} {self.said} {words}."
        slug = f"{self.who}-{self.day}-{self.number}-{self.place}"
        found = claim(
            text, self.who, words, figure=f"{self.number} people", places=self._places(),
            times=self._times(), quantity={"party": self.party, "scope": self.scope},
        )  # fmt: skip
        return revision(
            text, [found], slug=slug.casefold(), published=at, fetched=at,
            title=self.title or f"Story {self.day} {self.number}",
        )  # fmt: skip

    def _places(self) -> tuple[PlaceRef, ...]:
        if self.place is None:
            return ()
        return (PlaceRef(self.who, 0, len(self.who), self.place, self.country, "event"),)

    def _times(self) -> tuple[TimeRef, ...]:
        if self.happened is None:
            return ()
        start, end = (str(FIRST + timedelta(days=self.happened + n)) for n in (0, 1))
        return (TimeRef(self.who, 0, len(self.who), start, end, "day", "event"),)


def load(home: Home, *figures: Said) -> None:
    home.load("run-1", *(one.rows() for one in figures))


FOLLOWED: dict[str, tuple[Sequence[Said], list[tuple[int, int | None]]]] = {
    "a toll that rises from day to day": (
        [Said(0, 3), Said(1, 9), Said(4, 15)],
        [(3, None), (9, 3), (15, 9)],
    ),
    "weeks later, of the same place": (
        [Said(0, 8, "Skarn Ridge"), Said(15, 17, "Skarn Ridge")],
        [(8, None), (17, 8)],
    ),
    "of a place that only the title names": (
        [Said(0, 8, "Skarn Ridge"), Said(15, 17, title="Official toll of Skarn Ridge is 17")],
        [(8, None), (17, 8)],
    ),
    "weeks later, of the same day": (
        [Said(1, 8, happened=0), Said(15, 17, happened=0)],
        [(8, None), (17, 8)],
    ),
    "of a town and of its state": (
        [Said(0, 8, "Bulgaria", "BG"), Said(1, 17, "Brezovo", "BG")],
        [(8, None), (17, 8)],
    ),
    "of two places in turn": (
        [
            Said(0, 3, "Kharkiv"), Said(0, 8, "Odesa"), Said(1, 5, "Kharkiv"), Said(2, 9, "Odesa"),
        ],
        [(3, None), (8, None), (5, 3), (9, 8)],
    ),
    "a side's total, half a year later": (
        [Said(0, 800, party="RU", scope="cumulative"), Said(180, 900, None, party="RU",
         scope="cumulative")],
        [(800, None), (900, 800)],
    ),
    "a large number told again": (
        [Said(0, 8), Said(1, 12), Said(20, 12)],
        [(8, None), (12, 8)],
    ),
}  # fmt: skip

APART: dict[str, Sequence[Said]] = {
    "weeks later": [Said(0, 3), Said(14, 9)],
    "of two places": [Said(0, 3, "Kharkiv"), Said(1, 9, "Odesa")],
    "of two states": [Said(0, 3, "Syria", "SY"), Said(1, 9, "Iraq", "IQ")],
    "of two days": [Said(0, 3, happened=0), Said(3, 9, happened=3)],
    "of one state, but long after": [Said(0, 3, "Syria", "SY"), Said(9, 9, "Syria", "SY")],
    "fewer than before": [Said(0, 8), Said(1, 4), Said(7, 1)],
    "as many, at another place": [Said(0, 4, "Kharkiv"), Said(1, 4, "Odesa")],
    "as few, weeks later": [Said(0, 4), Said(20, 4)],
    "near two events": [Said(0, 5, "Kharkiv"), Said(1, 7), Said(2, 12, "Odesa")],
}


@pytest.mark.parametrize("case", FOLLOWED)
def test_figures_of_one_event_follow_one_another(home: Home, case: str) -> None:
    figures, history = FOLLOWED[case]
    load(home, *figures)
    assert sorted(home.ask(HISTORY)) == sorted(history)


@pytest.mark.parametrize("case", APART)
def test_figures_of_different_events_do_not(home: Home, case: str) -> None:
    load(home, *APART[case])
    figures = sorted((float(one.number), None) for one in APART[case])
    assert sorted(home.ask(HISTORY)) == figures
    assert home.ask("SELECT DISTINCT status FROM stated_figures") == [("standing",)]


def test_a_lower_toll_of_the_same_place_is_a_correction_where_it_is_said_to_be(home: Home) -> None:
    load(home, Said(0, 29, "Brezovo"), Said(1, 24, "Brezovo", scope="cumulative"))
    assert sorted(home.ask(HISTORY)) == [(24, None), (29, None)]
    load_again = [Said(5, 50, "Lesovo", scope="cumulative"), Said(6, 40, "Lesovo",
                  scope="cumulative")]  # fmt: skip
    home.load("run-2", *(one.rows() for one in load_again))
    corrected = "SELECT amount, corrected_amount FROM stated_figures WHERE status = 'corrected'"
    assert home.ask(corrected) == [(50, 40)]


def test_what_a_claim_adds_to_a_figure_told_again_revises_nothing(home: Home) -> None:
    text = "Berg said 12 people died, below the 40 people feared."
    quantities = claim(text, "Berg", "12 people died", figure="12 people").quantities
    feared = claim(text, "Berg", "40 people feared", figure="40 people").quantities
    both: dict[str, Any] = {"quantities": (*quantities, *feared)}
    said = claim(text, "Berg", "12 people died, below the 40 people feared", **both)
    load(home, Said(0, 12, scope=None))
    at = NOW + DAY
    home.load("run-2", revision(text, [said], slug="later", published=at, fetched=at))
    assert home.ask(HISTORY) == [(12, None)]


def test_what_a_claimant_gave_last_is_told_again_what_it_gave_before_is_not(home: Home) -> None:
    load(home, Said(0, 12), Said(1, 15), Said(2, 15), Said(3, 12))
    latest = "SELECT amount FROM stated_figures WHERE is_latest ORDER BY figure_date"
    assert home.ask(latest) == [(12,), (15,), (15,)]


def test_figures_of_one_event_have_one_event(home: Home) -> None:
    load(home, Said(0, 3, "Kharkiv"), Said(1, 9, "Odesa"), Said(2, 5, "Kharkiv"))
    (first, other, later) = home.ask("SELECT event_id FROM stated_figures ORDER BY figure_date")
    assert first == later != other


def test_an_edit_of_the_same_day_is_the_news_of_the_text(home: Home) -> None:
    first, second = (f"Berg said {count} people died." for count in (11, 17))
    for number, text in enumerate((first, second)):
        words = text.removeprefix("Berg said ").rstrip(".")
        said = claim(text, "Berg", words, figure=words.removesuffix(" died"))
        at = NOW + number * timedelta(hours=1)
        home.load(f"run-{number}", revision(text, [said], fetched=at, run_id=f"run-{number}"))
    stated = "SELECT amount, status, is_new, is_part FROM stated_figures ORDER BY amount"
    assert home.ask(stated) == [(11, "withdrawn", True, False), (17, "standing", True, False)]


def test_what_an_edit_adds_is_beside_what_stands(home: Home) -> None:
    first = "Berg said 11 people died."
    for number, text in enumerate((first, first + " Once Berg said 300 people died.")):
        told = [claim(text, "Berg", "11 people died", figure="11 people")]
        if number:
            told.append(claim(text, "Berg", "300 people died", figure="300 people"))
        at = NOW + number * timedelta(hours=1)
        home.load(f"run-{number}", revision(text, told, fetched=at, run_id=f"run-{number}"))
    assert home.ask("SELECT amount, is_new FROM stated_figures ORDER BY amount") == [
        (11, True),
        (300, False),
    ]


def test_what_is_new_in_an_article_stands_for_its_day(home: Home) -> None:
    text = "Berg said 12 people died. Berg said 15 people died."
    for slug in ("a", "b", "c", "d"):
        told = [
            claim(text, "Berg", f"{count} people died", figure=f"{count} people")
            for count in (12, 15)
        ]
        other = Home(home.folder / slug)
        other.folder.mkdir()
        lay_empty(other.work)
        other.load("run-1", Said(0, 12).rows())
        at = NOW + DAY
        other.load("run-2", revision(text, told, slug=slug, published=at, fetched=at))
        with open_reader(other.published) as con:
            rows = run_query(con, "figure_trend").records()
        assert [row["amount"] for row in rows] == [12, 15]


def test_a_dispute_of_one_event_is_none_of_another(home: Home) -> None:
    load(
        home, Said(0, 10, "Kharkiv"), Said(0, 18, "Kharkiv", who="Holt"), Said(-2, 3, "Lviv"),
        Said(-2, 9, "Odesa", who="Holt"),
    )  # fmt: skip
    with open_reader(home.published) as con:
        rows = run_query(con, "figure_range").records()
    assert [row["is_contested"] for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("place", "is_contested"), [("Kharkiv", True), ("Odesa", False), (None, False)]
)
def test_two_figures_of_a_day_are_contested_where_both_are_of_one_event(
    home: Home, place: str | None, is_contested: bool
) -> None:
    load(home, Said(0, 10, "Kharkiv"), Said(0, 18, place, who="Holt"))
    with open_reader(home.published) as con:
        (row,) = run_query(con, "figure_range").records()
    assert (row["low_amount"], row["high_amount"]) == (10, 18)
    assert row["is_contested"] == is_contested


def test_a_daily_count_and_a_total_have_no_range(home: Home) -> None:
    load(
        home, Said(0, 900, party="RU"), Said(0, 1_190, party="RU", who="Holt"),
        Said(0, 456_610, party="RU", scope="cumulative", who="Holt"),
    )  # fmt: skip
    with open_reader(home.published) as con:
        rows = run_query(con, "figure_range").records()
    assert [(row["scope"], row["low_amount"], row["high_amount"]) for row in rows] == [
        ("cumulative", 456_610, 456_610),
        ("incident", 900, 1_190),
    ]


@pytest.mark.area("Revisions")
@pytest.mark.rule(
    "Figures follow one another alike in whatever order articles are loaded",
    source="one series a claimant, read anew where a load touches it",
)
def test_the_order_of_loads_does_not_matter(home: Home, tmp_path_factory: Any) -> None:
    figures = [
        Said(0, 5, "Kharkiv"), Said(1, 7), Said(2, 12, "Odesa"), Said(3, 14, "Odesa"), Said(9, 3),
        Said(10, 12), Said(11, 6), Said(11, 15, "Odesa", who="Holt"),
    ]  # fmt: skip
    other = Home(tmp_path_factory.mktemp("other"))
    for number, one in enumerate(figures):
        home.load(f"run-{number}", one.rows())
    for number, one in enumerate(reversed(figures)):
        other.load(f"run-{number}", one.rows())
    names = "core.stated_figures", "core.figure_reports", "core.disagreements"
    first, again = (
        {name: without_numbers(every[name]) for name in names}
        for every in (read_everything(home), read_everything(other))
    )
    assert first == again


def without_numbers(rows: Sequence[tuple[Any, ...]]) -> list[str]:
    """Rows without the numbers of claims, which are small and follow the order of loads."""
    return sorted(
        str(
            [value for value in row if not isinstance(value, int) or value > 2**31 or value is True]
        )
        for row in rows
    )


CONTRADICTING = {
    "of one place and day": [Said(0, 12, "Odesa"), Said(0, 20, "Odesa", who="Holt")],
    "of one place and event": [
        Said(1, 12, "Odesa", happened=0), Said(2, 20, "Odesa", happened=0, who="Holt"),
    ],
}  # fmt: skip
UNRELATED = {
    "without a place": [Said(0, 12), Said(0, 20, who="Holt")],
    "of two places": [Said(0, 12, "Odesa"), Said(0, 20, "Kharkiv", who="Holt")],
    "of two days": [Said(0, 12, "Odesa"), Said(1, 20, "Odesa", who="Holt")],
    "of two events": [
        Said(1, 12, "Odesa", happened=0), Said(1, 20, "Odesa", happened=1, who="Holt"),
    ],
    "of a whole state": [Said(0, 12, "Syria", "SY"), Said(0, 20, "Syria", "SY", who="Holt")],
    "of one loss and another": [
        Said(0, 12, "Odesa", party="RU"), Said(0, 20, "Odesa", who="Holt"),
    ],
    "as many": [Said(0, 12, "Odesa"), Said(0, 12, "Odesa", who="Holt")],
}  # fmt: skip


@pytest.mark.parametrize("case", CONTRADICTING)
def test_figures_of_one_event_that_nobody_s_loss_is_said_to_be_are_compared(
    home: Home, case: str
) -> None:
    load(home, *CONTRADICTING[case])
    assert home.ask(RIVALS) == [("Berg", 12, "Holt", 20)]
    home.load("run-2", Said(2, 30, "Kharkiv", who="Holt").rows())
    assert home.ask(RIVALS) == [("Berg", 12, "Holt", 20)]


@pytest.mark.parametrize("case", UNRELATED)
def test_figures_that_may_be_of_two_events_are_not_compared(home: Home, case: str) -> None:
    load(home, *UNRELATED[case])
    assert home.ask(RIVALS) == []


def test_states_are_wide_places() -> None:
    folder = resources.files("extractors") / "lexicons"
    states = tomllib.loads((folder / "states.toml").read_text("utf-8"))["states"].values()
    capitals = {"Kremlin", "Washington DC", "Washington, D.C."}
    names = {name for one in states for name in (one["name"], *one.get("aliases", ()))} - capitals
    with open_memory() as con:
        for script in read_scripts("views"):
            if script.name == "is_wide":
                con.execute(script.text)
        narrow = con.execute(
            "SELECT name FROM (SELECT unnest(?) AS name) WHERE NOT is_wide(lower(name))",
            [sorted(names)],
        ).fetchall()
        assert narrow == []
        places = "is_wide('black sea'), is_wide('europe'), is_wide('kyiv'), is_wide('gul')"
        assert con.execute(f"SELECT {places}").fetchall() == [(True, True, False, False)]
