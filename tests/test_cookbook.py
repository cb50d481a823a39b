"""The demo's warehouse, as the cookbook shows it: questions, exports, and how its tables join."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from flows.cli import main
from tests.conftest import ROOT
from tests.warehouse.linked_data import check, documents, types_of
from warehouse.catalog import read_catalog
from warehouse.connection import open_reader
from warehouse.diagram import Join, joins

PAGE = ROOT / "docs" / "cookbook.md"
JOINS = joins(read_catalog().relations)


@pytest.fixture(scope="module")
def cookbook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("cookbook", PAGE.with_suffix(".py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def home(cookbook: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "home"
    cookbook.build(folder)
    return folder


def test_every_question_has_an_answer_and_it_is_the_printed_one(
    cookbook: ModuleType, home: Path
) -> None:
    page = PAGE.read_text("utf-8")
    printed = re.findall(r"^```text\n(.*?)^```", page, re.S | re.M)
    answers = list(cookbook.results(page, home))
    assert len(answers) == len(printed) == page.count("\n### ") >= 20
    for (query, answer), shown in zip(answers, printed, strict=True):
        assert len(answer.splitlines()) > 1, f"no rows: {query}"
        assert answer == shown, f"write it anew: python docs/cookbook.py: {query}"


def _name(join: Join) -> str:
    return f"{join.many.title}.{join.column}-{join.one.title}"


@pytest.mark.parametrize("join", JOINS, ids=_name)
def test_what_the_diagram_joins_joins(home: Path, join: Join) -> None:
    one, many = join.one.title, join.many.title
    with open_reader(home / "warehouse.duckdb") as con:
        ((twice, pointing, lost),) = con.execute(f"""
            SELECT (SELECT count(*) - count(DISTINCT {join.key}) FROM {one}), count(*),
                count(*) FILTER (m.{join.column} NOT IN (SELECT {join.key} FROM {one}))
            FROM {many} AS m WHERE m.{join.column} IS NOT NULL""").fetchall()
    assert twice == 0, f"{one}.{join.key} is no key"
    if not join.one.is_public:
        assert lost == 0, "a row points nowhere"
    assert pointing == 0 or lost < pointing, "nothing joins"


def test_most_joins_are_seen_at_work(home: Path) -> None:
    with open_reader(home / "warehouse.duckdb") as con:
        empty = [
            _name(join)
            for join in JOINS
            if con.execute(f"SELECT count({join.column}) FROM {join.many.title}").fetchall()
            == [(0,)]
        ]
    assert len(empty) < len(JOINS) / 5, empty


def test_the_demo_in_json_ld(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "jsonld", str(tmp_path / "out"), "--home", str(home)]) == 0
    capsys.readouterr()
    found = documents(tmp_path / "out")
    for document in found:
        check(document)
    quoted = [one for one in found if "Quotation" in types_of(one)]
    assert len(quoted) > 20
    assert all(one["spokenByCharacter"] == one["author"] for one in quoted)
    assert len({one["@id"] for one in found}) == len(found) > 250
