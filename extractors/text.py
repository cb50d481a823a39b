"""Offsets before strings: normalisation that keeps every length, paragraphs, sentences.

Everything here speaks of one text by code-point offsets, half-open. `normalise` changes
characters but never their number, so an offset into the normalised text is an offset into the
original, and spans are always cut from the original.
"""

from __future__ import annotations

import re
import unicodedata

Offsets = tuple[int, int]

# A run this long without white space is no word of a language (base64, minified script, a URL
# with a payload). Tokenizers are quadratic in it, so it is blanked.
MAX_RUN = 300

_SPACES = (0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_TABLE: dict[int, str] = {
    **{code: " " for code in (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0))},
    **{code: "\ufffd" for code in range(0xD800, 0xE000)},
    **{code: " " for code in _SPACES},
    **{ord(character): "\n" for character in _BREAKS},
    **{ord(character): "'" for character in "‘’‚‛ʼ′`´"},
    **{ord(character): "“" for character in "«„‟"},
    ord("»"): "”",
}
_LONG_RUN = re.compile(rf"\S{{{MAX_RUN},}}")
_WORDS = re.compile(r"\w+")
_PAIR = re.compile(r"''")
_STRAIGHT = re.compile(r'"')
_BREAK = re.compile(r"[ ]*\n\s*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”')\]]*(?=\s+[\"“'(\[]?[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul"
    r"|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e|approx)|\b[A-Z])\.$"
)


_AGENCY = r"\([A-Z][^()\n]{1,30}\)"
_PLACE = r"[A-Z][\w'.-]*(?: [A-Z][\w'.-]*){0,3}"
_MORE = r"(?:, ?[A-Z][\w.]*(?: [A-Z]?[\w.]+){0,2}){0,3}"
_DATELINE = re.compile(
    rf"(?:[A-Z]{{3,}}+[A-Z'.-]*+(?: [A-Z]{{2,}}+[A-Z'.-]*+){{0,5}}{_MORE} ?(?:{_AGENCY})?"
    rf"|{_PLACE}{_MORE} ?{_AGENCY}) ?(?:--|[-–—]) ?(?=[^\s-])"
)


def normalise(text: str) -> str:
    """Return `text` with plain spaces, line breaks and directed quotation marks, as long as before.

    Odd spaces and control characters become a space, line separators `\\n`, lone surrogates
    U+FFFD, typographic apostrophes `'`; double quotation marks of any make (`"`, `''`, guillemets)
    become “ and ”; runs of `MAX_RUN` characters without white space are blanked.
    """
    plain = text.replace("\r\n", " \n").replace("\r", "\n").translate(_TABLE)
    plain = _LONG_RUN.sub(lambda run: " " * len(run.group()), plain)
    if "''" in plain:
        plain = _PAIR.sub(lambda pair: "“ " if _opens(plain, *pair.span()) else " ”", plain)
    return "\n".join(_direct(line) for line in plain.split("\n")) if '"' in plain else plain


def title_key(text: str) -> str:
    """Return what two spellings of one title share: letters and digits, case folded."""
    return " ".join(_WORDS.findall(unicodedata.normalize("NFKC", text).casefold()))


def _opens(text: str, start: int, end: int) -> bool:
    """Whether a quotation mark at `text[start:end]` stands where one opens."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not after.isspace() and (before.isspace() or before in "([{—–-/'“")


def _closes(text: str, start: int, end: int) -> bool:
    """Whether a quotation mark at `text[start:end]` stands where one closes."""
    after = text[end] if end < len(text) else " "
    return start > 0 and not text[start - 1].isspace() and not after.isalnum()


def _direct(line: str) -> str:
    """Turn the straight double quotation marks of a line into “ and ”; inches stay."""
    is_open = False
    pieces: list[str] = []
    last = 0
    for mark in _STRAIGHT.finditer(line):
        start, end = mark.span()
        opens, closes = _opens(line, start, end), _closes(line, start, end)
        is_inch = not is_open and not opens and start > 0 and line[start - 1].isdigit()
        if opens == closes:
            opens = not is_open
        pieces += [line[last:start], '"' if is_inch else "“" if opens else "”"]
        is_open = opens and not is_inch
        last = end
    return "".join((*pieces, line[last:]))


def paragraphs(text: str) -> list[Offsets]:
    """Return the offsets of the paragraphs of `text`, without the white space round them.

    A blank line ends a paragraph; so does a single line break, unless the next line goes on in
    lower case after an unfinished one, as in hard-wrapped text.
    """
    found: list[Offsets] = []
    start = len(text) - len(text.lstrip())
    for gap in _BREAK.finditer(text, start):
        if gap.end() < len(text) and _wraps(text, *gap.span()):
            continue
        found.append((start, gap.start()))
        start = gap.end()
    if start < len(text):
        found.append((start, start + len(text[start:].rstrip())))
    return [(start, end) for start, end in found if start < end]


def _wraps(text: str, start: int, end: int) -> bool:
    """Whether the line break at `text[start:end]` stands within a sentence."""
    is_single = text.count("\n", start, end) == 1
    return is_single and start > 0 and text[end].islower() and text[start - 1] not in '.!?:”"'


def after_dateline(text: str, start: int) -> int:
    """Return where the words of a paragraph that starts at `start` begin: after "SOFIA (AP) - "."""
    found = _DATELINE.match(text, start)
    return found.end() if found else start


def sentences(text: str) -> list[Offsets]:
    """Return sentence offsets by punctuation alone, for who has no parsed document at hand."""
    found: list[Offsets] = []
    for start, end in paragraphs(text):
        for stop in _SENTENCE_END.finditer(text, start, end):
            if not _ABBREVIATION.search(text, max(start, stop.start() - 8), stop.start() + 1):
                found.append((start, stop.end()))
                start = (
                    stop.end() + len(text[stop.end() : end]) - len(text[stop.end() : end].lstrip())
                )
        found.append((start, end))
    return found


def segments(text: str, limit: int) -> list[Offsets]:
    """Cut `text` into adjoining pieces of at most `limit` characters that cover all of it.

    Cuts fall before a paragraph where one starts in the second half of a piece, else after the
    last white space, else at the limit.
    """
    starts = [start for start, _ in paragraphs(text)] if len(text) > limit else []
    pieces: list[Offsets] = []
    start = index = 0
    while len(text) - start > limit:
        while index < len(starts) and starts[index] <= start + limit:
            index += 1
        cut = starts[index - 1] if index else 0
        if cut <= start + limit // 2:
            cut = text.rfind(" ", start + limit // 2, start + limit) + 1 or start + limit
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, len(text))]
