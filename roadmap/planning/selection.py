"""Which steps are worth something to a person. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.role_mix import leading
from assessments.targets import RELEVANT, Gap, mastered, relevance
from roadmap.planning.steps import Profile, Step

FITTING = 15
"""What matters less to a mix, a mean weight below 1½, is not chosen for a level that something more fitting fills."""


@dataclass(frozen=True)
class Selection:
    """The steps that are worth something to a person, by key; of these `must` are in every plan, whatever its size.

    `proofs` are the steps that prove the target class, each with the roles of which it does.
    """

    steps: tuple[Step, ...]
    must: frozenset[str]
    proofs: Mapping[str, tuple[str, ...]]


def select(steps: Iterable[Step], profile: Profile) -> Selection:
    """What closes a gap, what goal or situation ask for, what proves the class, and the prerequisites of these that
    the person does not master yet."""
    suited = {step.key: step for step in steps if step.suits(profile)}
    relevant = [step for step in suited.values() if relevance(step.roles, profile.mix) >= RELEVANT]
    proofs = _proofs(suited, profile)
    must = {step.key for step in relevant if step.always} | proofs.keys()
    wanted = set(must)
    for gap in profile.gaps.values():
        if gap.to > gap.level:
            wanted.update(_chain(relevant, gap, profile.mix))
    waiting = sorted(wanted)
    while waiting:
        for key in missing(suited[waiting.pop()], suited, profile):
            if key not in wanted:
                wanted.add(key)
                waiting.append(key)
    return Selection(tuple(suited[key] for key in sorted(wanted)), frozenset(must), proofs)


def missing(step: Step, suited: Mapping[str, Step], profile: Profile) -> list[str]:
    """What a step requires and the person does not master yet."""
    return [key for key in step.requires if key in suited and not mastered(suited[key].raises, profile.levels)]


def _proofs(suited: Mapping[str, Step], profile: Profile) -> dict[str, tuple[str, ...]]:
    """The step that proves the target class for each role that leads the mix, and for which of them it does.

    Of several the one that proves it for most of them, then the one with the fewest hours to go is taken.
    """
    found: dict[str, tuple[str, ...]] = {}
    open_roles = [role for role in leading(profile.mix) if any(_proves(s, role, profile) for s in suited.values())]
    while open_roles:
        offers = {
            step.key: tuple(role for role in open_roles if _proves(step, role, profile)) for step in suited.values()
        }
        key = min(
            (key for key, roles in offers.items() if roles),
            key=lambda key: (-len(offers[key]), _way_to(key, suited, profile), key),
        )
        found[key] = offers[key]
        open_roles = [role for role in open_roles if role not in offers[key]]
    return found


def _proves(step: Step, role: str, profile: Profile) -> bool:
    return step.proof_for.get(role) == profile.target_class


def _way_to(key: str, suited: Mapping[str, Step], profile: Profile) -> int:
    """The hours of a step with all that it requires and the person does not master."""
    there, waiting = {key}, [key]
    while waiting:
        new = set(missing(suited[waiting.pop()], suited, profile)) - there
        there |= new
        waiting += new
    return sum(suited[each].hours for each in there)


def _chain(steps: Sequence[Step], gap: Gap, mix: Mapping[str, int]) -> list[str]:
    """The steps that lead through one gap: those between level and target, or the next one above if there is none.

    Of those that lead to one level the ones that fit the mix are taken, where there are any.
    """
    above = [step for step in steps if step.raises.get(gap.skill, 0) > gap.level]
    within = [step for step in above if step.raises[gap.skill] <= gap.to]
    if not within and above:
        nearest = min(step.raises[gap.skill] for step in above)
        within = [step for step in above if step.raises[gap.skill] == nearest]
    fitting = {step.raises[gap.skill] for step in within if relevance(step.roles, mix) >= FITTING}
    return [
        step.key for step in within if step.raises[gap.skill] not in fitting or relevance(step.roles, mix) >= FITTING
    ]
