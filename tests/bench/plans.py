"""`python -m tests.bench.plans`: how long a plan takes, for every situation, goal, class and size and many mixes.

In this process alone, from the files of the pack; a plan takes no query.
"""

from __future__ import annotations

import time
from datetime import timedelta
from itertools import product
from statistics import median, quantiles

from assessments.targets import gaps
from content.catalogue import Catalogue, catalogue_of
from content.pack.reading import read_pack
from roadmap.planning.engine import Planner
from roadmap.planning.from_catalogue import levels_by_skill, steps_of
from roadmap.planning.sizes import Size
from roadmap.planning.steps import Profile
from tests.bench.search import PACK
from tests.moments import MONDAY

WANTED = 20
HOURS = (10, 40)
NEAR = timedelta(weeks=40)
MIXES = [(10, 0, 0, 0), (0, 10, 0, 0), (0, 0, 10, 0), (0, 0, 0, 10), (2, 5, 2, 1), (3, 3, 2, 2), (1, 1, 7, 1)]


def main() -> None:
    """A line for each way to plan: median, 95th of a hundred and longest, in milliseconds of this process."""
    catalogue = catalogue_of(read_pack(PACK))
    steps_of(catalogue)
    print(f"\n{'a plan, in ms':34}{'median':>8}{'p95':>8}{'longest':>9}    wanted: a median of {WANTED} at most")
    for target, hours, near in product(catalogue.expected, HOURS, (False, True)):
        times = [_one(catalogue, target, mix, hours, near=near) for mix in _people(catalogue)]
        said = f"class {target}, {hours} h a week{', a deadline' if near else ''}"
        print(f"{said:34}{median(times):>8.1f}{quantiles(times, n=20)[-1]:>8.1f}{max(times):>9.1f}")


def _people(catalogue: Catalogue) -> list[tuple[str, str, dict[str, int]]]:
    mixes = [dict(zip(catalogue.roles, mix, strict=True)) for mix in MIXES]
    return list(product(catalogue.situations, catalogue.goals, mixes))


def _one(
    catalogue: Catalogue, target: int, person: tuple[str, str, dict[str, int]], hours: int, *, near: bool
) -> float:
    situation, goal, mix = person
    usual = catalogue.situations[situation]
    levels = levels_by_skill(usual.levels, usual.skills, catalogue)
    found = gaps(catalogue.expected[target], mix, levels)
    deadline_on = MONDAY + NEAR if near else None
    before = time.process_time()
    planner = Planner(steps_of(catalogue), Profile(mix, levels, found, situation, goal, target))
    planner.plan(starts_on=MONDAY, hours_per_week=hours, deadline_on=deadline_on, size=Size.SOLID)
    return 1000 * (time.process_time() - before)


if __name__ == "__main__":
    main()
