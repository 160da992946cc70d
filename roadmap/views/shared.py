"""The mentor's side of a share link. The token is the permission; a mentor is nobody's user."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.errors import not_found
from content.catalogue import catalogue
from roadmap.models import ChecklistItem, ShareLink
from roadmap.pages import target_of_roadmap
from roadmap.route import Stop, route_of


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


def shared_context(link: ShareLink, *, since: datetime | None) -> dict[str, Any]:
    """Progress, what is under way, what was finished since `since`, and all milestones with their checklists."""
    roadmap = link.roadmap
    route = route_of(roadmap, today=timezone.localdate())
    items: dict[int, list[ChecklistItem]] = {}
    rows = ChecklistItem.objects.filter(roadmap=roadmap, milestone__removed_at=None).on_checklist()
    for item in rows.only("milestone_id", "text_ko", "text_en", "done_at"):
        items.setdefault(item.milestone_id, []).append(item)
    finished = [item for found in items.values() for item in found if since and item.done_at and item.done_at > since]

    def rows_of(stops: tuple[Stop, ...]) -> list[tuple[Stop, list[ChecklistItem]]]:
        return [(stop, items.get(int(stop.key), [])) for stop in stops]

    return {
        "link": link,
        "roadmap": roadmap,
        "route": route,
        "target": target_of_roadmap(roadmap, catalogue()),
        "since": since,
        "finished": sorted(finished, key=lambda item: item.done_at or link.created_at),
        "stretches": [(stretch, rows_of(stretch.stops)) for stretch in route.stretches],
    }
