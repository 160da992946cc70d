"""A new roadmap: made once from a wish, or kept with the visitor until they have signed up; and where it leads."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.http import Request
from accounts.models import User
from content.catalogue import current_catalogue
from roadmap.changes.creating import create_from_plan
from roadmap.changes.sent_forms import once
from roadmap.models import Milestone, Roadmap
from roadmap.planning.from_catalogue import plan_for
from roadmap.planning.wishes import Wish

PENDING = "pending_wish"


def make(request: Request, person: User, wish: Wish) -> HttpResponse:
    """Make the roadmap that a form wishes for, and lead to it."""
    catalogue = current_catalogue()
    plan = plan_for(wish, catalogue)
    roadmap = once(
        request,
        person,
        Roadmap.objects.owned_by(person).active(),
        lambda: create_from_plan(person, wish, plan, catalogue, at=timezone.now()),
    )
    return after_making(request, roadmap)


def ask_to_sign_up(request: HttpRequest, wish: Wish) -> HttpResponse:
    """Keep a visitor's wish in their session and lead through signing up to the roadmap."""
    request.session[PENDING] = wish.to_json()
    return redirect(f"{reverse('account_signup')}?next={reverse('roadmap-keep')}")


WAITING = "milestones_to_put"
"""In the session of somebody who has no roadmap yet: the milestones that they chose, until one is made."""


def after_making(request: Request, roadmap: Roadmap) -> HttpResponse:
    """Where a new roadmap leads: to itself, or to what was to be put into it and is not there.

    What waits is forgotten only there: the answer that leads to it may be lost on its way.
    """
    keys: list[str] = request.session.get(WAITING, [])
    there = set(Milestone.objects.on(roadmap).values_list("template", flat=True)) if keys else set()
    missing = [key for key in keys if key not in there]
    if missing:
        return HttpResponseRedirect(address_with(missing))
    request.session.pop(WAITING, None)
    return redirect(roadmap)


def address_with(keys: list[str]) -> str:
    """The page with the milestones that the catalogue knows."""
    catalogue = current_catalogue()
    query = urlencode([("milestone", key) for key in keys if key in catalogue.templates])
    return f"{reverse('milestone-put')}?{query}" if query else reverse("milestone-put")
