"""What the planner needs, taken from the catalogue, and the plan of a wish."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from assessments.targets import gaps
from content.catalogue import Catalogue
from content.pack import format as fmt
from roadmap.planning.engine import Plan, Planner
from roadmap.planning.sizes import Size
from roadmap.planning.steps import Pace, Profile, Reason, Step
from roadmap.planning.wishes import Wish


@lru_cache(maxsize=2)
def steps_of(catalogue: Catalogue) -> tuple[Step, ...]:
    """What the planner knows of the catalogue's milestones."""
    phases = {key: number for number, key in enumerate(catalogue.phases)}
    foundations = next(iter(catalogue.groups))
    return tuple(
        Step(
            key=template.id,
            hours=template.hours,
            phase=phases[template.phase],
            raises=template.raises,
            requires=tuple(template.requires),
            after=tuple(template.after),
            competency=template.competency,
            roles=template.roles,
            companion=template.companion,
            foundation=catalogue.competencies[template.competency].group == foundations,
            activity=template.activity,
            always=template.always,
            pace=pace_of(template),
            proof_for=template.proof_for,
            before_deadline=template.weeks_before_deadline,
            goals=frozenset(template.goals),
            situations=frozenset(template.situations),
        )
        for template in catalogue.templates.values()
    )


def pace_of(template: fmt.Milestone) -> Pace | None:
    """How a milestone is bound to time, if it is."""
    if template.weeks is None and template.hours_a_week is None:
        return None
    weeks = template.weeks or fmt.Weeks.model_construct()
    return Pace(weeks.number or None, exactly=weeks.exactly is not None, hours_a_week=template.hours_a_week)


def levels_by_skill(levels: Mapping[str, int], skills: Mapping[str, int], catalogue: Catalogue) -> dict[str, int]:
    """The level in each skill: the one in `skills`, else its competency's in `levels`; none where neither says it."""
    # A retired competency is asked about no more, yet its skills are still in the catalogue.
    said = {key: skills.get(key, levels.get(skill.competency)) for key, skill in catalogue.skills.items()}
    return {key: level for key, level in said.items() if level is not None}


def planner_for(wish: Wish, catalogue: Catalogue) -> Planner:
    """The plans that a wish could lead to: pure once the catalogue is in memory."""
    levels = levels_by_skill(wish.levels, wish.skills, catalogue)
    profile = Profile(
        mix=wish.role_mix,
        levels=levels,
        gaps=gaps(catalogue.expected[wish.target_class], wish.role_mix, levels),
        situation=wish.situation,
        goal=wish.goal,
        target_class=wish.target_class,
    )
    return Planner(steps_of(catalogue), profile)


def plan_for(wish: Wish, catalogue: Catalogue) -> Plan:
    """The plan of a wish."""
    return planned_by(planner_for(wish, catalogue), wish)


def planned_by(planner: Planner, wish: Wish) -> Plan:
    """The plan of a wish by its planner."""
    return planner.plan(
        starts_on=wish.starts_on,
        hours_per_week=wish.hours_per_week,
        deadline_on=wish.deadline_on,
        size=Size(wish.size),
    )


def reason_as_data(reason: Reason) -> dict[str, Any]:
    """A planner's reason as it is kept on a milestone: only the parts that say something."""
    found: dict[str, Any] = {
        "closes": [{"skill": c.skill, "from": c.start, "to": c.to, "roles": list(c.roles)} for c in reason.closes],
        "unlocks": list(reason.unlocks),
        "proves": reason.proves,
        "proof": {"class": reason.proof_class, "roles": list(reason.proof_for)} if reason.proof_for else None,
        "brings": list(reason.brings),
        "goal": reason.for_goal,
        "situation": reason.for_situation,
    }
    return {name: value for name, value in found.items() if value}
