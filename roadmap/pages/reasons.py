"""Say in the reader's language why a milestone is on a roadmap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from content.catalogue import Catalogue
from content.pack import format as fmt


@dataclass(frozen=True)
class ClosedGap:
    """A skill that a milestone raises, and who asks for it."""

    name: str
    url: str
    start: int
    to: int
    roles: tuple[tuple[int, fmt.Role], ...]


@dataclass(frozen=True)
class SaidReason:
    """A reason with names and addresses in place of keys. `proof` is the class that it proves, and of which roles."""

    closes: tuple[ClosedGap, ...]
    unlocks: tuple[str, ...]
    proves: tuple[str, str] | None
    proof: tuple[int, tuple[str, ...]] | None
    brings: tuple[str, ...]
    goal: str
    situation: str


def say(reason: Mapping[str, Any], catalogue: Catalogue) -> SaidReason:
    """`reason` as it is kept on a milestone. What the catalogue does not know any more is left out."""
    numbers = {key: number for number, key in enumerate(catalogue.roles, 1)}
    closes = []
    for gap in reason.get("closes", ()):
        skill = catalogue.skills.get(gap["skill"])
        if skill is None:
            continue
        roles = tuple((numbers[key], catalogue.roles[key]) for key in gap["roles"] if key in catalogue.roles)
        url = f"{reverse('competency', args=[skill.competency])}#{skill.id}"
        closes.append(ClosedGap(str(skill.name), url, gap["from"], gap["to"], roles))
    activity = catalogue.activities.get(reason.get("proves", ""))
    goal = catalogue.goals.get(reason.get("goal", ""))
    situation = catalogue.situations.get(reason.get("situation", ""))
    proof = reason.get("proof") or {}
    proven = tuple(str(catalogue.roles[key].name) for key in proof.get("roles", ()) if key in catalogue.roles)
    return SaidReason(
        closes=tuple(closes),
        unlocks=_titles(reason.get("unlocks", ()), catalogue),
        proves=(str(activity.name), reverse("activity", args=[activity.id])) if activity else None,
        proof=(proof["class"], proven) if proven else None,
        brings=_titles(reason.get("brings", ()), catalogue),
        goal=str(goal.name) if goal else "",
        situation=str(situation.name) if situation else "",
    )


def _titles(keys: Iterable[str], catalogue: Catalogue) -> tuple[str, ...]:
    """The titles of milestones of the catalogue."""
    found = (catalogue.find(fmt.Milestone, key) for key in keys)
    return tuple(str(each.title) for each in found if each)
