"""Given the story of `tests.warehouse.story`, what each view shows."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from extractors.records import Aside, DateCandidate, Post, TimeRef
from tests.warehouse import story
from tests.warehouse.build import NOW, claim, revision
from tests.warehouse.conftest import Home
from warehouse.connection import open_reader

MONDAY, TUESDAY, THURSDAY = date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 7)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return story.build(tmp_path_factory.mktemp("story"))


EXPECTED: dict[str, list[tuple[Any, ...]]] = {
    "SELECT claimant, content_text, outlet, is_copy FROM claims ORDER BY claimed_at, claimant": [
        ("Berg", "12 people died", "Courier", False),
        ("Holt", "40 people died", "Courier", False),
        ("the office", "rain", "Echo", False),
        ("Berg", "12 people died", "Echo", True),
        ("Holt", "40 people died", "Echo", True),
        ("Berg", "19 people died", "Courier", False),
    ],
    "SELECT claimant, side_code, party, value, verification_status FROM figures "
    "WHERE NOT is_copy ORDER BY claim_date, claimant": [
        ("Berg", "NO", "Vell", 12.0, "not_stated"),
        ("Holt", None, "Vell", 40.0, "unverifiable"),
        ("Berg", "NO", "Vell", 19.0, "denied"),
    ],
    "SELECT claim_date, claimant, amount, previous_amount, difference FROM figure_history "
    "ORDER BY claim_date, claimant": [
        (MONDAY, "Berg", 12.0, None, None),
        (MONDAY, "Holt", 40.0, None, None),
        (THURSDAY, "Berg", 19.0, 12.0, 7.0),
    ],
    "SELECT basis, claimant_a, amount_a, claimant_b, amount_b FROM disagreements ORDER BY ALL": [
        ("article", "Berg", None, "Holt", None),
        ("figures", "Berg", 19.0, "Holt", 40.0),
    ],
    "SELECT claimant, content_text, report_count, origin_count, is_standing FROM statements "
    "ORDER BY first_claim_date, claimant": [
        ("Berg", "12 people died", 2, 1, True),
        ("Holt", "40 people died", 2, 1, True),
        ("the office", "rain", 1, 1, True),
        ("Berg", "19 people died", 1, 1, True),
    ],
    "SELECT figure_date, claimant, amount, previous_amount, status, report_count, origin_count "
    "FROM stated_figures ORDER BY figure_date, claimant": [
        (MONDAY, "Berg", 12.0, None, "standing", 2, 1),
        (MONDAY, "Holt", 40.0, None, "standing", 2, 1),
        (THURSDAY, "Berg", 19.0, 12.0, "standing", 1, 1),
    ],
    "SELECT outlet, title, claim_count, is_copy FROM articles "
    "ORDER BY article_date, outlet, title": [
        ("Courier", "Ferry sinks", 2, False),
        ("Echo", "Ferry sinks", 2, True),
        ("Echo", "Weather", 1, False),
        ("Echo", "Weather again", 0, False),
        ("Courier", "Toll rises", 1, False),
    ],
    "SELECT count(*), bool_and(is_current) FROM revisions": [(5, True)],
    "SELECT claimant, side_code, claim_count, story_count, outlet_count "
    "FROM claimants ORDER BY claimant": [
        ("Berg", "NO", 2, 2, 2),
        ("Holt", None, 1, 1, 2),
        ("the office", None, 1, 1, 1),
    ],
    "SELECT outlet, article_count, copy_count FROM outlets ORDER BY outlet": [
        ("Courier", 2, 0),
        ("Echo", 3, 1),
    ],
    "SELECT day, article_count, story_count, claim_count, answered_feed_count, coverage "
    "FROM coverage ORDER BY day": [
        (MONDAY, 3, 2, 5, 2, "full"),
        (TUESDAY, 1, 1, 0, 1, "partial"),
        (date(2024, 3, 6), 0, 0, 0, 0, "none"),
        (THURSDAY, 1, 1, 1, 2, "partial"),
    ],
    "SELECT outlet, state, item_count, url_count FROM feed_health ORDER BY outlet": [
        ("Courier", "ok", 2, 2),
        ("Echo", "ok", 3, 3),
    ],
    "SELECT run_id, claims_loaded FROM runs ORDER BY run_id": [
        ("run-0", 5),
        ("run-1", 0),
        ("run-2", 0),
        ("run-3", 1),
    ],
    "SELECT count(*) FROM claim_lineage WHERE archive_file = 'a.warc.gz' AND archive_offset = 7 "
    "AND feed_url IS NOT NULL AND item_identity IS NOT NULL AND parser = 'test 1'": [(6,)],
    "SELECT count(*) FROM ops.revision_sources": [(5,)],
    "SELECT has_words('Ein Haus am See', 'SEE haus'), has_words('x', NULL), has_words('x', 'y')": [
        (True, True, False)
    ],
    "SELECT has_words('Hun Manet', 'un'), has_words('UN, in Geneva', 'un'),"
    " has_words('the finance minister', 'minist'), has_words('the administration', 'minist')": [
        (False, True, True, False)
    ],
    "SELECT has_words('Saint-Denis, “Paris”', 'denis paris'), has_words('a', ' ')": [(True, True)],
    "SELECT has_words(NULL, 'y'), has_words(NULL, NULL)": [(False, True)],
}


@pytest.mark.parametrize("query", EXPECTED)
def test_view(published: Path, query: str) -> None:
    with open_reader(published) as con:
        assert con.execute(query).fetchall() == EXPECTED[query]


def test_a_figure_retold_later_keeps_the_day_it_was_said(home: Home) -> None:
    text = "Berg said 30 people died. Berg said on Monday 12 people died. Berg said 28 people died."
    monday = TimeRef(
        "on Monday",
        text.index("on"),
        text.index("on") + 9,
        "2024-03-04",
        "2024-03-05",
        "day",
        "utterance",
    )
    claims = [
        claim(text, "Berg", "30 people died", figure="30 people"),
        claim(text, "Berg", "12 people died", figure="12 people", times=(monday,)),
        claim(text, "Berg", "28 people died", figure="28 people"),
    ]
    home.load("run-1", revision(text, claims))
    history = home.ask(
        "SELECT said_date, amount, previous_amount FROM figure_history ORDER BY 1, 2"
    )
    assert history == [(MONDAY, 12.0, None), (date(2024, 3, 10), 30.0, 12.0)]


def test_an_old_figure_told_again_is_no_revision(home: Home) -> None:
    texts = [
        "Berg said 12 people died.",
        "Berg said 19 people died.",
        "Berg said 12 people died; Berg said 25 people died.",
        "Berg said 19 people died, again.",
    ]
    for number, text in enumerate(texts):
        figures = re.findall(r"\d+ people", text)
        claims = [claim(text, "Berg", f"{figure} died", figure=figure) for figure in figures]
        at = NOW + timedelta(days=number)
        run_id = f"run-{number}"
        home.load(
            run_id, revision(text, claims, slug=run_id, published=at, fetched=at, run_id=run_id)
        )
    history = home.ask("SELECT previous_amount, amount FROM figure_history ORDER BY said_date")
    assert history == [(None, 12.0), (12.0, 19.0), (19.0, 25.0)]


def test_a_figure_that_is_denied_is_not_the_claimants(home: Home) -> None:
    text = "Berg said 19 people did not die. Berg said 0 people died."
    claims = [
        claim(text, "Berg", "19 people did not die", figure="19 people", polarity="negative"),
        claim(text, "Berg", "0 people died", figure="0 people", polarity="negative"),
    ]
    home.load("run-1", revision(text, claims))
    assert home.ask("SELECT amount FROM figure_history") == [(0.0,)]


@pytest.mark.parametrize("names", [("O’Neil's  Union", "O'NEIL’S UNION"), ("Ａda", "Ada")])
def test_spellings_of_one_name_are_one_claimant(home: Home, names: tuple[str, str]) -> None:
    text = f"{names[0]} said yes. {names[1]} said no."
    home.load("run-1", revision(text, [claim(text, names[0], "yes"), claim(text, names[1], "no")]))
    assert home.ask("SELECT claim_count FROM claimants") == [(2,)]


def test_what_stands_beside_a_text_is_a_view(home: Home) -> None:
    beside = (Aside("caption", "Rain over the harbour."), Aside("byline", "By Ann Lee"))
    home.load("run-1", revision("Ann said it rained.", asides=beside))
    found = home.ask("SELECT kind, words, ordinal FROM asides ORDER BY ordinal")
    assert found == [("caption", "Rain over the harbour.", 1), ("byline", "By Ann Lee", 2)]


def test_a_claim_of_a_live_blog_is_as_old_as_its_post(home: Home) -> None:
    text = "Live from Quill.\n\nAnn said it rained.\n\nBob said it was dry."
    second, third = text.index("Ann"), text.index("Bob")
    at = datetime(2024, 3, 9, 6, 30, tzinfo=UTC)
    dated = DateCandidate(at, "minute", True, "time", "06:30")
    posts = (
        Post(second, third - 2, "Rain", dated),
        Post(third, len(text), None, None),
    )
    claims = [claim(text, "Ann", "it rained"), claim(text, "Bob", "it was dry")]
    home.load("run-1", revision(text, claims, page_class="live_blog", posts=posts))
    assert home.ask("SELECT title, posted_at, post_text FROM posts ORDER BY ordinal") == [
        ("Rain", at.replace(tzinfo=None), "Ann said it rained."),
        (None, None, "Bob said it was dry."),
    ]
    dates = home.ask("SELECT claimant, claimed_at, claim_date FROM claims ORDER BY claimant")
    now = NOW.replace(tzinfo=None)
    assert dates == [
        ("Ann", at.replace(tzinfo=None), date(2024, 3, 9)),
        ("Bob", now, now.date()),
    ]


def test_a_live_blog_that_is_read_again_gets_the_dates_of_its_posts(home: Home) -> None:
    text = "Ann said it rained."
    at = datetime(2024, 3, 10, 15, tzinfo=UTC)
    posts = (Post(0, len(text), None, DateCandidate(at, "minute", True, "time", "15:00")),)
    said = [claim(text, "Ann", "it rained")]
    later = NOW + timedelta(hours=9)
    home.load("run-1", revision(text, said, fetched=later))
    read = revision(text, said, fetched=later, posts=posts, extractor="articles 9")
    home.load("run-2", read)
    assert home.ask("SELECT claimed_at FROM claims") == [(at.replace(tzinfo=None),)]
