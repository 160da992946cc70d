"""The mentor's side of a share link. The token is the permission; a mentor is nobody's user."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_resolver, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actors import Action, allowed
from roadmap.models import ShareLink
from roadmap.pages.shared import shared_context
from roadmap.responses.shared import show_assessment
from roadmap.sharing.links import link_with
from roadmap.sharing.visits import record_visit


@login_not_required  # The token is the permission.
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """What a link shows: a roadmap as far as it concerns a mentor, or an assessment.

    Unknown, expired and revoked look the same.
    """
    link = link_with(token, at=timezone.now())
    if link is None:
        return _private(_unknown(request))
    since = _visited(request, link)
    if Action.READ not in allowed(link.guest, link.roadmap):
        return _private(show_assessment(request, link))
    address = reverse("shared-assessment", args=[token]) if link.assessment_id else ""
    context = {**shared_context(link, since=since), "assessment_url": address}
    return _private(render(request, "roadmap/shared.html", context))


@login_not_required  # The token is the permission.
@require_safe
def shared_assessment(request: HttpRequest, token: str) -> HttpResponse:
    """The assessment that a link shows; a link that shows none leads nowhere from here."""
    link = link_with(token, at=timezone.now())
    if link is None or Action.READ not in allowed(link.guest, link.assessment):
        return _private(_unknown(request))
    _visited(request, link)
    address = reverse("shared", args=[token]) if link.roadmap_id else ""
    return _private(show_assessment(request, link, roadmap_url=address))


def _unknown(request: HttpRequest) -> HttpResponse:
    """The page of what does not exist."""
    handler: Any = get_resolver().resolve_error_handler(404)
    response: HttpResponse = handler(request, Http404())
    return response


def _visited(request: HttpRequest, link: ShareLink) -> datetime | None:
    """Count an opening; when the visit before this one was."""
    return record_visit(link, at=timezone.now()) if request.method == "GET" else link.since_at


def _private(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store, private"
    return response
