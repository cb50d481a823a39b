"""Texts that go wrong at length, by shape: a name, and what makes one of about so many characters.

Every shape repeats a piece, so that twice the length is twice of the same; pieces are numbered
where sameness would hide the cost of difference (names, figures).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

Maker = Callable[[int], str]


def _run(piece: str, opening: str = "") -> Maker:
    """Return a maker that repeats `piece` after `opening`; `{}` stands for a number."""

    def make(length: int) -> str:
        if "{}" not in piece:
            return (opening + piece * (length // len(piece) + 1))[:length]
        pieces, size = [opening], len(opening)
        for number in count():
            pieces.append(piece.replace("{}", _letters(number)))
            size += len(pieces[-1])
            if size >= length:
                return "".join(pieces)[:length]
        raise AssertionError  # the count has no end

    return make


def _digits(piece: str) -> Maker:
    """Return a maker that repeats `piece` with another figure each time."""

    def make(length: int) -> str:
        size = len(piece) + 4
        found = (piece.replace("{}", str(1_000 + 37 * number)) for number in range(length // size))
        return "".join(found)[:length]

    return make


def _letters(number: int) -> str:
    """Return a capitalised word of its own for a number."""
    word = ""
    while True:
        number, rest = divmod(number, 20)
        word += "bdfgklmnprstvzchjwqx"[rest] + "aeiou"[(rest + number) % 5]
        if not number:
            return word.capitalize()


SHAPES: dict[str, Maker] = {
    "prose": _run(
        "The harbour master, Ada Quill, said on Monday that 12 people had been hurt when the ferry"
        " struck the pier. The port denied it. The figure could not be verified.\n\n"
    ),
    "one line": _run("The minister said nine of 40 men had died on Monday; the army denied it. "),
    "one sentence": _run("the men who said that the boats had sunk and the crews were lost and "),
    "one word": _run("a"),
    "short words": _run("a "),
    "line breaks": _run("\n"),
    "lines of a word": _run("said\n"),
    "open quotation": _run("it rained and nobody came to the pier, and so on ", "He said: “"),
    "opened quotations": _run("He said “"),
    "straight marks": _run('"'),
    "straight marks in words": _run('said "it" was" "so '),
    "closed marks": _run("said” "),
    "apostrophes": _run("'"),
    "apostrophes in words": _run("the workers' 'vote was 'theirs' "),
    "paired apostrophes": _run("''it'' rained, he said. "),
    "guillemets": _run("«said» "),
    "quotations": _run("“It rained,” said {} Reyes, the mayor. "),
    "quotation paragraphs": _run("“We lost four men,” said {} Reyes.\n\n"),
    "split quotations": _run("“It rained,” he said, “and {} came.” "),
    "one-word quotations": _run("“no” "),
    "right to left": _run("قال الرئيس إن الحرب انتهت، وقال: «لن نعود». "),
    "turned direction": _run("\u202eHe said\u202c \u2067yes\u2069 \u200f"),
    "Chinese": _run("他说：“我们很好。”记者问道，"),
    "emoji": _run("🙂 said 👩‍👩‍👧‍👦 was 👍🏽 "),
    "emoji run": _run("😀"),
    "combining marks": _run("s\u0301\u0302\u0303\u0304a\u0305\u0306id "),
    "control characters": _run("\x00\x07he\x1b said\x7f \x9f"),
    "surrogates": _run("\ud800 said \udfff "),
    "zero width": _run("he\u200b \u200dsaid\ufeff so\u2060 "),
    "odd spaces": _run("he\u00a0\u2009said\u3000so\u2028\x0b"),
    "names": _run("{} Ramsey and "),
    "name list": _run("{} Ramsey, "),
    "titles": _run("Mr. Dr. Gen. "),
    "capitals": _run("THE MINISTER SAID NINE MEN DIED ON MONDAY. "),
    "title case": _run("The Ministry Of The Interior Of The Republic Said "),
    "datelines": _run("SOFIA, BULGARIA, MAY (AP) - "),
    "capital words": _run("AAA-BBB AAA "),
    "figures": _digits("{} "),
    "figure list": _digits("{}, "),
    "figures and words": _digits("at least {} people were killed, "),
    "money": _digits("$1.{}bn or €{}m "),
    "ranges": _digits("{}-{} to "),
    "digits": _run("0123456789" * 25 + " "),
    "number words": _run("two hundred and twenty-three thousand "),
    "number word list": _run("one two three "),
    "percent": _run("5% or 6 per cent of "),
    "days": _run("on Monday, "),
    "dates": _run("on 3 May 2024 at 3 p.m. "),
    "hours": _run("at 6 p.m. on "),
    "periods": _run("from May to June last year "),
    "sayings": _run("said "),
    "pronouns": _run("he said she said they said "),
    "nested": _run("he said that "),
    "according": _run("according to "),
    "relays": _run("Reuters reported, citing the ministry, which quoted "),
    "colons": _run("{}: yes. "),
    "dashes": _run("it rained — said he – "),
    "hyphens": _run("a-b-"),
    "semicolons": _run("he said so; "),
    "brackets": _run('("'),
    "round brackets": _run("(he said ("),
    "full stops": _run(". "),
    "ellipses": _run("... "),
    "denials": _run("The port denied it. "),
    "denials by many": _run("{} Reyes denied it. "),
    "statements": _run("The figures could not be verified. "),
    "claims and statements": _digits("The army said {} men died. This could not be verified.\n\n"),
    "rivals": _digits("The army said {} men died, while the rebels spoke of {}. "),
    "refusals": _run("She declined to comment. "),
    "both": _run("Both sides denied both claims. "),
    "headings": _run("Army says nine men died\n\n"),
    "list of points": _run("- he said so\n"),
    "addresses": _run("https://news.example/a?b=c&d=e "),
    "markup": _run('<p class="a">he said &quot;so&quot;</p>'),
    "table": _run("said\t12\t%\t|"),
    "who": _run("who said, who said, "),
    "of": _run("the head of the office of "),
    "possessives": _run("its head's aide's "),
    "roles": _run("the 71-year-old president, the minister, "),
    "places": _run("in Kyiv, Ukraine, and in Paris, France, "),
    "hedges": _run("allegedly perhaps reportedly may "),
}  # fmt: skip
"""Makers by shape: `SHAPES[name](length)` is a text of at most `length` characters, or near it."""
