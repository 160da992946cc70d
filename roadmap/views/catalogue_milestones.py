"""Put milestones of the catalogue into a roadmap that is there already."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.models import User
from content.catalogue import current_catalogue
from roadmap import changes
from roadmap.changes import adding
from roadmap.models import Roadmap
from roadmap.pages.progress import roadmaps_progress
from roadmap.pages.targets import target_of_roadmap
from roadmap.responses.new_roadmaps import WAITING, address_with

MOST = 50  # More than any page of the catalogue offers at once.


@login_not_required  # A visitor is led through signing up and back, with what they chose.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def milestone_put(request: Request) -> HttpResponse:
    """Choose a roadmap and which of the milestones (`milestone`, repeated) go into it; POST puts them there."""
    values = request.POST if request.method == "POST" else request.GET
    keys = list(dict.fromkeys(values.getlist("milestone")))[:MOST]
    if not request.user.is_authenticated:
        return HttpResponseRedirect(f"{reverse('account_signup')}?next={quote(address_with(keys))}")
    if request.method == "POST":
        return _put(request, request.user, keys, values.get("roadmap", ""))
    found = list(Roadmap.objects.owned_by(request.user).active())
    request.session.pop(WAITING, None)
    if not found:
        request.session[WAITING] = keys
        messages.info(request, _("First make a roadmap. Then you are asked whether to put the milestone into it."))
        return redirect("roadmap-new")
    wanted = values.get("roadmap", "")
    roadmap = _chosen(found, wanted) if wanted else found[0]
    return _page(request, request.user, roadmap, found, keys)


def _chosen(found: list[Roadmap], wanted: str) -> Roadmap:
    """The roadmap with that number; somebody else's is as unknown as one that does not exist."""
    for roadmap in found:
        if str(roadmap.pk) == wanted:
            return roadmap
    raise Http404("no such roadmap")


def _page(
    request: Request, person: User, roadmap: Roadmap, found: list[Roadmap], keys: list[str], *, wrong: str = ""
) -> HttpResponse:
    catalogue = current_catalogue()
    progress = roadmaps_progress(person)
    context = {
        "offer": adding.offer(roadmap, keys, catalogue),
        "roadmap": roadmap,
        "rows": [
            (each, target_of_roadmap(each, catalogue), progress[each.pk]) for each in found if each.pk in progress
        ],
        "keys": [key for key in keys if key in catalogue.templates],
        "wrong": wrong,
    }
    return render(request, "roadmap/milestone-put.html", context, status=422 if wrong else 200)


def _put(request: Request, person: User, keys: list[str], wanted: str) -> HttpResponse:
    found = list(Roadmap.objects.owned_by(person).active())
    roadmap = _chosen(found, wanted)
    catalogue = current_catalogue()
    if not any(key in catalogue.templates for key in keys):
        return _page(request, person, roadmap, found, keys, wrong=_("Choose at least one milestone."))
    try:
        made, shown = adding.put(roadmap, keys, catalogue, at=timezone.now(), today=timezone.localdate())
    except changes.TooMany:
        wrong = _("A roadmap has at most %(count)d milestones.") % {"count": changes.MAX_MILESTONES}
        return _page(request, person, roadmap, found, keys, wrong=wrong)
    if len(made) > 1:
        told = ngettext("%(count)d milestone is on it now.", "%(count)d milestones are on it now.", len(made))
        messages.success(request, told % {"count": len(made)})
    elif not made:
        messages.info(request, _("It was on this roadmap already."))
    return redirect(f"{shown.get_absolute_url()}#panel" if shown else roadmap.get_absolute_url())
