"""What a text says a name is: "the charity X", "its head, X,", "X, 44,", "X, who leads Y"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.claimants.names import Name
from extractors.claimants.words import load_words, singular
from extractors.parse import Doc, Span, Token

_AGE = re.compile(r"^\d{1,3}$")
_DETERMINERS = frozenset({"DT", "PRP$", "POS", "CD"})
_STOPS = frozenset({",", ".", ";", ":", "(", ")", "“", "”", "—", "–", "!", "?"})
_MAX_BACK = 14


@dataclass(slots=True)
class Description:
    """Role nouns (lower case, singular), the words before them, whole phrases, ages."""

    nouns: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    phrases: list[str] = field(default_factory=list)
    ages: set[str] = field(default_factory=set)


def _is_noun(token: Token) -> bool:
    word = token.text.replace("-", "")
    return word.isalpha() and len(word) > 1 and token.text.islower() and token.tag_[:2] == "NN"


def _phrase_back(doc: Doc, end: int, over: frozenset[str] = frozenset()) -> int:
    """The first token of the noun phrase that ends at `end`; `over`: prepositions inside it."""
    start = end
    while start > max(0, end - _MAX_BACK):
        token = doc[start - 1]
        if token.is_space or token.text in _STOPS or token.tag_.startswith(("VB", "MD")):
            break
        if token.tag_ in {"CC", "WP", "WDT", "IN", "TO"} and token.lower_ not in over:
            break
        start -= 1
        if token.tag_ in {"DT", "PRP$"} and not (start and doc[start - 1].lower_ in over):
            break
    return start


def _head_noun(doc: Doc, start: int, end: int) -> Token | None:
    """The head of the noun phrase: its last noun before a preposition."""
    head = None
    for token in doc[start:end]:
        if token.tag_ == "IN" and head is not None:
            break
        if _is_noun(token):
            head = token
    return head


def _take(found: Description, doc: Doc, start: int, end: int) -> None:
    head = _head_noun(doc, start, end)
    if head is None:
        return
    found.nouns.add(singular(head.text))
    found.words |= {singular(t.text) for t in doc[start : head.i] if _is_noun(t)}
    found.phrases.append(doc[start:end].text)


def is_charge(words: Span) -> bool:
    """What an office is of, right before a name: "of defence", "to the United Nations"."""
    known = load_words()
    nouns = [t for t in words[1:] if t.tag_ in {"NN", "NNS", "NNP", "NNPS"}]
    rest = [t for t in words[1:] if t not in nouns and t.tag_ not in {"DT", "JJ"}]
    leads = words[0].lower_ in {"of", "to", "for"} and bool(nouns) and not rest
    tags = {t.tag_ for t in words}
    if {"DT", "JJ"} <= tags and tags & {"NN", "NNS"}:
        return False  # "patients of the Chilean insurer Norvane": what the name is
    return leads and not any(singular(t.text) in known.persons for t in nouns)


def _before(found: Description, doc: Doc, name: Name) -> None:
    """Nouns right before the name: "the charity X", "lead author X"."""
    after_noun = name.front > 0 and _is_noun(doc[name.front - 1])
    start = _phrase_back(doc, name.front)
    before = doc[start - 1 : name.front] if start > 1 else None
    has_charge = before is not None and before[0].tag_ in {"IN", "TO"} and is_charge(before)
    if not (after_noun or name.titles or has_charge):
        return
    if has_charge:
        start = _phrase_back(doc, start - 1)
    while start < name.front and doc[start].is_punct:
        start += 1
    if name.titles:
        found.phrases.append(doc[start : name.start].text)
    _take(found, doc, start, name.front)


def _before_comma(found: Description, doc: Doc, name: Name) -> None:
    """Role, comma, name: "its governor, X,"."""
    comma = name.front - 1
    if comma < 1 or doc[comma].text != "," or not _closes(doc, name.end):
        return
    start = _phrase_back(doc, comma, frozenset({"of", "for", "at"}))
    opener = doc[start]
    before = doc[start - 1] if start else None
    is_source = before is not None and _is_source(doc, start - 1)
    if before is not None and before.tag_ in {"IN", "TO", "RP"} and not is_source:
        return
    has_owner = any(t.tag_ == "POS" for t in doc[start:comma])
    if opener.tag_ in _DETERMINERS or has_owner or opener.is_sent_start:
        _take(found, doc, start, comma)


def _is_source(doc: Doc, index: int) -> bool:
    """Whether "by" or "according to" ends at `index`: what follows is a speaker, and no place."""
    if doc[index].lower_ == "by":
        return True
    comma = next((t.i for t in doc[index : index + _MAX_BACK] if t.text == ","), 0)
    return doc[max(0, index - 1)].lower_ == "according" and doc[comma - 1].text.islower()


def _closes(doc: Doc, index: int) -> bool:
    """Whether what stands at `index` can follow an apposition that ends there."""
    if index >= len(doc):
        return True
    token = doc[index]
    return token.text in _STOPS or token.tag_.startswith(("VB", "MD", "RB")) or token.is_space


def _after_comma(found: Description, doc: Doc, name: Name) -> None:
    """Name, comma, what it is: "X, 44,", "X, an armed group,", "X, who chairs Y"."""
    index = name.end
    if index + 1 >= len(doc) or doc[index].text != ",":
        return
    index += 1
    if _AGE.match(doc[index].text):
        found.ages.add(doc[index].text)
        index += 1
        if index + 1 < len(doc) and doc[index].text == ",":
            index += 1
    end = index
    while end < len(doc) and doc[end].text not in _STOPS and not doc[end].is_space:
        end += 1
    if _is_apposition(doc, index, end):
        _take(found, doc, index, end)
    elif index < len(doc) and doc[index].tag_ == "WP":
        found.phrases.append(doc[index:end].text)


def _is_apposition(doc: Doc, start: int, end: int) -> bool:
    """A noun phrase without a finite verb, closed by a comma or the sentence."""
    if start >= end or end >= len(doc) or (end - start == 1 and doc[start].tag_ != "NNP"):
        return False
    after = doc[end + 1] if end + 1 < len(doc) else None
    if doc[end].text == "," and after is not None and after.text[0].isupper():
        return False
    first = doc[start]
    opens = first.tag_ in {"DT", "NN", "JJ", "PRP$", "NNS"} or doc[start + 1].tag_ == "POS"
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in doc[start:end])
    return opens and not finite


def _copula(found: Description, doc: Doc, name: Name) -> None:
    """ "X is a striker"."""
    index = name.end
    if index + 1 < len(doc) and doc[index].lemma_ == "be" and doc[index + 1].tag_ == "DT":
        end = index + 1
        while end < len(doc) and doc[end].text not in _STOPS and doc[end].tag_ not in {"IN", "WP"}:
            end += 1
        _take(found, doc, index + 1, end)


def _self_named(found: Description, doc: Doc, name: Name) -> None:
    """ "A hacker group calling itself X", "a group called X", "known as X"."""
    words = [t.lower_ for t in doc[max(0, name.front - 2) : name.front]]
    if words[-2:] in (["calling", "itself"], ["known", "as"]) or words[-1:] == ["called"]:
        skip = 1 if words[-1:] == ["called"] else 2
        start = _phrase_back(doc, name.front - skip)
        head = _head_noun(doc, start, name.front - skip)
        if head is not None:
            _take(found, doc, start, head.i + 1)


def _of_body(found: Description, doc: Doc, name: Name) -> None:
    """ "X of the Civil Protection Service"."""
    index = name.end
    if index + 1 >= len(doc) or doc[index].lower_ not in {"of", "from"}:
        return
    end = index + 1
    while end < len(doc) and (doc[end].tag_ == "DT" or doc[end].text[0].isupper()):
        end += 1
    if end > index + 1:
        found.phrases.append(doc[index:end].text)


def describe(doc: Doc, text: str, name: Name) -> Description:
    """Collect what stands round one occurrence of a name."""
    found = Description()
    for rule in (_before, _before_comma, _after_comma, _copula, _self_named, _of_body):
        rule(found, doc, name)
    return found
