"""Text in, parsed documents out: the spaCy pipeline, its weights verified before use."""

from extractors.parse.model import MODEL, load_model, verify_weights
from extractors.parse.parser import Parser, load_parser, text_of

__all__ = ["MODEL", "Parser", "load_model", "load_parser", "text_of", "verify_weights"]
