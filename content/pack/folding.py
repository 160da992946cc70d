"""What two spellings of a name have in common: the search asks for it, and the checks hold aliases to it. Pure."""

from __future__ import annotations

import re
import unicodedata

HANGUL = "가-힣"
_NO_LETTER = re.compile(r"[\W_]+")
_SPACE_AT_HANGUL = re.compile(rf"(?<=[{HANGUL}]) | (?=[{HANGUL}])")


def fold(text: str) -> str:
    """Words in one case and form, parted by single spaces, without punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _NO_LETTER.sub(" ", plain).strip()


def close_up(folded: str) -> str:
    """Korean is written with and without spaces: the same without those beside Hangul."""
    return _SPACE_AT_HANGUL.sub("", folded)
