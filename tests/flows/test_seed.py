"""The reference article, from a feed on loopback to rows: the same claims as `claimwire parse`."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest

from flows import cli
from flows.clock import StoppedClock
from flows.ingest import run_once
from flows.ingest.world import World
from flows.settings import Settings
from tests.flows.newsroom import Item, Newsroom, make_home, newsroom, rows

HEAD = """<head><title>{title}</title>
<meta property="article:published_time" content="{day}"></head>
<body><nav><a href="/">Home</a> <a href="/war">War</a></nav><article><h1>{title}</h1>"""
TITLE = "Putin says the West has failed"
PUBLISHED = "2023-12-19T17:20:00Z"


@pytest.fixture(scope="module")
def served(
    shared_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Settings, Path]]:
    """The home of a run over the reference article, and its file."""
    file = shared_dir / "seed" / "article.txt"
    with newsroom() as room:
        publish(room, file.read_text("utf-8"))
        home = tmp_path_factory.mktemp("seed") / "home"
        settings = make_home(home, [room.base + "/feed"], reader="flows.reader:Reader")
        clock = StoppedClock(datetime(2023, 12, 20, tzinfo=UTC))
        asyncio.run(run_once(settings, world=World(clock)))
        yield settings, file


def publish(room: Newsroom, text: str) -> None:
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n") if part.strip())
    head = HEAD.format(title=TITLE, day=PUBLISHED)
    room.put("/war/1", f"<html>{head}{paragraphs}</article></body></html>")
    room.feed("/feed", [Item("/war/1", TITLE)])


def parsed(file: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert cli.main(["parse", str(file), "--published", "2023-12-19"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_claims_are_those_of_parse(
    served: tuple[Settings, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    settings, file = served
    expected = [
        (
            record["claimant"]["name"] or "Outlet 0",  # in a feed, the outlet has a name
            " ".join(piece["text"] for piece in record["content"]),
            record["kind"],
            record["verification"]["status"],
        )
        for record in parsed(file, capsys)
    ]
    found = rows(settings, "SELECT claimant, content_text, kind, verification_status FROM claims")
    assert len(expected) > 5
    assert sorted(map(words, found)) == sorted(map(words, expected))


def test_the_figures_are_those_of_parse(
    served: tuple[Settings, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    settings, file = served
    expected = [
        (figure["value"], figure["bound"], figure["measure"], figure["party"], figure["change"])
        for record in parsed(file, capsys)
        for figure in record["quantities"]
    ]
    found = rows(settings, "SELECT value, bound, measure, party, change FROM figures")
    assert sorted(map(words, found)) == sorted(map(words, expected))


def test_the_questions_show_them(
    served: tuple[Settings, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    settings, _ = served
    claim, party = rows(
        settings,
        "SELECT claim_id, party FROM figures WHERE value = 383000 AND claimant ILIKE '%Shoigu'",
    )[0]
    assert party == "UA"
    questions = {
        ("sql", "SELECT claimant FROM figures WHERE value = 348000"): "Ukraine",
        ("claims", "losses"): "348,000",
        ("explain", str(claim)): "383,000",
        ("trend", "soldiers"): "2023",
    }
    for question, answer in questions.items():
        assert cli.main([*question, "--home", str(settings.home)]) == 0
        assert answer in capsys.readouterr().out


def words(row: tuple[Any, ...]) -> tuple[str, ...]:
    """Return a row as texts with spaces made alike: HTML does not keep them."""
    return tuple(" ".join(str(value).split()) for value in row)
