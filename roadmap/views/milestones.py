"""One milestone of a roadmap: opened, skipped, renamed, removed, noted on; and one of one's own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.drafts import keeps_typed
from accounts.http import PersonRequest, wants_part
from accounts.sent_forms import once
from content.catalogue import current_catalogue
from roadmap import changes
from roadmap.forms.edits import NewMilestoneForm, NotesForm, TitleForm
from roadmap.models import Milestone, Roadmap
from roadmap.pages.panel import panel_of
from roadmap.pages.roadmap import roadmap_context
from roadmap.responses.changes import changed, text_form, wanted


def _milestone(request: PersonRequest, milestone_id: int) -> Milestone:
    owned = Milestone.objects.owned_by(request.user).select_related("roadmap", "phase")
    return get_object_or_404(owned, pk=milestone_id)


@never_cache
@require_safe
def milestone(request: PersonRequest, roadmap_id: int, milestone_id: int) -> HttpResponse:
    """A roadmap, open at one milestone; HTMX gets the panel alone."""
    owned = Milestone.objects.owned_by(request.user).filter(roadmap__pk=roadmap_id)
    found = get_object_or_404(owned.select_related("roadmap"), pk=milestone_id)
    catalogue = current_catalogue()
    if wants_part(request):
        context = {"panel": panel_of(found, catalogue, today=timezone.localdate()), "roadmap": found.roadmap}
        return render(request, "roadmap/roadmap.html#panel", {**context, "chosen": True})
    return render(request, "roadmap/roadmap.html", {**roadmap_context(found.roadmap, catalogue, found), "chosen": True})


@require_POST
def milestone_skip(request: PersonRequest, milestone_id: int) -> HttpResponse:
    """Leave a milestone out (`skipped=on`) or count it again (`skipped=off`)."""
    found = _milestone(request, milestone_id)
    changes.set_skipped(found, skipped=wanted(request, "skipped"), at=timezone.now())
    return changed(request, found.roadmap, found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def milestone_edit(request: PersonRequest, milestone_id: int) -> HttpResponse:
    """Rename a milestone."""
    found = _milestone(request, milestone_id)
    return text_form(
        request,
        TitleForm,
        "roadmap/milestone-edit.html",
        {"milestone": found},
        now=found.title,
        save=lambda text, seen: changes.rename_milestone(found, text, seen=seen, at=timezone.now()),
        back=f"{found.get_absolute_url()}#panel",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def milestone_notes(request: PersonRequest, milestone_id: int) -> HttpResponse:
    """Write notes on a milestone."""
    found = _milestone(request, milestone_id)
    return text_form(
        request,
        NotesForm,
        "roadmap/milestone-notes.html",
        {"milestone": found},
        now=found.notes,
        save=lambda text, seen: changes.write_notes(found, text, seen=seen, at=timezone.now()),
        back=f"{found.get_absolute_url()}#panel",
    )


@require_POST
def milestone_remove(request: PersonRequest, milestone_id: int) -> HttpResponse:
    """Take a milestone off the roadmap; undo puts it back. Doing it twice is doing it once."""
    owned = Milestone.objects.filter(owner=request.user).select_related("roadmap")
    found = get_object_or_404(owned, pk=milestone_id)
    changes.remove_milestone(found, at=timezone.now())
    return changed(request, found.roadmap)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def milestone_add(request: PersonRequest, roadmap_id: int) -> HttpResponse:
    """Put a milestone of one's own on the roadmap."""
    found = get_object_or_404(Roadmap.objects.owned_by(request.user), pk=roadmap_id)
    today = timezone.localdate()
    sent = request.POST if request.method == "POST" else None
    form = NewMilestoneForm(found, sent, today=today, initial=request.typed.dict())
    if form.is_valid():
        values = form.cleaned_data
        try:
            made = once(
                request,
                request.user.pk,
                Milestone.objects.owned_by(request.user),
                lambda: changes.add_milestone(
                    values["phase"],
                    values["title"],
                    values["items"],
                    hours=values["hours"],
                    starts_on=values["starts_on"],
                    ends_on=values["ends_on"],
                    at=timezone.now(),
                )[0],
            )
        except changes.TooMany:
            told = gettext("A roadmap has at most %(count)d milestones.") % {"count": changes.MAX_MILESTONES}
            form.add_error(None, told)
        else:
            return redirect(f"{made.get_absolute_url()}#panel")
    status = 422 if form.is_bound else 200
    return render(request, "roadmap/milestone-add.html", {"form": form, "roadmap": found}, status=status)
