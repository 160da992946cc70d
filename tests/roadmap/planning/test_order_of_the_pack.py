"""The sequence that a mentor would write: over every situation, goal, class and mix of the real pack."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from assessments.role_mix import leading
from content.catalogue import Catalogue
from roadmap.planning.engine import Plan
from roadmap.planning.from_catalogue import levels_by_skill
from tests.roadmap.planning.inputs import work
from tests.roadmap.planning.test_plans_of_the_pack import (
    CLASSES,
    GOALS,
    ROLES,
    SITUATIONS,
    catalogue,
    every_class,
    every_goal,
    every_start,
    mixes_of,
    plan_of,
)

__all__ = ["catalogue"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]

TINY = 1e-6
BROUGHT = {"pytorch-first-model"}
"""What a domain expert's way to class 1 requires without asking for its level, or for any below."""

READING = ("english-paper-habit", "paper-diet", "dl-glossary", "paper-three-passes")
"""Where reading papers begins: abstracts, a diet, a glossary, three passes."""

BEFORE = [
    # Orientation first.
    ("field-map", "python-first-programs"),
    ("field-map", "domain-chosen"),
    # Language and tools before their use.
    ("first-git", "python-working-language"),
    ("first-git", "ml-first-course"),
    ("python-first-programs", "first-data-look"),
    ("first-data-look", "ml-first-course"),
    ("ml-first-course", "kaggle-first"),
    ("ml-first-course", "explain-to-outsider"),
    ("dl-first-course", "pytorch-first-model"),
    ("gpu-access", "pytorch-first-model"),
    ("pytorch-first-model", "error-analysis-report"),
    ("pytorch-first-model", "experiment-log"),
    ("pytorch-first-model", "experiment-plan"),
    ("pytorch-first-model", "write-up-one-experiment"),
    # Reading in small portions.
    ("dl-glossary", "paper-three-passes"),
    ("paper-three-passes", "paper-reviews-written"),
    # The problem before the solution, and that before the paper.
    *(
        (problem, work)
        for problem in ("problem-statement", "problems-probed")
        for work in (
            "own-method",
            "new-method",
            "arxiv-report",
            "rebuttal-rehearsed",
            "rebuttal-and-review",
            "workshop-poster",
            "first-author-submission",
            "paper-in-the-field",
        )
    ),
    ("own-method", "first-author-submission"),
    # Something to show before showing it.
    *(
        (result, "portfolio-and-cv")
        for result in (
            "write-up-one-experiment",
            "result-rerun",
            "paper-reproduction",
            "domain-pilot",
            "served-model-watched",
        )
    ),
    ("write-up-one-experiment", "labs-and-advisers"),
    ("result-rerun", "graduate-school-packet"),
    ("labs-and-advisers", "graduate-school-packet"),
    ("portfolio-and-cv", "internship-search"),
    ("internship-search", "interview-stories"),
    ("portfolio-and-cv", "interview-stories"),
]
"""What is done before the other begins, where a plan has both."""


def plans(catalogue: Catalogue, situation: str, goal: str, target_class: int) -> Iterator[tuple[str, Plan]]:
    for mix in mixes_of(situation, goal):
        yield str(mix), plan_of(catalogue, situation, goal, target_class, mix)


@every_start
@every_goal
@every_class
def test_every_plan_has_the_proof_of_its_class(
    catalogue: Catalogue, situation: str, goal: str, target_class: int
) -> None:
    for mix, made in plans(catalogue, situation, goal, target_class):
        parts = dict(zip(ROLES, map(int, mix.strip("()").split(", ")), strict=True))
        assert {role for p in made.steps for role in p.reason.proof_for} == set(leading(parts)), mix


@every_start
@every_goal
@every_class
def test_what_comes_first_is_done_first(catalogue: Catalogue, situation: str, goal: str, target_class: int) -> None:
    for mix, made in plans(catalogue, situation, goal, target_class):
        first, last = work(made)
        wrong = [(a, b) for a, b in BEFORE if a in last and b in first and last[a] > first[b] + TINY]
        assert not wrong, mix


@every_start
@every_goal
@every_class
def test_no_step_goes_on_from_a_level_that_nothing_before_it_leads_to(
    catalogue: Catalogue, situation: str, goal: str, target_class: int
) -> None:
    usual = catalogue.situations[situation]
    for mix, made in plans(catalogue, situation, goal, target_class):
        reached = levels_by_skill(usual.levels, usual.skills, catalogue)
        planned = {p.step.key: p.step for p in made.steps}
        first, last = work(made)
        for key in sorted(planned, key=first.__getitem__):
            before = dict(reached)
            for other, step in planned.items():
                # What runs beside may go on while main work builds on it.
                if last[other] <= first[key] + TINY or step.beside:
                    for skill, level in step.raises.items():
                        before[skill] = max(before[skill], level)
            for skill, level in planned[key].raises.items():
                if key not in BROUGHT:
                    assert level - before[skill] <= 1, (mix, key, skill)


@every_start
@every_goal
@every_class
def test_orientation_comes_first_and_something_is_done_within_twenty_hours(
    catalogue: Catalogue, situation: str, goal: str, target_class: int
) -> None:
    for mix, made in plans(catalogue, situation, goal, target_class):
        first, _ = work(made)
        assert min((p.step for p in made.steps if not p.step.beside), key=lambda s: first[s.key]).hours <= 20, mix
        if "field-map" in first:
            assert first["field-map"] == 0, mix


@every_goal
@every_class
@pytest.mark.parametrize(
    ("situation", "school"), [("cs-undergraduate", "coursework-in-order"), ("high-school", "second-major-plan")]
)
def test_school_comes_first_where_one_goes_to_it(
    catalogue: Catalogue, situation: str, school: str, goal: str, target_class: int
) -> None:
    for mix, made in plans(catalogue, situation, goal, target_class):
        first, _ = work(made)
        assert first[school] <= 2, mix


@every_start
@every_goal
@every_class
def test_who_does_research_reads_papers_from_the_first_third_on(
    catalogue: Catalogue, situation: str, goal: str, target_class: int
) -> None:
    for mix in mixes_of(situation, goal):
        if mix[0] + mix[1] < 2:
            continue
        made = plan_of(catalogue, situation, goal, target_class, mix)
        first, _ = work(made)
        begun = [first[key] for key in READING if key in first]
        if begun:
            assert min(begun) <= made.weeks / 3, mix


def test_there_are_hardly_ever_more_than_three_of_one_competency_in_a_row(catalogue: Catalogue) -> None:
    # Where nothing of another one is free, there are. What a goal asks for at the end is of one kind: CV, talk.
    rows = []
    for situation, goal, target_class in product(SITUATIONS, GOALS, CLASSES):
        for mix, made in plans(catalogue, situation, goal, target_class):
            first, _ = work(made)
            main = sorted((p.step for p in made.steps if not p.step.beside), key=lambda step: first[step.key])
            fours = [main[n : n + 4] for n in range(len(main) - 3)]
            chosen = [four for four in fours if sum(step.always for step in four) < 2]
            if any(len({step.competency for step in four}) == 1 for four in chosen):
                rows.append((situation, goal, target_class, mix))
    assert len(rows) <= 3, rows
