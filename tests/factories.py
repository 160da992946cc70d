"""Rows for tests, made directly: functions with keyword arguments, small and valid unless told otherwise."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment
from assessments.results import Result
from content.catalogue import current_catalogue
from roadmap.models import ChecklistItem, Milestone, Phase, Roadmap, ShareLink

MIX = {"researcher": 2, "applied-researcher": 5, "engineer": 2, "domain-expert": 1}
LEVELS = {
    "mathematics": 1,
    "computing": 1,
    "english": 1,
    "deep-learning": 0,
    "tools": 0,
    "domain": 0,
    "problem-solving": 1,
    "communication": 1,
    "curiosity": 1,
}
STRETCH = timedelta(days=14)
_visitors = count(1)


def make_roadmap(
    owner: User,
    *,
    milestones: int = 2,
    items: int = 3,
    phases: int = 1,
    starts_on: date | None = None,
    at: datetime | None = None,
    title: str = "Towards applied research",
    **fields: Any,
) -> Roadmap:
    """A roadmap with `items` items in each of its milestones, which follow one another, two weeks and 10 hours each.

    Texts are numbered: "Milestone 1" ("이정표 1"), "Item 1.2" ("할 일 1.2"); the milestones are spread over the phases
    in order. `fields` are further columns of the roadmap.
    """
    first = starts_on or timezone.localdate()
    roadmap = Roadmap.objects.create(
        **{
            "owner": owner,
            "title_ko": title,
            "title_en": title,
            "role_mix": MIX,
            "target_class": 3,
            "situation": "cs-undergraduate",
            "goal": "employment",
            "hours_per_week": 5,
            "starts_on": first,
            "levels": LEVELS,
            "pack": "deep-learning",
            "pack_version": "1.0.0",
            "created_at": at or timezone.now(),
            **fields,
        }
    )
    stretches = Phase.objects.bulk_create(
        Phase(
            roadmap=roadmap,
            owner=owner,
            key=f"phase-{number}",
            position=number,
            name_ko=f"단계 {number + 1}",
            name_en=f"Phase {number + 1}",
        )
        for number in range(phases)
    )
    made = Milestone.objects.bulk_create(
        Milestone(
            roadmap=roadmap,
            owner=owner,
            phase=stretches[number * phases // milestones],
            position=number,
            template=f"milestone-{number + 1}",
            pack_version="1.0.0",
            competency="mathematics",
            title_ko=f"이정표 {number + 1}",
            title_en=f"Milestone {number + 1}",
            outcome_ko=f"결과 {number + 1}",
            outcome_en=f"Outcome {number + 1}",
            hours=10,
            starts_on=first + number * STRETCH,
            ends_on=first + number * STRETCH + timedelta(days=13),
        )
        for number in range(milestones)
    )
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            roadmap=roadmap,
            milestone=milestone,
            owner=owner,
            position=position,
            template=f"item-{position + 1}",
            text_ko=f"할 일 {number}.{position + 1}",
            text_en=f"Item {number}.{position + 1}",
        )
        for number, milestone in enumerate(made, 1)
        for position in range(items)
    )
    return roadmap


def milestone_of(roadmap: Roadmap, number: int = 1) -> Milestone:
    """The milestone with that number, from 1, as it is in the database now."""
    return Milestone.objects.get(roadmap=roadmap, title_en=f"Milestone {number}")


def item_of(roadmap: Roadmap, number: str = "1.1") -> ChecklistItem:
    """The item with that number, as it is in the database now."""
    return ChecklistItem.objects.get(roadmap=roadmap, text_en=f"Item {number}")


def make_assessment(
    owner: User | None,
    *,
    ratings: dict[str, int] | None = None,
    precise: dict[str, int] | None = None,
    finished_at: datetime | None = None,
    **result: Any,
) -> Assessment:
    """A finished assessment of somebody's, or of another visitor each time: a full result, unless told otherwise.

    `ratings` are levels by competency, `LEVELS` at first, and `precise` by skill; `result` are other parts of it.
    """
    catalogue, at = current_catalogue(), finished_at or timezone.now()
    skills = {
        key: [each.id for each in catalogue.skills.values() if each.competency == key] for key in catalogue.competencies
    }
    made = Result(
        **{
            "pack_version": catalogue.pack.version,
            "situation": "cs-undergraduate",
            "goal": "employment",
            "hours_per_week": 8,
            "role_mix": MIX,
            "engineer_class": 4,
            "roles": list(catalogue.roles),
            "skills": skills,
            "ratings": LEVELS if ratings is None else ratings,
            "precise": precise or {},
            "given": (),
            **result,
        }
    )
    owner_id = owner.pk if owner else -next(_visitors)
    return Assessment.objects.create(
        owner_id=owner_id, started_at=at, touched_at=at, finished_at=at, result=made.to_json()
    )


def make_link(
    roadmap: Roadmap | None = None,
    assessment: Assessment | None = None,
    *,
    label: str = "Professor Kim",
    owner_name: str = "Ana",
    days: int = 30,
    at: datetime | None = None,
    **fields: Any,
) -> ShareLink:
    """A share link that opens for `days` days from `at`; `fields` are columns to change afterwards."""
    link = ShareLink.make(roadmap, assessment, label=label, owner_name=owner_name, days=days, at=at or timezone.now())
    if fields:
        ShareLink.objects.filter(pk=link.pk).update(**fields)
        link.refresh_from_db()
    return link


def token_of(link: ShareLink) -> str:
    """The token that opens it."""
    token = link.token
    if token is None:
        raise ValueError("the server's key was changed since this link was made")
    return token
