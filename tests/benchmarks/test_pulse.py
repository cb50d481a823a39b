"""Publication histories, read from snapshots or invented."""

from datetime import UTC, datetime
from random import Random

import pytest

from benchmarks.history import FeedHistory
from benchmarks.simulation.pulse import DAY_S, LEAD_S, cut, invent, read_pulse

RSS = b"<rss><channel><title>x</title>%s</channel></rss>"
FIRST = (
    b"<item><title>%s</title><guid>1</guid><pubDate>Sat, 01 Mar 2025 00:30:00 GMT</pubDate></item>"
)
SECOND = b"<item><title>other</title><link>https://a.example/2</link></item>"


def at(hour: int) -> datetime:
    return datetime(2025, 3, 1, hour, tzinfo=UTC)


def test_a_history_tells_when_entries_were_published_and_edited() -> None:
    bodies = (RSS % (FIRST % b"one"), RSS % (FIRST % b"one" + SECOND), RSS % (FIRST % b"new"))
    history = FeedHistory("a", (at(1), at(2), at(3)), bodies, ("", "", ""))
    first, second = read_pulse(history)
    assert first.at == at(0).timestamp() + 1800
    assert first.edits == (at(3).timestamp(),)
    assert (second.at, second.edits) == (at(2).timestamp(), ())


@pytest.mark.parametrize("a_day", [2.0, 20.0])
def test_invented_stories_come_about_as_often_as_asked(a_day: float) -> None:
    pulse = invent(30, a_day, Random(1))
    assert len(pulse) == pytest.approx(33 * a_day, rel=0.25)
    assert [story.number for story in pulse] == list(range(len(pulse)))
    assert -LEAD_S < pulse[0].at < pulse[-1].at < 30 * DAY_S


def test_a_stretch_of_a_pulse_is_thinned_and_moved() -> None:
    pulse = cut(invent(300, 40, Random(1)), 10, 5, Random(2))
    assert len(pulse) == pytest.approx(13 * 5, rel=0.4)
    assert -LEAD_S <= pulse[0].at < pulse[-1].at < 10 * DAY_S
