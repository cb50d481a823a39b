"""Parts of speech and base forms, asked of spaCy once for each kind of word.

spaCy's attribute ruler tries each of its patterns on every word, and its lemmatizer each rule. What
they answer depends on little: on the attributes that the patterns mention, and on the word with its
part of speech. Here both are asked once for each of these, and their answers are remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.attrs import LEMMA, MORPH, ORTH, POS, intify_attr
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.strings import StringStore
from spacy.tokens import Doc

RULER = "claimwire_ruler"
LEMMATIZER = "claimwire_lemmatizer"
_OTHER = -1
_TESTS = frozenset({"IN", "NOT_IN", "REGEX"})

Spec = dict[str, Any]
"""What a pattern asks of one word: {"LOWER": {"IN": ["is", "'s"]}, "TAG": "VBZ"}."""


def remember_forms(nlp: Language) -> None:
    """Put the remembering components in the place of spaCy's, where those allow it."""
    for name, own, fits in (
        ("attribute_ruler", RULER, _is_plain),
        ("lemmatizer", LEMMATIZER, _goes_by_rule),
    ):
        if name in nlp.pipe_names and fits(nlp.get_pipe(name)):
            nlp.add_pipe(own, after=name)
            nlp.disable_pipe(name)


# ---------------------------------------------------------------- parts of speech


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern, as numbers of the specs of its words; it sets attributes of one of them."""

    number: int
    specs: tuple[int, ...]
    target: int


@dataclass(frozen=True, slots=True)
class _Kind:
    """Words that no pattern can tell apart: the specs they fit, the rules for them alone, what
    those set, and the rules for several words that may begin here."""

    specs: frozenset[int]
    rules: tuple[int, ...]
    attributes: dict[int, int]
    openings: tuple[_Rule, ...]


class _Classes(dict[int, int]):
    """The values of one attribute that patterns tell apart; to all others they are one."""

    def __init__(self, strings: StringStore, tests: Iterable[Any]) -> None:
        self._strings = strings
        self._expressions: list[re.Pattern[str]] = []
        for test in tests:
            ways: dict[str, Any] = test if isinstance(test, dict) else {"IN": [test]}
            for way, operand in ways.items():
                if way == "REGEX":
                    self._expressions.append(re.compile(operand))
                else:
                    self.update((value, value) for value in map(self._value, operand))

    def _value(self, operand: str | int) -> int:
        return self._strings[operand] if isinstance(operand, str) else int(operand)

    def __missing__(self, value: int) -> int:
        word = self._strings[value] if self._expressions else ""
        is_told = any(expression.search(word) for expression in self._expressions)
        found = self[value] = value if is_told else _OTHER
        return found


@Language.factory(RULER)
class RememberingRuler:
    """Sets what the pipeline's own attribute ruler would set.

    A kind is what the patterns can see of a word. The ruler's own matcher is asked which of the
    specs a word fits when its kind is met first; rules then apply in their order, later ones last.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        ruler: Any = nlp.get_pipe("attribute_ruler")
        self._attributes: list[dict[int, int]] = ruler.attrs
        self._specs: list[Spec] = []
        self._matcher = Matcher(nlp.vocab, validate=False)  # as the ruler does
        self._rules = tuple(self._read(ruler.patterns))
        seen = sorted({attribute for spec in self._specs for attribute in spec})
        self._seen = [intify_attr(attribute) for attribute in seen]
        self._set = sorted({key for attributes in self._attributes for key in attributes})
        self._classes = [
            _Classes(nlp.vocab.strings, [s[attribute] for s in self._specs if attribute in s])
            for attribute in seen
        ]
        self._kinds: dict[tuple[int, ...], _Kind] = {}

    def _read(self, patterns: Sequence[dict[str, Any]]) -> Iterable[_Rule]:
        for number, rule in enumerate(patterns):
            for pattern in rule["patterns"]:
                specs = tuple(map(self._number, pattern))
                yield _Rule(number, specs, range(len(specs))[rule["index"]])

    def _number(self, spec: Spec) -> int:
        if spec not in self._specs:
            self._matcher.add(str(len(self._specs)), [[spec]])
            self._specs.append(spec)
        return self._specs.index(spec)

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of `doc`."""
        columns = doc.to_array(self._seen).T.tolist()
        keys = zip(
            *(
                map(classes.__getitem__, column)
                for classes, column in zip(self._classes, columns, strict=True)
            ),
            strict=True,
        )
        kinds = [
            self._kinds.get(key) or self._learn(key, doc, index) for index, key in enumerate(keys)
        ]
        columns_of = {attribute: column for column, attribute in enumerate(self._set)}
        values: Any = doc.to_array(self._set)
        for index, kind in enumerate(kinds):
            for attribute, value in kind.attributes.items():
                values[index, columns_of[attribute]] = value
        for index, rules in self._joint(kinds).items():
            for attribute, value in self._merged((*kinds[index].rules, *rules)).items():
                values[index, columns_of[attribute]] = value
        return doc.from_array(self._set, values)

    def _learn(self, key: tuple[int, ...], doc: Doc, index: int) -> _Kind:
        found = self._matcher(doc[index : index + 1], allow_missing=True)
        specs = frozenset(int(doc.vocab.strings[match[0]]) for match in found)
        rules = tuple(
            rule.number for rule in self._rules if len(rule.specs) == 1 and rule.specs[0] in specs
        )
        openings = tuple(
            rule for rule in self._rules if len(rule.specs) > 1 and rule.specs[0] in specs
        )
        kind = self._kinds[key] = _Kind(specs, rules, self._merged(rules), openings)
        return kind

    def _merged(self, rules: Iterable[int]) -> dict[int, int]:
        """What the rules set together."""
        merged: dict[int, int] = {}
        for rule in sorted(rules):
            merged |= self._attributes[rule]
        return merged

    def _joint(self, kinds: Sequence[_Kind]) -> dict[int, list[int]]:
        """The rules for several words that hold, by the word that they set."""
        found: dict[int, list[int]] = {}
        for index, kind in enumerate(kinds):
            for rule in kind.openings:
                words = kinds[index : index + len(rule.specs)]
                if len(words) == len(rule.specs) and all(
                    spec in word.specs for spec, word in zip(rule.specs, words, strict=True)
                ):
                    found.setdefault(index + rule.target, []).append(rule.number)
        return found


def _is_plain(ruler: Any) -> bool:
    """Whether each pattern is a row of words, and what it asks of one is a value or a list."""
    if not isinstance(ruler, AttributeRuler):
        return False
    rules: list[Any] = ruler.patterns
    specs = [spec for rule in rules for pattern in rule["patterns"] for spec in pattern]
    return bool(specs) and all(
        intify_attr(attribute) and (not isinstance(test, dict) or test.keys() <= _TESTS)
        for spec in specs
        for attribute, test in spec.items()
    )


# ---------------------------------------------------------------- base forms


@Language.factory(LEMMATIZER)
class RememberingLemmatizer:
    """Sets the base forms that the pipeline's own lemmatizer finds, the right one of two."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self._strings = nlp.vocab.strings
        self._lemmas: dict[tuple[int, ...], int] = {}
        _quicken(self._lemmatizer)

    def __call__(self, doc: Doc) -> Doc:
        """Set the base forms of `doc`, but for words that have one."""
        lemmas: Any = doc.to_array([LEMMA])
        given = lemmas.tolist()
        for index, kind in enumerate(map(tuple, doc.to_array([ORTH, POS, MORPH]).tolist())):
            if given[index]:
                continue
            lemma = self._lemmas.get(kind)
            if lemma is None:
                word = _spelled(self._lemmatizer.lemmatize(doc[index]))
                lemma = self._lemmas[kind] = self._strings.add(word)
            lemmas[index] = lemma
        return doc.from_array([LEMMA], lemmas)


_DOUBLED = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")


def _spelled(forms: Sequence[str]) -> str:
    """Of "hop" and "hope" for "hoped" the one so spelled: "hop" would double its consonant."""
    longer = f"{forms[0]}e"
    return longer if longer in forms and _DOUBLED.fullmatch(forms[0]) else forms[0]


def _goes_by_rule(lemmatizer: Any) -> bool:
    """Whether a base form follows from the word and its part of speech, and none is replaced."""
    return (
        isinstance(lemmatizer, Lemmatizer)
        and lemmatizer.mode == "rule"
        and not lemmatizer.overwrite
    )


def _quicken(lemmatizer: Any) -> None:
    """Let the lemmatizer look words up in sets: its tables are lists of thousands."""
    words = lemmatizer.lookups.get_table("lemma_index", {})
    for part in list(words):
        words[part] = frozenset(words[part])
