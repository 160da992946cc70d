"""Over time: all assessments, what changed between two, and the levels that finished milestones propose."""

from __future__ import annotations

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
from accounts.models import User
from accounts.sent_forms import once
from assessments import visitors
from assessments.completion import retake_with
from assessments.deleting import delete_assessment
from assessments.differences import difference
from assessments.finished import finished_by
from assessments.models import Assessment, DeclinedLevel
from assessments.proposals import Proposal, proposals
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
    last = Assessment.objects.owned_by(person).finished().first()
    asked = questionnaire(catalogue)
    found = [each for each in proposed_to(person, last) if asked.get("skill", each.skill)]  # Not of a retired skill.
    if request.method != "POST":
        context = {
            "proposals": [
                (each, catalogue.skills[each.skill], catalogue.pack.scale[each.level].name) for each in found
            ],
            "last": last,
        }
        return render(request, "assessments/assessment-levels.html", context)
    now = timezone.now()
    said = [(each, request.POST.get(f"level.{each.skill}.{each.level}")) for each in found]
    accepted = {each.skill: each.level for each, answer in said if answer == "yes"}
    with transaction.atomic():
        DeclinedLevel.objects.bulk_create(
            (
                DeclinedLevel(owner=person, skill=each.skill, level=each.level, declined_at=now)
                for each, answer in said
                if answer == "no"
            ),
            ignore_conflicts=True,
        )
        made = (
            once(
                request,
                person.pk,
                Assessment.objects.owned_by(person),
                lambda: retake_with(last, person, accepted, asked, catalogue, at=now),
            )
            if accepted
            else None
        )
    if made is None:
        messages.success(request, _("Your levels stay as they are."))
        return redirect("assessment")
    told = ngettext("%(count)d level is new.", "%(count)d levels are new.", len(accepted))
    messages.success(request, told % {"count": len(accepted)})
    return redirect(made)


def proposed_to(person: User, last: Assessment | None) -> list[Proposal]:
    """What is proposed to a person whose last finished assessment is `last`."""
    said = Result.from_json(last.result).skill_levels if last else {}
    declined: dict[str, int] = {}
    for skill, level in DeclinedLevel.objects.filter(owner=person).values_list("skill", "level"):
        declined[skill] = max(level, declined.get(skill, 0))
    return proposals(finished_by(person), said, declined)


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
