"""Text in, parsed documents out: the spaCy pipeline, its weights verified before use.

spaCy's documents, spans and tokens are taken from here, as `library` loads them.
"""

from extractors.parse.library import Doc, Span, Token
from extractors.parse.model import MODEL, load_model, verify_weights
from extractors.parse.parser import Parser, load_parser, text_of

__all__ = [
    "MODEL",
    "Doc",
    "Parser",
    "Span",
    "Token",
    "load_model",
    "load_parser",
    "text_of",
    "verify_weights",
]
