"""Steps, people and graphs of steps for the tests of the planner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from assessments.targets import gaps
from roadmap.planning.engine import Plan, Planner
from roadmap.planning.sizes import Size
from roadmap.planning.steps import Pace, Profile, Step
from tests.moments import MONDAY

SKILLS = ["algebra", "coding", "reading", "talking"]
ROLES = ["engineer", "researcher"]
TINY = 1e-6


def step(key: str, *, hours: int = 10, raises: Mapping[str, int] | None = None, **fields: Any) -> Step:
    """A step that everybody needs, unless told otherwise."""
    defaults: dict[str, Any] = {"phase": 0, "roles": dict.fromkeys(ROLES, 3)}
    return Step(key=key, hours=hours, raises=raises or {"algebra": 1}, **{**defaults, **fields})


def profile(expected: Mapping[str, int] | None = None, **fields: Any) -> Profile:
    """Somebody who can do nothing yet and wants to reach `expected` in both roles."""
    wanted = expected or {"algebra": 2}
    levels = fields.pop("levels", {})
    mix = fields.pop("mix", {"engineer": 5, "researcher": 5})
    found = gaps(dict.fromkeys(ROLES, wanted), mix, levels)
    return Profile(**{"mix": mix, "levels": levels, "gaps": found, "situation": "student", "goal": "job", **fields})


def made_of(
    *steps: Step,
    by: Profile | None = None,
    hours: int = 10,
    deadline_on: date | None = None,
    size: Size = Size.THOROUGH,
) -> Plan:
    """The plan of these steps from a Monday on."""
    return plan(steps, by or profile(), starts_on=MONDAY, hours_per_week=hours, deadline_on=deadline_on, size=size)


def plan(
    steps: Iterable[Step],
    by: Profile,
    *,
    starts_on: date,
    hours_per_week: int,
    deadline_on: date | None = None,
    size: Size = Size.THOROUGH,
) -> Plan:
    """The plan of these steps from any day on."""
    planner = Planner(steps, by)
    return planner.plan(starts_on=starts_on, hours_per_week=hours_per_week, deadline_on=deadline_on, size=size)


def rounded(week: Mapping[str, float]) -> dict[str, float]:
    """The hours of a week without what the machine's numbers add."""
    return {key: round(hours, 6) for key, hours in week.items()}


def keys(made: Plan) -> list[str]:
    """The keys of a plan in its order."""
    return [planned.step.key for planned in made.steps]


# Every input: graphs as a checked pack has them, and any person


COMMON: dict[str, Any] = {}
MARKS: list[dict[str, Any]] = [
    *[COMMON] * 4,
    {"companion": True},
    {"companion": True, "always": True, "situations": frozenset({"student"})},
    {"foundation": True},
    {"activity": "kaggle"},
    {"goals": frozenset({"job"})},
    {"goals": frozenset({"study"}), "always": True},
    {"proof_for": {"engineer": 3}},
    {"proof_for": {"engineer": 3, "researcher": 3}, "activity": "kaggle"},
    {"proof_for": {"researcher": 2}},
    {"pace": Pace(weeks=6)},
    {"pace": Pace(weeks=4, exactly=True)},
    {"pace": Pace(weeks=2, hours_a_week=3)},
    {"pace": Pace(hours_a_week=2), "companion": True},
]
WEIGHTS = [dict(zip(ROLES, weights, strict=True)) for weights in ((3, 3), (2, 1), (0, 3), (1, 0))]
RAISES = st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 4), min_size=1, max_size=2)


@st.composite
def graphs(draw: st.DrawFn) -> list[Step]:
    """Steps without a cycle, none waiting for a later phase, no main step for a companion, in any order."""
    steps: list[Step] = []
    for number in range(draw(st.integers(0, 10))):
        phase, marks = draw(st.integers(0, 2)), draw(st.sampled_from(MARKS))
        any_before = [s.key for s in steps]
        before = [s.key for s in steps if s.phase <= phase and ("companion" in marks or not s.companion)]
        steps.append(
            Step(
                key=f"s{number}",
                hours=draw(st.integers(1, 40)),
                phase=phase,
                raises=draw(RAISES),
                requires=tuple(draw(st.sets(st.sampled_from(before), max_size=2))) if before else (),
                after=tuple(draw(st.sets(st.sampled_from(any_before), max_size=2))) if any_before else (),
                competency=draw(st.sampled_from(SKILLS)),
                roles=draw(st.sampled_from(WEIGHTS)),
                **marks,
            )
        )
    return draw(st.permutations(steps))


@st.composite
def people(draw: st.DrawFn) -> Profile:
    """Any mix, target, levels, situation and goal."""
    level = st.integers(0, 4)
    expected = {role: {skill: draw(level) for skill in SKILLS} for role in ROLES}
    parts = draw(st.integers(0, 10))
    mix = {"engineer": parts, "researcher": 10 - parts}
    levels = draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(0, 3), max_size=2))
    situation, goal = draw(st.sampled_from(["student", "worker"])), draw(st.sampled_from(["job", "study"]))
    return Profile(mix, levels, gaps(expected, mix, levels), situation, goal, draw(st.sampled_from([3, 2])))


HOURS = st.integers(1, 60)
DAYS = st.dates(date(1970, 1, 1), date(2100, 1, 1))


def work(made: Plan) -> tuple[dict[str, float], dict[str, float]]:
    """When work on each step begins and ends, in weeks of the plan."""
    first: dict[str, float] = {}
    last: dict[str, float] = {}
    for segment in made.segments:
        first[segment.key] = min(segment.start, first.get(segment.key, segment.start))
        last[segment.key] = max(segment.end, last.get(segment.key, segment.end))
    return first, last


def mastered(found: Step, by: Profile) -> bool:
    """Whether somebody has all that a step leads to."""
    return all(by.levels.get(skill, 0) >= level for skill, level in found.raises.items())
