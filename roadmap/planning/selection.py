"""Which steps a person needs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assessments.targets import RELEVANT, Gap, mastered, relevance
from roadmap.planning.steps import Profile, Step


def select(steps: Iterable[Step], profile: Profile) -> list[Step]:
    """The steps that are needed, in the order given: what closes a gap, what goal or situation ask for, and
    the prerequisites of these that the person does not master yet."""
    eligible = [step for step in steps if step.suits(profile)]
    by_key = {step.key: step for step in eligible}
    relevant = [step for step in eligible if relevance(step.roles, profile.mix) >= RELEVANT]
    wanted = {step.key for step in relevant if step.always}
    for gap in profile.gaps.values():
        if gap.to > gap.level:
            wanted.update(_chain(relevant, gap))
    wanted = _without_doubles(wanted, by_key, profile)
    waiting = sorted(wanted)
    while waiting:
        for key in by_key[waiting.pop()].requires:
            if key in by_key and key not in wanted and not mastered(by_key[key].raises, profile.levels):
                wanted.add(key)
                waiting.append(key)
    return [step for step in eligible if step.key in wanted]


def _chain(steps: Iterable[Step], gap: Gap) -> list[str]:
    """The steps that lead through one gap: those between level and target, or the next one above if there is none."""
    above = [step for step in steps if step.raises.get(gap.skill, 0) > gap.level]
    within = [step for step in above if step.raises[gap.skill] <= gap.to]
    if not within and above:
        nearest = min(step.raises[gap.skill] for step in above)
        within = [step for step in above if step.raises[gap.skill] == nearest]
    return [step.key for step in within]


def _without_doubles(wanted: set[str], by_key: Mapping[str, Step], profile: Profile) -> set[str]:
    """Leave out a step whose every gain others bring too; what proves an activity or unlocks another one stays."""
    kept = set(wanted)

    def gains(step: Step) -> set[tuple[str, int]]:
        levels = profile.levels
        return {(skill, level) for skill, level in step.raises.items() if level > levels.get(skill, 0)}

    for key in sorted(wanted, key=lambda key: (-by_key[key].hours, key)):
        step = by_key[key]
        if step.always or step.activity or any(key in by_key[other].requires for other in kept):
            continue
        others: set[tuple[str, int]] = set().union(*(gains(by_key[other]) for other in kept if other != key))
        if gains(step) <= others:
            kept.discard(key)
    return kept
