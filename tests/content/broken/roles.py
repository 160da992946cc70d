"""Roles, classes, and what a role expects."""

from __future__ import annotations

from tests.content.broken import BREAD, Case
from tests.packs import GONE

CASES: list[Case] = [
    (
        "roles.yaml",
        "bread-baker.letter",
        "P",
        "roles.yaml: bread-baker.letter: 'P' is another role's too\n"
        "roles.yaml: pastry-chef.letter: 'P' is another role's too",
    ),
    (
        "classes.yaml",
        "class-4.number",
        3,
        "classes.yaml: class-3.number: 3 is another class's too\n"
        "classes.yaml: class-4.number: 3 is another class's too",
    ),
    (
        "expectations.yaml",
        "2.competency",
        "kneading",
        "expectations.yaml: bread-baker-selling: 'bread-baker-kneading' says the same role and competency\n"
        "roles.yaml: bread-baker: no expectation of 'selling'",
    ),
    (
        "roles.yaml",
        "bread-baker.differs.1",
        GONE,
        "roles.yaml: bread-baker.differs: does not say what tells it from 'shopkeeper'",
    ),
    (
        "roles.yaml",
        "bread-baker.differs.2",
        {"role": "bread-baker", "text": BREAD},
        "roles.yaml: bread-baker.differs: a role has no difference from itself",
    ),
    ("expectations.yaml", "0", GONE, "roles.yaml: bread-baker: no expectation of 'chemistry'"),
    ("expectations.yaml", "0.retired", True, "roles.yaml: bread-baker: no expectation of 'chemistry'"),
    (
        "expectations.yaml",
        "0.levels.2",
        GONE,
        "expectations.yaml: bread-baker-chemistry.levels: expected the classes 3, 2 and 1",
    ),
    (
        "expectations.yaml",
        "1.levels.1",
        2,
        "expectations.yaml: bread-baker-kneading.levels: a higher class must not expect less",
    ),
    (
        "expectations.yaml",
        "0.skills.fermentation.2",
        0,
        "expectations.yaml: bread-baker-chemistry.skills.fermentation: a higher class must not expect less",
    ),
    (
        "expectations.yaml",
        "0.skills.pricing",
        {3: 1, 2: 1, 1: 1},
        "expectations.yaml: bread-baker-chemistry.skills.pricing: belongs to 'selling'",
    ),
    (
        "classes.yaml",
        "class-3.needs",
        {"kneading": 2, "selling": 1},
        "classes.yaml: class-2.needs: class 3 needs more of 'kneading', and is the lower one\n"
        "classes.yaml: class-2.needs: class 3 needs more of 'selling', and is the lower one",
    ),
    ("classes.yaml", "class-1.needs.x", 1, "classes.yaml: class-1.needs: unknown id 'x' in competencies"),
]
