"""Several claimants in one mention: "Mali, Niger and Chad", "the army and the Doctors' Union"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractors.claimants.actors import Actor
from extractors.claimants.mentions import Mention, mention_of
from extractors.claimants.scene import Found, Scene
from extractors.parse import Span, Token
from extractors.records import Method

_AND = frozenset({"and", "&"})
_GOVERNING = frozenset({"IN", "TO", "VBN", "VBG"})
_NAMELIKE = frozenset({"NNP", "NNPS"})


def joined(
    scene: Scene, mention: Mention, resolve: Callable[[Mention], Found]
) -> tuple[list[Actor], Method] | None:
    """The actors that a mention joins and how they were found; None where it is one, or unclear.

    Descriptions alone ("friends and relatives") are one group; of a pair one must have a name.
    """
    parts = _parts(scene, mention.span)
    if len(parts) < 2:
        return None
    found = [resolve(mention_of(part)) for part in parts]
    actors = [one.actor for one in found if one.actor is not None and one.actor.name]
    is_named = any((actor.name or "")[0].isupper() for actor in actors)
    if not is_named or len({id(actor) for actor in actors}) < len(parts):
        return None
    how: Method = next((one.method for one in found if one.method != "explicit"), "explicit")
    return actors, how


def _parts(scene: Scene, span: Span) -> list[Span]:
    """The noun phrases between the commas and the "and" of a list; the whole where it is none."""
    doc = scene.doc
    names = scene.cast.named_in(span.start_char, span.end_char)
    inside = {i for name, _ in names for i in range(name.front, name.end)}
    marks = [t for t in span if t.i not in inside and (t.lower_ in _AND or t.text == ",")]
    ands = [mark for mark in marks if mark.lower_ in _AND]
    if len(ands) != 1 or marks[-1] is not ands[0]:
        return [span]
    edges = [span.start, *(edge for mark in marks for edge in (mark.i, mark.i + 1)), span.end]
    ranges = zip(edges[::2], edges[1::2], strict=True)
    parts = [doc[start:end] for start, end in ranges if start < end]
    return parts if _are_alike(parts) else [span]


def _are_alike(parts: Sequence[Span]) -> bool:
    """Whether each part is a phrase of its own, and none goes on with what governs the last.

    "The governments of A and B", "the foreign and defence ministries" are no lists of claimants.
    """
    last = parts[-1]
    if any(token.lower_ == "between" for part in parts[:-1] for token in part):
        return False  # "the committee on trade between Peru and the Andean League"
    if any(token.tag_ == "POS" for token in parts[0]) and not _opens(last[0]):
        return False  # "Peru's Security and Intelligence Agency"
    if any(_is_governed(part) for part in parts[:-1]) and not _opens(last[0]):
        return False
    return all(part[-1].pos_ in {"NOUN", "PROPN"} for part in parts) and (
        last[0].pos_ in {"DET", "PROPN", "PRON"} or parts[0][-1].tag_ in {*_NAMELIKE, "NNS"}
    )


def _is_governed(part: Span) -> bool:
    return any(token.tag_ in _GOVERNING for token in part[1:])


def _opens(token: Token) -> bool:
    return token.pos_ == "DET" or token.tag_ == "PRP$"
