"""Feeds over simulated time: cadence, entries and what becomes of their pages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.flows.polls import NOW
from tests.flows.town import NEWS, PUBLIC, Town, entry, in_town, rss, story_page
from tests.web import Asked, Reply

HOUR_S, DAY_S = 3600, 86_400
OVERLAP = "Media Cloud rss-fetcher: a third to two thirds of the entries seen before"
cadence = pytest.mark.area("Cadence")
fates = pytest.mark.area("Fates and health")
identity = pytest.mark.area("Identity")


class Paper:
    """A feed that shows its newest `window` stories, one every `every_s` seconds."""

    def __init__(self, town: Town, every_s: float, window: int = 20) -> None:
        self.town, self.every_s, self.window = town, every_s, window
        self.burst = 0

    @property
    def newest(self) -> int:
        return int(self.town.clock.passed_s / self.every_s) + 100 + self.burst

    def __call__(self, asked: Asked) -> Reply:
        shown = range(self.newest, self.newest - self.window, -1)
        return Reply(200, rss(*map(self._dated, shown)))

    def _dated(self, number: int) -> str:
        date = self.town.clock.start + timedelta(seconds=(number - 100) * self.every_s)
        return entry(number).replace("</item>", f"<pubDate>{date:{DATE}}</pubDate></item>")


DATE = "%a, %d %b %Y %H:%M:%S GMT"


@cadence
@pytest.mark.rule("Overlap steers the interval, so that nothing is missed", source=OVERLAP)
@pytest.mark.parametrize("every_s", [120, 600, 3600])
def test_a_paper_that_fills_its_window_loses_nothing(tmp_path: Path, every_s: int) -> None:
    """Thirty times over; in the later half, polls see a third to two thirds again."""

    async def story(town: Town) -> None:
        town.web.routes["/feed"] = paper = Paper(town, every_s)
        feed, seen, shares = town.new_feed(), set[str](), list[float]()
        first, windows = paper.newest, 0.0
        while windows < 30:
            got, feed = await town.ask(feed)
            seen |= {one.item.guid or "" for one in got.entries}
            if windows > 15 and got.entries:
                shares.append(got.outcome.items_known / len(got.entries))
            town.wait_for(feed)
            windows = town.clock.passed_s / every_s / paper.window
        assert {str(number) for number in range(first, paper.newest - paper.window)} <= seen
        assert feed.possible_gap_at is None
        assert 0.33 < sum(shares) / len(shares) < 0.67

    in_town(tmp_path, story)


@cadence
@pytest.mark.rule("A silent feed is asked ever less often, up to once a day", source=OVERLAP)
def test_a_feed_that_never_changes_is_asked_once_a_day(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(200, rss(entry(1)))
        feed, waits = town.new_feed(), []
        while town.clock.now() < NOW + timedelta(days=90):
            _, feed = await town.ask(feed)
            waits.append(town.wait_for(feed))
        assert all(later >= 0.75 * sooner for sooner, later in zip(waits, waits[5:], strict=False))
        assert 0.9 * DAY_S <= waits[-1] <= 1.1 * DAY_S

    in_town(tmp_path, story)


@cadence
@pytest.mark.rule("A window that rolled over between two polls is a possible gap", source=OVERLAP)
def test_a_burst_that_rolls_the_window_over_is_told(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = paper = Paper(town, 600, window=10)
        _, feed = await town.ask(town.new_feed())
        town.wait_for(feed)
        assert feed.possible_gap_at is None
        before = feed.interval_s
        paper.burst = 50
        got, feed = await town.ask(feed)
        assert len(got.entries) == 10
        assert feed.possible_gap_at == town.clock.now()
        assert feed.interval_s <= max(before // 2, 600)

    in_town(tmp_path, story)


ASKED_FOR = "RSS 2.0 (ttl, skipHours, skipDays), RSS 1.0 syndication module, RFC 9111, 5.2 and 5.3"


@cadence
@pytest.mark.rule("What a server asks for is a lower bound of the wait", source=ASKED_FOR)
@pytest.mark.parametrize(
    ("head", "headers", "at_least_s"),
    [
        ("<ttl>180</ttl>", {}, 3 * HOUR_S),
        ("<ttl>100000</ttl>", {}, DAY_S),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", {}, DAY_S),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", {},
         6 * HOUR_S),
        ("<sy:updatePeriod>dayly</sy:updatePeriod>", {}, DAY_S),
        ("", {"Cache-Control": "max-age=10800"}, 3 * HOUR_S),
        ("", {"Cache-Control": "max-age=31536000"}, DAY_S),
        ("", {"Expires": "Wed, 06 Mar 2024 15:00:00 GMT"}, 3 * HOUR_S),
        ("<ttl>60</ttl>", {"Cache-Control": "max-age=7200"}, 2 * HOUR_S),
        ("<skipHours><hour>13</hour><hour>12</hour><hour>14</hour></skipHours>", {}, 3 * HOUR_S),
        ("<skipDays><day>Wednesday</day></skipDays>", {}, 12 * HOUR_S),
    ],
)  # fmt: skip
def test_a_wish_of_the_server_is_kept_to(
    tmp_path: Path, head: str, headers: dict[str, str], at_least_s: int
) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(200, rss(entry(1), head=head), headers)
        _, feed = await town.ask(town.new_feed())
        assert at_least_s <= town.wait_for(feed) <= at_least_s * 1.1

    in_town(tmp_path, story)


@cadence
@pytest.mark.rule("A wish that makes no sense is no wish", source=ASKED_FOR)
@pytest.mark.parametrize(
    ("head", "headers"),
    [
        ("<ttl>-5</ttl>", {}),
        ("<ttl>soon</ttl>", {}),
        ("<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>", {}),
        ("<sy:updatePeriod>never</sy:updatePeriod>", {}),
        ("", {"Cache-Control": "max-age=-1"}),
        ("", {"Cache-Control": "no-cache, max-age=99999"}),
        ("", {"Expires": "-1"}),
    ],
)
def test_nonsense_does_not_keep_us_away(tmp_path: Path, head: str, headers: dict[str, str]) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(200, rss(entry(1), head=head), headers)
        _, feed = await town.ask(town.new_feed())
        assert town.wait_for(feed) <= 1.1 * HOUR_S

    in_town(tmp_path, story)


# ---------------------------------------------------------------- entries and pages


@identity
@pytest.mark.rule("Entries that share a guid are told apart by their links", source="miniflux 4197")
def test_a_feed_with_one_guid_for_all_loses_no_article(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.subscribe(NEWS)
        same = [entry(number).replace(f"<guid>{number}<", "<guid>x<") for number in range(3)]
        town.web.routes["/feed"] = Reply(200, rss(*same))
        town.web.routes |= {f"/a/{number}": Reply(200, story_page(number)) for number in range(3)}
        await town.run()
        assert town.fates() == {"/a/0": "loaded", "/a/1": "loaded", "/a/2": "loaded"}

    in_town(tmp_path, story)


@identity
@pytest.mark.rule(
    "Another guid for the same address is the same article",
    source="miniflux 797 and 3120; FreshRSS 4487",
)
def test_new_guids_do_not_double_articles(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.subscribe(NEWS)
        town.web.routes["/feed"] = Reply(200, rss(entry(1)))
        town.web.routes["/a/1"] = Reply(200, story_page(1))
        await town.run()
        town.web.routes["/feed"] = Reply(200, rss(entry(1).replace("<guid>1<", "<guid>new-1<")))
        town.clock.advance(2 * HOUR_S)
        report = await town.run()
        assert (report.items_new, report.urls) == (1, 0)
        assert town.rows("SELECT count(*) FROM core.articles") == [(1,)]
        assert town.web.count("/a/1") == 1

    in_town(tmp_path, story)


CONSENT = "trafilatura 569, wallabag 2428: consent pages instead of articles"
WALL = (
    "<html><head><title>Before you continue</title></head><body><h1>Before you continue</h1>"
    "<p>We and our partners use cookies. Manage your privacy settings.</p>"
    "<button>Accept all</button></body></html>"
)


@fates
@pytest.mark.rule("A consent page is no article, whatever the address", source=CONSENT)
@pytest.mark.parametrize("is_redirect", [True, False])
def test_a_site_that_shows_a_consent_page_for_every_url_loads_nothing(
    tmp_path: Path, is_redirect: bool
) -> None:
    async def story(town: Town) -> None:
        town.extracts = True
        town.subscribe(NEWS)
        town.hosts["consent.news.example"] = PUBLIC
        wall = Reply(302, "", {"Location": "http://consent.news.example/?next=x"})
        town.web.routes["/feed"] = Reply(200, rss(*map(entry, range(4))))
        town.web.routes["consent.news.example/"] = Reply(200, WALL)
        for number in range(4):
            town.web.routes[f"/a/{number}"] = wall if is_redirect else Reply(200, WALL)
        report = await town.run()
        assert report.fates == {"consent_page": 4}
        assert report.revisions_loaded == 0

    in_town(tmp_path, story)


@fates
@pytest.mark.rule("What is no web page is named", source="own")
def test_a_link_to_a_document_or_a_picture_says_so(tmp_path: Path) -> None:
    answers = {
        "a PDF": Reply(200, "%PDF-1.7 ..."),
        "an image": Reply(200, "GIF89a..."),
        "JSON": Reply(200, '{"story": 1}'),
        "a video": Reply(200, "...", {"Content-Type": "video/mp4"}),
    }

    async def story(town: Town) -> None:
        town.extracts = True
        town.subscribe(NEWS)
        town.web.routes["/feed"] = Reply(200, rss(*map(entry, range(len(answers)))))
        for number, answer in enumerate(answers.values()):
            town.web.routes[f"/a/{number}"] = answer
        await town.run()
        told = town.rows("SELECT fate, reason FROM ops.url_fates ORDER BY canonical_url")
        assert told == [("not_html", reason) for reason in answers]

    in_town(tmp_path, story)


@fates
@pytest.mark.rule(
    "Every URL found has exactly one fate",
    source="Media Cloud story-indexer: incr_stories once a story",
)
def test_whatever_pages_do_the_fates_add_up(tmp_path: Path) -> None:
    answers = {
        "loaded": Reply(200, story_page(1)),
        "too_short": Reply(200, "<h1>x</h1>"),
        "http_error": Reply(404),
        "blocked": Reply(403),
        "paywalled": Reply(402),
        "pending": Reply(500),
        "too_big": Reply(200, "x", {"X-Big": "x" * 70_000}),
    }
    hosts = [f"{fate.replace('_', '-')}.example" for fate in answers]

    async def story(town: Town) -> None:
        town.subscribe(NEWS)
        links = [entry(number, host) for number, host in enumerate(hosts)]
        town.web.routes["/feed"] = Reply(200, rss(*links, *links[:3]))
        for number, (host, answer) in enumerate(zip(hosts, answers.values(), strict=True)):
            town.hosts[host] = PUBLIC
            town.web.routes[f"/a/{number}"] = answer
        report = await town.run()
        assert report.fates == dict.fromkeys(sorted(answers), 1)
        counts = "SELECT count(DISTINCT url_id), count(DISTINCT canonical_url) FROM ops.url_fates"
        assert town.rows(counts) == [(7, 7)]
        assert town.rows("SELECT count(DISTINCT url_id) FROM ops.feed_items") == [(7,)]

    in_town(tmp_path, story)
