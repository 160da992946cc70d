"""Whose assessment it is: a person's by their account, a visitor's by a number in their session until they sign in."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import cast

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.http import Request
from accounts.models import User
from accounts.sent_forms import once
from assessments.answers import keep
from assessments.deleting import delete_rows
from assessments.holding import hold
from assessments.models import Answer, Assessment, AssessmentQuerySet

VISITOR = "visitor"
"""In a visitor's session: their number, below zero, which owns what they answer."""

PRUNED_AT_ONCE = 100


def owner_of(request: HttpRequest) -> int | None:
    """Who asks: a person's primary key, or a visitor's number; None for a visitor who has none yet."""
    if request.user.is_authenticated:
        return request.user.pk
    number: int | None = request.session.get(VISITOR)
    return number


def theirs(request: HttpRequest) -> AssessmentQuerySet:
    """The assessments that whoever asks may see."""
    return Assessment.objects.of(owner_of(request))


def open_one(request: HttpRequest) -> Assessment | None:
    """The assessment that is under way."""
    return theirs(request).open().first()


def held(request: HttpRequest) -> Assessment | None:
    """The same, held until the transaction ends: nobody finishes or deletes it meanwhile."""
    found = theirs(request).open().select_for_update().first()
    if found is not None and found.owner_id < 0:
        request.session.modified = True  # A visitor's session lasts as long as they go on answering.
    return found


@transaction.atomic
def begin(request: HttpRequest, *, at: datetime, answers: Mapping[str, str] | None = None) -> Assessment:
    """The assessment that is under way, or a new one with these answers; what visitors abandoned is pruned then.

    Forms of a visitor's first page that come at once have no number yet, and each would make one of its own: the
    first one's is everybody's. It is held. A form that began one before leads to that, which may be finished by now.
    Raises Gone if it is deleted at this moment.
    """
    if request.user.is_authenticated:
        _alone(request.user)
    found = held(request)
    if found is not None:
        return found
    owner_id = owner_of(request) or -secrets.randbelow(2**62) - 1
    made = hold(
        once(cast("Request", request), owner_id, Assessment.objects.all(), lambda: _begun(owner_id, answers or {}, at))
    )
    if made.owner_id < 0:
        request.session[VISITOR] = made.owner_id
        prune(at)
    return made


def _begun(owner_id: int, answers: Mapping[str, str], at: datetime) -> Assessment:
    try:
        with transaction.atomic():
            made = Assessment.objects.create(owner_id=owner_id, started_at=at, touched_at=at)
    except IntegrityError:  # Another window of the same visitor has just begun one; or it is over again by now.
        other = Assessment.objects.of(owner_id).open().select_for_update().first()
        return other if other is not None else _begun(owner_id, answers, at)
    keep(made, answers, at=at)
    return made


def _alone(person: User) -> None:
    """Of two windows that begin or sign in at the same moment one waits: a person has one open assessment."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)


def prune(now: datetime) -> None:
    """Delete some of what visitors abandoned; what somebody holds at this moment is left for later."""
    abandoned = Assessment.objects.abandoned(now).order_by("pk").select_for_update(skip_locked=True)
    for gone in list(abandoned.only("pk", "owner_id")[:PRUNED_AT_ONCE]):
        delete_rows(gone)


def say_waiting(request: HttpRequest) -> str:
    """What a visitor has answered comes along when they sign up."""
    kept = theirs(request).exists()
    return _("What you answered is kept, with its result: it is yours as soon as you sign up.") if kept else ""


@transaction.atomic
def claim(request: HttpRequest, user: User) -> None:
    """What somebody answered as a visitor becomes theirs: finished assessments as they are, open answers beside theirs.

    Of two answers to the same question the later one stays.
    """
    number = request.session.pop(VISITOR, None)
    if number is None:
        return
    _alone(user)
    mine = Assessment.objects.owned_by(user).open().select_for_update().first()
    for found in Assessment.objects.of(number).select_for_update().order_by("pk"):
        answers = list(Answer.objects.filter(assessment=found))
        delete_rows(found)
        if found.finished_at is None and mine is not None:
            _merge(answers, mine)
            continue
        _make_theirs(found, answers, user)
        if found.finished_at is None:
            mine = found


def _make_theirs(found: Assessment, answers: Iterable[Answer], user: User) -> None:
    """The same rows once more, of another owner: the owner decides where a row lies, so it never changes in place."""
    for row in (found, *answers):
        row.owner_id = user.pk
    Assessment.objects.bulk_create([found])
    Answer.objects.bulk_create(answers)


def _merge(visitors: Iterable[Answer], mine: Assessment) -> None:
    own = {(each.kind, each.key): each for each in mine.answers.all()}
    for each in visitors:
        kept = own.get((each.kind, each.key))
        if kept is None:
            each.assessment, each.owner_id = mine, mine.owner_id
            each.save(force_insert=True)
        elif kept.answered_at < each.answered_at:
            kept.row().update(value=each.value, answered_at=each.answered_at)
