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
from assessments.questionnaire import questionnaire
from content.catalogue import current_catalogue


@login_not_required  # A visitor sees their result before signing up.
@never_cache
@require_safe
def assessment_result(request: Request, assessment_id: int) -> HttpResponse:
    """A result against a target: the one that it suggests, or the one that the address asks for."""
    catalogue = current_catalogue()
    finished = visitors.theirs(request).finished()
    asked = {str(assessment_id), request.GET.get("with")}
    mine = list(finished.defer("result"))
    # Whose result is read comes whole, in one statement: what is deleted at this moment is gone, and not half there.
    whole = {each.pk: each for each in finished.filter(pk__in=[each.pk for each in mine if str(each.pk) in asked])}
    shown = whole.get(assessment_id)
    if shown is None:
        raise Http404("no such result")
    mine = [whole.get(each.pk, each) for each in mine if each.pk in whole or str(each.pk) not in asked]
    earlier = [each for each in mine if each.finished_at < shown.finished_at]  # type: ignore[operator]  # Finished.
    newest = shown == mine[0]
    context = result_context(shown, catalogue, request.GET, earlier=earlier, owner=request.user)
    # What is asked more exactly goes on from the last answers, whichever result is looked at.
    left = questionnaire(catalogue).more_unanswered(context["reading"].result.answers) if newest else []
    context |= {"assessment": shown, "earlier": earlier, "newest": newest, "more": len(left)}
    template = (
        "assessments/assessment-result.html#standing" if wants_part(request) else "assessments/assessment-result.html"
    )
    return render(request, template, context)
