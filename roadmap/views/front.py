"""What a visitor sees of roadmaps before signing up: the front page and the example."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request, wants_part
from content.catalogue import Catalogue, current_catalogue
from roadmap.pages.panel import panel_of_template
from roadmap.pages.route import Route, route_of_plan
from roadmap.pages.targets import target_of
from roadmap.planning.engine import Plan
from roadmap.planning.from_catalogue import plan_for, reason_as_data
from roadmap.planning.wishes import Wish, example_wish
from roadmap.responses.new_roadmaps import ask_to_sign_up, make

EXAMPLE_AGE = timedelta(weeks=3)


@login_not_required  # It says what this is.
@require_safe
def front(request: Request) -> HttpResponse:
    """What this is, shown by a real roadmap; somebody signed in is led to their own."""
    if request.user.is_authenticated:
        return redirect("home")
    catalogue = current_catalogue()
    entries = {"roles": catalogue.roles.values(), "activities": catalogue.activities.values()}
    return render(request, "roadmap/front.html", {**_example(), **entries, "pack": catalogue.pack})


@login_not_required  # One looks before signing up.
@require_http_methods(["GET", "HEAD", "POST"])
def example(request: Request) -> HttpResponse:
    """A roadmap of the pack's example person. POST makes it one's own, after signing up."""
    if request.method == "POST":
        catalogue = current_catalogue()
        wish = example_wish(catalogue, today=timezone.localdate())
        if not request.user.is_authenticated:
            return ask_to_sign_up(request, wish)
        return make(request, request.user, wish)
    context = _example(request.GET.get("milestone", ""))
    if wants_part(request):
        response = render(request, "roadmap/example.html#example-panel", context)
        add_never_cache_headers(response)  # Going back must not show a part that was kept at the page's address.
        return response
    return render(request, "roadmap/example.html", context)


@lru_cache(maxsize=4)
def _planned(catalogue: Catalogue, today: date) -> tuple[Wish, Plan]:
    """The example's wish and plan: the same all day."""
    wish = example_wish(catalogue, today=today - EXAMPLE_AGE)
    return wish, plan_for(wish, catalogue)


@lru_cache(maxsize=8)
def _route(catalogue: Catalogue, today: date, language: str) -> Route:
    """Its route, in the language that is active."""
    _wish, made = _planned(catalogue, today)
    done_items = catalogue.pack.example.done_items
    return route_of_plan(made, catalogue, today=today, done_items=done_items, url="/example/")


def _example(chosen: str = "") -> dict[str, Any]:
    """The example's route as it looks after a few weeks, and its open milestone."""
    catalogue, now, today = current_catalogue(), timezone.now(), timezone.localdate()
    wish, made = _planned(catalogue, today)
    route = _route(catalogue, today, get_language() or "en")
    stops = {stop.key: stop for stretch in route.stretches for stop in stretch.stops}
    key = chosen if chosen in stops else route.now[0].key
    planned = next(planned for planned in made.steps if planned.step.key == key)
    return {
        "name": catalogue.pack.example.name,
        "route": route,
        "target": target_of(dict(wish.role_mix), wish.target_class, wish.goal, wish.situation, catalogue),
        "panel": panel_of_template(
            catalogue.templates[key], stops[key], reason_as_data(planned.reason), catalogue, now
        ),
        "chosen": chosen in stops,
        "ends_on": made.ends_on,
        "hours_per_week": wish.hours_per_week,
    }
