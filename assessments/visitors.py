"""Whose assessment it is: a person's by their account, a visitor's by their session until they sign up or in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest

from accounts.models import User
from assessments.answers import keep
from assessments.models import Answer, Assessment, AssessmentQuerySet

VISITED = "assessments"
"""In a visitor's session: the primary keys of the assessments that they began."""

PRUNED_AT_ONCE = 100
KEPT_BY_A_SESSION = 20


def theirs(request: HttpRequest) -> AssessmentQuerySet:
    """The assessments that whoever asks may see."""
    if request.user.is_authenticated:
        return Assessment.objects.owned_by(request.user)
    return Assessment.objects.visitors(_visited(request))


def _visited(request: HttpRequest) -> list[int]:
    found: list[int] = request.session.get(VISITED, [])
    return found


def open_one(request: HttpRequest) -> Assessment | None:
    """The assessment that is under way."""
    return theirs(request).open().first()


def held(request: HttpRequest) -> Assessment | None:
    """The same, held until the transaction ends: nobody finishes or deletes it meanwhile."""
    found = theirs(request).open().select_for_update().first()
    if found is not None and found.owner_id is None:
        request.session.modified = True  # A visitor's session lasts as long as they go on answering.
    return found


@transaction.atomic
def begin(request: HttpRequest, *, at: datetime, answers: Mapping[str, str] | None = None) -> Assessment:
    """The assessment that is under way, or a new one with these answers; what visitors abandoned is pruned then."""
    owner = request.user if request.user.is_authenticated else None
    if owner is not None:
        _alone(owner)
    found = held(request)
    if found is not None:
        return found
    made = Assessment.objects.create(owner=owner, started_at=at, touched_at=at)
    keep(made, answers or {}, at=at)
    if owner is None:
        request.session[VISITED] = [*_visited(request), made.pk][-KEPT_BY_A_SESSION:]
        prune(at)
    return made


def _alone(person: User) -> None:
    """Of two windows that begin or sign in at the same moment one waits: a person has one open assessment."""
    User.objects.select_for_update().get(pk=person.pk)


def prune(now: datetime) -> None:
    """Delete some of what visitors abandoned."""
    gone = list(Assessment.objects.abandoned(now).order_by().values_list("pk", flat=True)[:PRUNED_AT_ONCE])
    if gone:
        Assessment.objects.filter(pk__in=gone).delete()


@transaction.atomic
def claim(request: HttpRequest, user: User) -> None:
    """What somebody answered as a visitor becomes theirs: finished assessments as they are, open answers beside theirs.

    Of two answers to the same question the later one stays.
    """
    ids = request.session.pop(VISITED, [])
    if not ids:
        return
    _alone(user)
    mine = Assessment.objects.owned_by(user).open().select_for_update().first()
    for found in Assessment.objects.visitors(ids).order_by("pk"):
        if found.finished_at is None and mine is not None:
            _merge(found, mine)
            continue
        Assessment.objects.filter(pk=found.pk).update(owner=user)
        if found.finished_at is None:
            mine = found


def _merge(visitors: Assessment, mine: Assessment) -> None:
    own = {(each.kind, each.key): each for each in mine.answers.all()}
    for each in visitors.answers.all():
        kept = own.get((each.kind, each.key))
        if kept is None:
            Answer.objects.filter(pk=each.pk).update(assessment=mine)
        elif kept.answered_at < each.answered_at:
            Answer.objects.filter(pk=kept.pk).update(value=each.value, answered_at=each.answered_at)
    visitors.delete()
