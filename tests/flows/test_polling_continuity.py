"""Whether anything can have been missed between two polls, and what a quiet feed's quiet means."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from extractors.records import FeedDocument
from flows.polling import PollOutcome, after_poll, continuity
from tests.flows.polls import HOUR, NOW, URL, changed, document, feed, item

pytestmark = pytest.mark.area("Cadence")

OVERLAP = "Media Cloud rss-fetcher: overlap as proof that nothing fell out of the window"


def dated(*hours_ago: float) -> FeedDocument:
    entries = (item(n, NOW - ago * HOUR) for n, ago in enumerate(hours_ago))
    return replace(document(), items=tuple(entries))


NEWEST_FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
PINNED = (400, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SHUFFLED = (5, 1, 9, 2, 8, 3, 10, 4, 7, 6)


@pytest.mark.rule("Sharing the oldest entry proves that nothing was missed", source=OVERLAP)
def test_an_overlap_at_the_old_end_is_proof() -> None:
    row = feed(window_keys=(9, 30, 31))
    assert continuity(row, changed(1, document=dated(*NEWEST_FIRST))) == "proven"
    assert continuity(row, changed(1)) == "proven"


@pytest.mark.rule("A changed feed that shares nothing has a possible gap", source=OVERLAP)
def test_sharing_nothing_is_a_possible_gap() -> None:
    row = feed(window_keys=(30, 31))
    outcome = changed(0)
    assert continuity(row, outcome) == "possible_gap"
    assert after_poll(row, outcome).possible_gap_at == NOW


@pytest.mark.rule("Entries known from long ago do not hide a gap", source=OVERLAP)
def test_entries_of_long_ago_prove_nothing() -> None:
    assert continuity(feed(window_keys=(30, 31)), changed(10)) == "possible_gap"


@pytest.mark.rule("A pinned entry does not hide a gap", source=OVERLAP)
def test_a_pinned_entry_proves_nothing() -> None:
    outcome = changed(1, items=12, document=dated(*PINNED))
    assert continuity(feed(window_keys=(0, 30, 31)), outcome) == "possible_gap"


@pytest.mark.rule("Where the order is not by age, sharing proves nothing", source=OVERLAP)
def test_a_feed_that_is_not_ordered_by_age_proves_nothing() -> None:
    outcome = changed(5, document=dated(*SHUFFLED))
    assert continuity(feed(window_keys=(5, 6, 7, 8, 9)), outcome) == "unproven"


@pytest.mark.rule("A feed that lists its oldest entry first is understood", source=OVERLAP)
def test_oldest_first_is_an_order_too() -> None:
    outcome = changed(1, document=dated(*NEWEST_FIRST[::-1]))
    assert continuity(feed(window_keys=(0, 30)), outcome) == "proven"
    assert continuity(feed(window_keys=(9, 30)), outcome) != "proven"


def test_known_entries_between_new_ones_prove_nothing() -> None:
    assert continuity(feed(window_keys=(4, 5)), changed(2)) == "unproven"


@pytest.mark.rule("The first answer has nothing to be compared with", source=OVERLAP)
def test_a_first_answer_proves_nothing_and_misses_nothing() -> None:
    assert continuity(feed(last_success_at=None), changed(0)) == "first"


@pytest.mark.rule("An unchanged feed has missed nothing", source=OVERLAP)
def test_an_unchanged_answer_is_proof() -> None:
    assert continuity(feed(), PollOutcome(NOW, URL, status=304)) == "proven"


@pytest.mark.rule("An empty answer is no gap, and does not forget the window", source=OVERLAP)
def test_an_empty_answer_keeps_the_window() -> None:
    row = feed(window_keys=(1, 2))
    empty = changed(0, items=0)
    assert continuity(row, empty) == "unproven"
    assert after_poll(row, empty).window_keys == (1, 2)
    assert after_poll(row, changed(5)).window_keys == tuple(range(10))


VOLUME = "An answer with nothing new far beyond the usual gap is an incident"


def test_the_usual_gap_between_new_entries_is_learnt() -> None:
    row = feed(last_new_item_at=NOW - 4 * HOUR)
    row = after_poll(row, changed(5))
    assert (row.news_gap_count, row.usual_gap_s, row.longest_gap_s) == (1, 14_400, 14_400)
    row = after_poll(row, replace(changed(5), at=NOW + 2 * HOUR, body_sha256="x"))
    assert (row.news_gap_count, row.usual_gap_s, row.longest_gap_s) == (2, 12_600, 14_112)
    row = after_poll(row, replace(changed(10), at=NOW + 9 * HOUR, body_sha256="y"))
    assert (row.news_gap_count, row.last_new_item_at) == (2, NOW + 2 * HOUR)


STALE = "rachelbythebay.com on validators; Media Cloud on bizpacreview.com"


@pytest.mark.rule("Validators that stay while entries come are never sent again", source=STALE)
def test_stale_validators_are_distrusted() -> None:
    from flows.http import Validators
    from flows.polling import validators_for

    row = after_poll(feed(), changed(5, etag='"old"'))
    assert row.distrusts_validators
    assert validators_for(row, NOW + timedelta(minutes=1)) == Validators()
    later = after_poll(row, replace(changed(5, etag='"new"'), body_sha256="z"))
    assert later.distrusts_validators


@pytest.mark.rule(
    "A body that differs without new entries is no proof against validators", source=STALE
)
def test_a_changing_date_line_does_not_spoil_the_validators() -> None:
    assert not after_poll(feed(), changed(10, etag='"old"')).distrusts_validators
    assert not after_poll(feed(), changed(5, etag='"new"')).distrusts_validators
    assert not after_poll(feed(etag=None), changed(5)).distrusts_validators
