"""From a wish to a plan, and from a plan to a roadmap in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from content.catalogue import Catalogue
from content.pack import format as fmt
from roadmap.changes.bases import bases_of, keep_bases
from roadmap.changes.ordering import position_of
from roadmap.models import ChecklistItem, Milestone, Phase, Roadmap
from roadmap.planning.engine import Plan
from roadmap.planning.from_catalogue import reason_as_data
from roadmap.planning.wishes import Wish


def title_for(wish: Wish, catalogue: Catalogue) -> fmt.Bilingual:
    """A first title: the role that counts most, and the goal."""
    role = max(catalogue.roles, key=lambda key: wish.role_mix[key])
    name, goal = catalogue.roles[role].name, catalogue.goals[wish.goal].name
    return fmt.Bilingual(ko=f"{name.ko} · {goal.ko}", en=f"{name.en} · {goal.en}")


@transaction.atomic
def create_from_plan(owner: User, wish: Wish, made: Plan, catalogue: Catalogue, *, at: datetime) -> Roadmap:
    """Copy a plan into a roadmap of `owner`'s, in as many statements whatever its size; SQLite splits the long ones."""
    title = title_for(wish, catalogue)
    roadmap = Roadmap.objects.create(
        owner=owner,
        title_ko=title.ko,
        title_en=title.en,
        role_mix=dict(wish.role_mix),
        target_class=wish.target_class,
        situation=wish.situation,
        goal=wish.goal,
        hours_per_week=wish.hours_per_week,
        starts_on=wish.starts_on,
        deadline_on=wish.deadline_on,
        size=wish.size,
        levels=dict(wish.levels),
        skill_levels=dict(wish.skills),
        pack=catalogue.pack.id,
        pack_version=catalogue.pack.version,
        created_at=at,
    )
    keys = list(catalogue.phases)
    phases = Phase.objects.bulk_create(
        Phase(
            roadmap=roadmap,
            owner=owner,
            key=key,
            position=number,
            name_ko=catalogue.phases[key].name.ko,
            name_en=catalogue.phases[key].name.en,
        )
        for number, key in enumerate(keys)
    )
    keep_bases((planned.step.key for planned in made.steps), catalogue)
    milestones = []
    for number, planned in enumerate(made.steps):
        template = catalogue.templates[planned.step.key]
        milestone = copy_of(
            template,
            catalogue,
            roadmap=roadmap,
            phase=phases[planned.phase],
            reason=reason_as_data(planned.reason),
        )
        milestone.position = position_of(number)
        milestone.starts_on, milestone.ends_on = planned.starts_on, planned.ends_on
        milestones.append(milestone)
    Milestone.objects.bulk_create(milestones)
    ChecklistItem.objects.bulk_create(
        item for milestone in milestones for item in checklist_of(catalogue.templates[milestone.template], milestone)
    )
    return roadmap


def copy_of(
    template: fmt.Milestone, catalogue: Catalogue, *, roadmap: Roadmap, phase: Phase, reason: dict[str, Any]
) -> Milestone:
    """A template as a milestone of a roadmap, unsaved and without a place or days. Its base is kept already."""
    return Milestone(
        roadmap=roadmap,
        owner_id=roadmap.owner_id,
        phase=phase,
        template=template.id,
        pack_version=catalogue.pack.version,
        base_id=bases_of(catalogue)[template.id].digest,
        competency=template.competency,
        activity=template.activity or "",
        title_ko=template.title.ko,
        title_en=template.title.en,
        outcome_ko=template.outcome.ko,
        outcome_en=template.outcome.en,
        hours=template.hours,
        companion=template.companion,
        reason=reason,
        resources=list(template.resources),
    )


def checklist_of(template: fmt.Milestone, milestone: Milestone) -> list[ChecklistItem]:
    """The items of a template as those of its saved copy, unsaved."""
    return [
        ChecklistItem(
            roadmap_id=milestone.roadmap_id,
            milestone=milestone,
            owner_id=milestone.owner_id,
            position=position_of(number),
            template=item.id,
            text_ko=item.text.ko,
            text_en=item.text.en,
        )
        for number, item in enumerate(template.checklist)
    ]
