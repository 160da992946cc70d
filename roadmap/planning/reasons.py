"""Why each step of a plan is there. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from roadmap.planning.steps import Closes, Profile, Reason, Step


def explain(ordered: Sequence[Step], profile: Profile) -> dict[str, Reason]:
    """Why each step is there. Levels rise along the sequence, so each one says from where it leads to where.

    What lies above the target is no gap: a step that only goes on from there needs another reason.
    """
    running = dict(profile.levels)
    reasons = {}
    for step in ordered:
        closes = []
        for skill, level in sorted(step.raises.items()):
            gap = profile.gaps.get(skill)
            if gap and running.get(skill, 0) < min(gap.to, level):
                closes.append(Closes(skill, running.get(skill, 0), level, gap.roles))
            running[skill] = max(running.get(skill, 0), level)
        reasons[step.key] = Reason(
            closes=tuple(closes),
            unlocks=tuple(other.key for other in ordered if step.key in other.requires),
            proves=step.activity,
            for_goal=profile.goal if step.always and step.goals else None,
            for_situation=profile.situation if step.always and step.situations else None,
        )
    return reasons
