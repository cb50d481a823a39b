"""Content without a clause: objects, prepositional objects, and what a relative clause hangs on."""

from __future__ import annotations

from extractors.attribution.bounds import cut, is_time, is_venue, with_quotes
from extractors.attribution.lexicon import Lexicon
from extractors.attribution.mentions import SUBJECTS, mention, own_subject
from extractors.attribution.page import Page, Range
from extractors.parse import Token

_OBJECTS = frozenset({"dobj", "attr", "oprd", "acomp"})
_COMPLEMENTS = frozenset({"prep", "oprd", "xcomp", "dative", "acomp", "npadvmod"})
_REASONS = frozenset({"since", "because", "if", "unless"})
_FORWARD = frozenset({"estimate", "promise", "order", "warn"})


def preposition_content(
    page: Page, lexicon: Lexicon, verb: Token, cue: Range
) -> list[Range] | None:
    """ "spoke of X", "warned against Y": the object of the preposition."""
    fixed = lexicon.prepositions.get(verb.lemma_, ())
    own = lexicon.content_prepositions.get(verb.lemma_, ())
    for child in verb.rights:
        if child.dep_ == "prep" and child.lower_ in fixed and child.i < cue[1]:
            found = _extent(page, lexicon, child.i + 1, child.right_edge.i + 1)
            return found if found and _is_figure(page, lexicon, verb, found[0]) else None
        if child.dep_ == "prep" and child.lower_ in own:
            return _extent(page, lexicon, child.i, child.right_edge.i + 1)
    if fixed and cue[1] > verb.i + 1 and verb.right_edge.i >= cue[1]:
        return _extent(page, lexicon, cue[1], verb.right_edge.i + 1)
    return None


def object_content(page: Page, lexicon: Lexicon, verb: Token, cue: Range) -> list[Range] | None:
    """ "denied any shortage", "put X at Y", "called X “Y”": the object and its complements."""
    if verb.lemma_ not in lexicon.objects | lexicon.objects_if_quoted:
        return None
    head = next((c for c in verb.rights if c.i >= cue[1] and _is_object(lexicon, verb, c)), None)
    if head is None or "Reflex=Yes" in str(head.morph):
        return None
    if any(token.text == "," for token in page.doc[cue[1] : head.left_edge.i]):
        return None
    end = _complements(page, lexicon, verb, head)
    found = _extent(page, lexicon, max(cue[1], head.left_edge.i), end)
    return found if found and _is_figure(page, lexicon, verb, found[0]) else None


def _is_object(lexicon: Lexicon, verb: Token, child: Token) -> bool:
    """An object, or the bare share that an estimate has for one ("predicted 2.5%")."""
    if child.dep_ in _OBJECTS:
        return True
    is_share = child.dep_ == "npadvmod" and child.lower_ in {"%", "percent", "cent", "points"}
    return is_share and lexicon.verbs[verb.lemma_] == "estimate"


def _complements(page: Page, lexicon: Lexicon, verb: Token, head: Token) -> int:
    """The end of what goes with an object, without the time of the saying."""
    end = head.right_edge.i + 1
    sense = lexicon.verbs[verb.lemma_]
    for child in verb.rights:
        if child.i < head.i:
            continue
        if child.dep_ in _COMPLEMENTS or child.lower_ in {"down", "up"}:
            if page.doc[child.left_edge.i - 1].text == "," and child.dep_ == "npadvmod":
                break
            if is_venue(lexicon, child) or (_dates_saying(child) and sense not in _FORWARD):
                break
            end = child.right_edge.i + 1
        elif child.dep_ == "advcl" and _is_content(lexicon, child):
            end = child.right_edge.i + 1
        elif _is_listed(verb, child):
            end = _end_of_list(page, child)
    if sense == "estimate":
        return max(end, _level(page, verb, end))
    return _as_what(page, verb, end)


def _as_what(page: Page, verb: Token, end: int) -> int:
    """The end of "as baseless", "as the winner" after an object, wherever the parser put it."""
    limit = page.sentence_at[verb.i][1]
    if end + 1 >= limit or page.doc[end].lower_ != "as" or page.doc[end].tag_ not in {"IN", "RB"}:
        return end
    what = next((t for t in page.doc[end + 1 : limit] if t.pos_ not in {"DET", "ADV"}), None)
    if what is None or what.pos_ == "PRON" or _acts_in_clause(what):
        return end
    index = end
    while index < limit and page.doc[index].text not in {",", ";", ":", "—", "."}:
        index += 1
    return index


def _acts_in_clause(token: Token) -> bool:
    """Whether a phrase that starts at `token` is the subject of a clause ("as prices fell")."""
    phrase = [token, *(t for t in token.ancestors if t.left_edge.i <= token.i <= t.i)]
    return any(t.dep_ in SUBJECTS for t in phrase if t.pos_ in {"NOUN", "PROPN"})


def _is_listed(verb: Token, child: Token) -> bool:
    """A further infinitive of the content: "announced plans to cut A, sell B and close C"."""
    is_finite = verb.tag_ in {"VBZ", "VBD"}
    return is_finite and child.dep_ == "conj" and child.tag_ == "VB" and own_subject(child) is None


def _end_of_list(page: Page, verb: Token) -> int:
    """The end of an infinitive and those joined to it, before a clause with its own subject."""
    others = (t for t in verb.subtree if t.dep_ == "conj" and own_subject(t) is not None)
    end = next((t.left_edge.i for t in others if t.i > verb.i), verb.right_edge.i + 1)
    while page.doc[end - 1].dep_ == "cc" or page.doc[end - 1].is_punct:
        end -= 1
    return end


def _dates_saying(phrase: Token) -> bool:
    """A day or a moment; a stretch ("in the past week") is part of what is said."""
    first = phrase.left_edge
    is_day = first.lower_ in {"on", "late", "early", "yesterday", "today"} or first.tag_ == "NNP"
    return is_time(phrase) and (is_day or phrase.dep_ == "npadvmod")


def _is_content(lexicon: Lexicon, clause: Token) -> bool:
    """A reason or condition, or what the object brings about (", bringing the total to 312")."""
    if clause.left_edge.lower_ in _REASONS:
        return True
    return clause.tag_ == "VBG" and clause.lemma_ in {"bring", "take", "push", "lift"}


def _level(page: Page, verb: Token, end: int) -> int:
    """ "... at well over 350,000": the level of an estimate that the parser put elsewhere."""
    limit = page.sentence_at[verb.i][1]
    for index in range(end, limit):
        if page.doc[index].text in {",", ";", ":"}:
            break
        if page.doc[index].lower_ == "at":
            figures = [t.i for t in page.doc[index : min(limit, index + 6)] if _is_number(t)]
            return figures[-1] + 1 if figures else end
    return end


def _is_figure(page: Page, lexicon: Lexicon, verb: Token, content: Range) -> bool:
    """Verbs of counting have numbers for content, or are no cues."""
    words = page.doc[content[0] : content[1]]
    needed = lexicon.needed.get(verb.lemma_)
    if needed and not any(_leads_to_number(page, t) for t in words if t.lower_ in needed):
        return False
    is_vague = words[0].tag_ == "WP"
    if verb.lemma_ in lexicon.revising and not any(t.lemma_ in lexicon.tolls for t in words):
        return False
    return verb.lemma_ not in lexicon.counting or (
        not is_vague and any(_is_number(t) for t in words)
    )


def _leads_to_number(page: Page, preposition: Token) -> bool:
    return any(_is_number(token) for token in page.doc[preposition.i + 1 : preposition.i + 7])


def _is_number(token: Token) -> bool:
    return token.like_num or token.text[:1].isdigit()


def _extent(page: Page, lexicon: Lexicon, start: int, end: int) -> list[Range] | None:
    """An object's range, without a day at its end and without what is another's."""
    for token in page.doc[start + 1 : end]:
        if token.dep_ == "prep" and token.lower_ == "on" and is_time(token):
            end = token.i if token.right_edge.i + 1 >= end else end
            break
    return with_quotes(page, start, cut(page, lexicon, start, end), start)


def relative_content(page: Page, verb: Token) -> list[Range] | None:
    """ "a figure (that) X doubts": the phrase the relative clause hangs on, and quoted words."""
    subject = own_subject(verb)
    if verb.dep_ != "relcl" or subject is None or subject.tag_ in {"WDT", "WP"}:
        return None
    pieces = [page.trim(*mention(page, verb.head))]
    for child in verb.rights:
        quote = page.quote_of(child.right_edge.i)
        if quote is not None and not quote.is_name:
            pieces.append((quote.start, quote.end))
            break
    return [piece for piece in pieces if piece[0] < piece[1]] or None
