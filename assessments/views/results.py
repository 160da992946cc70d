"""The result: who one is, where one stands, and what separates one from a target."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import Request, wants_part
from assessments import visitors
from assessments.pages import result_context
from content.catalogue import current_catalogue


@login_not_required  # A visitor sees their result before signing up.
@never_cache
@require_safe
def assessment_result(request: Request, assessment_id: int) -> HttpResponse:
    """A result against a target: the one that it suggests, or the one that the address asks for."""
    catalogue = current_catalogue()
    mine = list(visitors.theirs(request).finished().defer("result"))
    found = next((each for each in mine if each.pk == assessment_id), None)
    if found is None:
        raise Http404("no such result")
    earlier = [each for each in mine if each.finished_at < found.finished_at]  # type: ignore[operator]  # Finished.
    context = {
        "assessment": found,
        "earlier": earlier,
        "newest": found == mine[0],
        **result_context(found, catalogue, request.GET, earlier=earlier, owner=request.user),
    }
    template = (
        "assessments/assessment-result.html#standing" if wants_part(request) else "assessments/assessment-result.html"
    )
    return render(request, template, context)
