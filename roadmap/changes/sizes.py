"""The size of a roadmap that is there: what another one would bring, what it would do without, and the change to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from content.catalogue import Catalogue
from content.pack import format as fmt
from roadmap.changes.adding import in_order, put
from roadmap.changes.holding import hold
from roadmap.changes.milestones import remove_milestone
from roadmap.models import Milestone, Roadmap
from roadmap.models.counting import counted
from roadmap.planning.from_catalogue import planner_for
from roadmap.planning.sizes import Size
from roadmap.planning.wishes import Wish


@dataclass(frozen=True)
class Difference:
    """What a roadmap of a size would have beside what is there, and what of that it would not have.

    `spare` has only what nobody has begun: nothing ticked, noted or skipped on it.
    """

    size: Size
    missing: tuple[fmt.Milestone, ...]
    spare: tuple[Milestone, ...]

    @property
    def hours_more(self) -> int:
        """The hours of what would come."""
        return _hours(self.missing)

    @property
    def hours_less(self) -> int:
        """The hours of what would go."""
        return _hours(self.spare)


def differences(roadmap: Roadmap, catalogue: Catalogue) -> dict[Size, Difference]:
    """How a roadmap differs from each size; nothing where the catalogue knows no more what it was planned for."""
    wish = _wish_of(roadmap)
    if not wish.fits(catalogue):
        return {}
    planner, begun = planner_for(wish, catalogue), _begun(roadmap)
    there = {each.template: each for each in Milestone.objects.on(roadmap) if each.template}
    found = {}
    for size, bits in planner.sizes.items():
        keys = {step.key for step in planner.choice.of(bits)}
        found[size] = Difference(
            size,
            missing=tuple(catalogue.templates[key] for key in in_order(keys - there.keys(), catalogue)),
            spare=tuple(
                each
                for key, each in there.items()
                if key in planner.choice.bit and key not in keys and each.pk not in begun
            ),
        )
    return found


def resize(roadmap: Roadmap, size: Size, catalogue: Catalogue, *, at: datetime, today: date) -> tuple[int, int]:
    """Give a roadmap another size; how many milestones came and went. Each change can be undone. Raises TooMany."""
    with transaction.atomic():
        held = hold(roadmap)
        difference = differences(held, catalogue)[size]
        for milestone in difference.spare:
            remove_milestone(milestone, at=at)
        made, _shown = put(held, [each.id for each in difference.missing], catalogue, at=at, today=today)
        held.row().update(size=size)
        return len(made), len(difference.spare)


def _hours(milestones: Iterable[fmt.Milestone | Milestone]) -> int:
    return sum(each.hours for each in milestones)


def _wish_of(roadmap: Roadmap) -> Wish:
    """What a roadmap was planned for, as far as its size depends on it."""
    return Wish(
        role_mix=roadmap.role_mix,
        target_class=roadmap.target_class,
        situation=roadmap.situation,
        goal=roadmap.goal,
        hours_per_week=roadmap.hours_per_week,
        starts_on=roadmap.starts_on,
        deadline_on=None,
        levels=roadmap.levels,
        skills=roadmap.skill_levels,
        size=roadmap.size,
    )


BEGUN = f"""
    SELECT id FROM ({counted(of="m.roadmap_id = %s", more="m.notes")}) counted
     WHERE done > 0 OR skipped OR notes <> ''
"""


def _begun(roadmap: Roadmap) -> set[int]:
    """The milestones on which something is ticked or noted, or that are skipped."""
    with connection.cursor() as cursor:
        cursor.execute(BEGUN, [roadmap.pk, roadmap.owner_id])
        return {pk for (pk,) in cursor}
