"""Who said what: cues, mentions and the words claimed."""

from extractors.attribution.finder import find_attributions
from extractors.attribution.records import Attribution

__all__ = ["Attribution", "find_attributions"]
