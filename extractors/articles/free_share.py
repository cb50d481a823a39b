"""How much of an article its page shows, by what the page says of the whole."""

from __future__ import annotations

from extractors.articles.linked_data import LinkedData

_WITHOUT_SPACES = frozenset(("zh", "ja", "th", "lo", "km", "my"))
"""Languages whose words are not counted by the spaces between them."""


def free_share(
    shown: str, language: str | None, data: LinkedData, stated_text: str
) -> float | None:
    """Return the share, 0 to 1, of the article that stands in the text shown.

    The length of the whole is `wordCount` of the linked data, or that of the article's text there
    (`stated_text`) where it is longer; the lower share counts. None where neither says anything.
    """
    shares = []
    words = _word_count(data)
    if words and language not in _WITHOUT_SPACES:
        shares.append(len(shown.split()) / words)
    if len(stated_text) > len(shown):
        shares.append(len(shown) / len(stated_text))
    return min(1.0, *shares) if shares else None


def _word_count(data: LinkedData) -> int:
    stated = str(data.article.get("wordCount") or "")
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 10 else 0
