"""What differs between two readings of a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.plain_reader import make_article
from flows.differences import Change, differences, version_of, words
from flows.reading import Reading
from tests.warehouse.build import claim
from warehouse.readings import Date, Figure, Statement, Version

DAY = Date(datetime(2026, 1, 1, tzinfo=UTC), "day")
PAGE = Version("One", "Ann said it rained.", DAY, None, ())
TWELVE = Figure(12, None, None, "exact", None, "people", "killed", None, "level", None)
SAID = Statement("Ann", "indirect", "12 died", (TWELVE,))


def found(before: Version, after: Version) -> list[Change]:
    return list(differences(before, after))


def claims(*statements: Statement) -> Version:
    return replace(PAGE, statements=statements)


def test_the_same_reading_differs_in_nothing() -> None:
    assert found(claims(SAID, SAID), claims(SAID, SAID)) == []


def test_titles_and_dates_are_shown_as_they_were_and_are() -> None:
    hour = Date(datetime(2026, 1, 1, 9, tzinfo=UTC), "hour")
    after = replace(PAGE, title=None, published=hour, modified=DAY)
    assert found(PAGE, after) == [
        Change("title", "One", None),
        Change("published", "2026-01-01 00:00:00 (day)", "2026-01-01 09:00:00 (hour)"),
        Change("modified", None, "2026-01-01 00:00:00 (day)"),
    ]


def test_texts_are_shown_from_where_they_differ() -> None:
    before = replace(PAGE, text="word " * 100 + "rain\n\n" + "tail " * 100)
    after = replace(PAGE, text="word " * 100 + "snow")
    (change,) = found(before, after)
    assert change.what == "text"
    assert change.before is not None
    assert change.before.startswith("1,006 characters: ...word word word word rain tail tail")
    assert change.after == "504 characters: ...word word word word snow"
    assert found(replace(PAGE, text="a"), replace(PAGE, text="")) == [
        Change("text", "1 character: a", "0 characters: ")
    ]


def test_claims_come_and_go() -> None:
    other = Statement("Bob", "direct", "it snowed")
    assert found(claims(SAID), claims(other, SAID, other)) == [
        Change("claim added", None, "Bob (direct): it snowed"),
        Change("claim added", None, "Bob (direct): it snowed"),
    ]
    assert found(claims(other, other), claims(other)) == [
        Change("claim removed", "Bob (direct): it snowed", None)
    ]


def test_a_claim_with_other_figures_changed() -> None:
    vague = Figure(None, 10, 20, "range", "percent", None, "share", "x", "increase", "incident")
    assert found(claims(SAID), claims(replace(SAID, figures=(TWELVE, vague)))) == [
        Change(
            "claim changed",
            "Ann (indirect): 12 died [exact 12 people killed level]",
            "Ann (indirect): 12 died [exact 12 people killed level; "
            "range 10-20 percent share x increase incident]",
        )
    ]


def test_a_claim_with_another_claimant_or_kind_changed() -> None:
    nobody = replace(SAID, claimant=None, kind="direct", figures=())
    assert found(claims(SAID), claims(nobody)) == [
        Change("claim changed", words(SAID), "nobody named (direct): 12 died")
    ]


def test_claims_are_paired_by_who_says_them_first() -> None:
    ann, bob = SAID, replace(SAID, claimant="Bob")
    ann_now, bob_now = replace(ann, figures=()), replace(bob, figures=())
    assert [
        (one.before, one.after) for one in found(claims(ann, bob), claims(bob_now, ann_now))
    ] == [
        (words(ann), words(ann_now)),
        (words(bob), words(bob_now)),
    ]


STATEMENTS = st.lists(
    st.builds(
        Statement,
        st.sampled_from(["Ann", "Bob", None]),
        st.sampled_from(["direct", "indirect"]),
        st.sampled_from(["it rained", "it snowed"]),
        st.sampled_from([(), (TWELVE,)]),
    ),
    max_size=8,
).map(tuple)


@given(STATEMENTS, STATEMENTS)
def test_every_claim_is_kept_changed_added_or_removed_once(
    before: tuple[Statement, ...], after: tuple[Statement, ...]
) -> None:
    changes = found(claims(*before), claims(*after))
    gone = [one.before for one in changes if one.before is not None]
    come = [one.after for one in changes if one.after is not None]
    rest = sorted(map(words, before))
    for one in gone:
        rest.remove(one)
    assert sorted([*rest, *come]) == sorted(map(words, after))
    assert found(claims(*after), claims(*reversed(after))) == []


def test_a_reading_is_taken_as_it_would_be_stored() -> None:
    text = "Ann said 12 people died."
    article = replace(make_article("http://a.test/1", f"<h1>One</h1><p>{text}</p>"))
    said = claim(text, "Ann", "12 people died", figure="12")
    version = version_of(Reading(article, (said,), "plain 1"))
    assert version is not None
    assert (version.title, version.text, version.published) == ("One", text, DAY)
    assert [(one.claimant, one.content) for one in version.statements] == [
        ("Ann", "12 people died")
    ]
    assert [figure.value for figure in version.statements[0].figures] == [12]
    assert version_of(Reading(problem="It failed.")) is None
