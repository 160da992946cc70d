"""Deleting an assessment, and what goes along with it in the apps above."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from assessments.models import Answer, Assessment

GOING_ALONG: list[Callable[[Assessment], None]] = []
"""Each is called with an assessment that is held and about to be deleted. Filled when the apps are ready."""


@transaction.atomic
def delete_assessment(assessment: Assessment) -> None:
    """Delete an assessment with its answers for good; what is gone already is gone.

    It is held first: what somebody makes of it at the same moment is there before, or finds no assessment.
    """
    row = Assessment.objects.filter(pk=assessment.pk, owner_id=assessment.owner_id)
    if row.select_for_update().values_list("pk").first() is None:
        return
    for go_along in GOING_ALONG:
        go_along(assessment)
    delete_rows(assessment)


def delete_rows(assessment: Assessment) -> None:
    """The rows themselves, by their owner; nothing else points to them any more."""
    answers = Answer.objects.filter(assessment=assessment)
    answers._raw_delete(answers.db)
    row = Assessment.objects.filter(pk=assessment.pk, owner_id=assessment.owner_id)
    row._raw_delete(row.db)
