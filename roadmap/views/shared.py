"""The mentor's side of a share link. The token is the permission; a mentor is nobody's user."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessments.views.results import result_context
from config.errors import not_found
from content.catalogue import catalogue
from roadmap.models import ChecklistItem, ShareLink
from roadmap.models.share_link import ShareLinkQuerySet
from roadmap.pages import target_of_roadmap
from roadmap.route import route_of


@login_not_required  # The token is the permission.
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """What a link shows: a roadmap as far as it concerns a mentor, or an assessment.

    Unknown, expired and revoked look the same.
    """
    link = _link(ShareLink.objects.all(), token)
    if link is None:
        return _private(not_found(request, Http404()))
    since = _visited(request, link)
    if link.roadmap is None:
        return _private(show_assessment(request, link))
    address = reverse("shared_assessment", args=[token]) if link.assessment else ""
    context = {**shared_context(link, since=since), "assessment_url": address}
    return _private(render(request, "roadmap/shared.html", context))


@login_not_required  # The token is the permission.
@require_safe
def shared_assessment(request: HttpRequest, token: str) -> HttpResponse:
    """The assessment that a link shows; a link that shows none leads nowhere from here."""
    link = _link(ShareLink.objects.exclude(assessment=None), token)
    if link is None:
        return _private(not_found(request, Http404()))
    _visited(request, link)
    address = reverse("shared", args=[token]) if link.roadmap else ""
    return _private(show_assessment(request, link, roadmap_url=address))


def _link(links: ShareLinkQuerySet, token: str) -> ShareLink | None:
    return links.live(timezone.now()).with_token(token).with_what_it_shows().first()


def _visited(request: HttpRequest, link: ShareLink) -> datetime | None:
    """Count an opening; when the visit before this one was."""
    return link.record_visit(at=timezone.now()) if request.method == "GET" else link.since_at


def _private(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store, private"
    return response


def show_assessment(
    request: HttpRequest, link: ShareLink, *, roadmap_url: str = "", preview: bool = False
) -> HttpResponse:
    """The result behind a link, without a form: the mentor reads. What its owner finished backs it."""
    known, found = catalogue(), link.assessment
    if found is None:
        raise Http404("the link shows no assessment")
    context = {
        **result_context(found, known, request.GET, earlier=[], owner=link.owner),
        "link": link,
        "assessment": found,
        "roadmap_url": roadmap_url,
        "preview": preview,
        "read_only": True,
    }
    return render(request, "roadmap/shared_assessment.html", context)


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
        "target": target_of_roadmap(roadmap, catalogue()),
        "since": since,
        "finished": [SharedItem(text, done_at) for done_at, text in sorted(finished)],
        "stretches": [
            (stretch, [(stop, items.get(stop.key, [])) for stop in stretch.stops]) for stretch in route.stretches
        ],
    }
