"""The mentor's side of a share link. The token is the permission; a mentor is nobody's user."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from config.errors import not_found
from content.catalogue import catalogue
from roadmap.models import ChecklistItem, ShareLink
from roadmap.pages import target_of_roadmap
from roadmap.route import route_of


@login_not_required  # The token is the permission.
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A roadmap as far as it concerns a mentor. Unknown, expired and revoked look the same."""
    now = timezone.now()
    link = ShareLink.objects.live(now).with_token(token).select_related("roadmap").first()
    if link is None:
        response = not_found(request, Http404())
    else:
        since = link.record_visit(at=now) if request.method == "GET" else link.since_at
        response = render(request, "roadmap/shared.html", shared_context(link, since=since))
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store, private"
    return response


class SharedItem(NamedTuple):
    """What a mentor sees of a checklist item, in the reader's language."""

    text: str
    done_at: datetime | None


def shared_context(link: ShareLink, *, since: datetime | None) -> dict[str, Any]:
    """Progress, what is under way, what was finished since `since`, and all milestones with their checklists."""
    roadmap = link.roadmap
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
        "target": target_of_roadmap(roadmap, catalogue()),
        "since": since,
        "finished": [SharedItem(text, done_at) for done_at, text in sorted(finished)],
        "stretches": [
            (stretch, [(stop, items.get(stop.key, [])) for stop in stretch.stops]) for stretch in route.stretches
        ],
        "done_word": gettext("done"),
    }
