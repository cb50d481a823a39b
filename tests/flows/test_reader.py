import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from benchmarks.plain_reader import make_claim
from extractors.errors import TextError
from extractors.records import FeedItem, Span
from flows import reader as module
from flows.reader import Reader, check_spans
from flows.reading import Page

TEXT = (
    "The harbour was closed on Monday after a storm that lasted all night, officials wrote. "
    "Mayor Ann Smith said that 12 people had been hurt and that the repairs would take weeks. "
    "The ferry company announced that boats would leave from the old pier until the work is done."
)
ITEM = FeedItem("1", "guid", "1", None, "Storm", None, None, (), None, None, "en", ())


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def page(body: bytes | None, **changes: Any) -> Page:
    given = {"item": None, "content_type": "text/html; charset=utf-8"} | changes
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Page(url="https://a.example/1", body=body, fetched_at=moment, outlet="A", **given)


def story(text: str = TEXT, language: str = "en") -> bytes:
    paragraphs = "".join(f"<p>{part}.</p>" for part in text.split(". "))
    markup = f"<html lang={language}><title>Storm closes the harbour</title><body><article>"
    return f"{markup}<h1>Storm closes the harbour</h1>{paragraphs}</article></body></html>".encode()


def test_a_page_becomes_an_article_and_claims(reader: Reader) -> None:
    (reading,) = reader.read([page(story())])
    assert reading.article and reading.article.title == "Storm closes the harbour"
    assert "Ann Smith" in {claim.claimant.name for claim in reading.claims}
    assert reading.copy_keys
    assert reading.problem is None


def test_a_reading_depends_on_its_page_alone(reader: Reader) -> None:
    alone = list(reader.read([page(story())]))
    assert (
        list(reader.read([page(b""), page(story("Other words. " * 40)), page(story())]))[-1:]
        == alone
    )


def test_other_languages_have_no_claims(reader: Reader) -> None:
    text = (
        "Der Hafen wurde am Montag nach einem Sturm geschlossen, sagte die Bürgermeisterin. "
        "Zwölf Menschen seien verletzt worden, und die Arbeiten würden noch Wochen dauern. "
        "Die Fähren legen bis dahin vom alten Anleger ab, wie die Reederei mitteilte. "
        "Am Abend wollte der Stadtrat über die Kosten beraten und einen Plan vorlegen."
    )
    (reading,) = reader.read([page(story(text, "de"))])
    assert (reading.claims, reading.parser) == ((), "none for de")


def test_without_a_page_the_feeds_text_is_read(reader: Reader) -> None:
    full = replace(ITEM, content_html="".join(f"<p>{part}.</p>" for part in TEXT.split(". ")))
    with_text, without = reader.read([page(None, item=full), page(None, item=ITEM)])
    assert with_text.article and with_text.claims
    assert without.article is None and without.problem


def test_an_article_whose_claims_fail_is_kept(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader._parser, "parse", lambda _: 1 / 0)
    (reading,) = reader.read([page(story())])
    assert reading.article and not reading.claims
    assert reading.problem == "ZeroDivisionError while reading"
    assert "test_reader.py" in (reading.detail or "")
    assert reading.parser.startswith("failed ")


def test_a_page_that_breaks_the_extractor_is_a_reading(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr(module, "extract_article", fail)
    (reading,) = reader.read([page(story())])
    assert (reading.article, reading.problem) == (None, "RuntimeError while reading")


def test_spans_must_be_cut_from_the_text() -> None:
    found = re.match(r"(?P<who>\w+) said (?P<what>.*)", "Ann said it rained")
    assert found
    claim = make_claim(found.string, found)
    check_spans(found.string, [claim])
    wrong = replace(claim, hedges=(Span("it", 0, 2),))
    with pytest.raises(TextError, match="The Span at 0 to 2"):
        check_spans(found.string, [wrong])


def test_times_in_a_live_blog_are_those_of_its_posts(reader: Reader) -> None:
    posts = "".join(
        f"<section><time datetime='2025-12-{day}T20:30:00-05:00'>8:30</time><h3>Storm, day {n}</h3>"
        f"<p>Mayor Ann Smith said that {n} people had been hurt in the harbour today.</p></section>"
        for n, day in ((13, 30), (12, 29), (11, 28))
    )
    lead = "<p>The harbour was closed after a storm, and we follow it here for the whole week.</p>"
    body = f"<html lang=en><title>Storm</title><body><article><h1>Storm</h1>{lead}{posts}"
    live = replace(page(body.encode()), url="https://a.example/storm-live-updates")
    (reading,) = reader.read([live])
    assert reading.article and reading.article.page_class == "live_blog"
    days = {claim.quantities[0].value: claim.times[0].from_ for claim in reading.claims}
    assert days == {13: "2025-12-30", 12: "2025-12-29", 11: "2025-12-28"}


def test_today_is_the_day_of_the_newsroom(reader: Reader) -> None:
    said = "Mayor Ann Smith said that 12 people had been hurt in the harbour today, and no more."
    head = "<meta property='article:published_time' content='2025-12-31T02:30:00Z'>"
    words = f"<h1>Storm</h1><p>{said}</p><p>{TEXT}</p>"
    body = f"<html lang=en><head><title>Storm</title>{head}</head><body><article>{words}"
    plain = page(body.encode())
    dated = replace(plain, url="https://a.example/2025/12/30/storm")
    days = []
    for (reading,) in ([one] for one in reader.read([plain, dated])):
        (claim,) = [one for one in reading.claims if "today" in one.content[0].text]
        days.append(claim.times[0].from_)
    assert days == ["2025-12-31", "2025-12-30"]
