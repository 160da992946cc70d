"""Competencies, skills, and levels in them."""

from __future__ import annotations

from tests.content.broken import Case
from tests.packs import GONE

CASES: list[Case] = [
    ("situations.yaml", "at-home.levels.x", 1, "situations.yaml: at-home.levels: unknown or missing competency 'x'"),
    (
        "situations.yaml",
        "at-home.levels.selling",
        GONE,
        "situations.yaml: at-home.levels: unknown or missing competency 'selling'",
    ),
    ("situations.yaml", "apprentice.skills.x", 1, "situations.yaml: apprentice.skills: unknown id 'x' in skills"),
    ("skills.yaml", "pricing.levels.1.level", 1, "skills.yaml: pricing.levels: expected the levels 1 to 4 in order"),
]
