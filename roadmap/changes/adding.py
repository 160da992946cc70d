"""Milestones of the catalogue, put into a roadmap that is there already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

from django.db import connection, transaction

from assessments.targets import gaps, mastered
from content.catalogue import Catalogue
from content.pack import format as fmt
from roadmap.changes.bases import keep_bases
from roadmap.changes.creating import checklist_of, copy_of
from roadmap.changes.holding import hold
from roadmap.changes.limits import room_for_milestones
from roadmap.changes.milestones import record_added
from roadmap.changes.ordering import position_after
from roadmap.models import ChecklistItem, Milestone, Phase, Roadmap
from roadmap.models.counting import FINISHED, counted
from roadmap.planning.engine import DAYS, ROUNDING
from roadmap.planning.from_catalogue import levels_by_skill, reason_as_data, steps_of
from roadmap.planning.reasons import explain
from roadmap.planning.schedule import COMPANION_SHARE
from roadmap.planning.steps import Profile, Step


@dataclass(frozen=True)
class Offer:
    """What can be put into a roadmap: what was `asked` for, what that `needs` first, what is `there` already."""

    asked: tuple[fmt.Milestone, ...]
    needs: tuple[fmt.Milestone, ...]
    there: tuple[tuple[fmt.Milestone, str], ...]


def offer(roadmap: Roadmap, keys: Collection[str], catalogue: Catalogue) -> Offer:
    """What `keys` mean for a roadmap; keys that the catalogue does not know mean nothing. One query."""
    on_it = _on(roadmap)
    asked = {key for key in keys if key in catalogue.templates and key not in on_it}
    needs = missing_first(asked, on_it, levels_by_skill(roadmap.levels, roadmap.skill_levels, catalogue), catalogue)
    pages = {key: Milestone(pk=pk, roadmap=roadmap).get_absolute_url() for key, pk in on_it.items()}
    return Offer(
        asked=tuple(catalogue.templates[key] for key in in_order(asked, catalogue)),
        needs=tuple(catalogue.templates[key] for key in in_order(needs, catalogue)),
        there=tuple(
            (catalogue.templates[key], pages[key]) for key in catalogue.templates if key in keys and key in on_it
        ),
    )


def missing_first(
    asked: Collection[str], there: Collection[str], levels: Mapping[str, int], catalogue: Catalogue
) -> set[str]:
    """The prerequisites of `asked`, and theirs, that are not there and whose skills the person does not have yet.

    `levels` are by skill.
    """
    found: set[str] = set()
    waiting = list(asked)
    while waiting:
        for key in catalogue.templates[waiting.pop()].requires:
            template = catalogue.templates.get(key)
            new = template and key not in asked and key not in there and key not in found
            if template and new and not mastered(template.raises, levels):
                found.add(key)
                waiting.append(key)
    return found


def in_order(keys: Collection[str], catalogue: Catalogue) -> list[str]:
    """`keys` phase by phase in the order of the catalogue, each after those of them that it requires."""
    phases = list(catalogue.phases)
    ordered: list[str] = []

    def place(key: str) -> None:
        for other in sorted(catalogue.templates[key].requires):
            if other in keys and other not in ordered:
                place(other)
        if key not in ordered:
            ordered.append(key)

    for template in sorted(catalogue.templates.values(), key=lambda each: phases.index(each.phase)):
        if template.id in keys:
            place(template.id)
    return ordered


@transaction.atomic
def put(
    roadmap: Roadmap, keys: Iterable[str], catalogue: Catalogue, *, at: datetime, today: date
) -> tuple[list[Milestone], Milestone | None]:
    """Copy what is not there yet into `roadmap`, as one change; the milestones made, and the one to open.

    What is put starts after everything that is open there, main work one after the other at the roadmap's weekly
    hours, companions beside it. In its phase it stands after the last that is open. Raises TooMany.
    """
    wanted = [key for key in dict.fromkeys(keys) if key in catalogue.templates]
    held = hold(roadmap)  # Of two that put the same, the second finds it.
    on_it = _on(held)
    new = in_order({key for key in wanted if key not in on_it}, catalogue)
    if not new:
        return [], Milestone.objects.filter(roadmap=held, pk=next((on_it[key] for key in wanted), 0)).first()
    room_for_milestones(held, len(new))
    open_ones = _open(held)
    reasons = _reasons(held, new, on_it, catalogue)
    phases = _phases(held, new, catalogue)
    steps = {step.key: step for step in steps_of(catalogue)}
    days = _days(held, [steps[key] for key in new], open_ones, today=today)
    used = [phases[catalogue.templates[key].phase] for key in new]
    behind = {phase.pk: _last(phase, open_ones) for phase in dict.fromkeys(used)}
    keep_bases(new, catalogue)
    made = []
    for key in new:
        template = catalogue.templates[key]
        phase = phases[template.phase]
        starts_on, ends_on = days[key]
        milestone = copy_of(template, catalogue, roadmap=held, phase=phase, reason=reasons[key])
        milestone.position = position_after(Milestone.objects.filter(phase=phase), behind[phase.pk])
        milestone.starts_on, milestone.ends_on = starts_on, ends_on
        milestone.save(force_insert=True)
        behind[phase.pk] = milestone.pk
        made.append(milestone)
    ChecklistItem.objects.bulk_create(
        item for milestone in made for item in checklist_of(catalogue.templates[milestone.template], milestone)
    )
    record_added(held, made, at=at)
    first = next(key for key in wanted if key in new)
    return made, next(milestone for milestone in made if milestone.template == first)


def _on(roadmap: Roadmap) -> dict[str, int]:
    """The keys of the templates that a roadmap's milestones were copied from, with the milestones' primary keys."""
    rows = Milestone.objects.filter(roadmap=roadmap, removed_at=None).exclude(template="")
    return dict(rows.order_by("-pk").values_list("template", "pk"))


@dataclass(frozen=True)
class _Open:
    """A milestone that is neither done nor skipped."""

    pk: int
    phase: int
    ends_on: date
    companion: bool


OPEN = f"""
    SELECT id, phase_id, ends_on, companion
      FROM ({counted(of="m.roadmap_id = %s", more="m.position, m.ends_on, m.companion")}) counted
     WHERE NOT skipped AND NOT {FINISHED} ORDER BY position
"""


def _open(roadmap: Roadmap) -> list[_Open]:
    """The milestones of a roadmap that are neither done nor skipped, in the order of each phase."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [roadmap.pk, roadmap.owner_id])
        return [_Open(pk, phase, last, bool(beside)) for pk, phase, last, beside in cursor]


def _last(phase: Phase, open_ones: Sequence[_Open]) -> int | None:
    """The last open milestone of a phase, or its very last one."""
    found = [each.pk for each in open_ones if each.phase == phase.pk]
    there = Milestone.objects.filter(phase=phase).order_by("-position").values_list("pk", flat=True)
    return found[-1] if found else there.first()


def _phases(roadmap: Roadmap, keys: Sequence[str], catalogue: Catalogue) -> dict[str, Phase]:
    """The phases that the templates belong to; one that the roadmap does not have is added at its end."""
    found = {phase.key: phase for phase in Phase.objects.filter(roadmap=roadmap)}
    last = max((phase.position for phase in found.values()), default=-1)
    for key in dict.fromkeys(catalogue.templates[each].phase for each in keys):
        if key not in found:
            last += 1
            name = catalogue.phases[key].name
            found[key] = Phase.objects.create(
                roadmap=roadmap, owner_id=roadmap.owner_id, key=key, position=last, name_ko=name.ko, name_en=name.en
            )
    return found


def _days(
    roadmap: Roadmap, steps: Sequence[Step], open_ones: Sequence[_Open], *, today: date
) -> dict[str, tuple[date, date]]:
    """First and last day of each, in order: after the main work that is open, none of it before today."""
    capacity = float(roadmap.hours_per_week)
    ends = [each.ends_on for each in open_ones if not each.companion]
    first = max([today, roadmap.starts_on, *(last + timedelta(days=1) for last in ends)])
    found = {}
    for step in steps:
        rate = capacity * COMPANION_SHARE if step.companion else capacity
        if step.pace:
            rate = min(step.pace.rate(step.hours), capacity)
        length = ceil(step.hours * DAYS / rate - ROUNDING)
        found[step.key] = (first, first + timedelta(days=length - 1))
        if not step.companion:
            first += timedelta(days=length)
    return found


def _reasons(
    roadmap: Roadmap, keys: Sequence[str], there: Collection[str], catalogue: Catalogue
) -> dict[str, dict[str, Any]]:
    """Why each is there: what it closes beyond what the roadmap leads to already, and which of the others it opens."""
    steps = {step.key: step for step in steps_of(catalogue)}
    levels = levels_by_skill(roadmap.levels, roadmap.skill_levels, catalogue)
    for key in there:
        for skill, level in steps[key].raises.items() if key in steps else ():
            levels[skill] = max(levels.get(skill, 0), level)
    expected = catalogue.expected[roadmap.target_class]
    mix = {role: parts for role, parts in roadmap.role_mix.items() if role in expected}
    profile = Profile(
        mix=mix,
        levels=levels,
        gaps=gaps(expected, mix, levels),
        situation=roadmap.situation,
        goal=roadmap.goal,
    )
    told = explain([steps[key] for key in keys], profile)
    return {key: reason_as_data(told[key]) for key in keys}
