import pytest

from extractors.language import detect_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ministry said on Tuesday that the talks would go on for another week.", "en"),
        ("Das Ministerium teilte am Dienstag mit, dass die Gespräche weitergehen.", "de"),
        ("Міністерство повідомило у вівторок, що переговори триватимуть ще тиждень.", "uk"),
        ("Le ministère a annoncé mardi que les pourparlers se poursuivraient.", "fr"),
    ],
)
def test_languages(text: str, code: str) -> None:
    assert detect_language(text) == code


def test_short_texts_are_not_guessed() -> None:
    assert detect_language("Hello there") is None
    assert detect_language("12345 " * 50) is None
