"""The language of a text, told offline by its letters."""

from __future__ import annotations

from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

MIN_CHARACTERS = 40
"""Below this a guess is worth less than what page or feed state."""

_SAMPLE = 2000
_LANGUAGES = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi",
    "hr", "hu", "hy", "id", "it", "ja", "ka", "ko", "lt", "lv", "mk", "ms", "nl", "no", "pl", "ps",
    "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur",
    "vi", "zh",
)  # fmt: skip


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, None when it is too short to tell.

    Only languages that news is published in are told apart: a model free to choose among a hundred
    finds Latin in short English texts. Model: py3langid (Lui and Baldwin, 2012), bundled with it.
    """
    sample = text[:_SAMPLE]
    if sum(character.isalpha() for character in sample) < MIN_CHARACTERS:
        return None
    code: str = _identifier().classify(sample)[0]
    return code


@cache
def _identifier() -> Any:
    """Return a model of our languages alone: the whole one would stay in memory beside it."""
    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    whole.set_languages([code for code in _LANGUAGES if code in whole.labels])
    return LanguageIdentifier(
        whole.nb_ptc, whole.nb_pc, whole.nb_classes, whole.tk_nextmove, whole.tk_output,
        tk_row=whole.tk_row,
    )  # fmt: skip
