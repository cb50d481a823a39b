"""Archived pages read again: what changes, what does not, and what a kill costs."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.contents import contents, differences
from benchmarks.rebuild import core_tables, rebuild
from flows import cli
from flows import reparse as module
from flows.clock import StoppedClock
from flows.ingest import run_once
from flows.ingest.world import World
from flows.reparse import reparse
from flows.report import RunReport
from flows.settings import Settings
from tests.conftest import ROOT
from tests.flows.newsroom import FLAGS, Item, Newsroom, make_home, newsroom, rows
from tests.flows.readers import DATING, FAILING, KILLER, NEWER

pytestmark = pytest.mark.area("Archive")

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
LATER = StoppedClock(NOON + timedelta(days=1))
TEXT = "<h1>Two</h1><p>Cleo said it blew.</p>"


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as site:
        yield site


@pytest.fixture
def settings(tmp_path: Path, room: Newsroom) -> Settings:
    """A home that has read two pages, one of them only in the feed."""
    room.story("/a/1", "One", "Ann said it rained. Bob said it snowed.")
    items = [Item("/a/1", "One"), Item("/a/2", "Two", content=TEXT)]
    made = make_home(tmp_path / "home", [room.feed("/feed", items)])
    run(made)
    return made


def run(settings: Settings, at: datetime = NOON) -> RunReport:
    return asyncio.run(run_once(settings, world=World(StoppedClock(at)), force=True))


def read_again(settings: Settings, since: datetime | None = None) -> RunReport:
    return asyncio.run(reparse(settings, since=since, world=World(LATER)))


def titles(settings: Settings) -> list[str]:
    return [title for (title,) in rows(settings, "SELECT title FROM articles ORDER BY 1")]


@pytest.mark.rule(
    "The archive read again by the same rules gives the same rows",
    source="trafilatura 778: extraction that is not deterministic",
)
def test_the_same_rules_change_nothing(settings: Settings, room: Newsroom) -> None:
    asked, before = len(room.asked), contents(settings.home)
    report = read_again(settings)
    assert report.fates == {"unchanged": 2}
    assert (report.revisions_loaded, report.claims_loaded) == (0, 0)
    assert differences(before, contents(settings.home)) == []
    assert len(room.asked) == asked


@pytest.mark.rule(
    "The archive read by newer rules replaces what older ones read",
    source="news-please, mediacloud: reprocessing",
)
def test_newer_rules_replace_what_older_ones_read(settings: Settings) -> None:
    newer = replace(settings, reader=NEWER)
    report = read_again(newer)
    assert report.fates == {"read anew": 2}
    assert titles(settings) == ["ONE", "TWO"]
    assert rows(settings, "SELECT claimant FROM claims ORDER BY 1") == [("Ann",), ("Cleo",)]
    before = contents(settings.home)
    assert read_again(newer, NOON).fates == {"unchanged": 2}
    assert differences(before, contents(settings.home)) == []


@pytest.mark.rule(
    "The archive read by newer rules replaces what older ones read",
    source="news-please, mediacloud: reprocessing",
)
def test_newer_rules_for_dates_are_taken_over(settings: Settings) -> None:
    dating = replace(settings, reader=DATING)
    assert read_again(dating).fates == {"read anew": 2}
    dated = "SELECT DISTINCT published_at, revision_count FROM core.articles"
    assert rows(settings, dated) == [(datetime(2026, 1, 1, 9), 1)]
    assert rows(settings, "SELECT count(*) FROM claims") == [(3,)]
    assert read_again(dating).fates == {"unchanged": 2}


def test_only_what_was_fetched_since_is_read(settings: Settings) -> None:
    assert read_again(settings, NOON + timedelta(seconds=1)).urls == 0


@pytest.mark.rule(
    "What the archive has lost is counted and left alone",
    source="CC-NEWS outages noticed by users first",
)
def test_what_the_archive_has_lost_is_counted_and_left_alone(settings: Settings) -> None:
    shutil.rmtree(settings.archive_dir)
    before = contents_of_core(settings)
    assert read_again(replace(settings, reader=NEWER)).fates == {"not in the archive": 2}
    assert contents_of_core(settings) == before


@pytest.mark.rule(
    "The feed's text never stands in for an archived page that was lost",
    source="archive first: what is not kept is not used",
)
def test_the_text_of_the_feed_never_stands_in_for_a_page_that_was_lost(
    tmp_path: Path, room: Newsroom
) -> None:
    room.story("/a/1", "One", "Ann said it rained.")
    feed = room.feed("/feed", [Item("/a/1", "One", content=TEXT)])
    settings = make_home(tmp_path / "home", [feed])
    run(settings)
    page = "SELECT archive_file, archive_offset FROM ops.fetches WHERE kind = 'page'"
    [(file, offset)] = rows(settings, page)
    with (settings.archive_dir / file).open("r+b") as archived:
        archived.seek(offset + 15)
        archived.write(b"rot")
    assert read_again(settings).fates == {"not in the archive": 1}
    assert titles(settings) == ["One"]


def test_an_entry_that_is_worded_otherwise_today_is_found_by_its_identity(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.ingest.recollect.item_sha256", lambda _: "by other rules")
    assert read_again(settings).fates == {"unchanged": 2}
    monkeypatch.setattr("flows.ingest.recollect.item_key", lambda *_: 0)
    assert read_again(settings).fates == {"not in the archive": 2}


@pytest.mark.rule(
    "What cannot be read today keeps what was read",
    source="trafilatura 840 and 925: native crashes",
)
def test_what_cannot_be_read_today_keeps_what_was_read(settings: Settings) -> None:
    before = contents_of_core(settings)
    assert read_again(replace(settings, reader=FAILING)).fates == {"could not be read": 2}
    assert contents_of_core(settings) == before


def contents_of_core(settings: Settings) -> object:
    return core_tables(settings.published_path)


# ---------------------------------------------------------------- kills


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule(
    "A killed reparse, run again, gives the rows of an undisturbed one",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_a_reparse_that_is_killed_and_run_again_gives_the_rows_of_an_undisturbed_one(
    tmp_path: Path, room: Newsroom
) -> None:
    for number in range(20):
        room.story(f"/a/{number}", f"Story {number}", "Ann said it rained.")
    feed = room.feed("/feed", [Item(f"/a/{number}", f"Story {number}") for number in range(20)])
    homes = [make_home(tmp_path / name, [feed], batch_pages="2") for name in ("whole", "killed")]
    for home in homes:
        run(home)
    whole, killed = (replace(home, reader=NEWER) for home in homes)
    read_again(whole)

    flags = {f"CLAIMWIRE_{key.upper()}": value for key, value in FLAGS.items()}
    flags |= {"CLAIMWIRE_HOME": str(killed.home), "CLAIMWIRE_READER": KILLER}
    flags |= {"CLAIMWIRE_BATCH_PAGES": "2"}
    done = subprocess.run(
        [sys.executable, "-m", "flows", "reparse"], cwd=ROOT, env=os.environ | flags, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert list(killed.staging_dir.glob("reparse-*/*.parquet")) != []
    assert titles(killed)[0] == "Story 0"
    read_again(killed)

    assert differences(contents(whole.home), contents(killed.home)) == []
    assert list(killed.staging_dir.iterdir()) == []


def test_what_was_loaded_and_not_published_is_published_by_the_next(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = replace(settings, reader=NEWER)
    with monkeypatch.context() as patched:
        patched.setattr(module, "publish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            read_again(newer)
    assert titles(settings) == ["One", "Two"]
    assert read_again(newer).fates == {"unchanged": 2}
    assert titles(settings) == ["ONE", "TWO"]


# ---------------------------------------------------------------- rebuilt from the archive


@pytest.mark.rule(
    "All tables of articles and claims follow from the archive",
    source="archive first: what is not kept is not used",
)
def test_all_tables_of_articles_and_claims_follow_from_the_archive(
    tmp_path: Path, room: Newsroom
) -> None:
    """Revisions of one article, some of them in another outlet's feed, and text from a feed."""
    room.story("/a/1", "One", "Ann said it rained.")
    room.put("/a/2", "", status=403)
    room.story("/a/3", "Three", "Dan said it poured.")
    text = Item("/a/2", "Two", content=TEXT)
    feed = room.feed("/feed", [Item("/a/1", "One"), text, Item("/a/3", "Three")])
    other = room.feed("/other/feed", [Item("/a/4", "Gone")])
    settings = make_home(tmp_path / "home", [feed, other])
    run(settings)
    for day, title in enumerate(["Uno", "Eins"], start=1):
        room.story("/a/1", title, f"Ann said it rained {day} days. Bob said it snowed.")
        room.feed("/feed", [Item("/a/1", title), text])
        run(settings, NOON + timedelta(days=day))
    room.story("/a/3", "Drei", "Dan said it drizzled.")
    room.feed("/other/feed", [Item("/a/3", "Three, elsewhere")])
    run(settings, NOON + timedelta(days=3))
    room.feed("/other/feed", [Item("/a/3", "Drei, elsewhere")])
    run(settings, NOON + timedelta(days=4))
    asked = len(room.asked)

    rebuilt = asyncio.run(rebuild(settings, tmp_path))

    expected = core_tables(settings.published_path)
    assert differences(expected, core_tables(rebuilt)) == []
    assert [len(expected[f"core.{name}"]) for name in ("articles", "article_revisions")] == [3, 6]
    assert len(room.asked) == asked


# ---------------------------------------------------------------- --diff


def diff(
    settings: Settings, capsys: pytest.CaptureFixture[str], *flags: str
) -> tuple[int, str, str]:
    words = ["reparse", "--diff", *flags, "--home", str(settings.home)]
    words += ["--set", f"reader={settings.reader}", "--set", "workers=1"]
    code = cli.main(words)
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.rule(
    "A diff shows what a reparse would change, and changes nothing",
    source="mediacloud: reprocessing",
)
def test_a_diff_shows_what_would_change_and_changes_nothing(
    settings: Settings, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in settings.home.rglob("*") if path.is_file()}
    asked = len(room.asked)

    code, out, err = diff(replace(settings, reader=NEWER), capsys, "--json")

    assert code == 0
    told = sorted(json.loads(out), key=lambda one: str(one["url"]))
    assert [(one["url"], one["what"], one["before"], one["after"]) for one in told] == [
        (room.base + "/a/1", "title", "One", "ONE"),
        (room.base + "/a/1", "claim removed", "Bob (indirect): it snowed", None),
        (room.base + "/a/2", "title", "Two", "TWO"),
    ]
    assert err == "Read 2 articles again: 2 different. Differences: 1 claim removed, 2 title.\n"
    after = {path: path.read_bytes() for path in settings.home.rglob("*") if path.is_file()}
    assert after == before
    assert len(room.asked) == asked


def test_a_diff_by_the_same_rules_is_empty(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert diff(settings, capsys) == (
        0,
        "article_id\turl\twhat\tbefore\tafter\n",
        "Read 2 articles again: 2 the same.\n",
    )
    assert diff(settings, capsys, "--since", "2026-01-02")[2] == "Read 0 articles again.\n"


def test_a_diff_says_what_could_not_be_compared(
    settings: Settings, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, err = diff(replace(settings, reader=FAILING), capsys, "--csv")
    assert out.count(",could not be read,,It failed.\n") == 2
    assert err.startswith("Read 2 articles again: 2 could not be read.")
    shutil.rmtree(settings.archive_dir)
    assert diff(settings, capsys)[2] == "Read 2 articles again: 2 not in the archive.\n"
