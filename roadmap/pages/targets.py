"""Where a roadmap leads, in words."""

from __future__ import annotations

from dataclasses import dataclass

from content.catalogue import Catalogue
from content.pack import format as fmt
from roadmap.models import Roadmap


@dataclass(frozen=True)
class Target:
    """Where a roadmap leads, in the reader's language. `mix` holds the roles' numbers from 1, the roles and parts."""

    mix: tuple[tuple[int, fmt.Role, int], ...]
    class_number: int
    class_name: str
    goal: str
    situation: str


def target_of(role_mix: dict[str, int], target_class: int, goal: str, situation: str, catalogue: Catalogue) -> Target:
    """A target by its keys; what the catalogue does not know any more is named by its key."""
    found_class, found_goal = catalogue.classes.get(target_class), catalogue.goals.get(goal)
    found_situation = catalogue.situations.get(situation)
    return Target(
        mix=tuple((n, role, role_mix.get(key, 0)) for n, (key, role) in enumerate(catalogue.roles.items(), 1)),
        class_number=target_class,
        class_name=str(found_class.name) if found_class else "",
        goal=str(found_goal.name) if found_goal else goal,
        situation=str(found_situation.name) if found_situation else situation,
    )


def target_of_roadmap(roadmap: Roadmap, catalogue: Catalogue) -> Target:
    """A roadmap's target."""
    return target_of(roadmap.role_mix, roadmap.target_class, roadmap.goal, roadmap.situation, catalogue)
