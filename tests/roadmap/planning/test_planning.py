"""The planner: what holds of every plan, and the rules one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.targets import gaps
from roadmap.planning.engine import MOST_HOURS, Plan, Planned, plan
from roadmap.planning.schedule import BESIDE
from roadmap.planning.steps import Closes, CyclicPrerequisites, Pace, Profile, Step
from tests.moments import MONDAY

pytestmark = pytest.mark.once

TINY = 1e-6
SKILLS = ["algebra", "coding", "reading", "talking"]
ROLES = ["engineer", "researcher"]


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


def made_of(*steps: Step, by: Profile | None = None, hours: int = 10, deadline_on: date | None = None) -> Plan:
    return plan(steps, by or profile(), starts_on=MONDAY, hours_per_week=hours, deadline_on=deadline_on)


def rounded(week: Mapping[str, float]) -> dict[str, float]:
    return {key: round(hours, 6) for key, hours in week.items()}


def keys(made: Plan) -> list[str]:
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
        before = [s.key for s in steps if s.phase <= phase and ("companion" in marks or not s.companion)]
        steps.append(
            Step(
                key=f"s{number}",
                hours=draw(st.integers(1, 40)),
                phase=phase,
                raises=draw(RAISES),
                requires=tuple(draw(st.sets(st.sampled_from(before), max_size=2))) if before else (),
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
    return Profile(mix, levels, gaps(expected, mix, levels), situation, goal)


HOURS = st.integers(1, 60)
DAYS = st.dates(date(1970, 1, 1), date(2100, 1, 1))


@given(steps=graphs(), by=people(), hours=HOURS, starts_on=DAYS)
def test_no_step_comes_before_its_prerequisite(steps: list[Step], by: Profile, hours: int, starts_on: date) -> None:
    made = plan(steps, by, starts_on=starts_on, hours_per_week=hours)
    place = {key: number for number, key in enumerate(keys(made))}
    planned = {p.step.key: p for p in made.steps}
    first, last = work(made)
    for key in place:
        for needed in set(planned[key].step.requires) & set(place):
            assert place[needed] < place[key]
            assert planned[needed].ends_on <= planned[key].starts_on
            assert last[needed] <= first[key] + TINY


@given(steps=graphs(), by=people())
def test_what_a_step_waits_for_is_planned_mastered_or_not_for_this_person(steps: list[Step], by: Profile) -> None:
    made = made_of(*steps, by=by)
    known = {s.key: s for s in steps}
    for planned in made.steps:
        for needed in set(planned.step.requires) - set(keys(made)):
            other = known[needed]
            assert mastered(other, by) or not other.suits(by)


@given(steps=graphs(), by=people(), hours=HOURS, starts_on=DAYS)
def test_no_week_is_over_capacity_and_every_hour_is_scheduled(
    steps: list[Step], by: Profile, hours: int, starts_on: date
) -> None:
    made = plan(steps, by, starts_on=starts_on, hours_per_week=hours)
    spent: dict[str, float] = {}
    for number in range(made.weeks):
        week = made.week(number)
        assert 0 < sum(week.values()) <= hours + TINY
        monday = starts_on + timedelta(weeks=number)
        for key, share in week.items():
            spent[key] = spent.get(key, 0) + share
            planned = next(p for p in made.steps if p.step.key == key)
            assert planned.starts_on <= monday + timedelta(days=6)
            assert planned.ends_on >= monday
    assert made.week(made.weeks) == {}
    assert spent == pytest.approx({p.step.key: p.step.hours for p in made.steps})


@given(steps=graphs(), by=people())
def test_every_step_closes_a_gap_unlocks_proves_or_was_asked_for(steps: list[Step], by: Profile) -> None:
    made = made_of(*steps, by=by)
    level = dict(by.levels)
    for planned in made.steps:
        reason, this = planned.reason, planned.step
        assert reason
        for closed in reason.closes:
            assert closed.start < by.gaps[closed.skill].to
            assert closed.start < closed.to == this.raises[closed.skill]
            assert closed.roles == by.gaps[closed.skill].roles != ()
        for key in reason.unlocks:
            assert this.key in next(p.step for p in made.steps if p.step.key == key).requires
        assert reason.proves == this.activity
        assert (reason.for_goal is not None) == (this.always and bool(this.goals))
        assert (reason.for_situation is not None) == (this.always and bool(this.situations))
    for planned in work_order(made):
        for closed in planned.reason.closes:
            level[closed.skill] = max(level.get(closed.skill, 0), closed.to)
    for skill, gap in by.gaps.items():
        if level.get(skill, 0) > by.levels.get(skill, 0):
            assert gap.to > gap.level


@given(steps=graphs(), by=people())
def test_nothing_that_is_mastered_or_meant_for_others_is_planned(steps: list[Step], by: Profile) -> None:
    for planned in made_of(*steps, by=by).steps:
        assert planned.step.suits(by)
        # What the goal or the situation asks for is done whatever one can do already.
        assert planned.step.always or not mastered(planned.step, by)


@given(steps=graphs(), by=people(), hours=HOURS, more=st.integers(1, 30))
def test_more_hours_never_end_a_plan_later(steps: list[Step], by: Profile, hours: int, more: int) -> None:
    slow, quick = made_of(*steps, by=by, hours=hours), made_of(*steps, by=by, hours=hours + more)
    assert {p.step.key for p in quick.steps} == {p.step.key for p in slow.steps}
    assert quick.ends_on <= slow.ends_on


@given(steps=graphs(), by=people(), hours=HOURS)
def test_what_is_bound_to_time_never_takes_less_and_little_runs_at_once(
    steps: list[Step], by: Profile, hours: int
) -> None:
    made = made_of(*steps, by=by, hours=hours)
    first, last = work(made)
    for planned in made.steps:
        pace, key = planned.step.pace, planned.step.key
        if pace is not None:
            assert last[key] - first[key] >= (pace.weeks or 0) - TINY
            assert (planned.ends_on - planned.starts_on).days + 1 >= 7 * (pace.weeks or 0)
            most = pace.rate(planned.step.hours)
            assert all(segment.rate <= most + TINY for segment in made.segments if segment.key == key)
    for moment in {segment.start for segment in made.segments}:
        at_once = [segment for segment in made.segments if segment.start <= moment < segment.end]
        assert len(at_once) <= BESIDE + 1
        assert sum(segment.rate for segment in at_once) <= hours + TINY


@given(steps=graphs(), by=people(), hours=HOURS, data=st.data())
def test_the_same_input_gives_the_same_plan_in_whatever_order_it_comes(
    steps: list[Step], by: Profile, hours: int, data: st.DataObject
) -> None:
    made = made_of(*steps, by=by, hours=hours)
    assert made_of(*steps, by=by, hours=hours) == made
    assert made_of(*data.draw(st.permutations(steps)), by=by, hours=hours) == made


@given(steps=graphs(), by=people(), hours=HOURS)
def test_phases_never_go_backwards(steps: list[Step], by: Profile, hours: int) -> None:
    made = made_of(*steps, by=by, hours=hours)
    phases = [planned.step.phase for planned in made.steps]
    assert phases == sorted(phases)
    first, last = work(made)
    for planned in made.steps:
        earlier = [p.step for p in made.steps if p.step.phase < planned.step.phase and not p.step.companion]
        assert all(
            last[other.key] <= first[planned.step.key] + TINY for other in earlier if not hangs_on_time(other, made)
        )


def hangs_on_time(step: Step, made: Plan) -> bool:
    """Whether a step, or what it waits for, has a pace of its own: others go on meanwhile."""
    known = {planned.step.key: planned.step for planned in made.steps}
    return step.pace is not None or any(hangs_on_time(known[key], made) for key in step.requires if key in known)


@given(steps=graphs(), by=people(), hours=HOURS, days=st.integers(0, 400))
def test_what_is_late_is_named_and_the_hours_that_would_fit_are_the_fewest(
    steps: list[Step], by: Profile, hours: int, days: int
) -> None:
    deadline_on = MONDAY + timedelta(days=days)
    made = made_of(*steps, by=by, hours=hours, deadline_on=deadline_on)
    assert made.late == {p.step.key for p in made.steps if p.ends_on > deadline_on}
    if not made.late:
        assert made.hours_to_fit is None
        return
    if made.hours_to_fit is None:
        assert hours == MOST_HOURS or made_of(*steps, by=by, hours=MOST_HOURS, deadline_on=deadline_on).late
        return
    assert made.hours_to_fit > hours
    assert not made_of(*steps, by=by, hours=made.hours_to_fit, deadline_on=deadline_on).late
    assert made_of(*steps, by=by, hours=made.hours_to_fit - 1, deadline_on=deadline_on).late


@given(steps=graphs(), by=people(), data=st.data())
def test_a_cycle_among_what_is_needed_is_named(steps: list[Step], by: Profile, data: st.DataObject) -> None:
    made = made_of(*steps, by=by)
    waiting = [p.step for p in made.steps if p.step.requires and set(p.step.requires) & set(keys(made))]
    assume(waiting)
    last = data.draw(st.sampled_from(sorted(waiting, key=lambda s: s.key)))
    first = data.draw(st.sampled_from(sorted(set(last.requires) & set(keys(made)))))
    circular = [replace(s, requires=(*s.requires, last.key)) if s.key == first else s for s in steps]
    with pytest.raises(CyclicPrerequisites) as caught:
        made_of(*circular, by=by)
    assert {first, last.key} <= set(str(caught.value).split(", "))


def work(made: Plan) -> tuple[dict[str, float], dict[str, float]]:
    """When work on each step begins and ends, in hours of the whole plan."""
    first: dict[str, float] = {}
    last: dict[str, float] = {}
    for segment in made.segments:
        first[segment.key] = min(segment.start, first.get(segment.key, segment.start))
        last[segment.key] = max(segment.end, last.get(segment.key, segment.end))
    return first, last


def work_order(made: Plan) -> list[Planned]:
    _, last = work(made)
    return sorted(made.steps, key=lambda planned: last[planned.step.key])


def mastered(found: Step, by: Profile) -> bool:
    return all(by.levels.get(skill, 0) >= level for skill, level in found.raises.items())


# What is needed


def test_the_steps_between_todays_level_and_the_target_are_planned_and_those_beyond_are_not() -> None:
    ladder = [step(f"to-{level}", raises={"algebra": level}, phase=level - 1) for level in (1, 2, 3, 4)]
    assert keys(made_of(*ladder, by=profile({"algebra": 3}, levels={"algebra": 1}))) == ["to-2", "to-3"]


def test_where_no_step_ends_at_the_target_the_next_one_above_it_is_taken() -> None:
    steps = [step("to-3", raises={"algebra": 3}), step("to-4", raises={"algebra": 4})]
    assert keys(made_of(*steps)) == ["to-3"]


def test_a_step_that_hardly_matters_to_the_mix_is_left_out_unless_another_one_needs_it() -> None:
    aside = step("aside", raises={"coding": 1}, roles={"researcher": 1})
    assert keys(made_of(aside, by=profile({"coding": 1}))) == []
    wanted = step("wanted", raises={"coding": 2}, requires=("aside",))
    assert keys(made_of(aside, wanted, by=profile({"coding": 2}))) == ["aside", "wanted"]


def test_a_step_whose_gain_another_one_brings_too_is_left_out_the_longer_one_first() -> None:
    steps = [step("long", hours=30), step("short", hours=10)]
    assert keys(made_of(*steps, by=profile({"algebra": 1}))) == ["short"]


def test_what_proves_an_activity_is_no_double_however_long_it_is() -> None:
    steps = [step("proof", hours=30, activity="kaggle"), step("short")]
    assert keys(made_of(*steps, by=profile({"algebra": 1}))) == ["proof"]


def test_a_step_that_only_goes_on_from_a_target_that_is_reached_is_not_needed() -> None:
    # By the turn of "b" its algebra is there, and its coding lies above the target that "c" reaches.
    steps = [
        step("a", raises={"algebra": 2}),
        step("b", raises={"algebra": 1, "coding": 3}, phase=1),
        step("c", raises={"coding": 1, "reading": 1}),
    ]
    wanted = profile({"algebra": 2, "coding": 1, "reading": 1})
    assert keys(made_of(*steps, by=wanted)) == ["a", "c"]


def test_what_the_goal_or_the_situation_asks_for_is_always_in_the_plan_and_says_so() -> None:
    letter = step("letter", always=True, goals=frozenset({"job"}))
    notes = step("notes", always=True, situations=frozenset({"student"}))
    grown = profile(levels={"algebra": 4})
    made = made_of(letter, notes, by=grown)
    assert [(p.step.key, p.reason.for_goal, p.reason.for_situation) for p in made.steps] == [
        ("letter", "job", None),
        ("notes", None, "student"),
    ]
    assert keys(made_of(letter, notes, by=replace(grown, goal="study", situation="worker"))) == []


def test_a_person_who_is_there_has_nothing_to_do() -> None:
    made = made_of(step("a"), by=profile(levels={"algebra": 2}))
    assert (made.steps, made.hours, made.weeks, made.ends_on, made.late) == ((), 0, 0, MONDAY, frozenset())


# The order


def test_among_what_is_free_the_largest_gap_per_hour_comes_first_and_equals_by_key() -> None:
    steps = [
        step("c-short", hours=5, raises={"coding": 1}),
        step("b-long", hours=20, raises={"algebra": 1}),
        step("a-long", hours=20, raises={"reading": 1}),
    ]
    assert keys(made_of(*steps, by=profile({"algebra": 1, "coding": 1, "reading": 1}))) == [
        "c-short",
        "a-long",
        "b-long",
    ]


def test_a_step_is_worth_what_it_unlocks() -> None:
    steps = [
        step("door", hours=50, raises={"talking": 1}),
        step("room", hours=1, raises={"algebra": 2}, requires=("door",)),
        step("other", hours=5, raises={"coding": 1}),
    ]
    wanted = profile({"algebra": 2, "coding": 1})
    assert keys(made_of(*steps, by=wanted)) == ["door", "room", "other"]


def test_foundations_are_not_starved_by_practice() -> None:
    practice = [step(f"practice-{n}", hours=5, raises={"coding": 1}, activity="kaggle") for n in range(4)]
    base = step("base", hours=50, foundation=True)
    made = made_of(*practice, base, by=profile({"algebra": 1, "coding": 1}))
    assert keys(made) == ["practice-0", "practice-1", "base", "practice-2", "practice-3"]


# The days


def test_days_are_inclusive_and_follow_the_hours_of_a_week() -> None:
    steps = [step("a", hours=10), step("b", hours=5, raises={"algebra": 2}, requires=("a",))]
    assert [(p.starts_on, p.ends_on) for p in made_of(*steps, hours=10).steps] == [
        (date(2026, 1, 5), date(2026, 1, 11)),
        (date(2026, 1, 12), date(2026, 1, 15)),
    ]


def test_a_companion_runs_slowly_beside_the_main_track_and_alone_after_it() -> None:
    beside = step("beside", hours=10, raises={"reading": 1}, companion=True)
    made = made_of(step("main", hours=16), beside, by=profile({"algebra": 1, "reading": 1}))
    assert [rounded(made.week(number)) for number in range(made.weeks)] == [
        {"main": 8, "beside": 2},
        {"main": 8, "beside": 2},
        {"beside": 6},
    ]


def test_a_companion_waits_for_its_prerequisite_and_for_its_phase() -> None:
    steps = [
        step("first", hours=10),
        step("second", hours=10, raises={"coding": 1}, phase=1),
        step("habit", hours=4, raises={"reading": 1}, requires=("first",), companion=True),
        step("circle", hours=4, raises={"talking": 1}, phase=1, companion=True),
    ]
    made = made_of(*steps, by=profile(dict.fromkeys(SKILLS, 1)))
    assert keys(made) == ["first", "habit", "second", "circle"]
    assert rounded(made.week(0)) == {"first": 10}
    assert rounded(made.week(1)) == {"second": 8, "habit": 2}
    assert set(made.week(2)) == {"second", "habit", "circle"}


def test_what_is_bound_to_weeks_runs_beside_the_main_work_and_never_quicker() -> None:
    habit = step("habit", hours=12, raises={"reading": 1}, pace=Pace(weeks=6))
    main = step("main", hours=80, raises={"coding": 1})
    made = made_of(habit, main, by=profile({"coding": 1, "reading": 1}))
    assert [rounded(made.week(number)) for number in (0, 5, 6)] == [
        {"habit": 2, "main": 8},
        {"habit": 2, "main": 8},
        {"main": 10},
    ]
    quick = made_of(habit, main, by=profile({"coding": 1, "reading": 1}), hours=60)
    assert {p.step.key: (p.ends_on - MONDAY).days + 1 for p in quick.steps} == {"habit": 42, "main": 10}


def test_what_may_take_longer_leaves_half_of_the_time_to_the_main_work() -> None:
    contest = step("contest", hours=60, raises={"reading": 1}, pace=Pace(weeks=6))
    made = made_of(contest, step("main", hours=70, raises={"coding": 1}), by=profile({"coding": 1, "reading": 1}))
    assert [rounded(made.week(number)) for number in (0, 11, 12)] == [
        {"contest": 5, "main": 5},
        {"contest": 5, "main": 5},
        {"main": 10},
    ]
    assert rounded(made_of(contest, by=profile({"reading": 1})).week(0)) == {"contest": 10}


def test_what_lasts_exactly_so_long_comes_first_and_the_main_work_gets_what_is_left() -> None:
    internship = step("internship", hours=64, raises={"reading": 1}, pace=Pace(weeks=8, exactly=True))
    made = made_of(internship, step("main", hours=66, raises={"coding": 1}), by=profile({"coding": 1, "reading": 1}))
    assert [rounded(made.week(number)) for number in (0, 7, 8)] == [
        {"internship": 8, "main": 2},
        {"internship": 8, "main": 2},
        {"main": 10},
    ]


def test_a_habit_waits_until_there_is_room_to_keep_it_at_its_own_pace() -> None:
    habits = [
        step(f"habit-{skill}", hours=8, raises={skill: 1}, pace=Pace(weeks=8), companion=True)
        for skill in ("reading", "talking", "coding")
    ]
    wanted = profile({"algebra": 1, "reading": 1, "talking": 1, "coding": 1})
    made = made_of(*habits, step("main", hours=60), by=wanted, hours=4)
    assert [rounded(made.week(number)) for number in (0, 8)] == [
        {"habit-coding": 1, "habit-reading": 1, "main": 2},
        {"habit-talking": 1, "main": 3},
    ]


def test_while_something_waits_for_its_weeks_what_does_not_need_it_goes_on() -> None:
    steps = [
        step("log", hours=4, raises={"reading": 1}, pace=Pace(weeks=4)),
        step("review", hours=10, raises={"reading": 2}, requires=("log",)),
        step("other", hours=40, raises={"coding": 1}),
    ]
    made = made_of(*steps, by=profile({"coding": 1, "reading": 2}))
    assert [set(made.week(number)) for number in range(made.weeks)] == [
        {"log", "other"},
        {"log", "other"},
        {"log", "other"},
        {"log", "other"},
        {"other", "review"},
        {"review"},
    ]


def test_a_deadline_before_the_start_fits_nothing_and_no_hours_would() -> None:
    made = made_of(step("a"), deadline_on=MONDAY - timedelta(days=1))
    assert (made.late, made.hours_to_fit) == (frozenset({"a"}), None)


def test_each_step_says_from_where_it_leads_to_where_and_who_asks() -> None:
    steps = [step("a"), step("b", raises={"algebra": 2}, requires=("a",), activity="kaggle")]
    first, second = (planned.reason for planned in made_of(*steps).steps)
    assert first.closes == (Closes("algebra", 0, 1, ("engineer", "researcher")),)
    assert (first.unlocks, first.proves) == (("b",), None)
    assert second.closes == (Closes("algebra", 1, 2, ("engineer", "researcher")),)
    assert (second.unlocks, second.proves) == ((), "kaggle")


def test_steps_that_wait_for_one_another_are_refused_by_name() -> None:
    steps = [step("a", requires=("b",)), step("b", raises={"algebra": 2}, requires=("a",))]
    with pytest.raises(CyclicPrerequisites, match=r"^a, b$"):
        made_of(*steps)


def test_a_cycle_among_what_nobody_needs_harms_nobody() -> None:
    steps = [step("a", requires=("b",), raises={"coding": 1}), step("b", raises={"coding": 2}, requires=("a",))]
    assert keys(made_of(*steps, step("c"))) == ["c"]
