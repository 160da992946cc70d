"""What is kept before a deadline beside the best there is, which OR-Tools proves for random people."""

from __future__ import annotations

import random
from pathlib import Path
from statistics import mean

import pytest
from ortools.sat.python import cp_model

from assessments.targets import gaps
from content.catalogue import Catalogue, catalogue_of
from content.pack.reading import read_pack
from roadmap.planning.choice import Choice
from roadmap.planning.fitting import most_within
from roadmap.planning.from_catalogue import levels_by_skill, steps_of
from roadmap.planning.selection import select
from roadmap.planning.sizes import Size, sizes
from roadmap.planning.steps import Profile
from tests.conftest import PACK

pytestmark = pytest.mark.once

PEOPLE = 200
ON_AVERAGE, AT_LEAST = 0.97, 0.9


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The catalogue that the files of the pack lead to."""
    return catalogue_of(read_pack(Path(PACK)))


def somebody(catalogue: Catalogue, dice: random.Random) -> Profile:
    """A random person: any mix, class, situation and goal, with levels near what is usual there."""
    cuts = sorted(dice.randint(0, 10) for _ in range(len(catalogue.roles) - 1))
    mix = dict(zip(catalogue.roles, (b - a for a, b in zip([0, *cuts], [*cuts, 10], strict=True)), strict=True))
    situation = dice.choice(list(catalogue.situations))
    usual = catalogue.situations[situation].levels
    levels = levels_by_skill(
        {key: max(0, min(4, level + dice.randint(-1, 1))) for key, level in usual.items()}, {}, catalogue
    )
    target = dice.choice(list(catalogue.expected))
    found = gaps(catalogue.expected[target], mix, levels)
    return Profile(mix, levels, found, situation, dice.choice(list(catalogue.goals)), target)


def most_there_is(choice: Choice, everything: int, hours: int) -> int:
    """How much of the weighted gap any set of so many hours could close, proved."""
    model = cp_model.CpModel()
    there = {step.key: model.new_bool_var(step.key) for step in choice.of(everything)}
    number_of = {step.key: number for number, step in enumerate(choice.steps)}
    for key, taken in there.items():
        for group in choice.groups[number_of[key]]:
            model.add(taken <= sum(there[step.key] for step in choice.of(group) if step.key in there))
    for step in choice.of(choice.must):
        model.add(there[step.key] == 1)
    model.add(sum(step.hours * there[step.key] for step in choice.of(everything)) <= hours)
    worth = []
    for skill, gap in choice.profile.gaps.items():
        for level in range(gap.level + 1, gap.to + 1):
            reached = model.new_bool_var(f"{skill} {level}")
            leading = [there[step.key] for step in choice.of(everything) if step.raises.get(skill, 0) >= level]
            model.add(reached <= sum(leading))
            worth.append((gap.closed(level) - gap.closed(level - 1)) * reached)
    model.maximize(sum(worth))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


def test_what_fits_into_the_hours_closes_nearly_as_much_as_anything_could(catalogue: Catalogue) -> None:
    dice = random.Random(20261128)
    parts: list[float] = []
    while len(parts) < PEOPLE:
        person = somebody(catalogue, dice)
        choice = Choice(select(steps_of(catalogue), person), person)
        by_size = sizes(choice)
        hours = round(dice.uniform(0.2, 0.9) * choice.hours(by_size[Size.SOLID]))
        if hours <= choice.hours(choice.must):
            continue
        everything = by_size[Size.THOROUGH]
        best = most_there_is(choice, everything, hours)
        parts.append(choice.closed(most_within(choice, hours, among=everything)) / best if best else 1.0)
    assert mean(parts) >= ON_AVERAGE
    assert min(parts) >= AT_LEAST
