"""Finishing an assessment: its answers become a result that stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import translation

from accounts.models import User
from assessments import scoring
from assessments.answers import answer_all, answers_of, valid
from assessments.holding import hold
from assessments.models import Assessment
from assessments.questionnaire import GOAL, SITUATION, TIME, Questionnaire, Said
from assessments.results import Given, Result
from content.catalogue import Catalogue
from content.pack.format import Bilingual


class NothingAnswered(Exception):
    """There is nothing that a result could be made of."""


@transaction.atomic
def finish(assessment: Assessment, asked: Questionnaire, catalogue: Catalogue, *, at: datetime) -> None:
    """Make and keep the result of what was answered; a second time changes nothing.

    Raises NothingAnswered, and Gone.
    """
    held = hold(assessment)
    if held.finished_at is not None:
        return
    result = result_of(valid(answers_of(held), asked), asked, catalogue)
    if not result.given:
        raise NothingAnswered
    held.row().update(finished_at=at, touched_at=at, result=result.to_json())


@transaction.atomic
def retake_with(
    last: Assessment | None,
    owner: User,
    levels: Mapping[str, int],
    asked: Questionnaire,
    catalogue: Catalogue,
    *,
    at: datetime,
) -> Assessment:
    """A new finished assessment of `owner`'s: the answers of the `last` one, with these levels in single skills.

    What is under way learns of them too, or finishing it would take them back.
    """
    under_way = Assessment.objects.owned_by(owner).open().select_for_update().first()
    changed = {f"skill.{skill}": str(level) for skill, level in levels.items()}
    answers = valid(answers_of(last) | changed, asked)
    result = result_of(answers, asked, catalogue).to_json()
    made = Assessment.objects.create(owner=owner, started_at=at, touched_at=at, finished_at=at, result=result)
    answer_all(made, answers, at=at)
    if under_way is not None:
        answer_all(under_way, changed, at=at)
    return made


def result_of(answers: Mapping[str, str], asked: Questionnaire, catalogue: Catalogue) -> Result:
    """What answers come to. Each must be to a question and an option of `asked`."""
    given = []
    for name, question in asked.by_name.items():
        option = question.option(answers[name]) if name in answers else None
        if option is None or question.kind == "start":
            continue
        given.append(
            Given(
                question.kind,
                question.key,
                option.value,
                _both(question.text),
                _both(option.text),
                dict(option.adds or {}),
                option.shows,
                _both(question.lead),
            )
        )
    roles = list(catalogue.roles)
    hours = answers.get(f"start.{TIME}")
    levels = asked.levels(answers)
    shown = {each.key: each.shows for each in given if each.kind == "deed" and each.shows is not None}
    number = scoring.engineer_class(shown, scoring.best_class(levels, asked.needs))
    return Result(
        pack_version=catalogue.pack.version,
        situation=answers.get(f"start.{SITUATION}"),
        goal=answers.get(f"start.{GOAL}"),
        hours_per_week=int(hours) if hours else None,
        role_mix=scoring.role_mix([each.adds for each in given if each.kind == "choice"], roles),
        engineer_class=number,
        roles=roles,
        skills={key: [question.key for question in found] for key, found in asked.skills.items()},
        ratings={each.key: int(each.value) for each in given if each.kind == "rating"},
        precise={each.key: int(each.value) for each in given if each.kind == "skill"},
        given=given,
        rated={key: list(skills) for key, skills in asked.rated.items()},
        missing=scoring.missing_levels(levels, asked.needs, number - 1) if number else {},
    )


def _both(said: Said) -> dict[str, str]:
    if isinstance(said, Bilingual):
        return {"ko": said.ko, "en": said.en}
    found = {}
    for language in ("ko", "en"):
        with translation.override(language):
            found[language] = str(said)
    return found
