"""The questions of the guide."""

from __future__ import annotations

from tests.content.broken import Case
from tests.packs import GONE

CASES: list[Case] = [
    (
        "questions/kitchen.yaml",
        "need-a-machine.sources",
        GONE,
        "questions/kitchen.yaml: need-a-machine.sources: an answer names where it comes from",
    ),
    (
        "questions/kitchen.yaml",
        "yeast-or-starter.views.1",
        GONE,
        "questions/kitchen.yaml: yeast-or-starter.views: one view is no difference",
    ),
]
