"""The one lock that changes of a roadmap take: its own row, before anything else on it is read or written."""

from __future__ import annotations

from django.http import Http404

from roadmap.models import ChecklistItem, Event, Milestone, Phase, Roadmap


class Gone(Http404):
    """The roadmap was deleted meanwhile: whoever wanted to change it is told that there is no such page."""


def hold(row: Roadmap | Phase | Milestone | ChecklistItem | Event) -> Roadmap:
    """The roadmap, or that of something on it, as it is now; held until the transaction ends. Raises Gone."""
    pk = row.pk if isinstance(row, Roadmap) else row.roadmap_id
    held = Roadmap.objects.filter(pk=pk, owner_id=row.owner_id).select_for_update().first()
    if held is None:
        raise Gone("the roadmap was deleted")
    return held
