"""Attribution, construction by construction: cue, mention, content, kind, relays."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.attribution import Attribution, find_attributions
from extractors.attribution.lexicon import load_lexicon
from extractors.attribution.page import Page
from extractors.attribution.scorer import Scorer, load_scorer
from extractors.parse import Parser

# text, then for each attribution: cue, mention, contents joined by " | " (quoted ones as written)
CASES = [
    (
        "The harbour office said on Monday that 14 boats had sunk.",
        [("said", "The harbour office", "that 14 boats had sunk")],
    ),
    (
        "Fourteen boats sank in the storm, the harbour office said.",
        [("said", "the harbour office", "Fourteen boats sank in the storm")],
    ),
    (
        "“We lost everything,” said Ines Barros, a fisher from Porto Lago. “The boats are gone.”",
        [("said", "Ines Barros", "“We lost everything,” | “The boats are gone.”")],
    ),
    (
        "“We lost,” she told Radio Lago, “and we will lose again.”",
        [("told", "she", "“We lost,” | “and we will lose again.”")],
    ),
    (
        "‘It's over,’ said the captain. ‘We lost the match at the start.’",
        [("said", "the captain", "‘It's over,’ | ‘We lost the match at the start.’")],
    ),
    (
        "The dam, engineers warned, could burst within days.",
        [("warned", "engineers", "The dam | could burst within days")],
    ),
    (
        "According to the rescue service, 30 people are missing.",
        [("According to", "the rescue service", "30 people are missing")],
    ),
    (
        "Thirty people are missing, according to Mayor Ana Reyes, who visited the camp.",
        [("according to", "Mayor Ana Reyes", "Thirty people are missing")],
    ),
    (
        "In the view of the union, the offer is “an insult”.",
        [("In the view of", "the union", "the offer is | “an insult”")],
    ),
    (
        "In the growers' view the tax is “a fine on rain”.",
        [("In the growers' view", "the growers'", "the tax is | “a fine on rain”")],
    ),
    (
        "The bridge, by her reckoning, will cost twice as much.",
        [("by her reckoning", "her", "The bridge | will cost twice as much")],
    ),
    (
        "The guild was asked for a date. The guild's answer: “When the money comes.”",
        [("answer", "The guild's", "“When the money comes.”")],
    ),
    (
        "“Not on my watch,” was the harbour master's reply.",
        [("was the harbour master's reply", "the harbour master's", "“Not on my watch,”")],
    ),
    (
        "“Too slow and too dear” was the verdict of Ana Reyes, a juror.",
        [("was the verdict of", "Ana Reyes", "“Too slow and too dear”")],
    ),
    ("He regards the figure as too low.", [("regards", "He", "the figure as too low")]),
    (
        "The league is understood to be looking into the matter.",
        [("is understood", None, "The league | to be looking into the matter")],
    ),
    (
        "Radio Vale understands that the deal is off.",
        [("understands", "Radio Vale", "that the deal is off")],
    ),
    (
        "Government officials in Chad announce that nine people have been killed.",
        [("announce", "Government officials in Chad", "that nine people have been killed")],
    ),
    (
        "The Peruvian intelligence directorate claims to have stopped a train carrying copper.",
        [
            (
                "claims",
                "The Peruvian intelligence directorate",
                "to have stopped a train carrying copper",
            )
        ],
    ),
    (
        "The Kenyan military states that the bridge was hit.",
        [("states", "The Kenyan military", "that the bridge was hit")],
    ),
    (
        "Peru continues to allege that Chile shelters smugglers.",
        [("allege", "Peru", "that Chile shelters smugglers")],
    ),
    (
        "The firm announced plans to cut 300 jobs, sell two mills and close its depot.",
        [("announced", "The firm", "plans to cut 300 jobs, sell two mills and close its depot")],
    ),
    (
        "The commission declares Ana Reyes winner of the vote three weeks after it was held.",
        [("declares", "The commission", "Ana Reyes winner of the vote")],
    ),
    (
        "The company dismissed the lawsuit as baseless.",
        [("dismissed", "The company", "the lawsuit as baseless")],
    ),
    ("Norvane recalls nearly 80,000 scooters in Chile over a loose bolt.", []),
    ("The court dismissed the charges against the crew.", []),
    ("Voters reject a bill on hunting.", []),
    ("Federal judge Ana Reyes dismisses the charges against the crew.", []),
    ("The minister denied a request by the crew to leave.", []),
    ("Peru lists Islamic State – Andes Province as a threat, and two were arrested.", []),
    ("President Ana Reyes dismisses finance minister Carlos Prado after a scandal.", []),
    ("Two are held after a fire at a mill in Dover, Delaware, United States.", []),
    ("A guard was fined for revealing details of the vault.", []),
    ("Two died when suspected smugglers opened fire.", []),
    ("An illness linked to recalled pasta products has spread.", []),
    ("Mills continue to burn coal.", []),
    ("The army denied the claim.", [("denied", "The army", "the claim")]),
    (
        "Police put the number of marchers at 12,000.",
        [("put", "Police", "the number of marchers at 12,000")],
    ),
    (
        "The minister, Ana Reyes, promised to rebuild the bridge and warned against panic.",
        [
            ("promised", "The minister, Ana Reyes", "to rebuild the bridge"),
            ("warned", "The minister, Ana Reyes", "against panic"),
        ],
    ),
    (
        "He did not rule out further cuts.",
        [("did not rule out", "He", "further cuts")],
    ),
    (
        "The report was dismissed by the ministry as “fiction”.",
        [("was dismissed", "the ministry", "The report | as | “fiction”")],
    ),
    (
        "Critics called the plan “a gift to the rich”.",
        [("called", "Critics", "the plan | “a gift to the rich”")],
    ),
    (
        "Rumours that the king had fled were false.",
        [("Rumours", None, "that the king had fled")],
    ),
    (
        "The bridge is believed to have collapsed.",
        [("is believed", None, "The bridge | to have collapsed")],
    ),
    (
        "Asked about the delay, the operator replied: “It was the ice.”",
        [("replied", "the operator", "“It was the ice.”")],
    ),
    (
        "The mayor defended the contract: “It was the cheapest.”",
        [(None, "The mayor", "“It was the cheapest.”")],
    ),
    (
        "Witnesses said soldiers had fired into the crowd, but the army said they had not.",
        [
            ("said", "Witnesses", "soldiers had fired into the crowd"),
            ("said", "the army", "they had not"),
        ],
    ),
    (
        "The government has accused the rebels of shelling the town, a charge they reject.",
        [
            ("has accused", "The government", "the rebels of shelling the town"),
            ("reject", "they", "a charge"),
        ],
    ),
    (
        "The company said it expected sales to fall.",
        [("said", "The company", "it expected sales to fall")],
    ),
    (
        "KYIV (AP) — Russian drones hit a port overnight, the governor said on Telegram.",
        [("said", "the governor", "Russian drones hit a port overnight")],
    ),
    ("Ministry says 40 killed in raid", [("says", "Ministry", "40 killed in raid")]),
    ("“No deal”, says union leader", [("says", "union leader", "“No deal”")]),
    (
        "Quake kills 27, officials fear more under rubble",
        [("fear", "officials", "more under rubble")],
    ),
    (
        "Storm death toll hits 30 in Philippines - officials",
        [(None, "officials", "Storm death toll hits 30 in Philippines")],
    ),
    (
        "Seoul's military said the North fired two missiles, and Tokyo said both fell short.",
        [
            ("said", "Seoul's military", "the North fired two missiles"),
            ("said", "Tokyo", "both fell short"),
        ],
    ),
    (
        "The convoy came under fire, the army said, adding that help was on its way.",
        [
            ("said", "the army", "The convoy came under fire"),
            ("adding", "the army", "that help was on its way"),
        ],
    ),
    (
        "The firm blamed a virus, while the union spoke of neglect.",
        [("blamed", "The firm", "a virus"), ("spoke of", "the union", "neglect")],
    ),
    (
        "“It shook for a minute,” Ana Reyes, a teacher in the village, said by telephone.",
        [("said", "Ana Reyes", "“It shook for a minute,”")],
    ),
    (
        "The Civil Protection Service raised the number of dead to 26 on Friday.",
        [("raised", "The Civil Protection Service", "the number of dead to 26")],
    ),
    (
        "The service, citing security concerns, said it would close.",
        [("said", "The service", "it would close")],
    ),
    (
        "The union called on members to reject the offer.",
        [("called on", "The union", "members to reject the offer")],
    ),
    (
        "Residents spoke of “a wall of water”.",
        [("spoke of", "Residents", "“a wall of water”")],
    ),
]

SILENT = [
    "The crew trained under what the firm calls the Anchor Programme.",
    "Ana Reyes, considered one of the best pilots, retired.",
    "In her view of the harbour there are two cranes.",
    "The ministry declined to comment.",
    "She praised the team.",
    "The so-called “Iron Gate” was closed.",
    "It is safe to say that he won.",
    "The goal gave him 12 points.",
    "We think the bridge is ugly.",
    "He did not say whether he would go.",
    "",
    "\n\n“”\n",
]


_PIECES = [
    " said ", " called", " on ", "according to ", ", ", ". ", ": ", "“", "”", "'", "\n\n", "- ",
    "the minister", "Ana Reyes", "he ", "that ", "12 ", "and ", "told ", "which ", "rain fell",
    "quoted ", "as saying", "citing ", "LONDON — ", "said", "to resign", "deaths", "raised a toll",
]  # fmt: skip
_TASS = ["the agency Tass"]


def read(text: str, found: Attribution) -> tuple[str | None, str | None, str]:
    cue, source = (text[slice(*span)] if span else None for span in (found.cue, found.source))
    return cue, source, " | ".join(text[start:end] for start, end, _ in found.content)


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0][:40] for case in CASES])
def test_constructions(
    parser: Parser, text: str, expected: list[tuple[str | None, str | None, str]]
) -> None:
    assert [read(text, found) for found in find_attributions(parser.parse(text))] == expected


@pytest.mark.parametrize("text", SILENT)
def test_no_saying(parser: Parser, text: str) -> None:
    assert find_attributions(parser.parse(text)) == []


@pytest.mark.parametrize(
    ("text", "who", "relays"),
    [
        ("Interfax quoted a diver as saying that two men had died.", "a diver", ["Interfax"]),
        ("Two men had died, Interfax reported, citing a diver.", "a diver", ["Interfax"]),
        ("The king was quoted as saying by the BBC that he would go.", "The king", ["the BBC"]),
        ("“We lost,” she told Radio Lago.", "she", ["Radio Lago"]),
        ("According to the agency Tass, the airport reported a fire.", "the airport", _TASS),
        ("“We lost,” she told reporters.", "she", []),
        ("“We lost,” she told The Star.", "she", ["The Star"]),
        ("“We lost,” she told a news conference.", "she", []),
        ("“We lost,” she told this newspaper.", "she", []),
        ("“We lost,” he said, according to the Tass agency.", "he", ["the Tass agency"]),
    ],
)
def test_relays(parser: Parser, text: str, who: str, relays: list[str]) -> None:
    (found,) = find_attributions(parser.parse(text))
    assert found.source is not None
    assert text[slice(*found.source)] == who
    assert [text[slice(*relay)] for relay in found.relays] == relays


def test_kinds_and_quoted_pieces(parser: Parser) -> None:
    text = "It was “a shock”, he said. “We lost,” she said. They had won, it said."
    found = find_attributions(parser.parse(text))
    assert [item.kind for item in found] == ["mixed", "direct", "indirect"]
    assert [quoted for _, _, quoted in found[0].content] == [False, True]


def test_a_name_in_quotation_marks_is_no_quotation(parser: Parser) -> None:
    text = "The army said its “Centre” group had taken the village."
    (found,) = find_attributions(parser.parse(text))
    assert found.kind == "indirect"


def test_quotation_over_paragraphs(parser: Parser) -> None:
    text = (
        "“We have not paid,” said the insurer's lawyer, Jon Ospina.\n\n"
        "“If a file turns up, I will say so.\n\n“Until then I ask for calm.”\n\nIt rained."
    )
    (found,) = find_attributions(parser.parse(text))
    assert len(found.content) == 3
    assert found.source is not None
    assert text[slice(*found.source)] == "the insurer's lawyer, Jon Ospina"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("In a statement on Friday, the bank said rates would rise in May.", "on Friday"),
        ("The company rejected this on Monday.", "on Monday"),
        ("Rates will rise in May, the bank said on Friday.", "on Friday"),
    ],
)
def test_clause_holds_the_time_of_the_saying(parser: Parser, text: str, time: str) -> None:
    (found,) = find_attributions(parser.parse(text))
    said = "".join(text[start:end] for start, end, _ in found.content)
    assert time in text[slice(*found.clause)]
    assert time not in said


def test_classes_follow_the_lexicon() -> None:
    lexicon = load_lexicon()
    expected = {"forecast": "estimate", "fear": "believe", "allege": "claim", "admit": "confirm",
                "reject": "deny", "record": "report", "unveil": "announce", "urge": "order",
                "blame": "accuse", "threaten": "warn", "call": "say", "find": "other"}  # fmt: skip
    assert {lemma: lexicon.verbs[lemma] for lemma in expected} == expected


def test_offsets_survive_odd_characters(parser: Parser) -> None:
    text = "🙂\u00a0''We won,''\u2009said Ana’s\u00a0aide."
    (found,) = find_attributions(parser.parse(text))
    assert read(text, found) == ("said", "Ana’s\u00a0aide", "''We won,''")


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_gives_spans_within_it(parser: Parser, text: str) -> None:
    for found in find_attributions(parser.parse(text)):
        spans = [found.clause, *found.relays, *((start, end) for start, end, _ in found.content)]
        spans += [span for span in (found.cue, found.source) if span is not None]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(left[1] <= right[0] for left, right in pairwise(found.content))
        assert found.content


def test_the_same_text_gives_the_same_attributions(parser: Parser) -> None:
    text = " ".join(case[0] for case in CASES)
    assert find_attributions(parser.parse(text)) == find_attributions(parser.parse(text))


def test_scores_are_probabilities(parser: Parser) -> None:
    found = find_attributions(parser.parse(CASES[0][0]))
    assert 0.9 < found[0].score <= 1
    assert Scorer("t", 0.5, {"a": 2.0}).probability(["a", "unknown"]) == pytest.approx(
        0.8808, abs=1e-4
    )
    assert load_scorer().weights["bias"] != 0


def test_pages_number_sentences_and_paragraphs(parser: Parser) -> None:
    page = Page.of(parser.parse("One. Two.\n\nThree."))
    assert page.paragraph_at[0] == page.paragraph_at[3] != page.paragraph_at[-1]
    assert page.sentence_at[0] == (0, 2)


def _pieces(claim: dict[str, Any]) -> list[tuple[int, int, bool]]:
    return [(piece["start"], piece["end"], piece["quoted"]) for piece in claim["content"]]


def test_seed(parser: Parser, shared_dir: Path) -> None:
    """The reference article: every verbal claim, with its cue, mention and content."""
    folder = shared_dir / "seed"
    text = (folder / "article.txt").read_bytes().decode()
    claims = [
        json.loads(line) for line in (folder / "claims.jsonl").read_text("utf-8").splitlines()
    ]
    expected = [
        (claim["cue"]["start"], claim["claimant"]["mention"]["text"], _pieces(claim))
        for claim in claims
        if claim["kind"] in {"direct", "indirect", "mixed"}
    ]
    found = [
        (
            item.cue[0] if item.cue else None,
            text[slice(*(item.source or (0, 0)))],
            list(item.content),
        )
        for item in find_attributions(parser.parse(text))
    ]
    assert found == expected
