"""A new roadmap: the form with its preview, and keeping what a visitor planned."""

from __future__ import annotations

from math import floor
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.http import PersonRequest, Request
from assessments import visitors
from assessments.models import Assessment
from assessments.reading import aim_of
from assessments.results import Result
from assessments.role_mix import is_mix, mix_led_by
from content.catalogue import Catalogue, current_catalogue
from roadmap.forms.wishes import SIZES, NewRoadmapForm, fields_of, start_of
from roadmap.models import Roadmap
from roadmap.pages.reasons import say
from roadmap.pages.route import route_of_plan
from roadmap.pages.targets import target_of
from roadmap.planning.from_catalogue import planned_by, planner_for, reason_as_data
from roadmap.planning.wishes import Wish
from roadmap.responses.new_roadmaps import MADE, PENDING, after_making, ask_to_sign_up, make, make_pending, pending_wish

FIRST = 5
STARTS_ON = "starts_on"
ROUNDING = 1e-9


@login_not_required  # A visitor plans first and signs up when it is worth keeping.
@require_http_methods(["GET", "HEAD", "POST"])
def roadmap_new(request: Request) -> HttpResponse:
    """Choose a target and a start. GET previews what it is given; POST makes the roadmap."""
    catalogue, today = current_catalogue(), timezone.localdate()
    if request.method != "POST":
        return _preview(request, catalogue)
    if "step" in request.POST or "look" in request.POST:
        place = "#plan-preview" if "look" in request.POST else ""
        return redirect(f"{reverse('roadmap-new')}?{_asked_again(request.POST, catalogue).urlencode()}{place}")
    found = _assessment(request, request.POST)
    form = NewRoadmapForm(catalogue, request.POST, today=today, assessed=_result(found))
    if not form.is_valid():
        return render(request, "roadmap/roadmap-new.html", {"form": form, "assessment": found}, status=422)
    wish = form.wish()
    if not request.user.is_authenticated:
        return ask_to_sign_up(request, wish)
    return make(request, request.user, wish)


def _preview(request: Request, catalogue: Catalogue) -> HttpResponse:
    today = timezone.localdate()
    values = _asked_again(request.GET, catalogue) if "step" in request.GET else request.GET
    # The form itself always sends a first day. A link that leads here does not: nothing to complain about yet.
    found = _assessment(request, values)
    known = _known(found, catalogue) if found else {}
    sent = values if STARTS_ON in values else _start(catalogue) | known | _asked(values, catalogue)
    form = NewRoadmapForm(catalogue, sent, today=today, assessed=_result(found))
    preview = preview_of(form.wish(), catalogue) if form.is_valid() else None
    context: dict[str, Any] = {"form": form, "preview": preview, "assessment": found}
    if not request.htmx:
        return render(request, "roadmap/roadmap-new.html", context)
    return render(request, "roadmap/roadmap-new.html#new-changed", context)


def _start(catalogue: Catalogue) -> dict[str, Any]:
    """The values that the form starts with, as if they had been sent."""
    form = NewRoadmapForm(catalogue, today=timezone.localdate())
    return {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}


def _asked(values: QueryDict, catalogue: Catalogue) -> dict[str, Any]:
    """What a link asks to start with: a `role` that leads the mix, or values of fields; what is none is ignored."""
    asked: dict[str, Any] = {}
    fields = NewRoadmapForm(catalogue, today=timezone.localdate()).fields
    for name in fields.keys() & values.keys():
        try:
            asked[name] = fields[name].clean(values[name])
        except ValidationError:
            continue
    mix = {name: asked.pop(name) for name in list(asked) if name.startswith("mix_")}
    if is_mix(mix, [f"mix_{key}" for key in catalogue.roles]):
        asked |= mix
    elif (role := values.get("role", "")) in catalogue.roles:
        asked |= {f"mix_{key}": parts for key, parts in mix_led_by(role, list(catalogue.roles)).items()}
    return asked


def _assessment(request: Request, values: QueryDict) -> Assessment | None:
    """The finished assessment of theirs that the form was opened with, or is opened with now: their last one.

    A form that was opened without says so by its first day; an address asks for one without by `fresh`.
    """
    finished = visitors.theirs(request).finished()
    wanted = values.get("assessment", "")
    if wanted:
        number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 19 else 0
        return finished.filter(pk=number).first()
    return None if values.keys() & {STARTS_ON, "fresh"} else finished.first()


def _known(found: Assessment, catalogue: Catalogue) -> dict[str, Any]:
    """What an assessment says, as the form starts with it."""
    result = Result.from_json(found.result)
    return {**fields_of(result, aim_of(result, catalogue), catalogue), **start_of(result, catalogue)}


def _result(found: Assessment | None) -> Result | None:
    return Result.from_json(found.result) if found else None


def _asked_again(values: QueryDict, catalogue: Catalogue) -> QueryDict:
    """What was sent as an address asks for it, without what is empty, with the role mix that a stepper means.

    Even an empty first day stays: it tells a form that was sent from a link that leads to it.
    """
    asked = values.copy()
    if "step" in asked:
        form = NewRoadmapForm(catalogue, values, today=timezone.localdate())
        for key, parts in form.stepped(asked.pop("step")[-1]).items():
            asked[f"mix_{key}"] = str(parts)
    for name in ("csrfmiddlewaretoken", "look"):
        asked.pop(name, None)
    for name in [name for name in asked if name != STARTS_ON and not any(asked.getlist(name))]:
        del asked[name]
    return asked


def preview_of(wish: Wish, catalogue: Catalogue) -> dict[str, Any]:
    """The length, the phases and the first milestones of the plan that a wish leads to, and what other sizes take."""
    planner = planner_for(wish, catalogue)
    made, outlook = (
        planned_by(planner, wish),
        planner.outlook(starts_on=wish.starts_on, hours_per_week=wish.hours_per_week),
    )
    route = route_of_plan(made, catalogue, today=wish.starts_on)
    stops = {stop.key: stop for stretch in route.stretches for stop in stretch.stops}
    by_start = sorted(made.steps, key=lambda planned: (planned.starts_on, planned.ends_on))
    return {
        "plan": made,
        "route": route,
        "target": target_of(dict(wish.role_mix), wish.target_class, wish.goal, wish.situation, catalogue),
        "goal": catalogue.goals[wish.goal],
        "situation": catalogue.situations[wish.situation],
        "first": [(stops[p.step.key], say(reason_as_data(p.reason), catalogue)) for p in by_start[:FIRST]],
        "sizes": [
            (name, outlook[size], percent(outlook[size].share), size == wish.size)
            for size, (name, _meaning) in SIZES.items()
        ],
        "closed": percent(made.share),
        "wished": percent(made.wished),
        "left_out": [catalogue.templates[step.key].title for step in made.left_out],
    }


def percent(share: float) -> int:
    """A share in whole percent: all of it only where nothing is left."""
    return floor(share * 100 + ROUNDING)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roadmap_keep(request: PersonRequest) -> HttpResponse:
    """Where signing up leads: on to the roadmap that was planned before, which signing in has made.

    Where it has not, as after an upgrade in between, POST makes it.
    """
    if request.method == "POST":
        make_pending(request, request.user)
        return redirect("roadmap-keep")
    made = Roadmap.objects.owned_by(request.user).filter(pk=request.session.get(MADE, 0)).first()
    if made is not None:
        return after_making(request, made)
    if pending_wish(request) is not None:
        return render(request, "roadmap/roadmap-keep.html")
    request.session.pop(PENDING, None)  # The catalogue knows it no more.
    return redirect("home")
