"""The search's index of one state of the catalogue."""

from __future__ import annotations

from functools import lru_cache

from content.catalogue import Catalogue
from content.search import SearchIndex


@lru_cache(maxsize=4)
def _index(catalogue: Catalogue, language: str) -> SearchIndex:
    return SearchIndex(catalogue.content, language)


def index_of(catalogue: Catalogue, language: str) -> SearchIndex:
    """The index of one state of the catalogue, made once for each language."""
    return _index(catalogue, "ko" if language == "ko" else "en")
