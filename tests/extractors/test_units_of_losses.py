"""Losses of people are counted in persons, however little is said of whom they count."""

from __future__ import annotations

import pytest

from tests.extractors.claim_helpers import claims_of


def last_figure(said: str) -> tuple[float | None, str, str | None, str | None]:
    """Value, measure, unit and what is counted, of the last figure of a text."""
    figure = claims_of(said)[-1].quantities[-1]
    return figure.value, figure.measure, figure.unit, figure.counted


@pytest.mark.parametrize(
    ("said", "value", "measure"),
    [
        ("The death toll has risen to 787, the agency said.", 787, "killed"),
        ("The agency said the blast took the toll to 30.", 30, "killed"),
        ("The agency raised the toll to 19.", 19, "killed"),
        ("The agency put the toll at 41.", 41, "killed"),
        ("The agency raised the toll of the depot blast to 27.", 27, "killed"),
        ("The agency said the toll of dead miners had risen to 27.", 27, "killed"),
        ("The number of dead rose to 24, the agency said.", 24, "killed"),
        ("The agency said 40 had died.", 40, "killed"),
        ("The agency said the quake killed 19 in Arel.", 19, "killed"),
        ("The agency said 14 hurt and 45 killed.", 45, "killed"),
        ("The agency said the number of wounded had reached 90.", 90, "wounded"),
        ("The agency said the number of displaced reached 4,000.", 4000, "displaced"),
        ("The agency said 3,000 were evacuated.", 3000, "displaced"),
        ("The agency said 15 were arrested.", 15, "arrested"),
        ("The agency said nobody was wounded.", 0, "wounded"),
        ("The agency said no one was wounded.", 0, "wounded"),
    ],
)
def test_people_are_counted(said: str, value: float, measure: str) -> None:
    assert last_figure(said)[:3] == (value, measure, "person")


@pytest.mark.parametrize(
    ("said", "value", "measure"),
    [
        ("The fire burned 20 homes. The death toll rose to 787, the agency said.", 787, "killed"),
        ("The agency said the fire burned 20 homes and killed six.", 6, "killed"),
        ("The flood cut off 12 villages. The agency said 40 had died.", 40, "killed"),
        ("The agency said 12 ships sank and 30 were missing.", 30, "missing"),
        ("The agency said 5 schools were shut and 300 evacuated.", 300, "displaced"),
    ],
)
def test_people_lost_are_not_the_things_counted_before(
    said: str, value: float, measure: str
) -> None:
    assert last_figure(said) == (value, measure, "person", None)


@pytest.mark.parametrize(
    ("said", "value", "measure", "counted"),
    [
        ("The agency said the disease had killed 600 trout.", 600, "killed", "trout"),
        ("The agency said 600 trout died. The toll rose to 700, it said.", 700, "killed", "trout"),
        ("The agency said the toll of animals rose to 90.", 90, "killed", "animals"),
        ("The agency said 40 cows fell ill and 19 died.", 19, "killed", "cows"),
        ("The agency said the number of cattle killed had risen to 700.", 700, "killed", "cattle"),
        ("The agency said the flood hit 40 hives; 19 of them died.", 19, "killed", "hives"),
        ("The agency said 500 families were displaced.", 500, "displaced", "families"),
        ("The agency said 25 tanks were destroyed and 40 captured.", 40, "captured", "tanks"),
    ],
)
def test_other_things_are_counted_as_items(
    said: str, value: float, measure: str, counted: str
) -> None:
    assert last_figure(said) == (value, measure, "item", counted)
