"""Figures of claims: what counts, what it measures, whose it is, level or change, scope."""

from collections.abc import Callable

import pytest

from extractors.parse import Parser
from extractors.quantities import FigureReader, Speaker, find_quantities
from extractors.records import Quantity

Read = Callable[..., list[Quantity]]

WAR = (
    " The war between Russia and Ukraine goes on. Ukraine's army fights Russia's army at the front"
    " with artillery and drones. Russian and Ukrainian soldiers die."
)


@pytest.fixture
def read(parser: Parser) -> Read:
    """Read the first sentence of a text that may go on to set the scene."""

    def figures(text: str, rest: str = "", speaker: Speaker | None = None) -> list[Quantity]:
        (doc,) = parser.pipe([text + rest])
        found = FigureReader(doc).read(0, len(text), speaker)
        assert all(text[one.start : one.end] == one.text for one in found)
        return found

    return figures


def test_an_increase_and_the_level_it_leads_to(read: Read) -> None:
    text = (
        "the number of volunteers should increase by more than 250,000 to around 745,000 contract"
        " soldiers in the coming year"
    )
    more, level = read(text, WAR, Speaker("Sergei Shoigu", "person", "RU"))
    assert (more.value, more.low, more.high, more.bound) == (250_000, 250_000, None, "more_than")
    assert (more.change, more.counted, more.party) == ("increase", "volunteers", "RU")
    assert (level.value, level.low, level.bound) == (745_000, None, "approx")
    assert (level.change, level.counted, level.party) == ("level", "contract soldiers", "RU")


@pytest.mark.parametrize(
    ("text", "side", "party"),
    [
        ("Ukraine had now lost 383,000 soldiers to death or injury in the war", "RU", "UA"),
        ("the number of losses in the Russian ranks at 348,000 soldiers", "UA", "RU"),
        ("“The enemy has lost 500 soldiers,”", "RU", "UA"),
        ("two soldiers had been killed by shelling overnight", "UA", "UA"),
    ],
)
def test_the_party_is_who_lost_not_who_speaks(read: Read, text: str, side: str, party: str) -> None:
    cue = "They report " if text.startswith("the number") else ""
    (figure,) = read(cue + text, WAR, Speaker("N", "organization", side))
    assert figure.party == party
    assert figure.measure in ("killed", "killed_or_wounded")


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("a missile killed three civilians and wounded at least 11", ["killed", "wounded"]),
        ("At least 17 people drowned and 60 are still missing", ["killed", "missing"]),
        ("Nine officers were hurt and 27 people were detained", ["wounded", "arrested"]),
        ("seven deaths and more than two dozen serious injuries", ["killed", "wounded"]),
        ("between 20 and 30 houses were damaged", ["destroyed"]),
        ("About 4,300 people in 14 villages have been moved to schools", ["displaced", "count"]),
        ("more than 10,000 residents fled", ["displaced"]),
        ("The number of people killed in the slide has risen to 41", ["killed"]),
        ("900 soldiers killed or wounded", ["killed_or_wounded"]),
        ("12 Civilians Killed in Market Blast", ["killed"]),
        ("120,000 participants", ["count"]),
        ("tens of thousands of sheep have perished", ["killed"]),
        ("three injured guards and no deaths", ["wounded", "killed"]),
    ],
)
def test_measures(read: Read, text: str, measures: list[str]) -> None:
    assert [figure.measure for figure in read(text)] == measures


def test_parts_inherit_what_the_whole_measures(read: Read) -> None:
    whole, part = read("Police made at least 44 arrests, among them six minors")
    assert (whole.measure, part.measure, part.counted) == ("arrested", "arrested", "minors")
    _, some = read("38 drones were destroyed overnight, 19 of them over the sea")
    assert (some.text, some.counted, some.measure) == ("19 of them", "drones", "destroyed")


@pytest.mark.parametrize(
    ("text", "value", "span"),
    [
        ("there were no injuries or damage", 0, "no injuries"),
        ("“There are no dead,”", 0, "no dead"),
        ("none of its own employees were among the dead", 0, "none of its own employees"),
        ("Nobody was hurt", 0, "Nobody"),
        ("air defence shot down a Ukrainian drone", 1, "a Ukrainian drone"),
    ],
)
def test_zero_and_one_count_under_a_loss(read: Read, text: str, value: float, span: str) -> None:
    (figure,) = read(text)
    assert (figure.value, figure.text, figure.bound) == (value, span, "exact")


def test_vague_losses(read: Read) -> None:
    text = "“The enemy suffers heavy losses and has used up a significant amount of its reserves,”"
    losses, reserves = read(text, WAR, Speaker("Vladimir Putin", "person", "RU"))
    assert (losses.text, losses.bound, losses.value, losses.party) == (
        "heavy losses", "vague", None, "UA",
    )  # fmt: skip
    assert (reserves.counted, reserves.measure) == ("reserves", "other")


@pytest.mark.parametrize(
    "text",
    [
        "the 71-year-old spoke for the 22nd time",
        "Nuria Parcerisas, 44, told supporters",
        "a 90-day old bill and a child of eighteen months of age",
        "it happened on 14 March 2023 at 5.30am",
        "three times a day, and twice as many",
        "a Boeing 737 landed on route 66",
        "one of them said a lot",
        "Rovers won 3-1",
    ],
)
def test_what_is_no_figure(read: Read, text: str) -> None:
    assert read(text) == []


def test_a_figure_named_to_be_corrected_is_left_out(read: Read) -> None:
    assert [figure.value for figure in read("there were 118 votes, not 134")] == [118]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Revenue rose 4% to €5.2bn", ["increase", "level"]),
        ("profit fell to €184m, down 38% from €297m", ["level", "decrease", "level"]),
        ("The group will cut 1,100 jobs, or about 6% of its workforce", ["decrease"] * 2),
        ("The annual rate fell to 4.2%, from 4.7% in July", ["level", "level"]),
        ("wages were 2.4% higher", ["increase"]),
        ("Inflation could dip below 4%", ["level"]),
        ("the bank raised interest rates by a quarter of a point", ["increase"]),
        ("gusts caused losses of some €900m", ["level"]),
    ],
)
def test_level_or_change(read: Read, text: str, changes: list[str]) -> None:
    assert [figure.change for figure in read(text)] == changes


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("a basket costs 71,300 pesos in Chile", "CLP", 71_300),
        ("she would ask Manila for 120 million pesos", "PHP", 120_000_000),
        ("a loan of 1.2 billion kronor", "SEK", 1_200_000_000),
        ("inflation fell by 0.3 percentage points", "percentage_point", 0.3),
        ("a third of the items became cheaper", "percent", 33.33),
        ("41,700 people landed", "person", 41_700),
        ("600,000 doses arrived", "item", 600_000),
    ],
)
def test_units(read: Read, text: str, unit: str, value: float) -> None:
    (figure,) = read(text)
    assert figure.unit == unit
    assert figure.value == pytest.approx(value)


def test_a_bare_number_has_the_unit_it_is_compared_in(read: Read) -> None:
    _, mean = read("the ice covered 52,000 square kilometres, against a mean of around 165,000")
    assert (mean.unit, mean.bound) == ("km2", "approx")


def test_votes_belong_to_the_party_named_before(read: Read) -> None:
    share, seats = read("the board put Coast First at 34.1% of the vote and 31 seats")
    assert (share.party, seats.party) == ("Coast First", "Coast First")


def test_money_of_a_business_story_belongs_to_its_company(read: Read) -> None:
    rest = " Norvane's revenue and profit fell. Norvane Shipping said so."
    (figure,) = read("it expects an operating profit of between €400m and €550m", rest)
    assert (figure.party, figure.value, figure.low, figure.high) == (
        "Norvane Shipping", None, 4e8, 5.5e8,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("the death toll has risen to 41", "cumulative"),
        ("1,012 people have died so far this year", "cumulative"),
        ("two women died on the quay", "incident"),
        ("the number of cases could reach 5,000 in the cholera epidemic", None),
    ],
)
def test_scope_of_losses(read: Read, text: str, scope: str | None) -> None:
    assert read(text)[0].scope == scope


def test_bounds_outside_the_content_are_not_the_claimants(parser: Parser) -> None:
    text = "Sales were a little less than the €5.3bn analysts had predicted."
    (doc,) = parser.pipe([text])
    (figure,) = find_quantities(doc, text.index("the €"), text.index(" analysts"))
    assert (figure.text, figure.bound, figure.value) == ("€5.3bn", "exact", 5_300_000_000)


def test_spans_are_cut_from_the_original_text(parser: Parser) -> None:
    (doc,) = parser.pipe(["It took 12 days"])
    (figure,) = find_quantities(doc, 0, 15, text="It took 12\N{NO-BREAK SPACE}days")
    assert figure.text == "12\N{NO-BREAK SPACE}days"


def test_odd_text_is_read_without_complaint(parser: Parser) -> None:
    texts = [
        "",
        "\n",
        "$",
        "1-",
        "between 1 and",
        "9" * 400,
        "他说 الرئيس é ½",
        "no one",
        "a dozen",
    ]
    for text, doc in zip(texts, parser.pipe(texts), strict=True):
        assert all(one.start < one.end <= len(text) for one in find_quantities(doc, 0, len(text)))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It earned 63 cents a share.", 0.63, "USD"),
        ("Fares rose by 15 pence.", 0.15, "GBP"),
        ("Petrol costs 140 cents in Canada.", 1.4, "CAD"),
    ],
)
def test_hundredths_of_a_currency_are_given_in_the_currency(
    read: Read, text: str, value: float, unit: str
) -> None:
    (figure,) = read(text)
    assert (figure.value, figure.unit, figure.measure) == (value, unit, "money")
