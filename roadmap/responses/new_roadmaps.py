"""A new roadmap: made once from a wish, or kept with the visitor until they have signed up; and where it leads."""

from __future__ import annotations

import json
import secrets
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.http import Request
from accounts.models import User
from accounts.sent_forms import once, once_by
from content.catalogue import current_catalogue
from roadmap.changes.creating import create_from_plan
from roadmap.models import Milestone, Roadmap
from roadmap.planning.from_catalogue import plan_for
from roadmap.planning.wishes import Wish

PENDING, PENDING_KEY = "pending_wish", "pending_wish_key"
"""In a visitor's session: what they planned, and what tells it from every other wish."""

MADE = "roadmap_kept"
"""In the session of somebody who has signed in since: the roadmap that was made of it."""


def make(request: Request, person: User, wish: Wish) -> HttpResponse:
    """Make the roadmap that a form wishes for, and lead to it."""
    catalogue = current_catalogue()
    plan = plan_for(wish, catalogue)
    roadmap = once(
        request,
        person.pk,
        Roadmap.objects.owned_by(person).active(),
        lambda: create_from_plan(person, wish, plan, catalogue, at=timezone.now()),
    )
    return after_making(request, roadmap)


def ask_to_sign_up(request: HttpRequest, wish: Wish) -> HttpResponse:
    """Keep a visitor's wish in their session and lead through signing up to the roadmap."""
    request.session[PENDING] = wish.to_json()
    request.session[PENDING_KEY] = secrets.token_hex(32)
    return redirect(f"{reverse('account_signup')}?next={reverse('roadmap-keep')}")


def pending_wish(request: HttpRequest) -> Wish | None:
    """What a visitor planned and has not got yet, if the catalogue still knows all of it."""
    values = request.session.get(PENDING)
    try:
        wish = Wish.from_json(values) if values else None
    except (KeyError, TypeError, ValueError):  # Another release kept it in another form.
        return None
    return wish if wish is not None and wish.fits(current_catalogue()) else None


def say_waiting(request: HttpRequest) -> str:
    """What a visitor planned comes along when they sign up."""
    return _("The roadmap that you planned is kept: you find it made.") if pending_wish(request) else ""


def make_pending(request: HttpRequest, person: User) -> None:
    """Make the roadmap that somebody planned before they signed in, once, and remember which it is."""
    wish = pending_wish(request)
    sealed = request.session.get(PENDING_KEY) or json.dumps([person.pk, request.session.get(PENDING)], sort_keys=True)
    for name in (PENDING, PENDING_KEY):
        request.session.pop(name, None)
    if wish is None:
        return
    catalogue = current_catalogue()
    roadmap = once_by(
        sha256(f"wish {sealed}".encode()).hexdigest(),
        person.pk,
        Roadmap.objects.owned_by(person).active(),
        lambda: create_from_plan(person, wish, plan_for(wish, catalogue), catalogue, at=timezone.now()),
    )
    request.session[MADE] = roadmap.pk


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
