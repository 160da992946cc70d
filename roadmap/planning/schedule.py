"""The steps of a plan laid on a line of working hours, in exact fractions. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from roadmap.planning.steps import CyclicPrerequisites, Step

COMPANION_SHARE = Fraction(1, 5)  # What a companion takes of the time while the main track runs.


@dataclass(frozen=True)
class Segment:
    """A stretch of work on one step: from `start` to `end` in hours of the whole plan, at `share` of one's time."""

    key: str
    start: Fraction
    end: Fraction
    share: Fraction


def schedule(ordered: Sequence[Step]) -> list[Segment]:
    """Lay the steps on a line of working hours: main steps one after the other, companions slowly beside them.

    A companion starts when its prerequisites are done and the main track has come to its phase. All of one's time is
    always in use, so the line is as long as the sum of the hours whatever the weekly hours are: more hours a week
    never end anything later.
    """
    main = [step for step in ordered if not step.companion]
    companions = [step for step in ordered if step.companion]
    left = {step.key: Fraction(step.hours) for step in ordered}
    keys = set(left)
    done: set[str] = set()
    segments: list[Segment] = []
    now = Fraction(0)
    beside: Step | None = None
    while main or companions:
        if beside is None:
            reached = [s for s in companions if not main or s.phase <= main[0].phase]
            beside = next((s for s in reached if keys.intersection(s.requires) <= done), None)
        working = [(main[0], 1 - COMPANION_SHARE), (beside, COMPANION_SHARE)] if main and beside else []
        if not working:
            alone = main[0] if main else beside
            if alone is None:
                raise CyclicPrerequisites(", ".join(step.key for step in companions))
            working = [(alone, Fraction(1))]
        length = min(left[step.key] / share for step, share in working)
        for step, share in working:
            segments.append(Segment(step.key, now, now + length, share))
            left[step.key] -= length * share
            if not left[step.key]:
                done.add(step.key)
        now += length
        if main and main[0].key in done:
            main.pop(0)
        if beside and beside.key in done:
            companions.remove(beside)
            beside = None
    return segments
