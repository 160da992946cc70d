"""What can be wrong with a content pack, by the subject of the rule: a small change each, and all that is said then."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from content.pack.problems import PackErrors, Problem
from content.pack.reading import read_pack
from tests.packs import BAKING, files_of

BREAD = {"ko": "빵", "en": "Bread"}

Case = tuple[str, str, object, str]
"""A file, the place of a value in it, what is put there, and all that is said then."""


def goal(key: str, **more: object) -> dict[str, Any]:
    return {"id": key, "name": BREAD, "summary": BREAD, "advice": BREAD, **more}


@lru_cache(maxsize=1)
def whole() -> dict[str, Any]:
    """What the files of the small pack say."""
    return files_of(BAKING)


def said_about(pack: Path) -> str:
    with pytest.raises(PackErrors) as caught:
        read_pack(pack)
    return str(caught.value)


def problems_of(pack: Path) -> list[Problem]:
    with pytest.raises(PackErrors) as caught:
        read_pack(pack)
    return caught.value.problems
