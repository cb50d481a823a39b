"""A claim of a document while its relations to the others are worked out."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from extractors.drafts import Draft
from extractors.gazetteer import plain
from extractors.records import Claimant, Link, Quantity, Span, Verification
from extractors.stems import content_stems

NOTHING = Verification("not_stated", None, None)


@dataclass(slots=True, eq=False)
class _Relations:
    verification: Verification = NOTHING
    links: list[Link] = field(default_factory=list)


@dataclass(eq=False)
class Entry:
    """One claim: its draft, claimant and figures; where it stands; what others say of it."""

    claim_id: str
    draft: Draft
    claimant: Claimant
    relays: tuple[Claimant, ...]
    quantities: tuple[Quantity, ...]
    text: str
    paragraph: int
    is_title: bool
    is_heading: bool = False
    relations: _Relations = field(default_factory=_Relations)

    @cached_property
    def said(self) -> str:
        """The words of the content, pieces joined."""
        return " ".join(self.text[start:end] for start, end, _ in self.draft.content)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the content words."""
        return content_stems(self.said)

    @cached_property
    def key(self) -> str:
        """The claimant, for comparison."""
        return plain(self.claimant.name or "")

    @property
    def is_said(self) -> bool:
        """Whether somebody other than the outlet claims something."""
        return self.draft.kind not in {"non_disclosure", "status_statement"}

    @property
    def clause(self) -> Span:
        """The words that make the claim, as evidence."""
        return Span.of(self.text, self.draft.start, self.draft.end)

    def is_of(self, other: Entry) -> bool:
        """Whether both have the same claimant."""
        return bool(self.key) and self.key == other.key

    def link(self, relation: str, other: Entry) -> None:
        """Add a link to `other`, once."""
        link = Link(relation, other.claim_id)  # type: ignore[arg-type]
        if link not in self.relations.links and other is not self:
            self.relations.links.append(link)

    def is_linked(self, other: Entry) -> bool:
        """Whether the two contradict each other."""
        ours = {x.claim_id for x in self.relations.links if x.relation in _CONTRARY}
        theirs = {x.claim_id for x in other.relations.links if x.relation in _CONTRARY}
        return other.claim_id in ours or self.claim_id in theirs


_CONTRARY = frozenset({"rival_of", "denies"})
