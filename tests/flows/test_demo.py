from __future__ import annotations

import asyncio
import contextlib
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from extractors.errors import SettingsError
from flows.commands import demo as command
from flows.context import Context
from flows.demo.trend import grid
from flows.ingest import run_once
from flows.settings import Resolved
from flows.sources import FeedSource, save_feeds
from tests.conftest import ROOT
from warehouse.sql import run_user_sql
from warehouse.table import Table

COLUMNS = ("said_date", "claimant", "party", "change", "unit", "is_new", "amount")


def run_without_prefect(resolved: Resolved, visits: Iterator[None]) -> None:
    for _ in visits:
        asyncio.run(run_once(resolved.settings))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The warehouse that the command makes, and what it prints; no Prefect server is started."""
    home = tmp_path_factory.mktemp("demo") / "home"
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(printed):
        patch.setattr(command, "_run_flow", run_without_prefect)
        command.demo(context=Context({"home": str(home)}))
    return home / "warehouse.duckdb", printed.getvalue()


def ask(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows: list[tuple[Any, ...]] = connection.execute(query).fetchall()
    return rows


def test_it_shows_the_trend_of_three_claimants_and_the_way_on(made: tuple[Path, str]) -> None:
    warehouse, printed = made
    for claimant in ("Halden Copper", "Mine Rescue Service", "Mineworkers' Federation"):
        assert re.search(rf"^{claimant}( +\d+){{3}}", printed, re.M), printed
    assert f"The warehouse: {warehouse}" in printed
    assert len(re.findall(r"^  \S+ --home ", printed, re.M)) == 3


def test_the_readme_shows_the_trend_as_it_is_printed(made: tuple[Path, str]) -> None:
    table, _, _ = made[1][made[1].index("Skarn Ridge:") :].partition("\n\n")
    assert table in (ROOT / "README.md").read_text("utf-8")


def test_every_url_of_the_site_has_a_fate(made: tuple[Path, str]) -> None:
    fates: dict[str, int] = dict(
        ask(made[0], "SELECT fate, count(*) FROM ops.url_fates GROUP BY 1")
    )
    assert sum(fates.values()) == 41
    assert fates["robots"] == 2


def test_revised_figures_stay_apart_from_articles_without_claims(made: tuple[Path, str]) -> None:
    [(without,)] = ask(made[0], "SELECT count(*) FROM articles WHERE claim_count = 0")
    assert without >= 4


def test_wire_copies_are_told(made: tuple[Path, str]) -> None:
    [(copies,)] = ask(made[0], "SELECT count(*) FROM articles WHERE is_copy")
    assert copies == 5


def test_a_home_with_other_feeds_is_left_alone(tmp_path: Path) -> None:
    save_feeds(tmp_path / "feeds.toml", [FeedSource("https://example.org/feed", "Mine")])
    with pytest.raises(SettingsError, match="feed list of its own"):
        command.demo(context=Context({"home": str(tmp_path)}))


def test_the_grid_has_a_line_a_claimant_with_several_figures() -> None:
    rows = (
        (date(2025, 3, 4), "Company", None, "level", "person", True, 3.0),
        (date(2025, 3, 4), "Union", None, "level", "person", True, 9.0),
        (date(2025, 3, 6), "Company", None, "level", "person", True, 1200.0),
        (date(2025, 3, 6), "Ministry", None, "level", "person", True, 8.0),
        (date(2025, 3, 7), "Union", None, "level", "person", False, 9.0),
        (date(2025, 3, 7), "Union", None, "level", "item", True, 1.0),
        (date(2025, 3, 7), "Union", None, "increase", "person", True, 5.0),
    )
    title, days, line = grid(Table(COLUMNS, rows))
    assert title.endswith("day of March 2025")
    assert days.split() == ["4", "6"]
    assert line.split() == ["Company", "3", "1,200"]


def test_the_queries_of_the_readme_run(made: tuple[Path, str]) -> None:
    text = ROOT.joinpath("README.md").read_text("utf-8")
    blocks = re.findall(r"^```sql\n(.*?)^```", text, re.S | re.M)
    queries = [query for block in blocks for query in block.split(";") if query.strip()]
    assert queries
    for query in queries:
        assert run_user_sql(made[0], query).rows, query
