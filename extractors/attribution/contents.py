"""The words claimed: what a cue verb's content is in each construction, as token ranges."""

from __future__ import annotations

from extractors.attribution.bounds import (
    cut,
    is_hoisted,
    is_rival,
    is_time,
    is_venue,
    opens_other,
    with_quotes,
)
from extractors.attribution.lexicon import Lexicon
from extractors.attribution.mentions import own_subject
from extractors.attribution.page import CLOSERS, Page, Range
from extractors.attribution.quotes import Quote
from extractors.parse import Token

_CLAUSAL = frozenset({"ccomp", "xcomp"})
# Verbs whose object is who is spoken to, not who is to act.
_ADDRESSING = frozenset({"tell", "remind", "promise", "assure", "inform", "warn", "advise"})
_BREAKS = frozenset({",", "—", "–", "--", "-"})


def before_content(
    page: Page, lexicon: Lexicon, verb: Token, core: Range, *, strict: bool
) -> list[Range] | None:
    """ "..., X said": what precedes the clause, and what follows an interruption.

    `strict` asks for a quotation or a clause complement right before the clause.
    """
    last = page.before(core[0])
    if last < 0 or page.doc[last].text not in CLOSERS:
        return None
    complement = next((child for child in verb.lefts if child.dep_ == "ccomp"), None)
    has_comma = page.doc[last].text == ","
    if has_comma and page.is_speech(page.before(last)):
        last = page.before(last)
    quoted = page.is_speech(last)
    has_clause = strict and (complement is not None or _is_inverted(verb))
    if quoted and not (has_comma or has_clause or _ends_open(page, last, strict)):
        return None
    if strict and not quoted and not has_clause:
        return None
    if not quoted and (page.doc[last].text not in _BREAKS or (strict and _goes_on(verb))):
        return None
    lead = page.trim(_lead(page, last), last + 1)
    if not quoted and _is_participial(page, lead):
        return None
    pieces = [lead, *_resumed(page, lexicon, verb, core, complement)]
    return [piece for piece in pieces if piece[0] < piece[1]]


def _is_inverted(verb: Token) -> bool:
    """Whether the subject follows the verb ("Nineteen, says the ministry")."""
    deps = {child.dep_ for child in verb.rights}
    return "nsubj" in deps and "ccomp" not in deps


def headline_content(page: Page, core: Range) -> list[Range] | None:
    """ "Quake kills 27, officials fear more": the short object after a second half's verb."""
    if core[0] == 0 or page.doc[core[0] - 1].text != "," or core[1] - core[0] < 2:
        return None
    first, end = page.sentence_at[core[0]]
    words = page.doc[core[1] : end]
    last = next((t for t in reversed(words) if not t.is_space), None)
    if last is None or last.text in {".", "!", "?", "”"} or not _is_alone(page, first, end):
        return None
    start = page.doc[core[1]]
    nominal = start.pos_ in {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"} or start.tag_ == "RBR"
    if not nominal or start.ent_type_ == "DATE":
        return None
    return [page.trim(core[1], end)]


def _is_alone(page: Page, start: int, end: int) -> bool:
    """Whether a sentence is a paragraph."""
    following = page.after(end)
    return page.before(start) < 0 and (
        following >= len(page.doc) or not page.same_paragraph(start, following)
    )


def _ends_open(page: Page, last: int, strict: bool) -> bool:
    """Whether a quotation is set as speech and, if `strict`, leaves its sentence open."""
    inside = page.character_before(last)
    return inside in {*",?!…—–-"} or (not strict and inside == ".")


def _goes_on(verb: Token) -> bool:
    """Whether a clause with a subject of its own follows the verb at once."""
    return any(
        child.dep_ == "ccomp" and child.left_edge.i == verb.i + 1 and own_subject(child) is not None
        for child in verb.rights
    )


def _lead(page: Page, last: int) -> int:
    """Where the words before an attributing clause start: the sentence or its quotation."""
    quote = page.quote_of(last)
    start = quote.start if quote is not None and not quote.is_name else last
    start = page.sentence_at[start][0]
    inner = page.quote_of(start)
    if inner is not None and not inner.is_name:
        return inner.start
    for index in range(last - 1, start, -1):  # another statement ends at a colon or semicolon
        if page.doc[index].text in {":", ";"} and not page.is_speech(index):
            return index + 1
    return start


def _is_participial(page: Page, lead: Range) -> bool:
    """ "Speaking in Paris, X said": what the speaker did meanwhile, not what was said."""
    words = page.doc[lead[0] : lead[1]]
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in words)
    return not finite and bool(words) and words[0].tag_ in {"VBG", "VBN"}


def _resumed(
    page: Page, lexicon: Lexicon, verb: Token, core: Range, complement: Token | None
) -> list[Range]:
    """The content that goes on after an attribution in its middle."""
    doc = page.doc
    end = page.sentence_at[core[1] - 1][1]
    stop = next((i for i in range(core[1], end) if doc[i].text in {",", ":", "—", "–"}), None)
    if stop is None:
        return []
    following = page.after(stop + 1)
    quote = page.quote_of(following)
    if quote is not None and quote.start == following and not quote.is_name:
        return [(quote.start, quote.end)]
    if following < end and opens_other(lexicon, doc[following], core[1], end):
        return []
    if verb.dep_ in {"parataxis", "ccomp", "dep"} and following <= verb.head.i < end:
        return [page.trim(following, end)]
    if complement is None or complement.right_edge.i < following:
        return [page.trim(following, end)] if doc[stop].text == ":" and following < end else []
    return [page.trim(following, min(end, complement.right_edge.i + 1))]


def clause_content(page: Page, lexicon: Lexicon, verb: Token, after: int) -> list[Range] | None:
    """ "said (that) ...": the clause complement and what trails it."""
    for child in verb.rights:
        is_clause = child.dep_ in _CLAUSAL and child.tag_ not in {"JJ", ":"} and not _is_when(child)
        if child.i >= after and (is_clause or _is_headline(verb, child)):
            start = max(_clause_start(page, verb, child), after)
            if _follows_colon(page, start, after):
                return None
            end = cut(page, lexicon, start, _trail(page, lexicon, verb, child))
            end = _after_quote(page, start, end)
            return with_quotes(page, start, _past_colon(page, lexicon, start, end), after)
    return _that_clause(page, lexicon, verb, after)


def _is_when(clause: Token) -> bool:
    """Whether a clause that the parser took for what is said tells when it was said."""
    marks = {child.lower_ for child in clause.lefts if child.dep_ == "mark"}
    has_object = any(c.dep_ == "dobj" and c.i < clause.i for c in clause.head.rights)
    return has_object and "that" not in marks and bool(marks & {"after", "before", "as"})


def _is_headline(verb: Token, child: Token) -> bool:
    """ "says 34,000 killed": a clause without its verb of being."""
    return (
        child.dep_ == "dobj"
        and verb.lemma_ == "say"
        and any(part.dep_ == "acl" and part.tag_ == "VBN" for part in child.rights)
    )


def _follows_colon(page: Page, start: int, after: int) -> bool:
    """Whether a clause stands after a colon, as a quotation or behind other content."""
    quote = page.quote_of(start)
    first = quote.start if quote is not None else start
    return page.doc[first - 1].text == ":" and (quote is not None or first - 1 > after)


def _after_quote(page: Page, start: int, end: int) -> int:
    """End a content that is one quotation before a verb coordinated with its cue: "wrote “...” and
    left"."""
    quote = page.quote_of(start)
    if quote is None or quote.is_name or not start <= quote.end < end - 1:
        return end
    rest = page.doc[quote.end : end]
    joins = rest[0].dep_ == "cc" and rest[1].tag_ in {"VBD", "VBZ"}
    return quote.end if joins else end


def _past_colon(page: Page, lexicon: Lexicon, start: int, end: int) -> int:
    """Take in an unquoted clause after a colon, unless it has an attribution of its own."""
    limit = page.sentence_at[start][1]
    colon = page.doc[end] if end < limit else None
    if colon is None or colon.text != ":" or page.is_speech(page.after(end + 1)):
        return end
    rest = page.doc[end + 1 : limit]
    return end if any(token.lower_ in lexicon.finite for token in rest) else limit


def _that_clause(page: Page, lexicon: Lexicon, verb: Token, after: int) -> list[Range] | None:
    """A that-clause the parser hung on a phrase in between: "told her in a message that ..."."""
    if lexicon.verbs.get(verb.lemma_) not in {"say", "announce", "warn", "claim"}:
        return None
    for token in page.doc[after : verb.right_edge.i + 1]:
        is_mark = token.dep_ == "mark" and token.lower_ == "that"
        if is_mark and token.head.head.pos_ == "NOUN" and not page.is_speech(token.i):
            end = max(token.head.right_edge.i, verb.right_edge.i) + 1
            return with_quotes(page, token.i, cut(page, lexicon, token.i, end), after)
    return None


def _clause_start(page: Page, verb: Token, head: Token) -> int:
    """The first word of a clause complement: its "that", the object that acts in it, or, past
    the time of the saying that the parser put into it, its left edge."""
    mark = next((c for c in head.lefts if c.dep_ == "mark" and c.i > verb.i), None)
    if mark is not None:
        return mark.i
    if verb.lemma_ == "call" and page.doc[verb.i + 1].lower_ in {"on", "upon"}:
        return verb.i + 2  # "called on him to resign"
    actor = next((c for c in verb.rights if c.dep_ == "dobj" and c.i < head.i), None)
    if head.dep_ == "xcomp" and actor is not None and _acts(verb, head):
        return actor.left_edge.i
    start = head.left_edge.i
    if start == verb.i + 1 and page.doc[start].lower_ in {"on", "last", "this", "late", "early"}:
        for child in head.lefts:
            if child.left_edge.i == start and is_time(child):
                return child.right_edge.i + 1
    return start


def _acts(verb: Token, head: Token) -> bool:
    """Whether the verb's object is who is to act: not for who is only spoken to."""
    is_told = verb.lemma_ == "tell" and any(child.tag_ == "TO" for child in head.lefts)
    return is_told or verb.lemma_ not in _ADDRESSING


def _trail(page: Page, lexicon: Lexicon, verb: Token, head: Token) -> int:
    """Where the content that starts in `head`'s clause could end: trailing phrases of the verb
    are in, clauses coordinated with it are out."""
    for token in head.subtree:
        if token.dep_ != "conj" or token.i < head.i:
            continue
        if is_hoisted(lexicon, verb, token) or is_rival(lexicon, verb, token):
            return _before_conjunction(page, token.left_edge.i)
    end = head.right_edge.i + 1
    for child in verb.rights:
        if child.i > head.i and child.dep_ == "conj" and not _is_condition(child):
            return min(end, _before_conjunction(page, child.left_edge.i))
        if child.i > head.i and is_venue(lexicon, child):
            break
        if child.i > head.i and child.dep_ not in {"punct", "cc"}:
            end = max(end, child.right_edge.i + 1)
    return end


def _is_condition(clause: Token) -> bool:
    """ "but only if ...": coordinated by the parser, a condition of the content by its words."""
    return any(child.dep_ == "mark" for child in clause.lefts)


def _before_conjunction(page: Page, index: int) -> int:
    while page.doc[index - 1].dep_ == "cc" or page.doc[index - 1].is_punct:
        if page.is_speech(index - 1):
            break
        index -= 1
    return index


def quote_content(
    page: Page, lexicon: Lexicon, verb: Token, after: int, *, colon: bool = False
) -> list[Range] | None:
    """ "said: “...”": the quotation that follows the clause, with `colon` only after a colon."""
    end = page.sentence_at[verb.i][1]
    for index in range(after, min(len(page.doc), end + 2)):
        token, quote = page.doc[index], page.quote_of(index)
        if quote is not None and quote.start == index and not quote.is_name:
            is_colon = page.doc[page.before(index)].text == ":" or page.doc[index - 1].text == ":"
            return None if colon and not is_colon else _named(page, lexicon, verb, after, quote)
        if (index >= end and not token.is_space) or (token != verb and _says_else(lexicon, token)):
            return None
    return None


def _says_else(lexicon: Lexicon, token: Token) -> bool:
    """Whether a word between a cue and a quotation starts another statement."""
    if token.dep_ in {"ROOT", "conj", "ccomp"} and token.pos_ in {"VERB", "AUX"}:
        return True
    is_own = token.dep_ in {"relcl", "advcl"} and own_subject(token) is not None
    return is_own and token.lemma_ in lexicon.verbs


def _named(
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
