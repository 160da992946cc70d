"""What holds of every plan, whatever the steps, the person and the time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from roadmap.planning.engine import Plan, Planned
from roadmap.planning.schedule import BESIDE
from roadmap.planning.steps import CyclicPrerequisites, Profile, Step
from tests.roadmap.planning.inputs import DAYS, HOURS, TINY, graphs, keys, made_of, mastered, people, plan, work

pytestmark = pytest.mark.once


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
            other = next(p.step for p in made.steps if p.step.key == key)
            goes_on = any(other.raises.get(skill, 0) > level for skill, level in this.raises.items())
            assert this.key in other.requires or goes_on
        for key in reason.brings:
            assert key in this.requires
            assert key not in keys(made)
        assert set(reason.proof_for) <= {role for role, proved in this.proof_for.items() if proved == by.target_class}
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
        # What the goal or the situation asks for, and what proves the class, is done whatever one can do already.
        assert planned.step.always or planned.reason.proof_for or not mastered(planned.step, by)


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
    phases = [planned.phase for planned in made.steps]
    assert phases == sorted(phases)
    first, last = work(made)
    for planned in made.steps:
        assert planned.phase >= planned.step.phase
        earlier = [p.step for p in made.steps if p.phase < planned.phase and not p.step.companion]
        assert all(
            last[other.key] <= first[planned.step.key] + TINY for other in earlier if not hangs_on_time(other, made)
        )


def hangs_on_time(step: Step, made: Plan, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a step, or what it may wait for, has a pace of its own: others go on meanwhile."""
    known = {planned.step.key: planned.step for planned in made.steps if planned.step.key not in seen}
    before = {*step.requires, *step.after, *below(step, made)} & known.keys()
    return step.pace is not None or any(hangs_on_time(known[key], made, seen | {step.key}) for key in before)


def below(step: Step, made: Plan) -> list[str]:
    """The steps from whose level a step may go on."""
    return [p.step.key for p in made.steps if any(p.step.raises.get(s, 9) < level for s, level in step.raises.items())]


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


def work_order(made: Plan) -> list[Planned]:
    _, last = work(made)
    return sorted(made.steps, key=lambda planned: last[planned.step.key])
