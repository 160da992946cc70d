"""Everything that can be wrong with a content pack: each time one small change, and just what is said about it."""

from __future__ import annotations

import itertools
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from content.pack import format as fmt
from content.pack.problems import PackErrors, Problem
from content.pack.reading import check, read_pack
from tests.packs import BAKING, GONE, change, changed, copy_of, files_of

pytestmark = pytest.mark.once

BREAD = {"ko": "빵", "en": "Bread"}
ID = "string should match pattern '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'"

Case = tuple[str, str, object, str]
"""A file, the place of a value in it, what is put there, and all that is said then."""


@pytest.fixture
def baking(tmp_path: Path) -> Path:
    """A copy of the small pack, to be broken."""
    return copy_of(BAKING, tmp_path / "baking")


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


REFERENCES: list[Case] = [
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
    ("situations.yaml", "at-home.levels.x", 1, "situations.yaml: at-home.levels: unknown or missing competency 'x'"),
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
]

CHOSEN = {"id": "one-choice", "lead": BREAD, "question": BREAD}


def choice(*adds: dict[str, int]) -> list[dict[str, Any]]:
    """A whole `choices.yaml` of one question, whose options add these points."""
    options = [{"id": f"option-{number}", "text": BREAD, "adds": each} for number, each in enumerate(adds)]
    return [{**CHOSEN, "options": options}]


ASKED: list[Case] = [
    (
        "choices.yaml",
        "a-free-saturday.options.0.adds",
        {"x": 3},
        "choices.yaml: a-free-saturday.options[0].adds: unknown id 'x' in roles",
    ),
    (
        "choices.yaml",
        "a-free-saturday.options.1.id",
        "the-books",
        "choices.yaml: a-free-saturday.options: 'the-books' stands there 2 times",
    ),
    (
        "choices.yaml",
        "a-free-saturday.options.2",
        GONE,
        "choices.yaml: a-free-saturday.options: list should have at least 3 items after validation, not 2",
    ),
    (
        "choices.yaml",
        "a-free-saturday.options.0.adds",
        {},
        "choices.yaml: a-free-saturday.options[0].adds: dictionary should have at least 1 item after validation, not 0",
    ),
    (
        "choices.yaml",
        "a-free-saturday.options.0.adds.bread-baker",
        4,
        "choices.yaml: a-free-saturday.options[0].adds.bread-baker: input should be less than or equal to 3",
    ),
    (
        "choices.yaml",
        "a-free-saturday.options.0.adds.bread-baker",
        0,
        "choices.yaml: a-free-saturday.options[0].adds.bread-baker: input should be greater than or equal to 1",
    ),
    ("choices.yaml", "a-free-saturday.lead", GONE, "choices.yaml: a-free-saturday.lead: field required"),
    (
        "choices.yaml",
        "a-free-saturday.options.0.text.ko",
        "",
        "choices.yaml: a-free-saturday.options[0].text.ko: string should have at least 1 character",
    ),
    (
        "choices.yaml",
        "",
        choice({"bread-baker": 3}, {"pastry-chef": 2, "bread-baker": 2}, {"shopkeeper": 1}),
        "roles.yaml: pastry-chef: cannot come out first: "
        "the answers that favour it give it 2 points and 'bread-baker' 2",
    ),
    (
        "choices.yaml",
        "",
        choice({"bread-baker": 3}, {"pastry-chef": 2}, {"pastry-chef": 1}),
        "roles.yaml: shopkeeper: cannot come out first: "
        "the answers that favour it give it 0 points and 'pastry-chef' 1",
    ),
    (
        "deeds.yaml",
        "who-learned.options.0.id",
        "a-friend",
        "deeds.yaml: who-learned.options: 'a-friend' stands there 2 times",
    ),
    (
        "deeds.yaml",
        "who-learned.options.0.shows",
        5,
        "deeds.yaml: who-learned.options[0].shows: input should be less than or equal to 4",
    ),
    (
        "deeds.yaml",
        "the-last-bread.options.3.shows",
        2,
        "deeds.yaml: 1 of them can show class 1 or better; it takes 2",
    ),
    ("deeds.yaml", "who-learned.retired", True, "deeds.yaml: 1 of them can show class 1 or better; it takes 2"),
    (
        "deeds.yaml",
        "",
        [{**CHOSEN, "options": [{"id": key, "text": BREAD, "shows": 3} for key in ("a", "b", "c")]}],
        "deeds.yaml: 0 of them can show class 1 or better; it takes 2\n"
        "deeds.yaml: 0 of them can show class 2 or better; it takes 2\n"
        "deeds.yaml: 1 of them can show class 3 or better; it takes 2",
    ),
    (
        "ratings.yaml",
        "by-hand.competency",
        "x",
        "competencies.yaml: kneading: no rating of it\n"
        "ratings.yaml: by-hand.competency: unknown id 'x' in competencies",
    ),
    (
        "ratings.yaml",
        "selling-it.competency",
        "kneading",
        "competencies.yaml: selling: no rating of it\n"
        "ratings.yaml: selling-it.competency: 'by-hand' rates the same competency",
    ),
    ("ratings.yaml", "by-hand.retired", True, "competencies.yaml: kneading: no rating of it"),
    ("ratings.yaml", "by-hand", GONE, "competencies.yaml: kneading: no rating of it"),
    ("ratings.yaml", "by-hand.levels.1.level", 2, "ratings.yaml: by-hand.levels: expected the levels 0 to 4 in order"),
    (
        "ratings.yaml",
        "by-hand.levels.0",
        GONE,
        "ratings.yaml: by-hand.levels: list should have at least 5 items after validation, not 4",
    ),
    (
        "ratings.yaml",
        "by-hand.levels.4.level",
        5,
        "ratings.yaml: by-hand.levels[4].level: input should be less than or equal to 4",
    ),
]

REPEATED: list[Case] = [
    ("goals.yaml", "2", goal("a-job"), "goals.yaml: a-job: repeated id, first in goals.yaml"),
    (
        "questions/shop.yaml",
        "when-to-open.id",
        "need-a-machine",
        "questions/shop.yaml: need-a-machine: repeated id, first in questions/kitchen.yaml",
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
]

ROLES: list[Case] = [
    (
        "roles.yaml",
        "bread-baker.differs.1",
        GONE,
        "roles.yaml: bread-baker.differs: does not say what tells it from 'shopkeeper'",
    ),
    (
        "roles.yaml",
        "bread-baker.differs",
        [],
        "roles.yaml: bread-baker.differs: list should have at least 1 item after validation, not 0",
    ),
    (
        "roles.yaml",
        "bread-baker.differs.2",
        {"role": "bread-baker", "text": BREAD},
        "roles.yaml: bread-baker.differs: a role has no difference from itself",
    ),
    ("roles.yaml", "bread-baker.letter", "b", "roles.yaml: bread-baker.letter: string should match pattern '^[A-Z]$'"),
    ("roles.yaml", "bread-baker.day", GONE, "roles.yaml: bread-baker.day: field required"),
]

EMPTY: list[Case] = [
    ("goals.yaml", "a-job.name.ko", GONE, "goals.yaml: a-job.name.ko: field required"),
    (
        "milestones.yaml",
        "first-loaf.title.en",
        "",
        "milestones.yaml: first-loaf.title.en: string should have at least 1 character",
    ),
    (
        "skills.yaml",
        "pricing.levels.2.signals.1.ko",
        " ",
        "skills.yaml: pricing.levels[2].signals[1].ko: string should have at least 1 character",
    ),
    (
        "resources.yaml",
        "bread-book.title",
        "  ",
        "resources.yaml: bread-book.title: string should have at least 1 character",
    ),
    (
        "milestones.yaml",
        "first-loaf.checklist.0.text.en",
        GONE,
        "milestones.yaml: first-loaf.checklist[0].text.en: field required",
    ),
    (
        "questions/kitchen.yaml",
        "yeast-or-starter.since_2018.ko",
        GONE,
        "questions/kitchen.yaml: yeast-or-starter.since_2018.ko: field required",
    ),
    (
        "resources.yaml",
        "bread-book.note.en",
        "",
        "resources.yaml: bread-book.note.en: string should have at least 1 character",
    ),
    (
        "milestones.yaml",
        "first-loaf.checklist",
        [],
        "milestones.yaml: first-loaf.checklist: list should have at least 3 items after validation, not 0",
    ),
    (
        "milestones.yaml",
        "first-loaf.checklist.2",
        GONE,
        "milestones.yaml: first-loaf.checklist: list should have at least 3 items after validation, not 2",
    ),
    (
        "milestones.yaml",
        "first-loaf.raises",
        {},
        "milestones.yaml: first-loaf.raises: dictionary should have at least 1 item after validation, not 0",
    ),
    (
        "skills.yaml",
        "pricing.levels.0.signals.2",
        GONE,
        "skills.yaml: pricing.levels[0].signals: list should have at least 3 items after validation, not 2",
    ),
    ("skills.yaml", "pricing.levels.0.evidence", GONE, "skills.yaml: pricing.levels[0].evidence: field required"),
    (
        "skills.yaml",
        "pricing.levels.3",
        GONE,
        "skills.yaml: pricing.levels: list should have at least 4 items after validation, not 3",
    ),
    (
        "activities.yaml",
        "market-stall.interview.2",
        GONE,
        "activities.yaml: market-stall.interview: list should have at least 3 items after validation, not 2",
    ),
    (
        "activities.yaml",
        "market-stall.interview.0.listens_for",
        GONE,
        "activities.yaml: market-stall.interview[0].listens_for: field required",
    ),
    ("activities.yaml", "market-stall.portfolio", GONE, "activities.yaml: market-stall.portfolio: field required"),
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
    (
        "situations.yaml",
        "at-home.levels.selling",
        GONE,
        "situations.yaml: at-home.levels: unknown or missing competency 'selling'",
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
        "topics.yaml",
        "",
        [],
        "questions/kitchen.yaml: need-a-machine.topic: unknown id 'starting' in topics\n"
        "questions/kitchen.yaml: yeast-or-starter.topic: unknown id 'starting' in topics\n"
        "questions/shop.yaml: when-to-open.topic: unknown id 'living-from-bread' in topics\n"
        "topics.yaml: missing or empty",
    ),
]

TOO_LONG: list[Case] = [
    (
        "milestones.yaml",
        "first-loaf.title.ko",
        "빵" * 121,
        "milestones.yaml: first-loaf.title.ko: string should have at most 120 characters",
    ),
    (
        "goals.yaml",
        "a-job.summary.en",
        "b" * 301,
        "goals.yaml: a-job.summary.en: string should have at most 300 characters",
    ),
    (
        "goals.yaml",
        "a-job.advice.en",
        "b" * 6001,
        "goals.yaml: a-job.advice.en: string should have at most 6000 characters",
    ),
    (
        "goals.yaml",
        "a-job.id",
        "a" * 61,
        f"goals.yaml: {'a' * 61}.id: string should have at most 60 characters",
    ),
    (
        "resources.yaml",
        "bread-book.url",
        "https://bread.example/" + "b" * 500,
        "resources.yaml: bread-book.url: string should have at most 500 characters",
    ),
]

WRONG: list[Case] = [
    (
        "resources.yaml",
        "bread-book.url",
        "bread.example",
        "resources.yaml: bread-book.url: not a web address (https://…)",
    ),
    (
        "resources.yaml",
        "bread-book.url",
        "javascript:alert(1)",
        "resources.yaml: bread-book.url: not a web address (https://…)",
    ),
    (
        "resources.yaml",
        "bread-book.url",
        "https://bread.example/a b",
        "resources.yaml: bread-book.url: not a web address (https://…)",
    ),
    ("resources.yaml", "bread-book.url", "http://[::1", "resources.yaml: bread-book.url: invalid IPv6 URL"),
    ("sources.yaml", "guild-evening.url", "notebook", "sources.yaml: guild-evening.url: not a web address (https://…)"),
    (
        "resources.yaml",
        "bread-book.language",
        "fr",
        "resources.yaml: bread-book.language: input should be 'ko' or 'en'",
    ),
    (
        "resources.yaml",
        "bread-book.kind",
        "poem",
        "resources.yaml: bread-book.kind: input should be 'course', 'book', 'paper', "
        "'article', 'video', 'docs', 'tool', 'dataset', 'community' or 'venue'",
    ),
    (
        "resources.yaml",
        "bread-book.reviewed_on",
        "in spring",
        "resources.yaml: bread-book.reviewed_on: input should be a valid date or datetime, input is too short",
    ),
    (
        "resources.yaml",
        "bread-book.reviewed_on",
        "2026-02-30",
        "resources.yaml: bread-book.reviewed_on: input should be a valid date or datetime, "
        "day value is outside expected range",
    ),
    ("resources.yaml", "bread-book.titel", "Bread", "resources.yaml: bread-book.titel: extra inputs are not permitted"),
    (
        "milestones.yaml",
        "first-loaf.requries",
        ["sell-ten"],
        "milestones.yaml: first-loaf.requries: extra inputs are not permitted",
    ),
    ("pack.yaml", "licence", "free", "pack.yaml: licence: extra inputs are not permitted"),
    (
        "milestones.yaml",
        "first-loaf.hours",
        0,
        "milestones.yaml: first-loaf.hours: input should be greater than or equal to 1",
    ),
    ("milestones.yaml", "first-loaf.hours", "8", "milestones.yaml: first-loaf.hours: input should be a valid integer"),
    (
        "milestones.yaml",
        "first-loaf.hours",
        401,
        "milestones.yaml: first-loaf.hours: input should be less than or equal to 400",
    ),
    (
        "milestones.yaml",
        "first-loaf.raises.shaping",
        5,
        "milestones.yaml: first-loaf.raises.shaping: input should be less than or equal to 4",
    ),
    (
        "milestones.yaml",
        "first-loaf.roles.pastry-chef",
        4,
        "milestones.yaml: first-loaf.roles.pastry-chef: input should be less than or equal to 3",
    ),
    (
        "milestones.yaml",
        "first-loaf.track",
        "side",
        "milestones.yaml: first-loaf.track: input should be 'main' or 'companion'",
    ),
    (
        "goals.yaml",
        "a-job.id",
        "A job",
        "goals.yaml: A job.id: string should match pattern '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'",
    ),
    (
        "goals.yaml",
        "a-job.id",
        "일자리",
        "goals.yaml: 일자리.id: string should match pattern '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'",
    ),
    ("goals.yaml", "a-job", ["a", "job"], "goals.yaml: [1]: input should be a valid dictionary or instance of Goal"),
    ("goals.yaml", "", {"a-job": goal("a-job")}, "goals.yaml: expected a list of entries"),
    ("pack.yaml", "", [], "pack.yaml: input should be a valid dictionary or instance of Pack"),
    ("pack.yaml", "version", 2026.1, "pack.yaml: version: input should be a valid string"),
    ("pack.yaml", "version", "1.0", "pack.yaml: version: string should match pattern '^\\d{4}\\.\\d{1,2}\\.\\d{1,3}$'"),
    ("pack.yaml", "scale.0.level", 1, "pack.yaml: scale: expected the levels 0 to 4 in order"),
    ("pack.yaml", "scale.4", GONE, "pack.yaml: scale: list should have at least 5 items after validation, not 4"),
    ("pack.yaml", "example.role_mix.bread-baker", 7, "pack.yaml: example.role_mix: the parts must add up to ten"),
    ("pack.yaml", "example.target_class", 4, "pack.yaml: example.target_class: input should be 1, 2 or 3"),
    ("skills.yaml", "pricing.levels.1.level", 1, "skills.yaml: pricing.levels: expected the levels 1 to 4 in order"),
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
        "expectations.yaml",
        "0.levels",
        {4: 1, 3: 1, 2: 1, 1: 1},
        "expectations.yaml: bread-baker-chemistry.levels[4]: input should be 1, 2 or 3",
    ),
    (
        "questions/shop.yaml",
        "when-to-open.question.en",
        "b" * 121,
        "questions/shop.yaml: when-to-open.question.en: string should have at most 120 characters",
    ),
]

UNREACHABLE: list[Case] = [
    (
        "milestones.yaml",
        "feed-starter.requires",
        ["first-loaf"],
        "milestones.yaml: feed-starter.requires: a cycle of prerequisites: feed-starter → first-loaf → feed-starter",
    ),
    (
        "milestones.yaml",
        "first-loaf.requires",
        ["first-loaf"],
        "milestones.yaml: first-loaf.requires: a cycle of prerequisites: first-loaf → first-loaf",
    ),
    (
        "milestones.yaml",
        "bread-diary.roles",
        {"bread-baker": 0, "pastry-chef": 0},
        "milestones.yaml: bread-diary.roles: matters to no role, so nobody can reach it",
    ),
    (
        "milestones.yaml",
        "bread-diary.always",
        True,
        "milestones.yaml: bread-diary.always: only for a milestone of some goals or situations",
    ),
    (
        "milestones.yaml",
        "first-loaf.requires",
        ["baguette-week"],
        "milestones.yaml: first-loaf.requires: 'baguette-week' stands in a later phase\n"
        "milestones.yaml: first-loaf.requires: a cycle of prerequisites: first-loaf → baguette-week → first-loaf",
    ),
    (
        "milestones.yaml",
        "first-loaf.requires",
        ["cold-proof"],
        "milestones.yaml: first-loaf.requires: 'cold-proof' stands in a later phase",
    ),
    (
        "milestones.yaml",
        "sell-ten.requires",
        ["bread-diary"],
        "milestones.yaml: sell-ten.requires: 'bread-diary' is a companion; the main track must not wait for it",
    ),
    (
        "milestones.yaml",
        "sell-ten.requires",
        ["find-a-room"],
        "milestones.yaml: sell-ten.requires: 'find-a-room' is for fewer goals, so some cannot reach this one",
    ),
    (
        "milestones.yaml",
        "cost-a-loaf.requires",
        ["trial-shift"],
        "milestones.yaml: cost-a-loaf.requires: 'trial-shift' is for fewer goals, so some cannot reach this one\n"
        "milestones.yaml: cost-a-loaf.requires: 'trial-shift' is for fewer situations, so some cannot reach this one",
    ),
]

RETIRED: list[Case] = [
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


BROKEN: list[Case] = [*REFERENCES, *ASKED, *REPEATED, *ROLES, *EMPTY, *TOO_LONG, *WRONG, *UNREACHABLE, *RETIRED]


@pytest.mark.parametrize(("file", "where", "value", "said"), BROKEN, ids=[said for *_, said in BROKEN])
def test_what_is_wrong_is_named_with_its_file_its_place_and_the_reason(
    file: str, where: str, value: object, said: str
) -> None:
    files = deepcopy(whole())
    files[file] = changed(files[file], where, value)
    with pytest.raises(PackErrors) as caught:
        check(files)
    assert str(caught.value) == said


def test_each_of_these_packs_is_whole_but_for_its_change() -> None:
    assert check(whole()) == read_pack(BAKING)
    assert len(BROKEN) > 120


def test_a_circle_of_replacements_is_named_once(baking: Path) -> None:
    change(baking, "goals.yaml", "2", goal("stall", retired=True, replaced_by="cart"))
    change(baking, "goals.yaml", "3", goal("cart", retired=True, replaced_by="stall"))
    assert said_about(baking) == "goals.yaml: stall.replaced_by: leads in a circle: stall → cart → stall"


RAW = [
    ("goals.yaml", b"- id: a\n  id: b\n", "line 2: repeated key 'id'"),
    ("goals.yaml", b"- id: [a\n", "line 2: expected ',' or ']', but got '<stream end>'"),
    ("goals.yaml", b"- id: a\n\tname: b\n", "line 2: found character '\\t' that cannot start any token"),
    (
        "goals.yaml",
        b"- id: !!python/object:os.system a\n",
        "line 1: could not determine a constructor for the tag 'tag:yaml.org,2002:python/object:os.system'",
    ),
    ("goals.yaml", b"- &all\n  id: a\n  name: *nobody\n", "line 3: found undefined alias 'nobody'"),
    ("goals.yaml", b"- id: \xff\n", "not UTF-8 (byte 6)"),
    (
        "goals.yaml",
        b"- id: a\x00\n",
        'not YAML: unacceptable character #x0000: special characters are not allowed in "<unicode string>", position 7',
    ),
    ("goals.yaml", b'- id: a\n  name: {ko: "\\0", en: b}\n', "line 2: a character that no text can hold"),
    ("goals.yaml", b'- id: a\n  name: {ko: "\\uD800", en: b}\n', "line 2: a character that no text can hold"),
    (
        "goals.yaml",
        b"- hours: " + b"9" * 5000 + b"\n",
        "not YAML: Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; "
        "use sys.set_int_max_str_digits() to increase the limit",
    ),
    ("goals.yaml", b"- reviewed_on: 2026-13-45\n", "not YAML: month must be in 1..12"),
    ("goals.yaml", b"", "expected a list of entries"),
    ("goals.yaml", b"[" * 100_000, "nested too deeply"),
    ("goals.yaml", b"- " * 100_000, "nested too deeply"),
    ("goals.yaml", b"{a: " * 100_000, "nested too deeply"),
    ("goals.yaml", b"- &a [*a]\n", "[0]: input should be a valid dictionary or instance of Goal"),
    ("goles.yaml", b"[]\n", f"unknown kind of file; known are {', '.join(fmt.KINDS)}"),
    ("more/goals.yaml", b"[]\n", f"unknown kind of file; known are {', '.join(fmt.KINDS)}"),
]


@pytest.mark.parametrize(("file", "text", "said"), RAW, ids=itertools.count(1))
def test_a_file_that_cannot_be_read_is_refused_politely(baking: Path, file: str, text: bytes, said: str) -> None:
    (baking / file).parent.mkdir(exist_ok=True)
    (baking / file).write_bytes(text)
    assert said_about(baking) == f"{file}: {said}"


def test_a_folder_that_has_the_name_of_a_file_is_no_file(baking: Path) -> None:
    (baking / "goals.yaml").unlink()
    (baking / "goals.yaml").mkdir()
    assert [problem.file for problem in problems_of(baking)] == ["goals.yaml"]


def test_a_pack_without_pack_yaml_says_so_beside_all_else(baking: Path) -> None:
    (baking / "pack.yaml").unlink()
    change(baking, "goals.yaml", "a-job.name.ko", "")
    assert [problem.file for problem in problems_of(baking)] == ["goals.yaml", "pack.yaml"]


@pytest.mark.parametrize("kind", list(fmt.KINDS))
def test_every_kind_must_be_there(baking: Path, kind: str) -> None:
    for path in (*baking.glob(f"{kind}.yaml"), *baking.glob(f"{kind}/*.yaml")):
        path.unlink()
    assert Problem(f"{kind}.yaml", "", "missing or empty") in problems_of(baking)


def test_a_folder_that_is_not_there_is_a_problem_too(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "nowhere") == [Problem("nowhere", "", "no such folder")]


def test_everything_that_is_wrong_is_reported_at_once(baking: Path) -> None:
    change(baking, "goals.yaml", "a-job.name.ko", "")
    change(baking, "goals.yaml", "own-shop.sumary", "A shop")
    change(baking, "resources.yaml", "bread-book.url", "bread")
    (baking / "phases.yaml").write_bytes(b"[")
    assert [(problem.file, problem.path) for problem in problems_of(baking)] == [
        ("goals.yaml", "a-job.name.ko"),
        ("goals.yaml", "own-shop.sumary"),
        ("phases.yaml", "line 1"),
        ("resources.yaml", "bread-book.url"),
    ]


def test_every_broken_rule_between_entries_is_reported_at_once(baking: Path) -> None:
    change(baking, "milestones.yaml", "first-loaf.requires", ["first-loaf", "x"])
    change(baking, "skills.yaml", "pricing.competency", "x")
    change(baking, "pack.yaml", "example.goal", "x")
    assert {(problem.file, problem.path) for problem in problems_of(baking)} == {
        ("milestones.yaml", "first-loaf.requires"),
        ("skills.yaml", "pricing.competency"),
        ("pack.yaml", "example.goal"),
    }
