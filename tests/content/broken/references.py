"""Who is named is there, is not retired, and is named once."""

from __future__ import annotations

from tests.content.broken import BREAD, Case, goal

CASES: list[Case] = [
    ("competencies.yaml", "chemistry.group", "x", "competencies.yaml: chemistry.group: unknown id 'x' in groups"),
    (
        "competencies.yaml",
        "chemistry.sources",
        ["x"],
        "competencies.yaml: chemistry.sources: unknown id 'x' in sources",
    ),
    ("skills.yaml", "pricing.competency", "x", "skills.yaml: pricing.competency: unknown id 'x' in competencies"),
    (
        "roles.yaml",
        "bread-baker.differs.2",
        {"role": "x", "text": BREAD},
        "roles.yaml: bread-baker.differs: unknown id 'x' in roles",
    ),
    (
        "expectations.yaml",
        "bread-baker-kneading.skills",
        {"x": {3: 1, 2: 1, 1: 1}},
        "expectations.yaml: bread-baker-kneading.skills: unknown id 'x' in skills",
    ),
    ("activities.yaml", "photo-log.proves", ["x"], "activities.yaml: photo-log.proves: unknown id 'x' in competencies"),
    (
        "milestones.yaml",
        "first-loaf.competency",
        "x",
        "milestones.yaml: first-loaf.competency: unknown id 'x' in competencies",
    ),
    ("milestones.yaml", "first-loaf.phase", "x", "milestones.yaml: first-loaf.phase: unknown id 'x' in phases"),
    ("milestones.yaml", "first-loaf.raises", {"x": 1}, "milestones.yaml: first-loaf.raises: unknown id 'x' in skills"),
    (
        "milestones.yaml",
        "first-loaf.requires",
        ["x"],
        "milestones.yaml: first-loaf.requires: unknown id 'x' in milestones",
    ),
    ("milestones.yaml", "first-loaf.roles.x", 1, "milestones.yaml: first-loaf.roles: unknown id 'x' in roles"),
    ("milestones.yaml", "cost-a-loaf.goals", ["x"], "milestones.yaml: cost-a-loaf.goals: unknown id 'x' in goals"),
    (
        "milestones.yaml",
        "cost-a-loaf.situations",
        ["x"],
        "milestones.yaml: cost-a-loaf.situations: unknown id 'x' in situations",
    ),
    ("milestones.yaml", "sell-ten.activity", "x", "milestones.yaml: sell-ten.activity: unknown id 'x' in activities"),
    (
        "milestones.yaml",
        "sell-ten.resources",
        ["x"],
        "milestones.yaml: sell-ten.resources: unknown id 'x' in resources",
    ),
    (
        "questions/kitchen.yaml",
        "need-a-machine.topic",
        "x",
        "questions/kitchen.yaml: need-a-machine.topic: unknown id 'x' in topics",
    ),
    (
        "questions/kitchen.yaml",
        "need-a-machine.milestones",
        ["x"],
        "questions/kitchen.yaml: need-a-machine.milestones: unknown id 'x' in milestones",
    ),
    (
        "questions/kitchen.yaml",
        "need-a-machine.competencies",
        ["x"],
        "questions/kitchen.yaml: need-a-machine.competencies: unknown id 'x' in competencies",
    ),
    (
        "questions/kitchen.yaml",
        "need-a-machine.situations",
        ["x"],
        "questions/kitchen.yaml: need-a-machine.situations: unknown id 'x' in situations",
    ),
    (
        "questions/shop.yaml",
        "when-to-open.roles",
        ["x"],
        "questions/shop.yaml: when-to-open.roles: unknown id 'x' in roles",
    ),
    (
        "questions/shop.yaml",
        "when-to-open.goals",
        ["x"],
        "questions/shop.yaml: when-to-open.goals: unknown id 'x' in goals",
    ),
    ("resources.yaml", "bread-book.skills", ["x"], "resources.yaml: bread-book.skills: unknown id 'x' in skills"),
    (
        "expectations.yaml",
        "0.role",
        "x",
        "expectations.yaml: bread-baker-chemistry.role: unknown id 'x' in roles\n"
        "roles.yaml: bread-baker: no expectation of 'chemistry'",
    ),
    (
        "expectations.yaml",
        "0.competency",
        "x",
        "expectations.yaml: bread-baker-chemistry.competency: unknown id 'x' in competencies\n"
        "expectations.yaml: bread-baker-chemistry.skills.fermentation: belongs to 'chemistry'\n"
        "roles.yaml: bread-baker: no expectation of 'chemistry'",
    ),
    (
        "milestones.yaml",
        "first-loaf.checklist.1.id",
        "prepare",
        "milestones.yaml: first-loaf.checklist: 'prepare' stands there 2 times",
    ),
    (
        "milestones.yaml",
        "first-loaf.requires",
        ["feed-starter"] * 2,
        "milestones.yaml: first-loaf.requires: 'feed-starter' stands there 2 times",
    ),
    (
        "milestones.yaml",
        "first-loaf.resources",
        ["bread-book"] * 3,
        "milestones.yaml: first-loaf.resources: 'bread-book' stands there 3 times",
    ),
    (
        "milestones.yaml",
        "find-a-room.goals",
        ["own-shop"] * 2,
        "milestones.yaml: find-a-room.goals: 'own-shop' stands there 2 times",
    ),
    (
        "milestones.yaml",
        "trial-shift.situations",
        ["at-home"] * 2,
        "milestones.yaml: trial-shift.situations: 'at-home' stands there 2 times",
    ),
    (
        "competencies.yaml",
        "chemistry.sources",
        ["grandmother"] * 2,
        "competencies.yaml: chemistry.sources: 'grandmother' stands there 2 times",
    ),
    (
        "activities.yaml",
        "market-stall.proves",
        ["selling"] * 2,
        "activities.yaml: market-stall.proves: 'selling' stands there 2 times",
    ),
    (
        "questions/shop.yaml",
        "when-to-open.milestones",
        ["sell-ten"] * 2,
        "questions/shop.yaml: when-to-open.milestones: 'sell-ten' stands there 2 times",
    ),
    (
        "resources.yaml",
        "bread-book.skills",
        ["shaping"] * 2,
        "resources.yaml: bread-book.skills: 'shaping' stands there 2 times",
    ),
    (
        "roles.yaml",
        "bread-baker.differs.2",
        {"role": "pastry-chef", "text": BREAD},
        "roles.yaml: bread-baker.differs: 'pastry-chef' stands there 2 times",
    ),
    (
        "milestones.yaml",
        "cost-a-loaf.resources",
        ["oven-leaflet"],
        "milestones.yaml: cost-a-loaf.resources: 'oven-leaflet' in resources is retired",
    ),
    (
        "milestones.yaml",
        "feed-starter.retired",
        True,
        "milestones.yaml: cold-proof.requires: 'feed-starter' in milestones is retired\n"
        "milestones.yaml: first-loaf.requires: 'feed-starter' in milestones is retired\n"
        "questions/kitchen.yaml: yeast-or-starter.milestones: 'feed-starter' in milestones is retired",
    ),
    (
        "sources.yaml",
        "grandmother.retired",
        True,
        "competencies.yaml: chemistry.sources: 'grandmother' in sources is retired\n"
        "milestones.yaml: feed-starter.sources: 'grandmother' in sources is retired\n"
        "questions/kitchen.yaml: need-a-machine.sources: 'grandmother' in sources is retired\n"
        "questions/kitchen.yaml: yeast-or-starter.sources: 'grandmother' in sources is retired\n"
        "skills.yaml: fermentation.sources: 'grandmother' in sources is retired",
    ),
    (
        "goals.yaml",
        "own-shop.retired",
        True,
        "milestones.yaml: find-a-room.goals: 'own-shop' in goals is retired\n"
        "pack.yaml: example.goal: unknown, retired or missing: own-shop\n"
        "questions/shop.yaml: when-to-open.goals: 'own-shop' in goals is retired",
    ),
    (
        "topics.yaml",
        "living-from-bread.retired",
        True,
        "questions/shop.yaml: when-to-open.topic: 'living-from-bread' in topics is retired",
    ),
    (
        "situations.yaml",
        "at-home.retired",
        True,
        "milestones.yaml: trial-shift.situations: 'at-home' in situations is retired\n"
        "pack.yaml: example.situation: unknown, retired or missing: at-home\n"
        "questions/kitchen.yaml: need-a-machine.situations: 'at-home' in situations is retired",
    ),
    (
        "phases.yaml",
        "kitchen.retired",
        True,
        "milestones.yaml: bread-diary.phase: 'kitchen' in phases is retired\n"
        "milestones.yaml: feed-starter.phase: 'kitchen' in phases is retired\n"
        "milestones.yaml: first-loaf.phase: 'kitchen' in phases is retired",
    ),
    ("goals.yaml", "a-job.replaced_by", "own-shop", "goals.yaml: a-job.replaced_by: only a retired entry is replaced"),
    (
        "goals.yaml",
        "2",
        goal("old", retired=True, replaced_by="x"),
        "goals.yaml: old.replaced_by: unknown id 'x' in goals",
    ),
    (
        "goals.yaml",
        "2",
        goal("old", retired=True, replaced_by="old"),
        "goals.yaml: old.replaced_by: leads in a circle: old → old",
    ),
    (
        "resources.yaml",
        "oven-leaflet.replaced_by",
        "market-stall",
        "resources.yaml: oven-leaflet.replaced_by: unknown id 'market-stall' in resources",
    ),
    (
        "resources.yaml",
        "oven-leaflet.replaced_by",
        "oven-leaflet",
        "resources.yaml: oven-leaflet.replaced_by: leads in a circle: oven-leaflet → oven-leaflet",
    ),
]
