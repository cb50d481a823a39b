"""Sentences in which the outlet says what was not disclosed, or what cannot be verified.

Both are clauses, found by pattern within one sentence and outside quotations; the parse gives
their subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.attribution.mentions import find_subject, mention, own_subject
from extractors.attribution.page import Page
from extractors.drafts import Draft
from extractors.gazetteer import is_medium
from extractors.parse import Doc, Span, Token, text_of
from extractors.text import Offsets
from extractors.verification.lexicon import load_words

_SCORE = 0.9
_NOT = (
    r"(?:(?:did|does|do|has|have|had|would|will|could|was|were|is)(?: not|n't)|refuses? to"
    r"|refused to|declines? to|declined to|(?:has|have|had) (?:declined|refused|yet) to)"
    r"(?: (?:immediately|yet|directly|initially|specifically|publicly|want to|wish to"
    r"|respond to say))*"
)
_GIVE = (
    r"(?:give|given|provide|provided|publish|published|release|released|disclose|disclosed|reveal"
    r"|revealed|issue|issued|offer|offered|specify|name|put|make|made|say|said|share|shared)"
)
_GAVE = (
    r"(?:(?:has|have|had) )?(?:gave|gives?|given|provided|provides?|offered|offers?|had|made"
    r"|released|published|issued|disclosed|put)"
)
_MODIFIERS = (
    r"(?:(?:any|an?|no|the|its|their|his|her|own|further|immediate|official|other|exact"
    r"|precise|specific|single|more|such|detailed|additional|new|overall|death"
    r"|casualty|reliable) )*"
)
_QUESTION = r"(?:whether|how|where|when|what|why|who|which|if)\b"
_CLAUSE_END = re.compile(
    r";|, (?=(?:since|as|because|but|although|while|whereas|though|and|nor)\b)"
)
_CLAUSE_START = re.compile(r"(?:;|, (?:but|and|while|whereas|though|although)|,? (?:but|while)) ")
_STATUS_START = re.compile(r"(?:;|, (?:and|but|though|although)) ")
_QUOTED = re.compile(r"“[^”]*”?")


# A word of each pattern below, so that most sentences are tried with one instead of all.
_WITHHOLDS = re.compile(r"\bnot?\b|n't|refuse|decline|yet to|neither|unavailable", re.IGNORECASE)
_LEAVES_OPEN = re.compile(
    r"not\b|n['’]t|\bno(?:ne)?\b|neither|unable|impossible|without|unverified|unconfirmed",
    re.IGNORECASE,
)


@cache
def _withholding() -> tuple[re.Pattern[str], ...]:
    objects = load_words().objects
    sources = (
        rf"(?P<cue>{_NOT} comment)\b",
        r"^neither [^,;]*?(?P<cue>(?:would|will|could) (?:confirm|comment|say|discuss))\b",
        r"(?P<cue>(?:would not|wouldn't|declined to|refused to) confirm)\b",
        rf"(?P<cue>{_NOT} (?:say|said|tell|answer|elaborate|speculate|discuss|specify"
        rf"|disclose|reveal|explain))\b(?= {_QUESTION}| more\b| anything\b| further\b|[.,;]|$)",
        rf"(?P<cue>{_NOT} (?:answer|elaborate|be drawn|be interviewed|take questions))\b",
        rf"(?P<cue>{_NOT} return)(?= (?:[\w']+ ){{0,4}}(?:calls?|messages?|emails?|requests?)\b)",
        rf"(?P<cue>{_NOT} (?:respond|reply))\b(?= to\b|[.,;]|$)",
        rf"(?P<cue>{_NOT} {_GIVE}) {_MODIFIERS}(?:{objects})\b",
        rf"(?<!\w)(?P<cue>{_GAVE}) no {_MODIFIERS}(?:{objects})\b",
        r"(?P<cue>(?:would|could|will|did|does|can) neither (?:confirm|admit) nor deny)\b",
        rf"^neither [^,;]*?(?P<cue>(?:has|have|had) {_GIVE}|{_GAVE}) {_MODIFIERS}(?:{objects})\b",
        r"(?P<cue>could not(?: immediately)? be reached|(?:was|were) not(?: immediately)? available"
        r"|(?:was|were) unavailable)(?= for (?:a )?comment)",
        rf"^no {_MODIFIERS}(?:{objects}) (?P<cue>(?:was|were|has been|have been) {_GIVE})\b",
    )
    return tuple(re.compile(source, re.IGNORECASE) for source in sources)


@cache
def _unverified() -> tuple[re.Pattern[str], ...]:
    verbs = load_words().status_verbs
    adverbs = r"(?: (?:independently|immediately|yet|so far|fully|be|been|possible|able|to))*"
    sources = (
        rf"(?:\bcannot|\bnot|n['’]t){adverbs} (?:{verbs})\b",
        rf"^(?:neither|none|no)\b.*?\b(?:could|can|has|have|was|were){adverbs} (?:{verbs})\b",
        rf"\b(?:was|were|is|are|has been|have been|been) (?:unable|impossible) to{adverbs}"
        rf" (?:{verbs})\b",
        r"\b(?:no|without) (?:independent|outside|official) (?:confirmation|verification)\b",
        rf"\bno (?:independent |immediate )?way (?:of (?:\w+ly )?\w+ing|to{adverbs} (?:{verbs}))\b",
        r"\b(?:remains?|remained) (?:unverified|unconfirmed)\b",
    )
    return tuple(re.compile(source, re.IGNORECASE) for source in sources)


def _blank_quotes(sentence: str) -> str:
    """Quoted words are others' words; blank them, length kept."""
    return _QUOTED.sub(lambda quote: "\x00" * len(quote.group()), sentence)


def _token_at(doc: Doc, start: int, end: int) -> Token | None:
    """The main verb of a cue: its last verb."""
    span = doc.char_span(start, end, alignment_mode="expand")
    verbs = [t for t in span if t.pos_ in {"VERB", "AUX"}] if span is not None else []
    content = [t for t in verbs if t.pos_ == "VERB"] or verbs
    return content[0] if content else None


class _Reader:
    """Finds the statements of one document."""

    def __init__(self, doc: Doc, outlet: str | None) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.page = Page.of(doc)
        self.outlet = outlet

    def read(self) -> Iterator[Draft]:
        title_end = self.text.find("\n")
        for sentence in self.doc.sents:
            if sentence.start_char < title_end and not sentence.text.rstrip().endswith("."):
                continue
            status = self._status(sentence)
            if status is not None:
                yield status
            for draft in self._withheld(sentence):
                if status is None or draft.clause[1] <= status.clause[0]:
                    yield draft

    # -------------------------------------------------------- non-disclosure

    def _withheld(self, sentence: Span) -> Iterator[Draft]:
        text = _blank_quotes(sentence.text)
        if not _WITHHOLDS.search(text):
            return
        taken: list[Offsets] = []
        for pattern in _withholding():
            for found in pattern.finditer(text):
                cue = found.span("cue")
                if not any(cue[0] < end and start < cue[1] for start, end in taken):
                    taken.append(cue)
        for start, end in sorted(taken):
            draft = self._withholder(sentence, start, end)
            if draft is not None:
                yield draft

    def _withholder(self, sentence: Span, start: int, end: int) -> Draft | None:
        base = sentence.start_char
        verb = _token_at(self.doc, base + start, base + end)
        if verb is None or verb.dep_ in {"relcl", "acl"}:
            return None
        head = _speaker(self.page, verb)
        content = (self._clause_start(sentence, start, verb), self._clause_end(sentence, end))
        said = self.text[slice(*content)]
        return Draft(
            kind="non_disclosure",
            cue=(base + start, base + end),
            lemma=verb.lemma_.lower(),
            cue_class="other",
            mention=self._mention(head) if head is not None else None,
            relays=(),
            content=((*content, False),),
            clause=content,
            score=_SCORE,
            construction="non-disclosure",
            withholds_number=load_words().number.search(said) is not None,
        )

    def _mention(self, head: Token) -> Offsets:
        start, end = mention(self.page, head)
        last = self.doc[end - 1]
        return self.doc[start].idx, last.idx + len(last)

    def _clause_start(self, sentence: Span, cue: int, verb: Token) -> int:
        """The start of the clause; of a predicate that shares its subject, the cue."""
        governor = _governor(verb)
        subject = own_subject(governor)
        if subject is None and governor.dep_ == "conj":
            return sentence.start_char + cue
        text = _blank_quotes(sentence.text)
        limit = subject.left_edge.idx - sentence.start_char if subject is not None else cue
        starts = [found.end() for found in _CLAUSE_START.finditer(text, 0, max(limit, 0) + 1)]
        quote = text.rfind("\x00", 0, max(limit, 0))
        begin = max([0, *starts, quote + 1])
        while begin < len(text) and not text[begin].isalnum():
            begin += 1
        return sentence.start_char + begin

    def _clause_end(self, sentence: Span, cue_end: int) -> int:
        text = _blank_quotes(sentence.text)
        found = _CLAUSE_END.search(text, cue_end)
        end = found.start() if found else len(text)
        return sentence.start_char + len(text[:end].rstrip(" .\n!?"))

    # -------------------------------------------------------- status

    def _status(self, sentence: Span) -> Draft | None:
        text = _blank_quotes(sentence.text)
        if not _LEAVES_OPEN.search(text):
            return None
        found = next((m for p in _unverified() if (m := p.search(text))), None)
        if found is None:
            return None
        base = sentence.start_char
        verb = _token_at(self.doc, base + found.start(), base + found.end()) or sentence.root
        if not self._is_outlets_own(verb, text):
            return None
        end = self._clause_end(sentence, found.end())
        start = self._status_start(sentence, text, found.start(), verb)
        return Draft(
            kind="status_statement",
            cue=None,
            lemma=None,
            cue_class=None,
            mention=self._own_name(verb),
            relays=(),
            content=((start, end, False),),
            clause=(start, end),
            score=_SCORE,
            construction="status",
        )

    def _status_start(self, sentence: Span, text: str, found: int, verb: Token) -> int:
        """The start of the clause: of the sentence, or after "and" where a subject follows it."""
        subject = find_subject(self.page, _governor(verb)).head
        limit = subject.left_edge.idx - sentence.start_char if subject is not None else found
        joints = [m.end() for m in _STATUS_START.finditer(text, 0, max(limit, 0) + 1)]
        start = max([0, *joints])
        return sentence.start_char + start + len(text[start:]) - len(text[start:].lstrip(" \x00"))

    def _is_outlets_own(self, verb: Token, text: str) -> bool:
        """Whether nobody but the outlet speaks: a passive, "it", "there", "we", its own name."""
        governor = _governor(verb)
        if governor.dep_ in {"ccomp", "relcl", "acl", "advcl"} or re.search(
            r"\b(?:said|says)\b", text
        ):
            return False
        subject = find_subject(self.page, governor).head
        is_passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)
        if subject is None or is_passive or subject.dep_ == "expl":
            return True
        name = self.text[slice(*self._mention(subject))]
        is_own = self.outlet is not None and self.outlet.lower() in name.lower()
        is_own = is_own or is_medium(name)
        return is_own or subject.lower_ in {"it", "there", "we"} or verb.lemma_ == "remain"

    def _own_name(self, verb: Token) -> Offsets | None:
        """The outlet's name where it speaks of itself."""
        subject = find_subject(self.page, _governor(verb)).head
        if subject is None or self.outlet is None:
            return None
        offsets = self._mention(subject)
        named = self.text[slice(*offsets)]
        return offsets if self.outlet.lower() in named.lower() else None


def _governor(verb: Token) -> Token:
    """The verb that carries the subject: "declined" of "declined to comment", "was unable to"."""
    while verb.dep_ in {"xcomp", "acomp"}:
        verb = verb.head
    return verb.head.head if verb.head.lower_ == "way" and verb.dep_ in {"acl", "relcl"} else verb


def _speaker(page: Page, verb: Token) -> Token | None:
    """The subject of a withholding verb; a shared one is the subject of the sentence."""
    governor = _governor(verb)
    if own_subject(governor) is None and governor.dep_ == "conj":
        shared = own_subject(governor.sent.root)
        if shared is not None:
            return shared
    return find_subject(page, governor).head


def find_statements(doc: Doc, outlet: str | None = None) -> list[Draft]:
    """Return the non-disclosures and status statements of a parsed text, in its order.

    `outlet` is the name under which the article speaks of itself.
    """
    return list(_Reader(doc, outlet).read())
