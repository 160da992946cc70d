"""Why each step of a plan is there. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from roadmap.planning.sequence import Stairs
from roadmap.planning.steps import Closes, Profile, Reason, Step


def explain(
    ordered: Sequence[Step],
    profile: Profile,
    *,
    stairs: Stairs = MappingProxyType({}),
    proofs: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    mastered: Collection[str] = (),
) -> dict[str, Reason]:
    """Why each step is there. Levels rise along the sequence, so each one says from where it leads to where.

    What lies above the target is no gap: a step that only goes on from there needs another reason. `stairs` are the
    steps from whose level each goes on, `proofs` the roles whose class one proves, `mastered` what the person can do.
    """
    running = dict(profile.levels)
    reasons = {}
    for step in ordered:
        closes = list(_closes(step, profile, running))
        for skill, level in step.raises.items():
            running[skill] = max(running.get(skill, 0), level)
        asked = step.activity or step.key in proofs or step.always
        unlocks = tuple(
            other.key
            for other in ordered
            if step.key in other.requires or any(step.key in group for group in stairs.get(other.key, ()))
        )
        if not (closes or asked or unlocks):  # A second way to the same levels.
            closes = list(_closes(step, profile, profile.levels))
        reasons[step.key] = Reason(
            closes=tuple(closes),
            unlocks=unlocks,
            proves=step.activity,
            proof_for=proofs.get(step.key, ()),
            proof_class=profile.target_class if step.key in proofs else 0,
            brings=tuple(key for key in step.requires if key in mastered),
            for_goal=profile.goal if step.always and step.goals else None,
            for_situation=profile.situation if step.always and step.situations else None,
        )
    return reasons


def _closes(step: Step, profile: Profile, levels: Mapping[str, int]) -> Iterator[Closes]:
    """The parts of the gap that a step closes for somebody with these levels."""
    for skill, level in sorted(step.raises.items()):
        gap = profile.gaps.get(skill)
        if gap and levels.get(skill, 0) < min(gap.to, level):
            yield Closes(skill, levels.get(skill, 0), level, gap.roles)
