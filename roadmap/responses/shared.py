"""The assessment behind a share link, for its mentor and for the owner's preview."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.pages import result_context
from content.catalogue import current_catalogue
from roadmap.models import ShareLink


def show_assessment(
    request: HttpRequest, link: ShareLink, *, roadmap_url: str = "", preview: bool = False
) -> HttpResponse:
    """The result behind a link, without a form: the mentor reads. What its owner finished backs it."""
    catalogue, found = current_catalogue(), link.assessment
    if found is None:
        raise Http404("the link shows no assessment")
    context = {
        **result_context(found, catalogue, request.GET, earlier=[], owner=link.owner),
        "link": link,
        "assessment": found,
        "roadmap_url": roadmap_url,
        "preview": preview,
        "read_only": True,
    }
    return render(request, "roadmap/shared-assessment.html", context)
