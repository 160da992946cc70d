"""What a mentor reads of a roadmap behind a share link."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language

from accounts.fetching import moment
from content.catalogue import current_catalogue
from roadmap.models import Roadmap, ShareLink
from roadmap.pages.route import route_of
from roadmap.pages.targets import target_of_roadmap

# Written out, as the route is: a page has hundreds of them.
ITEMS = """
    SELECT milestone_id, text_{language}, done_at FROM roadmap_checklistitem
     WHERE roadmap_id = %s AND owner_id = %s AND removed_at IS NULL ORDER BY position
"""
_ITEMS_IN = {language: ITEMS.format(language=language) for language in ("ko", "en")}


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
    items = _items_of(roadmap)
    finished = [
        (item.done_at, item.text)
        for stretch in route.stretches
        for stop in stretch.stops
        for item in items.get(stop.key, ())
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


def _items_of(roadmap: Roadmap) -> dict[str, list[SharedItem]]:
    """The items on the checklists of a roadmap, by their milestone, removed ones of those among them."""
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS_IN[get_language() or "en"], [roadmap.pk, roadmap.owner_id])
        rows = cursor.fetchall()
    items: dict[str, list[SharedItem]] = {}
    for milestone, text, done_at in rows:
        items.setdefault(str(milestone), []).append(SharedItem(text, moment(done_at)))
    return items
