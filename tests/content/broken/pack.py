"""The pack itself."""

from __future__ import annotations

from tests.content.broken import Case
from tests.packs import GONE

SAY = {"language": "ko", "use": "반죽", "instead_of": ["도우"], "except": ["사워도우"]}
ENGLISH = {"language": "en", "use": "dough", "instead_of": ["paste"]}

CASES: list[Case] = [
    (
        "pack.yaml",
        "vocabulary",
        [SAY, {**SAY, "use": "도우 덩이", "instead_of": ["덩어리"], "except": []}],
        "pack.yaml: vocabulary[1].use: says '도우', and the vocabulary says '반죽' instead",
    ),
    (
        "pack.yaml",
        "vocabulary",
        [{**ENGLISH, "use": "a Paste of flour"}],
        "pack.yaml: vocabulary[0].use: says 'Paste', and the vocabulary says 'a Paste of flour' instead",
    ),
    (
        "pack.yaml",
        "vocabulary",
        [ENGLISH, {**ENGLISH, "use": "batter", "instead_of": ["mush", "Paste"]}],
        "pack.yaml: vocabulary[1].instead_of[1]: 'Paste' is replaced by 'dough' already",
    ),
    (
        "pack.yaml",
        "vocabulary",
        [{**SAY, "except": ["사워도우", "반죽기", "도우"]}],
        "pack.yaml: vocabulary[0].except[1]: '반죽기' holds no word that is replaced here, or nothing else\n"
        "pack.yaml: vocabulary[0].except[2]: '도우' holds no word that is replaced here, or nothing else",
    ),
    (
        "pack.yaml",
        "vocabulary",
        [{**SAY, "instead_of": []}],
        "pack.yaml: vocabulary[0].instead_of: list should have at least 1 item after validation, not 0",
    ),
    (
        "pack.yaml",
        "vocabulary",
        [{**SAY, "language": "fr"}],
        "pack.yaml: vocabulary[0].language: input should be 'ko' or 'en'",
    ),
    (
        "pack.yaml",
        "vocabulary",
        [{**SAY, "unless": ["사워도우"]}],
        "pack.yaml: vocabulary[0].unless: extra inputs are not permitted",
    ),
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
