"""Lines of a CSV file as documents: every span in its text, every fault in a sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import TextError
from extractors.imported import COLUMNS, BadLine, Document, Line, document_of, read_lines
from extractors.imported.fields import figure_of
from tests.conftest import ROOT

TODAY = date(2026, 3, 1)
HEAD = "date,outlet,claimant,measure,value,counted,party,bound,scope,place,status,verified_by,quote"
TANKS = "2022-02-25,Ministry,General Staff,destroyed,80,tanks,RU,approx,cumulative,Kyiv,,,"


def lines(*rows: str, head: str = HEAD) -> list[Line | BadLine]:
    return list(read_lines("\n".join([head, *rows]).encode(), TODAY))


def problem(row: str, head: str = HEAD) -> str:
    (bad,) = lines(row, head=head)
    assert isinstance(bad, BadLine)
    return bad.problem


def document(row: str) -> Document:
    (line,) = lines(row)
    assert isinstance(line, Line)
    return document_of(line.figure, "import:a.csv")


def test_a_line_is_an_article_of_one_claim() -> None:
    made = document(TANKS)
    assert made.article.text == (
        "General Staff, 2022-02-25: about 80 tanks destroyed, Kyiv, RU, cumulative.\n\n"
        "Source: Ministry, import:a.csv"
    )
    assert made.article.published is not None
    assert made.article.published.value == datetime(2022, 2, 25, tzinfo=UTC)
    claim = made.claim
    (quantity,), (time,), (place,) = claim.quantities, claim.times, claim.places
    assert claim.content[0].text == "about 80 tanks destroyed, Kyiv, RU, cumulative"
    assert (quantity.text, quantity.value, quantity.low, quantity.high) == (
        "about 80",
        80,
        None,
        None,
    )
    assert (quantity.counted, quantity.unit, quantity.party) == ("tanks", "item", "RU")
    assert (time.from_, time.to, time.role) == ("2022-02-25", "2022-02-26", "as_of")
    assert (place.text, place.role) == ("Kyiv", "event")
    assert [hedge.text for hedge in claim.hedges] == ["about"]
    assert claim.verification.status == "not_stated"


def test_a_quote_and_a_status_are_parts_of_the_text() -> None:
    claim = document(
        '2022-02-25,M,Oryx,destroyed,1-2,tanks,,,,,confirmed,Oryx,"Two, at most"'
    ).claim
    assert [(piece.text, piece.quoted) for piece in claim.content] == [
        ("1-2 tanks destroyed", False),
        ("Two, at most", True),
    ]
    assert claim.kind == "mixed"
    (quantity,) = claim.quantities
    assert (quantity.value, quantity.low, quantity.high, quantity.bound) == (None, 1, 2, "range")
    assert claim.verification.by == "Oryx"
    assert claim.verification.evidence is not None
    assert claim.verification.evidence.text == "confirmed, by Oryx"


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30)


@given(words, words, words, words, st.sampled_from(["", "approx", "at_least", "less_than"]))
def test_every_span_is_cut_out_of_the_text(
    claimant: str, counted: str, quote: str, by: str, bound: str
) -> None:
    fields = {
        "date": "2022-02-25", "outlet": "O", "claimant": f"A {claimant}", "measure": "killed",
        "value": "12", "counted": counted, "quote": quote, "bound": bound, "place": counted,
        "status": "denied", "verified_by": by,
    }  # fmt: skip
    made = document_of(figure_of(fields, TODAY), "import:a.csv")
    claim, text = made.claim, made.article.text
    spans = [
        claim.claimant.mention, claim.verification.evidence, *claim.content, *claim.quantities,
        *claim.times, *claim.places, *claim.hedges,
    ]  # fmt: skip
    assert all(span is not None and text[span.start : span.end] == span.text for span in spans)


def test_the_key_of_a_figure_is_all_but_what_may_be_corrected() -> None:
    (first,) = lines(TANKS)
    (other,) = lines(
        "2022-02-25,ministry,General Staff,destroyed,90,tanks,RU,,cumulative,Kyiv,denied,,x"
    )
    assert isinstance(first, Line) and isinstance(other, Line)
    assert first.figure.key == other.figure.key
    (next_day,) = lines(TANKS.replace("02-25", "02-26"))
    assert isinstance(next_day, Line)
    assert next_day.figure.key != first.figure.key


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("2022-02-25", "25.02.2022"), "Its date '25.02.2022' is no day. Write it as 2026-01-31."),
        (("2022-02-25", "2022-02-30"), "Its date '2022-02-30' is no day. Write it as 2026-01-31."),
        (("2022-02-25", "2026-03-02"), "Its date 2026-03-02 lies in the future."),
        (("80", "eighty"), "Its value 'eighty' is no number. Write it as 1234.5, or as 100-150."),
        (("80", "1e9"), "Its value '1e9' is no number. Write it as 1234.5, or as 100-150."),
        (("80", "90-80"), "Its value 90-80 is a range, and its bound is approx."),
        (("80", ""), "It gives no value."),
        (("General Staff", " "), "It gives no claimant."),
        (("approx", "circa"), "Its bound 'circa' is none of: exact, approx,"),
        (("approx", "range"), "Its bound is range, and its value 80 is none."),
        (("destroyed", "lost"), "Its measure 'lost' is none of: killed,"),
        (("Kyiv,,", "Kyiv,maybe,"), "Its status 'maybe' is none of: not_stated,"),
        (("Kyiv,,", "Kyiv,,Oryx"), "It is verified_by Oryx, and has no status."),
        (("Kyiv", "Ky\x07iv"), "Its place holds a control character."),
        (("tanks", "tanks, old"), "It has 14 fields where the header has 13."),
        (("Kyiv", '"Kyiv'), "Its quotation marks are not in order:"),
    ],
)  # fmt: skip
def test_a_bad_line_says_why(change: tuple[str, str], said: str) -> None:
    assert problem(TANKS.replace(*change)).startswith(said)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("side", "Ukraine", "Its side 'Ukraine' is not a code such as UA."),
        ("wikidata_id", "42", "Its wikidata_id '42' is not an id such as Q42."),
        ("url", "www.news.example", "Its url 'www.news.example' is not an http or https address."),
        ("change", "up", "Its change 'up' is none of: level, increase, decrease."),
        ("claimant_type", "army", "Its claimant_type 'army' is none of: person,"),
    ],
)
def test_an_optional_column_is_read_strictly(column: str, value: str, said: str) -> None:
    row = "2022-02-25,M,S,killed,80"
    assert problem(f"{row},{value}", f"date,outlet,claimant,measure,value,{column}").startswith(
        said
    )


def test_a_figure_given_twice_is_a_bad_line() -> None:
    good, bad = lines(TANKS, TANKS.replace("80", "81"))
    assert isinstance(good, Line)
    assert isinstance(bad, BadLine)
    assert bad.problem == "It gives the figure of line 2 again. Leave one of them."


def test_lines_are_numbered_as_an_editor_does() -> None:
    quoted = TANKS + '"two\nlines"'
    later = TANKS.replace("02-25", "02-26")
    found = lines(quoted, "", ",,,,,,,,,,,,", later)
    assert [line.number for line in found] == [2, 6]
    assert found[0].raw == quoted
    assert found[1].raw == later
    (one,) = (line for line in found if isinstance(line, Line) and line.number == 2)
    assert one.figure.quote == "two lines"


def test_a_byte_order_mark_and_windows_line_ends_are_no_content() -> None:
    body = "\ufeff" + HEAD.upper() + "\r\n" + TANKS + "\r\n"
    (line,) = read_lines(body.encode(), TODAY)
    assert isinstance(line, Line)
    assert line.raw == TANKS


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "It is empty."),
        (b" \n\n", "It is empty."),
        (HEAD.encode() + b"\n\xff", "It is not UTF-8 (byte 92)."),
        (b"date;outlet;claimant;measure;value\n", "Its first line names no column date, outlet,"),
        (b"date,outlet,claimant,measure\n", "Its first line names no column value."),
        (b"date,outlet,claimant,measure,value,colour\n", "It has a column 'colour', which means"),
        (b"date,outlet,claimant,measure,value,date\n", "It has the column date twice."),
    ],
)
def test_a_file_that_is_none_says_why(body: bytes, said: str) -> None:
    with pytest.raises(TextError) as caught:
        list(read_lines(body, TODAY))
    assert caught.value.problem.startswith(said)
    assert caught.value.remedy


def test_every_column_is_explained() -> None:
    page = (ROOT / "docs/importing.md").read_text("utf-8")
    for name, column in COLUMNS.items():
        needed = "yes" if column.is_required else ""
        row = f"| `{name}` | {needed} | {column.meaning} | {column.default or ''} |"
        assert row in page
    named = page.partition("What a figure is of: ")[2].partition(".")[0]
    assert named == ", ".join(f"`{name}`" for name, one in COLUMNS.items() if one.is_key)
