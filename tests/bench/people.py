"""People with roadmaps, in bulk: one is made row by row, the database copies it for all the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from itertools import cycle, islice

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as StockSessions
from django.db import connection, models
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from assessments.role_mix import even_mix
from content.catalogue import current_catalogue
from roadmap.models import ChecklistItem, Event, Milestone, Phase, Roadmap, ShareLink
from roadmap.models.event import Kind

MILESTONES = 60
ITEMS = 5
DONE = 80
CSRF_LENGTH = 32


@dataclass(frozen=True)
class Person:
    """Somebody signed in, with one roadmap. `items` are those that are not done; `token` opens a share link.

    `stock_session` is known to the floor, which has Django's own sessions.
    """

    user_id: int
    roadmap_id: int
    session: str
    stock_session: str
    csrf: str
    token: str
    items: tuple[int, ...]


def fill(people: int, *, signed_in: int) -> list[Person]:
    """Make `people` with a roadmap each, and return the first `signed_in` of them."""
    unusable = make_password(None)
    users = User.objects.bulk_create(
        User(email=f"person-{number}@example.org", password=unusable, language="en") for number in range(people)
    )
    first = _first_roadmap(users[0])
    _copy_to_everybody(first)
    return [_person(user) for user in users[:signed_in]]


def _first_roadmap(owner: User) -> Roadmap:
    catalogue, now, today = current_catalogue(), timezone.now(), timezone.localdate()
    roadmap = Roadmap.objects.create(
        owner=owner,
        title_ko="응용연구자 · 취업",
        title_en="Applied researcher · Employment",
        role_mix=even_mix(list(catalogue.roles)),
        target_class=3,
        situation=next(iter(catalogue.situations)),
        goal=next(iter(catalogue.goals)),
        hours_per_week=10,
        starts_on=today - timedelta(weeks=16),
        levels=dict.fromkeys(catalogue.competencies, 1),
        pack=catalogue.pack.id,
        pack_version=catalogue.pack.version,
        created_at=now - timedelta(weeks=16),
    )
    phases = Phase.objects.bulk_create(
        Phase(roadmap=roadmap, owner=owner, key=key, position=n, name_ko=phase.name.ko, name_en=phase.name.en)
        for n, (key, phase) in enumerate(catalogue.phases.items())
    )
    templates = list(islice(cycle(catalogue.templates.values()), MILESTONES))
    milestones = Milestone.objects.bulk_create(
        Milestone(
            roadmap=roadmap,
            owner=owner,
            phase=phases[number * len(phases) // MILESTONES],
            position=number,
            template=template.id,
            pack_version=catalogue.pack.version,
            competency=template.competency,
            title_ko=template.title.ko,
            title_en=template.title.en,
            outcome_ko=template.outcome.ko,
            outcome_en=template.outcome.en,
            hours=template.hours,
            starts_on=roadmap.starts_on + timedelta(weeks=number),
            ends_on=roadmap.starts_on + timedelta(weeks=number, days=6),
            reason={
                "closes": [
                    {"skill": skill, "from": level - 1, "to": level, "roles": list(catalogue.roles)[:2]}
                    for skill, level in template.raises.items()
                ]
            },
            resources=list(template.resources),
        )
        for number, template in enumerate(templates)
    )
    items = [
        ChecklistItem(
            roadmap=roadmap,
            milestone=milestone,
            owner=owner,
            position=position,
            template=item.id,
            text_ko=item.text.ko,
            text_en=item.text.en,
        )
        for milestone, template in zip(milestones, templates, strict=True)
        for position, item in enumerate(islice(cycle(template.checklist), ITEMS))
    ]
    for number, item in enumerate(items[:DONE]):
        item.done_at = roadmap.created_at + timedelta(days=number)
    ChecklistItem.objects.bulk_create(items)
    return roadmap


def _copy_to_everybody(first: Roadmap) -> None:
    with connection.cursor() as cursor:
        # A copy of what is consistent is consistent: checking each of its references takes most of the time.
        cursor.execute("SET session_replication_role = replica")
    _copy(Roadmap, first, "JOIN accounts_user owner ON owner.id <> old.owner_id", {"owner_id": "owner.id"}, key="id")
    new = "JOIN roadmap_roadmap new ON new.id <> old.roadmap_id"
    own = {"roadmap_id": "new.id", "owner_id": "new.owner_id"}
    phase = """
        JOIN roadmap_phase op ON op.id = old.phase_id
        JOIN roadmap_phase np ON np.roadmap_id = new.id AND np.position = op.position"""
    milestone = """
        JOIN roadmap_milestone om ON om.id = old.milestone_id
        JOIN roadmap_milestone nm ON nm.roadmap_id = new.id AND nm.position = om.position"""
    _copy(Phase, first, new, own)
    _copy(Milestone, first, new + phase, own | {"phase_id": "np.id"})
    _copy(ChecklistItem, first, new + milestone, own | {"milestone_id": "nm.id"})
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def _copy(
    model: type[models.Model], first: Roadmap, joins: str, own: Mapping[str, str], *, key: str = "roadmap_id"
) -> None:
    """Copy the first roadmap's rows of one table for everybody else; `own` says what differs in a copy."""
    table = model._meta.db_table
    kept = [f.column or f.name for f in model._meta.concrete_fields if f.column not in own and not f.primary_key]
    columns = ", ".join([*kept, *own])
    values = ", ".join([*(f"old.{column}" for column in kept), *own.values()])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} old {joins}"
            f" WHERE old.{key} = %s ORDER BY {own['owner_id']}",
            [first.pk],
        )
        # Each step joins what the one before it made.
        cursor.execute(f"ANALYZE {table}")


def _person(user: User) -> Person:
    roadmap = Roadmap.objects.get(owner=user)
    own = import_module(settings.SESSION_ENGINE).SessionStore
    link = ShareLink.make(roadmap, label="Professor", owner_name="Person", at=timezone.now(), days=7)
    items = ChecklistItem.objects.filter(roadmap=roadmap, done_at=None).order_by("pk").values_list("pk", flat=True)
    return Person(
        user_id=user.pk,
        roadmap_id=roadmap.pk,
        session=_signed_in(user, own),
        stock_session=_signed_in(user, StockSessions),
        csrf=get_random_string(CSRF_LENGTH),
        token=link.token or "",
        items=tuple(items),
    )


def _signed_in(user: User, sessions: type[SessionBase]) -> str:
    """The key of a new session of that kind, in which somebody is signed in."""
    session = sessions()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key or ""


def ticks_so_far() -> int:
    """How many ticks, and ticks taken back, the history tells of."""
    return Event.objects.filter(kind__in=[Kind.ITEM_DONE, Kind.ITEM_UNDONE]).count()


def done_among(items: list[int]) -> set[int]:
    """Those of `items` that are done."""
    found = ChecklistItem.objects.filter(pk__in=items, done_at__isnull=False)
    return set(found.values_list("pk", flat=True))
