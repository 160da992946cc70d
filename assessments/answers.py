"""How answers are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from assessments.models import Answer, Assessment
from assessments.questionnaire import Question, Questionnaire

Answers = dict[str, str]
"""The value of each answer by the name of its question, such as `rating.mathematics`."""


class AnsweredElsewhere(Exception):
    """Another answer was given in another window meanwhile; `stored` is its value."""

    def __init__(self, stored: str) -> None:
        self.stored = stored
        super().__init__(stored)


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
    place = {"assessment": assessment, "owner_id": assessment.owner_id, "kind": question.kind, "key": question.key}
    new = {"value": value, "answered_at": at}
    if not (seen and Answer.objects.filter(**place, value=seen).update(**new)):
        kept, _made = Answer.objects.get_or_create(**place, defaults=new)
        if kept.value != value:
            raise AnsweredElsewhere(kept.value)
    assessment.row().update(touched_at=at)


@transaction.atomic
def answer_all(assessment: Assessment, answers: Mapping[str, str], *, at: datetime) -> None:
    """Keep many answers at once, each in place of what was there."""
    keep(assessment, answers, at=at)
    assessment.row().update(touched_at=at)


def take_back(assessment: Assessment, questions: Iterable[Question]) -> None:
    """Make questions unanswered again."""
    for question in questions:
        Answer.objects.filter(assessment=assessment, kind=question.kind, key=question.key).delete()


def keep(assessment: Assessment, answers: Mapping[str, str], *, at: datetime) -> None:
    """The rows alone, each in place of what was there."""
    rows = []
    for name, value in answers.items():
        kind, _dot, key = name.partition(".")
        rows.append(
            Answer(
                assessment=assessment,
                owner_id=assessment.owner_id,
                kind=kind,
                key=key,
                value=value,
                answered_at=at,
            )
        )
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["assessment", "kind", "key"],
        update_fields=["value", "answered_at"],
    )
