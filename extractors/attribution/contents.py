"""The words claimed: what a cue verb's content is in each construction, as token ranges."""

from __future__ import annotations

from spacy.tokens import Token

from extractors.attribution.lexicon import Lexicon
from extractors.attribution.mentions import mention, own_subject
from extractors.attribution.page import CLOSERS, Page, Range
from extractors.attribution.quotes import Quote

_CLAUSAL = frozenset({"ccomp", "xcomp"})
_OBJECTS = frozenset({"dobj", "attr", "oprd", "acomp"})
# Verbs whose object is who is spoken to, not who is to act.
_ADDRESSING = frozenset({"tell", "remind", "promise", "assure", "inform", "warn", "advise"})
_CONTRAST = frozenset({"whereas", "while", "although", "though"})


def _left_clause(verb: Token) -> Token | None:
    """The clause complement that stands before the verb."""
    return next((child for child in verb.lefts if child.dep_ == "ccomp"), None)


def before_content(page: Page, verb: Token, core: Range, *, strict: bool) -> list[Range] | None:
    """ "..., X said": what precedes the clause, and what follows an interruption.

    `strict` asks for a quotation or a clause complement right before the clause.
    """
    last = page.before(core[0])
    if last < 0 or page.doc[last].text not in CLOSERS:
        return None
    complement = _left_clause(verb)
    quoted = page.is_speech(last) or (
        page.doc[last].text == "," and page.is_speech(page.before(last))
    )
    if strict and not quoted and (complement is None or _goes_on_right(verb)):
        return None
    if strict and quoted and page.doc.text[page.doc[last].idx - 1] in ".;":
        return None
    if not quoted and page.doc[last].text not in {",", "—", "–", "--", "-"}:
        return None
    start = _lead(page, last if page.is_speech(last) or not quoted else page.before(last))
    pieces = [page.trim(start, last + 1)]
    pieces += _resumed(page, core, complement)
    return [piece for piece in pieces if piece[0] < piece[1]]


def _goes_on_right(verb: Token) -> bool:
    """Whether a clause with a subject of its own follows the verb at once."""
    return any(
        child.dep_ == "ccomp" and child.left_edge.i == verb.i + 1 and own_subject(child) is not None
        for child in verb.rights
    )


def _lead(page: Page, last: int) -> int:
    """Where the words before an attributing clause start: the sentence or its quotation."""
    start = last
    quote = page.quote_of(last)
    if quote is not None and not quote.is_name:
        start = quote.start
    start = page.sentence_at[start][0]
    inner = page.quote_of(start)
    if inner is not None and not inner.is_name:
        return inner.start
    return _after_break(page, start, last)


def _after_break(page: Page, start: int, last: int) -> int:
    """Skip what stands before a colon or semicolon in the lead: another statement."""
    for index in range(last - 1, start, -1):
        if page.doc[index].text in {":", ";"} and not page.is_speech(index):
            return index + 1
    return start


def _resumed(page: Page, core: Range, complement: Token | None) -> list[Range]:
    """The content that goes on after an attribution in its middle."""
    doc = page.doc
    end = page.sentence_at[core[1] - 1][1]
    comma = next((i for i in range(core[1], end) if doc[i].text in {",", ":", "—", "–"}), None)
    if comma is None:
        return []
    following = page.after(comma + 1)
    quote = page.quote_of(following)
    if quote is not None and quote.start == following and not quote.is_name:
        return [(quote.start, quote.end)]
    if complement is None or complement.right_edge.i < following:
        if doc[comma].text == ":" and following < end:
            return [page.trim(following, end)]
        return []
    return [page.trim(following, min(end, complement.right_edge.i + 1))]


def clause_content(page: Page, lexicon: Lexicon, verb: Token, after: int) -> list[Range] | None:
    """ "said (that) ...": the clause complement and what trails it."""
    for child in verb.rights:
        if child.dep_ in _CLAUSAL and child.i >= after and child.pos_ != "PUNCT":
            if child.dep_ == "xcomp" and child.pos_ == "ADJ" and child.tag_ == "JJ":
                continue
            start = max(_clause_start(page, verb, child), after)
            end = _trail(page, lexicon, verb, child)
            return _with_quotes(page, start, end, after)
    return None


def _clause_start(page: Page, verb: Token, head: Token) -> int:
    """The first word of a clause complement: its "that", the object that acts in it, or, past
    the time of the saying that the parser put into it, its left edge."""
    mark = next((c for c in head.lefts if c.dep_ == "mark" and c.i > verb.i), None)
    if mark is not None:
        return mark.i
    actor = next((c for c in verb.rights if c.dep_ == "dobj" and c.i < head.i), None)
    if head.dep_ == "xcomp" and actor is not None and verb.lemma_ not in _ADDRESSING:
        return actor.left_edge.i
    start = head.left_edge.i
    first = page.doc[start]
    for child in head.lefts:
        if child.left_edge.i == start == verb.i + 1 and _is_day(child, first):
            return child.right_edge.i + 1
    return start


def _is_day(phrase: Token, first: Token) -> bool:
    return first.lower_ in {"on", "last", "this", "late", "early"} and is_time(phrase)


def _trail(page: Page, lexicon: Lexicon, verb: Token, head: Token) -> int:
    """Where the content that starts in `head`'s clause ends: trailing phrases of the verb are in,
    what only the writer can have said is out."""
    end = _cut_inside(page, lexicon, verb, head)
    if end <= head.right_edge.i:
        return end
    for child in verb.rights:
        if child.i <= head.i or child.is_punct:
            continue
        if _is_writers(lexicon, child):
            return min(end, child.left_edge.i) if child.left_edge.i > head.i else end
        end = max(end, child.right_edge.i + 1)
    return end


def _is_writers(lexicon: Lexicon, child: Token) -> bool:
    """Whether a trailing phrase of the cue belongs to the attributing clause."""
    if child.dep_ in {"conj", "cc"}:
        return True
    if child.dep_ == "advcl":
        return child.lemma_ in lexicon.verbs and child.tag_ == "VBG"
    return child.lower_ == "according"


def _cut_inside(page: Page, lexicon: Lexicon, verb: Token, head: Token) -> int:
    """The end of the clause of `head`, before cue verbs and phrases that go with `verb`."""
    for token in page.doc[head.i + 1 : head.right_edge.i + 1]:
        if token.lower_ == "according" and page.doc[token.i - 1].text == ",":
            return token.i
        if token.dep_ == "conj" and token.head == head and hoisted(lexicon, verb, token):
            return token.left_edge.i - 1
        if token.dep_ == "advcl" and _contrasts(lexicon, token):
            return token.left_edge.i
    return head.right_edge.i + 1


def _contrasts(lexicon: Lexicon, clause: Token) -> bool:
    """Whether an adverbial clause sets another source's saying against this one."""
    marks = {child.lower_ for child in clause.lefts if child.dep_ == "mark"}
    return bool(marks & _CONTRAST) and clause.lemma_ in lexicon.verbs


def hoisted(lexicon: Lexicon, verb: Token, conj: Token) -> bool:
    """Whether `conj`, parsed as part of the content, is coordinated with the cue `verb`.

    "said it had not been consulted and threatened strikes": no subject of its own, the cue's
    tense, and not that of the clause it was attached to.
    """
    head = conj.head
    if conj.lemma_ not in lexicon.verbs or own_subject(conj) is not None:
        return False
    return conj.tag_ == verb.tag_ and (
        head.tag_ != verb.tag_ or any(child.dep_ == "aux" for child in head.children)
    )


def _with_quotes(page: Page, start: int, end: int, floor: int) -> list[Range] | None:
    """Trim a range and let it take in whole quotations that it cuts."""
    start, end = page.trim(start, end)
    if start >= end:
        return None
    first, last = page.quote_of(start), page.quote_of(end - 1)
    if first is not None:
        start = max(floor, first.start)
    if last is not None:
        end = max(end, last.end)
    before = page.quote_of(start - 1)
    if before is not None and before.start >= floor and before.end == start:
        start = before.start
    return [(start, end)]


def quote_content(page: Page, lexicon: Lexicon, verb: Token, after: int) -> list[Range] | None:
    """ "said: “...”": the quotation that follows the attributing clause."""
    end = page.sentence_at[verb.i][1]
    for index in range(after, min(len(page.doc), end + 2)):
        token, quote = page.doc[index], page.quote_of(index)
        if quote is not None and quote.start == index and not quote.is_name:
            return _named_by(page, lexicon, verb, after, quote)
        if index >= end and not token.is_space:
            return None
        if token.pos_ == "VERB" and token.dep_ in {"ROOT", "conj", "ccomp"} and token != verb:
            return None
    return None


def _named_by(
    page: Page, lexicon: Lexicon, verb: Token, after: int, quote: Quote
) -> list[Range] | None:
    """The quotation, with the object before it that it is said of ("called the plan “panic”")."""
    last = next((t for t in reversed(page.doc[: quote.start]) if not t.is_space), None)
    if last is None or (quote.start >= page.sentence_at[verb.i][1] and last.text != ":"):
        return None
    between = [t for t in page.doc[after : last.i + 1] if t.pos_ in {"NOUN", "PROPN", "PRON"}]
    if verb.lemma_ in lexicon.objects and between and last.text != ",":
        return None if last.text == ":" else [(after, quote.end)]
    if last.text in {":", ","} or last.i < after or last.head == verb:
        return [(quote.start, quote.end)]
    return None


def preposition_content(
    page: Page, lexicon: Lexicon, verb: Token, cue: Range
) -> list[Range] | None:
    """ "spoke of X", "warned against Y": the object of the preposition."""
    fixed = lexicon.prepositions.get(verb.lemma_, ())
    own = lexicon.content_prepositions.get(verb.lemma_, ())
    for child in verb.rights:
        if child.dep_ != "prep":
            continue
        if child.lower_ in fixed and child.i < cue[1]:
            return _extent(page, verb, child.i + 1, child.right_edge.i + 1)
        if child.lower_ in own:
            return _extent(page, verb, child.i, child.right_edge.i + 1)
    return None


def object_content(page: Page, lexicon: Lexicon, verb: Token, cue: Range) -> list[Range] | None:
    """ "denied any shortage", "put X at Y", "called X “Y”": the object and its complements."""
    if verb.lemma_ not in lexicon.objects | lexicon.objects_if_quoted:
        return None
    head = next((c for c in verb.rights if c.dep_ in _OBJECTS and c.i >= cue[1]), None)
    if head is None or head.morph.get("Reflex") == ["Yes"]:
        return None
    end = head.right_edge.i + 1
    for child in verb.rights:
        if child.i > head.i and child.dep_ in {"prep", "oprd", "xcomp", "dative", "acomp"}:
            if is_time(child):
                break
            end = child.right_edge.i + 1
    found = _extent(page, verb, max(cue[1], head.left_edge.i), end)
    return found if found and _is_figure(page, lexicon, verb, found[0]) else None


def _is_figure(page: Page, lexicon: Lexicon, verb: Token, content: Range) -> bool:
    """Verbs of counting have numbers for content, or are no cues."""
    words = page.doc[content[0] : content[1]]
    return verb.lemma_ not in lexicon.counting or any(t.like_num for t in words)


def is_time(token: Token) -> bool:
    """Whether a phrase says when: its words are mostly a date or time."""
    words = [t for t in token.subtree if not t.is_punct]
    dated = [t for t in words if t.ent_type_ in {"DATE", "TIME"}]
    return len(dated) * 2 >= len(words) > 0


def _extent(page: Page, verb: Token, start: int, end: int) -> list[Range] | None:
    """An object's range, without a trailing day and up to a finite clause of the writer's."""
    for token in page.doc[start:end]:
        if token.dep_ == "prep" and token.lower_ == "on" and is_time(token):
            if token.right_edge.i + 1 >= end and token.i > start:
                end = token.i
            break
    return _with_quotes(page, start, end, start)


def relative_content(page: Page, verb: Token) -> list[Range] | None:
    """ "a figure (that) X doubts": the phrase the relative clause hangs on."""
    if verb.dep_ != "relcl" or own_subject(verb) is None:
        return None
    subject = own_subject(verb)
    if subject is None or subject.tag_ in {"WDT", "WP"}:
        return None
    head = verb.head
    pieces = [page.trim(*mention(page, head))]
    for child in verb.rights:
        quote = page.quote_of(child.right_edge.i)
        if quote is not None and not quote.is_name:
            pieces.append((quote.start, quote.end))
            break
    return [piece for piece in pieces if piece[0] < piece[1]] or None
