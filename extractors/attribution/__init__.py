"""Who said what: cues, mentions and the words claimed."""

from extractors.attribution.assisted import Opinion
from extractors.attribution.finder import find_attributions, second_opinions
from extractors.attribution.records import Attribution

__all__ = ["Attribution", "Opinion", "find_attributions", "second_opinions"]
