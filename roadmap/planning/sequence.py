"""The sequence of a plan: what comes before what. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from assessments.targets import Gap
from roadmap.planning.steps import CyclicPrerequisites, Step

PRACTICE_IN_A_ROW = 2  # After so many steps of practice a foundation that is free comes next.


def order(steps: Sequence[Step], gaps: Mapping[str, Gap]) -> list[Step]:
    """Put `steps` into a sequence: prerequisites first, then phase by phase the largest weighted gap per hour.

    A step inherits the worth of what it unlocks. After `PRACTICE_IN_A_ROW` steps of practice a free foundation of
    the same phase comes next. Companions wait for main steps, never the other way round.
    """
    by_key = {step.key: step for step in steps}
    waits = {step.key: {key for key in step.requires if key in by_key} for step in steps}
    worth = _worth(by_key, waits, gaps)
    ordered: list[Step] = []
    placed: set[str] = set()
    practice = 0
    while len(ordered) < len(steps):
        free = [step for step in steps if step.key not in placed and waits[step.key] <= placed]
        if not free:
            raise CyclicPrerequisites(", ".join(sorted(set(by_key) - placed)))
        phase = min(step.phase for step in free)
        now = [step for step in free if step.phase == phase]
        hungry = [step for step in now if step.foundation and not step.companion]
        if practice >= PRACTICE_IN_A_ROW and hungry:
            now = hungry
        chosen = min(now, key=lambda step: (-worth[step.key], step.key))
        ordered.append(chosen)
        placed.add(chosen.key)
        if not chosen.companion:
            practice = 0 if chosen.foundation else practice + 1
    return ordered


def _worth(by_key: Mapping[str, Step], waits: Mapping[str, set[str]], gaps: Mapping[str, Gap]) -> dict[str, Fraction]:
    """Weighted gap per hour of each step, or of the best that waits for it."""
    worth = {
        key: Fraction(sum(gaps[skill].size for skill in step.raises if skill in gaps), step.hours)
        for key, step in by_key.items()
    }
    for _ in by_key:
        changed = False
        for key, needed in waits.items():
            for other in needed:
                if worth[other] < worth[key]:
                    worth[other], changed = worth[key], True
        if not changed:
            break
    return worth
