"""Whose assessment it is, and how an answer is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from accounts.models import User
from assessments.models import Answer, Assessment, AssessmentQuerySet
from assessments.questionnaire import Question, Questionnaire

VISITED = "assessments"
"""In a visitor's session: the primary keys of the assessments that they began."""

PRUNED_AT_ONCE = 100
KEPT_BY_A_SESSION = 20

Answers = dict[str, str]
"""The value of each answer by the name of its question, such as `rating.mathematics`."""


class AnsweredElsewhere(Exception):
    """Another answer was given in another window meanwhile; `stored` is its value."""

    def __init__(self, stored: str) -> None:
        self.stored = stored
        super().__init__(stored)


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


def begin(request: HttpRequest, *, at: datetime, answers: Mapping[str, str] | None = None) -> Assessment:
    """The assessment that is under way, or a new one with these answers; what visitors abandoned is pruned then."""
    found = open_one(request)
    if found is not None:
        return found
    owner = request.user if request.user.is_authenticated else None
    try:
        with transaction.atomic():
            made = Assessment.objects.create(owner=owner, started_at=at, touched_at=at)
            _keep(made, answers or {}, at=at)
    except IntegrityError:  # Another window of theirs began one at the same moment.
        return Assessment.objects.open().get(owner=owner)
    if owner is None:
        request.session[VISITED] = [*_visited(request), made.pk][-KEPT_BY_A_SESSION:]
        prune(at)
    return made


def prune(now: datetime) -> None:
    """Delete some of what visitors abandoned."""
    gone = list(Assessment.objects.abandoned(now).order_by().values_list("pk", flat=True)[:PRUNED_AT_ONCE])
    if gone:
        Assessment.objects.filter(pk__in=gone).delete()


def answers_of(assessment: Assessment | None) -> Answers:
    """All answers. One query."""
    if assessment is None:
        return {}
    rows = Answer.objects.filter(assessment=assessment).values_list("kind", "key", "value")
    return {f"{kind}.{key}": value for kind, key, value in rows}


def valid(answers: Mapping[str, str], asked: Questionnaire) -> Answers:
    """The answers to questions and options that there are; the others stay stored and count for nothing."""
    return {
        name: value for name, value in answers.items() if name in asked.by_name and asked.by_name[name].option(value)
    }


@transaction.atomic
def answer(assessment: Assessment, question: Question, value: str, *, seen: str, at: datetime) -> None:
    """Keep one answer. Whoever sends it saw `seen` as the stored one; sending the same again changes nothing.

    Raises AnsweredElsewhere if something else is stored by now, and leaves that as it is.
    """
    place = {"assessment": assessment, "kind": question.kind, "key": question.key}
    if seen:
        changed = Answer.objects.filter(**place, value=seen).update(value=value, answered_at=at)
        if not changed:
            _same_or_conflict(place, value, at=at)
    else:
        kept, made = Answer.objects.get_or_create(**place, defaults={"value": value, "answered_at": at})
        if not made and kept.value != value:
            raise AnsweredElsewhere(kept.value)
    Assessment.objects.filter(pk=assessment.pk).update(touched_at=at)


def _same_or_conflict(place: Mapping[str, Any], value: str, *, at: datetime) -> None:
    kept, _made = Answer.objects.get_or_create(**place, defaults={"value": value, "answered_at": at})
    if kept.value != value:
        raise AnsweredElsewhere(kept.value)


@transaction.atomic
def answer_all(assessment: Assessment, answers: Mapping[str, str], *, at: datetime) -> None:
    """Keep many answers at once, each in place of what was there."""
    _keep(assessment, answers, at=at)
    Assessment.objects.filter(pk=assessment.pk).update(touched_at=at)


def take_back(assessment: Assessment, question: Question) -> None:
    """Make a question unanswered again."""
    Answer.objects.filter(assessment=assessment, kind=question.kind, key=question.key).delete()


def _keep(assessment: Assessment, answers: Mapping[str, str], *, at: datetime) -> None:
    rows = []
    for name, value in answers.items():
        kind, _dot, key = name.partition(".")
        rows.append(Answer(assessment=assessment, kind=kind, key=key, value=value, answered_at=at))
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["assessment", "kind", "key"],
        update_fields=["value", "answered_at"],
    )


@transaction.atomic
def claim(request: HttpRequest, user: User) -> None:
    """What somebody answered as a visitor becomes theirs: finished assessments as they are, open answers beside theirs.

    Of two answers to the same question the later one stays.
    """
    ids = request.session.pop(VISITED, [])
    if not ids:
        return
    mine = Assessment.objects.owned_by(user).open().first()
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
