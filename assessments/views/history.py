"""Over time: all assessments, what changed between two, and the levels that finished milestones propose."""

from __future__ import annotations

from contextlib import suppress
from itertools import chain

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import PersonRequest, Request, wants_part
from accounts.sent_forms import once
from assessments import visitors
from assessments.deleting import delete_assessment
from assessments.differences import difference
from assessments.models import Assessment
from assessments.proposed import NothingProposed, accept, decline, proposed_to
from assessments.questionnaire import questionnaire
from assessments.reading import mix_of
from assessments.results import Result
from content.catalogue import current_catalogue


@login_not_required  # A visitor may have gone through it twice.
@never_cache
@require_safe
def assessment_history(request: Request) -> HttpResponse:
    """All finished assessments, and what changed between two: `from` and `to`, the last two if nothing is asked."""
    catalogue = current_catalogue()
    found = list(visitors.theirs(request).finished())
    results = {each.pk: Result.from_json(each.result) for each in found}
    after = _chosen(found, request.GET.get("to", "")) or (found[0] if found else None)
    earlier = found[found.index(after) + 1 :] if after else []
    before = _chosen(found, request.GET.get("from", "")) or (earlier[0] if earlier else None)
    context = {
        "found": [(each, results[each.pk], mix_of(results[each.pk], catalogue)) for each in found],
        "before": before,
        "after": after,
        "same": before == after,
        "changed": difference(results[before.pk], results[after.pk], catalogue) if before and after else None,
    }
    template = (
        "assessments/assessment-history.html#changed" if wants_part(request) else "assessments/assessment-history.html"
    )
    return render(request, template, context)


def _chosen(found: list[Assessment], wanted: str) -> Assessment | None:
    return next((each for each in found if str(each.pk) == wanted), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_levels(request: PersonRequest) -> HttpResponse:
    """The levels that finished milestones speak for. POST keeps what the person says of each: yes, not yet, later."""
    catalogue, person = current_catalogue(), request.user
    finished = Assessment.objects.owned_by(person).finished()
    asked, last = questionnaire(catalogue), finished.first()
    proposed = proposed_to(person, last, asked)
    if request.method != "POST":
        context = {
            "proposals": [
                (each, catalogue.skills[each.skill], catalogue.pack.scale[each.level].name) for each in proposed
            ],
            "last": last,
        }
        return render(request, "assessments/assessment-levels.html", context)
    now = timezone.now()
    # All that the form accepts: what was accepted already is proposed no more, and still leads to the same result.
    accepted = [
        (skill.key, int(option.value))
        for skill in chain(*asked.skills.values())
        for option in skill.options
        if request.POST.get(f"level.{skill.key}.{option.value}") == "yes"
    ]
    levels = [(each.skill, each.level) for each in proposed]
    declined = [(skill, level) for skill, level in levels if request.POST.get(f"level.{skill}.{level}") == "no"]
    made = None
    with transaction.atomic():
        decline(person, declined, at=now)
        if accepted:
            with suppress(NothingProposed):
                made = once(request, person.pk, finished, lambda: accept(person, accepted, asked, catalogue, at=now))
    if made is None:
        messages.success(request, _("Your levels stay as they are."))
        return redirect("assessment")
    precise = Result.from_json(made.result).precise
    count = sum(precise.get(skill) == level for skill, level in accepted)
    told = ngettext("%(count)d level is new.", "%(count)d levels are new.", count)
    messages.success(request, told % {"count": count})
    return redirect(made)


@login_not_required  # A visitor may throw away what they answered.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_delete(request: Request, assessment_id: int) -> HttpResponse:
    """Say what is lost; POST deletes it."""
    found = visitors.theirs(request).filter(pk=assessment_id).first()
    if found is None:
        raise Http404("no such assessment")
    if request.method == "POST":
        delete_assessment(found)
        messages.success(request, _("The assessment is deleted."))
        return redirect("assessment")
    return render(request, "assessments/assessment-delete.html", {"assessment": found})
