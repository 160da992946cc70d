"""`python -m tests.bench.plans`: how long a plan takes, for every situation, goal and class and many mixes.

In this process alone, from the files of the pack; a plan takes no query.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from itertools import product
from statistics import median, quantiles
from typing import TYPE_CHECKING

import django

from content.pack.reading import read_pack
from tests.bench.search import PACK
from tests.moments import MONDAY

if TYPE_CHECKING:
    from content.catalogue import Catalogue

WANTED = 20
HOURS = (10, 40)
SOME = 5  # Every fifth of those people: others are like them.
NEAR = timedelta(weeks=40)
MIXES = [(10, 0, 0, 0), (0, 10, 0, 0), (0, 0, 10, 0), (0, 0, 0, 10), (2, 5, 2, 1), (3, 3, 2, 2), (1, 1, 7, 1)]


def main(arguments: list[str]) -> None:
    """A line for each way to plan: median, 95th of a hundred and longest, in milliseconds of this process.

    `--quick` only says whether it runs at all.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from content.catalogue import catalogue_of

    catalogue = catalogue_of(read_pack(PACK))
    every = list(product(catalogue.situations, catalogue.goals, MIXES))
    people = every[:4] if "--quick" in arguments else every[::SOME]
    _one(catalogue, 3, people[0], 10, near=False)  # The steps are taken from the catalogue once.
    print(f"\n{'a plan, in ms':34}{'median':>8}{'p95':>8}{'longest':>9}    wanted: a median of {WANTED} at most")
    for target, hours, near in product(catalogue.expected, HOURS, (False, True)):
        times = [_one(catalogue, target, person, hours, near=near) for person in people]
        said = f"class {target}, {hours} h a week{', a deadline' if near else ''}"
        print(f"{said:34}{median(times):>8.1f}{quantiles(times, n=20)[-1]:>8.1f}{max(times):>9.1f}")


def _one(
    catalogue: Catalogue, target: int, person: tuple[str, str, tuple[int, ...]], hours: int, *, near: bool
) -> float:
    from roadmap.planning.from_catalogue import plan_for
    from roadmap.planning.sizes import Size
    from roadmap.planning.wishes import Wish

    situation, goal, mix = person
    wish = Wish(
        role_mix=dict(zip(catalogue.roles, mix, strict=True)),
        target_class=target,
        situation=situation,
        goal=goal,
        hours_per_week=hours,
        starts_on=MONDAY,
        deadline_on=MONDAY + NEAR if near else None,
        levels=catalogue.situations[situation].levels,
        skills=catalogue.situations[situation].skills,
        size=Size.SOLID,
    )
    before = time.process_time()
    plan_for(wish, catalogue)
    return 1000 * (time.process_time() - before)


if __name__ == "__main__":
    main(sys.argv[1:])
