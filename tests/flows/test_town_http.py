"""HTTP as feeds speak it: validators, redirects, refusals, answers that break off."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path

import pytest

from flows.polling import is_due
from tests.flows.polls import NOW
from tests.flows.town import NEWS, Town, entry, in_town, rss, story_page
from tests.web import Asked, Reply

pytestmark = pytest.mark.area("HTTP")
HOUR_S, DAY_S = 3600, 86_400
CONDITIONAL = "RFC 9110, 13.1 and 8.8"


@pytest.mark.rule("Validators are sent back exactly as they came", source=CONDITIONAL)
@pytest.mark.parametrize(
    "etag", ['"abc"', 'W/"abc"', "abc", '"a, b"', '"a b"', "W/weak", '"ä"', "''", '"a\\"b"']
)
def test_a_validator_comes_back_as_it_was(tmp_path: Path, etag: str) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(200, rss(entry(1)), {"ETag": etag})
        _, feed = await town.ask(town.new_feed())
        town.clock.advance(60)
        await town.ask(feed)
        assert town.web.asked[1].headers["if-none-match"] == etag

    in_town(tmp_path, story)


@pytest.mark.rule("Last-Modified is sent back exactly as it came", source="RFC 9110, 13.1.3")
@pytest.mark.parametrize("date", ["Wed, 06 Mar 2024 11:00:00 GMT", "2024-03-06", "yesterday"])
def test_a_date_comes_back_as_it_was(tmp_path: Path, date: str) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(200, rss(entry(1)), {"Last-Modified": date})
        _, feed = await town.ask(town.new_feed())
        town.clock.advance(60)
        await town.ask(feed)
        assert town.web.asked[1].headers["if-modified-since"] == date
        assert "if-none-match" not in town.web.asked[1].headers

    in_town(tmp_path, story)


@pytest.mark.rule("Expires: 0 leaves nothing to ask with", source="miniflux; RFC 9111, 5.3")
@pytest.mark.parametrize("expires", ["0", " 0 "])
def test_what_was_stale_at_once_is_not_asked_about(tmp_path: Path, expires: str) -> None:
    async def story(town: Town) -> None:
        headers = {"ETag": '"a"', "Last-Modified": "then", "Expires": expires}
        town.web.routes["/feed"] = Reply(200, rss(entry(1)), headers)
        _, feed = await town.ask(town.new_feed())
        town.clock.advance(60)
        await town.ask(feed)
        assert "if-none-match" not in town.web.asked[1].headers
        assert "if-modified-since" not in town.web.asked[1].headers

    in_town(tmp_path, story)


@pytest.mark.rule("A 304 is a success without news", source="RFC 9110, 15.4.5")
@pytest.mark.parametrize(
    "raw", [None, b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello"]
)
def test_a_304_has_no_body_whatever_the_server_sends(tmp_path: Path, raw: bytes | None) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(200, rss(entry(1)), {"ETag": '"a"'})
        _, feed = await town.ask(town.new_feed())
        town.web.routes["/feed"] = Reply(304, raw=raw)
        town.clock.advance(60)
        got, after = await town.ask(feed)
        assert (got.word, got.entries, after.state, after.etag) == ("unchanged", (), "fine", '"a"')
        assert after.window_keys == feed.window_keys
        assert after.body_sha256 == feed.body_sha256

    in_town(tmp_path, story)


@pytest.mark.rule("A 304 that nobody asked for is a failure", source="RFC 9110, 15.4.5")
def test_a_304_to_an_unconditional_request_is_a_failure(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(304)
        got, feed = await town.ask(town.new_feed())
        assert (got.outcome.reason, feed.state, feed.last_success_at) == (
            "http_304", "failing", None,
        )  # fmt: skip

    in_town(tmp_path, story)


@pytest.mark.rule("The same body is not read twice", source="Media Cloud rss-fetcher; body hash")
def test_the_same_bytes_are_unchanged_without_validators(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        body = rss(entry(1))
        town.web.routes["/feed"] = Reply(200, body)
        _, feed = await town.ask(town.new_feed())
        squeezed = gzip.compress(body.encode())
        town.web.routes["/feed"] = Reply(200, squeezed, {"Content-Encoding": "gzip"})
        got, _ = await town.ask(feed)
        assert (got.word, got.outcome.document) == ("unchanged", None)

    in_town(tmp_path, story)


STALE = "rachelbythebay.com on validators; Media Cloud on bizpacreview.com"


@pytest.mark.rule("Validators that stay while entries come are found out in a day", source=STALE)
def test_an_etag_that_never_changes_hides_nothing_for_longer_than_a_day(tmp_path: Path) -> None:
    numbers = [1]

    def stuck(asked: Asked) -> Reply:
        if "if-none-match" in asked.headers:
            return Reply(304)
        return Reply(200, rss(*map(entry, reversed(numbers))), {"ETag": '"stuck"'})

    async def story(town: Town) -> None:
        town.web.routes["/feed"] = stuck
        _, feed = await town.ask(town.new_feed())
        numbers.append(2)
        begun, found = town.clock.now(), []
        for _ in range(30):
            town.clock.advance(HOUR_S)
            got, feed = await town.ask(feed)
            found += [one.item.guid for one in got.entries if one.item.guid == "2"]
            if found:
                break
        assert found == ["2"]
        assert town.clock.now() - begun <= timedelta(hours=25)
        assert feed.distrusts_validators
        numbers.append(3)
        town.clock.advance(HOUR_S)
        got, feed = await town.ask(feed)
        assert got.word == "changed"
        assert "if-none-match" not in town.web.asked[-1].headers

    in_town(tmp_path, story)


@pytest.mark.rule("Once a day a feed is asked without validators", source=STALE)
def test_one_request_a_day_is_unconditional(tmp_path: Path) -> None:
    def honest(asked: Asked) -> Reply:
        same = asked.headers.get("if-none-match") == '"a"'
        return Reply(304) if same else Reply(200, rss(entry(1)), {"ETag": '"a"'})

    async def story(town: Town) -> None:
        town.web.routes["/feed"] = honest
        feed = town.new_feed()
        for _ in range(24 * 10 + 1):
            _, feed = await town.ask(feed)
            town.clock.advance(HOUR_S)
        bare = ["if-none-match" not in asked.headers for asked in town.web.asked]
        assert bare.count(True) in (10, 11)
        assert not feed.distrusts_validators

    in_town(tmp_path, story)


REDIRECTS = "RFC 9110, 15.4.2 and 15.4.9; RSSOwl and NewsBlur wait for repeated sightings"


@pytest.mark.rule("A feed moves after five sightings over a week", source=REDIRECTS)
def test_a_chain_of_permanent_redirects_is_adopted_in_a_week(tmp_path: Path) -> None:
    middle, new = "http://middle.example/feed", "http://new.example/feed"

    async def story(town: Town) -> None:
        town.subscribe(NEWS)
        town.hosts |= {"middle.example": "1.1.1.2", "new.example": "1.1.1.3"}
        town.web.routes |= {
            "news.example/feed": Reply(301, "", {"Location": middle}),
            "middle.example/feed": Reply(308, "", {"Location": new}),
            "new.example/feed": Reply(200, rss(entry(1))),
        }
        for _ in range(6):  # the first shows what feed it is
            await town.run(pages=False, force=True)
            town.clock.advance(2 * DAY_S)
        feeds = town.rows("SELECT url, poll_url, previous_urls FROM ops.feeds")
        assert feeds == [(NEWS, new, [NEWS])]
        await town.run(pages=False, force=True)
        assert [one.headers["host"] for one in town.web.asked[18:]] == ["new.example"]
        assert town.rows("SELECT count(*) FROM ops.feed_items") == [(1,)]

    in_town(tmp_path, story)


@pytest.mark.rule(
    "Only 301 and 308 are permanent, and only up to the first other", source=REDIRECTS
)
@pytest.mark.parametrize(
    ("statuses", "polled_at"),
    [
        ((308, 301), "http://new.example/feed"),
        ((301, 302), "http://middle.example/feed"),
        ((302, 301), NEWS),
        ((307, 308), NEWS),
        ((303, 301), NEWS),
    ],
)
def test_a_chain_is_adopted_as_far_as_it_is_permanent(
    tmp_path: Path, statuses: tuple[int, int], polled_at: str
) -> None:
    async def story(town: Town) -> None:
        town.hosts |= {"middle.example": "1.1.1.2", "new.example": "1.1.1.3"}
        first, second = statuses
        town.web.routes |= {
            "news.example/feed": Reply(first, "", {"Location": "http://middle.example/feed"}),
            "middle.example/feed": Reply(second, "", {"Location": "http://new.example/feed"}),
            "new.example/feed": Reply(200, rss(entry(1))),
        }
        feed = town.new_feed()
        for _ in range(9):
            _, feed = await town.ask(feed)
            town.clock.advance(DAY_S)
        assert feed.poll_url == polled_at
        assert feed.previous_urls == ((NEWS,) if polled_at != NEWS else ())

    in_town(tmp_path, story)


@pytest.mark.rule("A redirect to another feed is followed, but never adopted", source=REDIRECTS)
def test_a_redirect_to_a_parked_feed_is_not_adopted(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.hosts["parked.example"] = "1.1.1.2"
        town.web.routes["/feed"] = Reply(200, rss(*map(entry, range(5))))
        _, feed = await town.ask(town.new_feed())
        town.web.routes["/feed"] = Reply(301, "", {"Location": "http://parked.example/ads"})
        for number in range(9):
            town.clock.advance(DAY_S)
            town.web.routes["/ads"] = Reply(200, rss(entry(900 + number, "parked.example")))
            got, feed = await town.ask(feed)
            assert got.word == "changed"
        assert (feed.poll_url, feed.previous_urls) == (NEWS, ())

    in_town(tmp_path, story)


@pytest.mark.rule(
    "A 410 seen on two days retires a feed; it is never asked again",
    source="RFC 9110, 15.5.11; FreshRSS PR 3561",
)
def test_a_gone_feed_is_asked_twice_and_never_again(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.subscribe(NEWS)
        town.web.routes["/feed"] = Reply(410, "gone")
        await town.run()
        assert town.rows("SELECT state FROM ops.feeds") == [("gone",)]
        town.clock.advance(HOUR_S)
        await town.run()
        assert town.web.count("/feed") == 1
        for _ in range(2):
            town.clock.advance(40 * DAY_S)
            await town.run()
        assert town.web.count("/feed") == 2
        assert town.rows("SELECT state, next_poll_at FROM ops.feeds") == [("retired", None)]

    in_town(tmp_path, story)


@pytest.mark.rule("A 410 that was a mistake retires nothing", source="FreshRSS PR 3561")
def test_a_feed_that_comes_back_after_a_410_lives_on(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(410, "gone")
        _, feed = await town.ask(town.new_feed())
        assert (feed.state, town.wait_for(feed)) == ("gone", DAY_S)
        town.web.routes["/feed"] = Reply(200, rss(entry(1)))
        _, feed = await town.ask(feed)
        assert (feed.state, feed.failure_weight) == ("fine", 0.0)

    in_town(tmp_path, story)


RETRY_AFTER = "RFC 9110, 10.2.3; Media Cloud: 88 hours were seen"


@pytest.mark.rule(
    "Retry-After is kept to, as seconds or as a date, up to a day", source=RETRY_AFTER
)
@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("wish", "hours"),
    [
        ("7200", 2),
        ("Wed, 06 Mar 2024 14:00:00 GMT", 2),
        ("316800", 24),
        ("Sun, 10 Mar 2024 04:00:00 GMT", 24),
        ("soon", None),
    ],
)
def test_a_wish_to_be_left_alone_is_granted(
    tmp_path: Path, status: int, wish: str, hours: int | None
) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(status, "", {"Retry-After": wish})
        _, feed = await town.ask(town.new_feed())
        assert feed.state == ("resting" if hours else "failing")
        if hours is not None:
            assert feed.next_poll_at == NOW + timedelta(hours=hours)
            assert not is_due(feed, NOW + timedelta(hours=hours, seconds=-1))

    in_town(tmp_path, story)


@pytest.mark.rule("A 503 rests the one feed only", source="FreshRSS 7760: scope of Retry-After")
def test_another_feed_of_a_host_that_sends_503_is_asked(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.subscribe("http://news.example/down", NEWS)
        town.web.routes["/down"] = Reply(503, "", {"Retry-After": "7200"})
        town.web.routes["/feed"] = Reply(200, rss(entry(1)))
        await town.run(pages=False)
        states = town.rows("SELECT state FROM ops.feeds ORDER BY 1")
        assert states == [("fine",), ("resting",)]

    in_town(tmp_path, story)


NEVER_OFF = "miniflux 149 and seven more: feeds that die silently after three errors"


@pytest.mark.rule(
    "A feed that fails is never given up, and asked once in thirty days", source=NEVER_OFF
)
def test_a_feed_that_fails_for_five_years_is_still_asked_and_comes_back(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(404, "nothing here")
        feed, waits = town.new_feed(), []
        while town.clock.now() < NOW + timedelta(days=1825):
            _, feed = await town.ask(feed)
            waits.append(town.wait_for(feed))
        assert waits[0] < 2.5 * HOUR_S
        assert 27 * DAY_S <= waits[-1] <= 33 * DAY_S
        assert len(waits) < 130
        town.web.routes["/feed"] = Reply(200, rss(entry(1)))
        _, feed = await town.ask(feed)
        assert (feed.state, feed.failure_weight, feed.failing_since_at) == ("fine", 0.0, None)
        assert town.wait_for(feed) < 2 * HOUR_S

    in_town(tmp_path, story)


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.rule(
    "An answer that breaks off is a failure, not a shorter feed", source="RFC 9112, 8"
)
@pytest.mark.parametrize("how", ["chunked", "length", "gzip"])
def test_half_an_answer_counts_for_nothing(tmp_path: Path, how: str) -> None:
    whole = rss(*(entry(number) for number in range(9, 0, -1))).encode()
    half = whole[: len(whole) // 2]
    broken = {
        "chunked": Reply(raw=CHUNKED + b"%x\r\n%b" % (len(whole), half)),
        "length": Reply(200, whole, length=len(whole), cut=len(half)),
        "gzip": Reply(200, gzip.compress(whole)[:-12], {"Content-Encoding": "gzip"}),
    }

    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(200, rss(entry(1)))
        _, feed = await town.ask(town.new_feed())
        town.web.routes["/feed"] = broken[how]
        got, feed = await town.ask(feed)
        assert (got.outcome.reason, got.entries) == ("truncated", ())
        assert (feed.state, feed.failure_weight, len(feed.window_keys)) == ("failing", 0.5, 1)
        town.web.routes["/feed"] = Reply(200, whole)
        got, feed = await town.ask(feed)
        assert (len(got.entries), feed.state, feed.possible_gap_at) == (9, "fine", None)

    in_town(tmp_path, story)


@pytest.mark.rule(
    "What a server encodes or names wrongly is read as it is",
    source="RFC 7303, 3; WHATWG Encoding Standard",
)
@pytest.mark.parametrize(
    ("declared", "header", "encoding"),
    [
        ("utf-8", "text/xml; charset=iso-8859-1", "utf-8"),
        ("utf-8", "text/xml; charset=utf-8", "latin-1"),
        ("windows-1252", "text/xml", "windows-1252"),
        ("utf-16", "application/rss+xml", "utf-16"),
        ("utf-16", "text/xml; charset=utf-8", "utf-16"),
        ("utf-8", "text/html", "utf-8-sig"),
        ("utf-8", "application/octet-stream", "utf-8"),
        ("utf-8", "image/png", "utf-8"),
        ("no-such-charset", "text/xml; charset=nonsense", "utf-8"),
    ],
)
def test_words_survive_wrong_labels(
    tmp_path: Path, declared: str, header: str, encoding: str
) -> None:
    async def story(town: Town) -> None:
        text = f"<?xml version='1.0' encoding='{declared}'?>{rss(entry(1, title='Fähre gesunken'))}"
        town.web.routes["/feed"] = Reply(200, text.encode(encoding), {"Content-Type": header})
        got, _ = await town.ask(town.new_feed())
        assert [one.item.title for one in got.entries] == ["Fähre gesunken"]

    in_town(tmp_path, story)


@pytest.mark.rule("A page is asked for without validators and kept whole", source="RFC 9110, 13")
def test_a_whole_run_reads_what_the_feed_leads_to(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.subscribe(NEWS)
        town.web.routes["/feed"] = Reply(200, rss(entry(1), entry(2)), {"ETag": '"a"'})
        town.web.routes |= {f"/a/{n}": Reply(200, story_page(n), {"ETag": '"p"'}) for n in (1, 2)}
        report = await town.run()
        assert (report.revisions_loaded, report.claims_loaded) == (2, 2)
        assert town.fates() == {"/a/1": "loaded", "/a/2": "loaded"}
        pages = [asked for asked in town.web.asked if asked.path.startswith("/a/")]
        assert all("if-none-match" not in asked.headers for asked in pages)

    in_town(tmp_path, story)
