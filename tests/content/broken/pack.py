"""The pack itself."""

from __future__ import annotations

from tests.content.broken import Case
from tests.packs import GONE

CASES: list[Case] = [
    ("pack.yaml", "example.situation", "x", "pack.yaml: example.situation: unknown, retired or missing: x"),
    ("pack.yaml", "example.goal", "x", "pack.yaml: example.goal: unknown, retired or missing: x"),
    ("pack.yaml", "example.role_mix.x", 0, "pack.yaml: example.role_mix: unknown, retired or missing: x"),
    (
        "pack.yaml",
        "example.role_mix.shopkeeper",
        GONE,
        "pack.yaml: example.role_mix: the parts must add up to ten\n"
        "pack.yaml: example.role_mix: unknown, retired or missing: shopkeeper",
    ),
    (
        "topics.yaml",
        "",
        [],
        "questions/kitchen.yaml: need-a-machine.topic: unknown id 'starting' in topics\n"
        "questions/kitchen.yaml: yeast-or-starter.topic: unknown id 'starting' in topics\n"
        "questions/shop.yaml: when-to-open.topic: unknown id 'living-from-bread' in topics\n"
        "topics.yaml: missing or empty",
    ),
    ("pack.yaml", "scale.0.level", 1, "pack.yaml: scale: expected the levels 0 to 4 in order"),
    ("pack.yaml", "example.role_mix.bread-baker", 7, "pack.yaml: example.role_mix: the parts must add up to ten"),
]
