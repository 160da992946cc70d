"""A person's roadmaps, and one of them as a whole."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.conditional import conditional
from accounts.drafts import keeps_typed
from accounts.http import PersonRequest
from content.catalogue import current_catalogue
from roadmap import changes
from roadmap.changes import sizes
from roadmap.forms.edits import TitleForm
from roadmap.forms.wishes import SIZES
from roadmap.models import Event, Milestone, Roadmap, ShareLink
from roadmap.pages.progress import roadmap_progress, roadmaps_progress
from roadmap.pages.roadmap import roadmap_context
from roadmap.pages.targets import target_of_roadmap
from roadmap.planning.sizes import Size
from roadmap.responses.changes import changed, text_form, wanted
from roadmap.responses.etags import page_etag


@never_cache
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """Where signing in leads: the only roadmap there is, or the list of them."""
    active = Roadmap.objects.owned_by(request.user).active()[:2]
    return redirect(active[0]) if len(active) == 1 else redirect("roadmaps")


@never_cache
@require_safe
def roadmaps(request: PersonRequest) -> HttpResponse:
    """All roadmaps of a person, the archived ones apart."""
    catalogue = current_catalogue()
    found = list(Roadmap.objects.owned_by(request.user))
    progress = roadmaps_progress(request.user)
    rows = [
        (roadmap, target_of_roadmap(roadmap, catalogue), progress[roadmap.pk])
        for roadmap in found
        if roadmap.pk in progress
    ]
    context = {
        "active": [row for row in rows if row[0].archived_at is None],
        "archived": [row for row in rows if row[0].archived_at is not None],
    }
    return render(request, "roadmap/roadmaps.html", context)


@require_safe
def roadmap(request: PersonRequest, roadmap_id: int) -> HttpResponse:
    """One roadmap, open at what is now."""
    found = Roadmap.of(request.user.pk, roadmap_id)
    catalogue = current_catalogue()
    etag = page_etag(request, found, catalogue)
    return conditional(
        request, etag, lambda: render(request, "roadmap/roadmap.html", roadmap_context(found, catalogue))
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def roadmap_edit(request: PersonRequest, roadmap_id: int) -> HttpResponse:
    """Rename a roadmap."""
    found = get_object_or_404(Roadmap.objects.owned_by(request.user), pk=roadmap_id)
    return text_form(
        request,
        TitleForm,
        "roadmap/roadmap-edit.html",
        {"roadmap": found},
        now=found.title,
        save=lambda text, seen: changes.rename_roadmap(found, text, seen=seen, at=timezone.now()),
        back=found.get_absolute_url(),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roadmap_size(request: PersonRequest, roadmap_id: int) -> HttpResponse:
    """What other sizes would bring and take; POST gives the roadmap the one that is named (`size`)."""
    found = get_object_or_404(Roadmap.objects.owned_by(request.user), pk=roadmap_id)
    catalogue, size, wrong = current_catalogue(), request.POST.get("size", ""), ""
    differences = sizes.differences(found, catalogue)
    if request.method == "POST" and size not in differences:
        wrong = _("Choose one of the sizes.") if differences else ""
    elif request.method == "POST":
        try:
            came, went = sizes.resize(found, Size(size), catalogue, at=timezone.now(), today=timezone.localdate())
        except changes.TooMany:
            wrong = _("A roadmap has at most %(count)d milestones.") % {"count": changes.MAX_MILESTONES}
        else:
            told = {"came": came, "went": went}
            messages.success(request, _("Milestones added: %(came)d, taken off: %(went)d.") % told)
            return redirect(found)
    rows = [(difference, *SIZES[each]) for each, difference in differences.items()]
    context = {"roadmap": found, "sizes": rows, "wrong": wrong}
    return render(request, "roadmap/roadmap-size.html", context, status=422 if wrong else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roadmap_archive(request: PersonRequest, roadmap_id: int) -> HttpResponse:
    """Put a roadmap away (`archived=on`) or take it back (`archived=off`)."""
    found = get_object_or_404(Roadmap.objects.owned_by(request.user), pk=roadmap_id)
    if request.method != "POST":
        return render(request, "roadmap/roadmap-archive.html", {"roadmap": found})
    archived = wanted(request, "archived")
    changes.set_archived(found, archived=archived, at=timezone.now())
    messages.success(request, _("Archived.") if archived else _("Taken back from the archive."))
    return redirect("roadmaps") if archived else redirect(found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roadmap_delete(request: PersonRequest, roadmap_id: int) -> HttpResponse:
    """Delete a roadmap for good, after saying what is lost."""
    found = get_object_or_404(Roadmap.objects.owned_by(request.user), pk=roadmap_id)
    if request.method == "POST":
        changes.delete_roadmap(found)
        messages.success(request, _("The roadmap is deleted."))
        return redirect("roadmaps")
    lost = {
        "roadmap": found,
        "progress": roadmap_progress(found),
        "milestones": Milestone.objects.on(found).count(),
        "notes": Milestone.objects.on(found).exclude(notes="").count(),
        "links": ShareLink.objects.filter(roadmap=found).live(timezone.now()).count(),
    }
    return render(request, "roadmap/roadmap-delete.html", lost)


@require_POST
def roadmap_undo(request: PersonRequest, roadmap_id: int) -> HttpResponse:
    """Take a change back, or do again what was taken back (`event`)."""
    found = get_object_or_404(Roadmap.objects.owned_by(request.user), pk=roadmap_id)
    wanted = request.POST.get("event", "")
    events = Event.objects.owned_by(request.user).filter(roadmap=found)
    event = get_object_or_404(
        events.select_related("milestone", "reverts__reverts"),
        pk=int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0,
    )
    try:
        changes.undo(event, at=timezone.now())
    except changes.Stale:
        messages.error(request, _("It was changed again meanwhile, so it cannot be undone."))
        return changed(request, found)
    except changes.TooMany:
        messages.error(request, _("There is no room for what would come back. Remove something first."))
        return changed(request, found)
    milestone = event.milestone.row().filter(removed_at=None).first() if event.milestone else None
    return changed(request, found, milestone)
