"""The asking commands, through the command line, on the story of `tests.warehouse.story`."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from flows import contrasting
from flows.cli import main
from flows.commands import asking
from flows.shell import run_shell
from tests.warehouse import story


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return story.build(tmp_path_factory.mktemp("home")).parent


OnTerminal = Callable[..., str]


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch, home: Path) -> OnTerminal:
    """A function that runs a command on a terminal and returns what it draws."""

    def draw(*arguments: str) -> str:
        screen = Terminal()
        monkeypatch.setenv("COLUMNS", "160")
        monkeypatch.setattr(sys, "stdout", screen)
        assert main([*arguments, "--home", str(home)]) == 0
        return screen.getvalue()

    return draw


def lines(capsys: pytest.CaptureFixture[str], home: Path, *arguments: str) -> list[list[str]]:
    """Run a command and return its tab-separated rows."""
    assert main([*arguments, "--home", str(home)]) == 0
    return [line.split("\t") for line in capsys.readouterr().out.splitlines()]


def test_claims_in_a_pipe(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    header, *rows = lines(capsys, home, "claims", "ferry", "--who", "Holt")
    assert header[:3] == ["claim_id", "claim_date", "claimant"]
    assert {row[4] for row in rows} == {"40 people died"}


def test_claims_by_country_and_status(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    _, *rows = lines(capsys, home, "claims", "--who", "Norway", "--status", "denied")
    assert [row[4] for row in rows] == ["19 people died"]
    _, *rows = lines(capsys, home, "claims", "--about", "Norwegian", "--since", "2024-03-05")
    assert [row[4] for row in rows] == ["19 people died"]


def test_claims_as_json(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["claims", "weather", "--json", "--home", str(home)]) == 0
    (record,) = json.loads(capsys.readouterr().out)
    assert record["claimant"] == "the office"


def test_trend_in_a_pipe_is_the_long_table(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["trend", "died", "--home", str(home)]) == 0
    printed = capsys.readouterr()
    rows = [line.split("\t") for line in printed.out.splitlines()]
    assert rows[0][0] == "period"
    assert [row[5] for row in rows[1:]] == ["50", "0", "", "100"]
    assert "1 holds no article at all" in printed.err


def test_trend_on_a_terminal_draws_bars(on_terminal: OnTerminal) -> None:
    drawn = on_terminal("trend", "died", "--count")
    assert drawn.startswith("Claims “died”")
    assert "█" in drawn
    assert "none" in drawn


def test_trend_by_claimant_draws_sparklines(on_terminal: OnTerminal) -> None:
    assert "▄▁·█" in on_terminal("trend", "people", "--per", "claimant")


def test_trend_of_a_figure(on_terminal: OnTerminal) -> None:
    drawn = on_terminal("trend", "--measure", "killed", "--party", "Vell")
    assert drawn.startswith("Figures: killed of Vell")
    assert all(word in drawn for word in ("Berg", "Holt", "12", "19", "denied"))


def test_compare_in_a_pipe_is_the_long_table(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    header, *rows = lines(capsys, home, "compare", "died", "--party", "Vell")
    assert header[:2] == ["said_date", "claimant"]
    amount, origins = header.index("amount"), header.index("origin_count")
    assert [(row[1], row[amount], row[origins]) for row in rows] == [
        ("Berg", "12", "1"), ("Holt", "40", "1"), ("Berg", "19", "1"),
    ]  # fmt: skip


def test_compare_on_a_terminal_shows_figures_and_their_range(on_terminal: OnTerminal) -> None:
    drawn = on_terminal("compare", "--measure", "killed", "--since", "2024-03-04")
    figures, ranges = drawn.split("\n\n")
    assert "Holt" in figures
    assert "12  Berg" in ranges
    assert "40  Holt" in ranges
    assert "yes" in ranges


def test_compare_says_of_what_kind_a_figure_is() -> None:
    row = {
        "bound": "about", "amount": 17_000_000_000.0, "unit": "INR", "thing": None, "counted": "x",
        "change": "increase", "scope": None, "is_projected": True,
    }  # fmt: skip
    assert contrasting.amount(row) == "17,000,000,000 INR"
    assert contrasting.kind(row) == "increase, planned"
    assert contrasting.counted(row) is None
    trout = row | {"unit": "item", "counted": "trout", "amount": 600.0, "bound": "approx"}
    assert (contrasting.amount(trout), contrasting.counted(trout)) == ("about 600", "trout")


def test_compare_says_that_there_is_more(
    capsys: pytest.CaptureFixture[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contrasting, "MOST_FIGURES", 2)
    assert main(["compare", "died", "--home", str(home)]) == 0
    assert "At most 2 figures are shown" in capsys.readouterr().err


def test_counted_is_of_figures(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["trend", "died", "--counted", "tanks", "--home", str(home)]) == 2
    assert "Give --measure, too." in capsys.readouterr().err


def test_a_party_may_be_named() -> None:
    assert asking.party_code("Russia") == "RU"
    assert asking.party_code("Vell") == "Vell"
    assert asking.party_code(None) is None


def test_a_named_query_takes_a_limit(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    for name in ("figures_over_time", "coverage_by_period"):  # with a row_limit, and without
        assert main(["sql", name, "--limit", "1", "--home", str(home)]) == 0
        printed = capsys.readouterr()
        assert len(printed.out.splitlines()) == 2
        assert "--limit shows more" in printed.err


def test_compare_needs_something_to_compare(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["compare", "--home", str(home)]) == 2
    assert "nothing to compare" in capsys.readouterr().err
    assert main(["compare", "nothing of the kind", "--home", str(home)]) == 0
    assert "No figure matches." in capsys.readouterr().err


@pytest.mark.parametrize("question", [["died"], ["--measure", "killed"], ["nothing at all"]])
def test_trend_writes_a_chart(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path, question: list[str]
) -> None:
    path = tmp_path / "out.svg"
    lines(capsys, home, "trend", *question, "--chart", str(path))
    ElementTree.parse(path)


def test_trend_of_nothing_says_so(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["trend", "unheard-of", "--home", str(home)]) == 0
    assert "No claim matches." in capsys.readouterr().err


def test_trend_without_a_question_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    assert main(["trend", "--home", str(home)]) == 2
    assert "There is nothing to follow." in capsys.readouterr().err


def test_a_chart_that_cannot_be_written_is_said_so(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    assert main(["trend", "died", "--chart", "/nowhere/x.svg", "--home", str(home)]) == 2
    assert "/nowhere/x.svg cannot be written" in capsys.readouterr().err


def test_a_chart_is_a_picture(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "x.jpg"
    assert main(["trend", "died", "--chart", str(path), "--home", str(home)]) == 2
    assert "neither .svg nor .png" in capsys.readouterr().err
    assert not path.exists()


def test_explain_marks_the_words_and_leads_to_the_bytes(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    _, *rows = lines(capsys, home, "claims", "40", "--limit", "1")
    assert main(["explain", rows[0][0], "--home", str(home)]) == 0
    told = capsys.readouterr().out
    assert "Union head Holt said ⟦40 people died⟧." in told
    for word in ("a.warc.gz", "offset 7", "articles 1", "parser test 1", "rival_of", "Courier"):
        assert word in told


def test_explain_as_json_holds_the_claim_record(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    _, *rows = lines(capsys, home, "claims", "19", "--limit", "1")
    assert main(["explain", rows[0][0], "--json", "--home", str(home)]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["record"]["quantities"][0]["party"] == "Vell"
    assert record["sentence"] == "Minister Berg said ⟦19 people died⟧."


def test_explain_of_an_unknown_claim(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["explain", "12", "--home", str(home)]) == 1
    assert "There is no claim 12." in capsys.readouterr().err


def test_sql_with_a_parameter(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    query = "SELECT count(*) AS n FROM claims WHERE claimant = $who"
    assert lines(capsys, home, "sql", query, "--param", "who=Berg") == [["n"], ["3"]]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_global_options_may_stand_anywhere(
    capsys: pytest.CaptureFixture[str], home: Path, place: int
) -> None:
    words = ["sql", "-- one\nSELECT 1 AS n"]
    words[place:place] = ["--home", str(home), "--set", "query_timeout_s=9", "--csv"]
    assert main(words) == 0
    assert capsys.readouterr().out == "n\n1\n"


def test_what_follows_two_dashes_is_no_global_option(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    assert main(["sql", "--home", str(home), "--", "--json"]) == 1
    assert "The query is empty." in capsys.readouterr().err  # two dashes begin a comment


def test_sql_from_a_file_and_by_name(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "q.sql"
    path.write_text("SELECT 1 + $n AS n")
    assert lines(capsys, home, "sql", str(path), "--param", "n=1") == [["n"], ["2"]]
    rows = lines(capsys, home, "sql", "what_changed", "--param", "day_count=2")
    assert rows[0][0] == "what"


def test_sql_from_standard_input(
    capsys: pytest.CaptureFixture[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT 7 AS n"))
    assert lines(capsys, home, "sql", "-") == [["n"], ["7"]]


def test_sql_says_when_rows_were_cut(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["sql", "FROM range(9)", "--limit", "2", "--home", str(home)]) == 0
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 3
    assert "At most 2 rows are shown" in printed.err


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["DROP TABLE core.claims"], 1, "DROP statements are refused"),
        (["SELECT sum(a.range) FROM range(9999999999) a", "--timeout", "0.1"], 1, "stopped after"),
        (["SELECT 1", "--param", "x"], 2, "--param takes name=value"),
        (["trend", "--param", "colour=red"], 2, "takes no colour"),
        (["missing.sql"], 2, "missing.sql cannot be read"),
    ],
)
def test_sql_refuses(
    capsys: pytest.CaptureFixture[str], home: Path, arguments: list[str], code: int, sentence: str
) -> None:
    assert main(["sql", *arguments, "--home", str(home)]) == code
    printed = capsys.readouterr()
    assert sentence in printed.err
    assert printed.out == ""


def test_shell_answers_until_the_input_ends(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    typed = iter(["", "SELECT 1", "AS n;", "DROP TABLE x;", ".help", ".tables", "SELECT 2 AS m"])

    def read(_: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    run_shell(home / "warehouse.duckdb", "auto", 5.0, read)
    printed = capsys.readouterr()
    assert printed.out.startswith("n\n1\n")
    assert "core.claims" in printed.out
    assert printed.out.endswith("m\n2\n")
    assert "DROP statements are refused" in printed.err


def test_shell_leaves_on_quit(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    run_shell(home / "warehouse.duckdb", "auto", 5.0, lambda _: ".quit")
    assert capsys.readouterr().out == ""


def test_status_in_words(on_terminal: OnTerminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMWIRE_NOW", "2024-03-10T12:30:00Z")
    drawn = on_terminal("status")
    assert drawn.startswith("2 feeds, none in trouble. Times are UTC.\n")
    assert "Courier  fine; last new item 30 minutes ago" in drawn
    assert "run-3" in drawn
    assert "Courier" not in on_terminal("status", "--trouble")


def test_status_as_json(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["status", "--json", "--home", str(home)]) == 0
    both = json.loads(capsys.readouterr().out)
    assert [feed["outlet"] for feed in both["feeds"]] == ["Courier", "Echo"]
    assert len(both["runs"]) == 4


def test_docs_tables(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["docs", "tables", "--home", str(home)]) == 0
    assert capsys.readouterr().out.startswith("# Data dictionary")
    assert main(["docs", "tables", "--erd", "--home", str(home)]) == 0
    assert capsys.readouterr().out.startswith("erDiagram")
    assert lines(capsys, home, "docs", "tables", "--csv")[0] == ["relation,column,type,meaning"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["claims"],
        ["trend", "x"],
        ["explain", "1"],
        ["sql", "SELECT 1"],
        ["shell"],
        ["status"],
        ["metrics"],
    ],
)
def test_a_missing_warehouse_is_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str]
) -> None:
    assert main([*arguments, "--home", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("There is no warehouse at")


def test_a_corrupt_warehouse_is_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "warehouse.duckdb").write_bytes(b"not a database" * 1000)
    assert main(["trend", "x", "--home", str(tmp_path)]) == 1
    assert "is not a readable warehouse file" in capsys.readouterr().err


def test_asking_imports_neither_prefect_nor_the_parsers(home: Path) -> None:
    code = (
        "import sys; from flows.cli import main; "
        f"main(['trend', 'died', '--home', {str(home)!r}]); "
        "heavy = {'prefect', 'spacy', 'trafilatura', 'pyarrow', 'httpx2', 'feedparser'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "words",
    [
        ["claims", "--status", "bogus"],
        ["claims", "--limit", "0"],
        ["trend", "--measure", "bogus"],
        ["sql", "SELECT 1", "--timeout", "0"],
        ["sql", "SELECT 1", "--limit", "-1"],
    ],
)
def test_a_value_that_cannot_be_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], home: Path, words: list[str]
) -> None:
    assert main([*words, "--home", str(home)]) == 2
    assert "Invalid value" in capsys.readouterr().err


def test_a_plan_keeps_its_lines(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["sql", "EXPLAIN SELECT 1", "--home", str(home)]) == 0
    assert capsys.readouterr().out.startswith(("╭", "┌"))


def test_no_claim_is_said_so(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["claims", "unheard-of", "--home", str(home)]) == 0
    assert capsys.readouterr().err == "No claim matches.\n"


def test_claims_on_a_terminal_are_in_brief(on_terminal: OnTerminal) -> None:
    drawn = on_terminal("claims", "--status", "denied")
    assert "verification_status" not in drawn
    assert "19 people died [denied" in drawn


def test_a_pipe_is_not_asked_for_a_line(
    capsys: pytest.CaptureFixture[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT 1 AS one;\n"))
    assert main(["shell", "--home", str(home)]) == 0
    assert capsys.readouterr().out == "one\n1\n"
