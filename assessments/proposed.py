"""The levels that finished milestones propose to a person, and what the person says of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from assessments.completion import retake_with
from assessments.finished import finished_by
from assessments.models import Assessment, DeclinedLevel
from assessments.proposals import Proposal, proposals
from assessments.questionnaire import Questionnaire
from assessments.results import Result
from content.catalogue import Catalogue

Level = tuple[str, int]
"""A skill and a level in it."""


class NothingProposed(Exception):
    """None of these levels is proposed: they were accepted, or declined, meanwhile."""


def proposed_to(person: User, last: Assessment | None, asked: Questionnaire) -> list[Proposal]:
    """What is proposed to a person whose last finished assessment is `last`; nothing in a retired skill."""
    said = Result.from_json(last.result).skill_levels if last else {}
    declined: dict[str, int] = {}
    for skill, level in DeclinedLevel.objects.owned_by(person).values_list("skill", "level"):
        declined[skill] = max(level, declined.get(skill, 0))
    return [each for each in proposals(finished_by(person), said, declined) if asked.get("skill", each.skill)]


def decline(person: User, levels: Collection[Level], *, at: datetime) -> None:
    """Propose these no more."""
    DeclinedLevel.objects.bulk_create(
        (DeclinedLevel(owner=person, skill=skill, level=level, declined_at=at) for skill, level in levels),
        ignore_conflicts=True,
    )


@transaction.atomic
def accept(
    person: User, levels: Collection[Level], asked: Questionnaire, catalogue: Catalogue, *, at: datetime
) -> Assessment:
    """A new finished assessment with those of the levels that are proposed. Raises NothingProposed.

    Of two windows that accept the same one waits, and finds it accepted.
    """
    User.objects.select_for_update().get(pk=person.pk)
    last = Assessment.objects.owned_by(person).finished().first()
    accepted = {
        each.skill: each.level for each in proposed_to(person, last, asked) if (each.skill, each.level) in levels
    }
    if not accepted:
        raise NothingProposed
    return retake_with(last, person, accepted, asked, catalogue, at=at)
