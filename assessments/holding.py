"""The lock that changes of an assessment take: its own row, before its answers are read or written."""

from __future__ import annotations

from django.http import Http404

from assessments.models import Assessment


class Gone(Http404):
    """The assessment was deleted meanwhile: whoever wanted to change it is told that there is no such page."""


def hold(assessment: Assessment) -> Assessment:
    """An assessment as it is now; held until the transaction ends. Raises Gone."""
    held = assessment.row().select_for_update().first()
    if held is None:
        raise Gone("the assessment was deleted")
    return held
