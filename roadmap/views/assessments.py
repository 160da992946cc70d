"""From an assessment to a roadmap: one step where the result says everything, else the form with what it says."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.http import Request
from assessments import visitors
from assessments.pages import aim_asked
from assessments.reading import aim_of
from assessments.results import Result
from content.catalogue import current_catalogue
from roadmap.forms.wishes import NewRoadmapForm, fields_of, start_of
from roadmap.planning.wishes import Wish, usual_skills
from roadmap.responses.new_roadmaps import ask_to_sign_up, make


@login_not_required  # A visitor signs up on the way, and finds the roadmap made.
@never_cache
@require_POST
def roadmap_from_assessment(request: Request, assessment_id: int) -> HttpResponse:
    """Make the roadmap from a result to a target: the one that is sent (`mix_…`, `class`), or the one it suggests."""
    found = get_object_or_404(visitors.theirs(request).finished(), pk=assessment_id)
    catalogue, today = current_catalogue(), timezone.localdate()
    result = Result.from_json(found.result)
    aim = aim_asked(request.POST, aim_of(result, catalogue), catalogue)
    start = start_of(result, catalogue)
    form = NewRoadmapForm(catalogue, today=today)
    missing = [str(form.fields[name].label) for name in ("situation", "goal", "hours_per_week") if name not in start]
    if missing:
        messages.info(request, _("Still to choose: %(what)s.") % {"what": ", ".join(missing)})
        query = urlencode({**fields_of(result, aim, catalogue), **start, "assessment": found.pk})
        return HttpResponseRedirect(f"{reverse('roadmap-new')}?{query}")
    usual = catalogue.situations[start["situation"]].levels
    levels = {key: level.level for key, level in result.competency_levels.items() if level.whole}
    left_open = [key for key in catalogue.competencies if key not in levels]
    wish = Wish(
        role_mix=dict(aim.mix),
        target_class=aim.number,
        starts_on=today,
        deadline_on=None,
        levels={key: levels.get(key, usual[key]) for key in catalogue.competencies},
        skills={**usual_skills(start["situation"], left_open, catalogue), **result.single},
        **start,
    )
    if not request.user.is_authenticated:
        return ask_to_sign_up(request, wish)
    return make(request, request.user, wish)
