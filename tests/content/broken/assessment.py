"""The questions of the assessment."""

from __future__ import annotations

from typing import Any

from tests.content.broken import BREAD, Case
from tests.packs import GONE

CHOSEN = {"id": "one-choice", "lead": BREAD, "question": BREAD}


def choice(*adds: dict[str, int]) -> list[dict[str, Any]]:
    """A whole `choices.yaml` of one question, whose options add these points."""
    options = [{"id": f"option-{number}", "text": BREAD, "adds": each} for number, each in enumerate(adds)]
    return [{**CHOSEN, "options": options}]


CASES: list[Case] = [
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
        "quick answers that favour it give it 2 points and 'bread-baker' 2",
    ),
    (
        "choices.yaml",
        "",
        choice({"bread-baker": 3}, {"pastry-chef": 2}, {"pastry-chef": 1}),
        "roles.yaml: shopkeeper: cannot come out first: "
        "quick answers that favour it give it 0 points and 'pastry-chef' 1",
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
        "deeds.yaml: 1 of those that are quick can show class 1 or better; it takes 2",
    ),
    (
        "deeds.yaml",
        "who-learned.retired",
        True,
        "deeds.yaml: 1 of those that are quick can show class 1 or better; it takes 2",
    ),
    (
        "deeds.yaml",
        "",
        [{**CHOSEN, "options": [{"id": key, "text": BREAD, "shows": 3} for key in ("a", "b", "c")]}],
        "deeds.yaml: 0 of those that are quick can show class 1 or better; it takes 2\n"
        "deeds.yaml: 0 of those that are quick can show class 2 or better; it takes 2\n"
        "deeds.yaml: 1 of those that are quick can show class 3 or better; it takes 2",
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
        "competencies.yaml: selling: no rating of it\nratings.yaml: selling-it.competency: 'by-hand' rates the same",
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
    (
        "deeds.yaml",
        "who-learned.quick",
        False,
        "deeds.yaml: 1 of those that are quick can show class 1 or better; it takes 2",
    ),
    (
        "ratings.yaml",
        "by-hand.skills",
        ["pricing"],
        "ratings.yaml: by-hand.skills: belongs to 'selling'\n"
        "ratings.yaml: selling-it.competency: 'by-hand' rates the same\n"
        "skills.yaml: shaping: no rating of it",
    ),
]
