"""What a mentor reads of a roadmap behind a share link."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language

from content.catalogue import current_catalogue
from roadmap.models import ChecklistItem, ShareLink
from roadmap.pages.route import route_of
from roadmap.pages.targets import target_of_roadmap


class SharedItem(NamedTuple):
    """What a mentor sees of a checklist item, in the reader's language."""

    text: str
    done_at: datetime | None


def shared_context(link: ShareLink, *, since: datetime | None) -> dict[str, Any]:
    """Progress, what is under way, what was finished since `since`, and all milestones with their checklists."""
    roadmap = link.roadmap
    if roadmap is None:
        raise Http404("the link shows no roadmap")
    route = route_of(roadmap, today=timezone.localdate())
    items: dict[str, list[SharedItem]] = {}
    rows = ChecklistItem.objects.filter(
        roadmap=roadmap, milestone__roadmap=roadmap, milestone__removed_at=None
    ).on_checklist()
    for milestone, text, done_at in rows.values_list("milestone_id", f"text_{get_language() or 'en'}", "done_at"):
        items.setdefault(str(milestone), []).append(SharedItem(text, done_at))
    finished = [
        (item.done_at, item.text)
        for found in items.values()
        for item in found
        if since and item.done_at and item.done_at > since
    ]
    return {
        "link": link,
        "roadmap": roadmap,
        "route": route,
        "target": target_of_roadmap(roadmap, current_catalogue()),
        "since": since,
        "finished": [SharedItem(text, done_at) for done_at, text in sorted(finished)],
        "stretches": [
            (stretch, [(stop, items.get(stop.key, [])) for stop in stretch.stops]) for stretch in route.stretches
        ],
    }
