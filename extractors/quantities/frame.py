"""What the reading of one figure needs to know besides the figure."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.parse import Token
from extractors.quantities.page import Page
from extractors.quantities.setting import Setting
from extractors.records import EntityType

_REACH = 600


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who makes a claim, as far as known: canonical name, type, the state it speaks for."""

    name: str | None = None
    entity_type: EntityType = "unknown"
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The text, the part of it that is claimed, its setting and who speaks."""

    page: Page
    start: int
    end: int
    setting: Setting
    speaker: Speaker

    @property
    def words(self) -> str:
        """The claimed part."""
        return self.page.text[self.start : self.end]

    @property
    def tokens(self) -> list[Token]:
        """The tokens of the claimed part."""
        span = self.page.tokens(self.start, self.end)
        return list(span) if span is not None else []

    def sentence_of(self, token: Token) -> Frame:
        """Return the frame cut to the sentence of `token`, or to its reach in an endless one."""
        start = max(self.start, token.sent.start_char, token.idx - _REACH)
        end = min(self.end, token.sent.end_char, token.idx + _REACH)
        return Frame(self.page, start, end, self.setting, self.speaker)
