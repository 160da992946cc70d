"""One checklist item: ticked, renamed, removed; and one of one's own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.drafts import keeps_typed
from accounts.http import PersonRequest
from roadmap import changes
from roadmap.changes.sent_forms import once
from roadmap.forms.edits import ItemForm, NewItemForm
from roadmap.models import ChecklistItem, Milestone
from roadmap.pages.history import steps_after, steps_of
from roadmap.pages.progress import standing
from roadmap.pages.route import stop_of
from roadmap.responses.changes import changed, conflict, wanted


def _item(request: PersonRequest, item_id: int) -> ChecklistItem:
    owned = ChecklistItem.objects.owned_by(request.user).select_related("milestone__roadmap")
    return get_object_or_404(owned, pk=item_id)


def _panel(milestone: Milestone) -> str:
    return f"{milestone.get_absolute_url()}#panel"


@require_POST
def item_tick(request: PersonRequest, item_id: int) -> HttpResponse:
    """Tick an item (`done=on`) or take the tick back (`done=off`): the row and the progress that it moves."""
    item = _item(request, item_id)
    event = changes.set_done(item, done=wanted(request, "done"), at=timezone.now())
    milestone = item.milestone
    if not request.htmx:
        return redirect(_panel(milestone))
    now = standing(milestone)
    context = {
        "item": item,
        "steps": steps_after(event) if event else steps_of(milestone.roadmap, now=timezone.now()),
        "roadmap": milestone.roadmap,
        "standing": now,
        "stop": stop_of(
            milestone,
            done=now.milestone.done,
            total=now.milestone.total,
            today=timezone.localdate(),
            deadline_on=milestone.roadmap.deadline_on,
        ),
        "phase_id": milestone.phase_id,
    }
    return render(request, "roadmap/roadmap.html#item-ticked", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def item_edit(request: PersonRequest, item_id: int) -> HttpResponse:
    """Rename an item, in its row or on a page of its own."""
    item = _item(request, item_id)
    if request.method != "POST":
        form = ItemForm(initial={"text": item.text, "seen": item.text, **request.typed.dict()})
        return _edit(request, item, form)
    form = ItemForm(request.POST)
    if not form.is_valid():
        return _edit(request, item, form, status=422)
    text, seen = form.cleaned_data["text"], form.cleaned_data["seen"]
    try:
        changes.rename_item(item, text, seen=seen, at=timezone.now())
    except changes.Stale as stale:
        return conflict(request, ItemForm, text, stale, back=_panel(item.milestone))
    return changed(request, item.milestone.roadmap, item.milestone)


def _edit(request: PersonRequest, item: ChecklistItem, form: ItemForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "item": item, "milestone": item.milestone}
    if request.htmx:
        return render(request, "roadmap/item-edit.html#edit-item", context, status=status)
    return render(request, "roadmap/item-edit.html", context, status=status)


@require_POST
def item_remove(request: PersonRequest, item_id: int) -> HttpResponse:
    """Take an item off its checklist; undo puts it back. Doing it twice is doing it once."""
    owned = ChecklistItem.objects.filter(owner=request.user, milestone__removed_at=None)
    item = get_object_or_404(owned.select_related("milestone__roadmap"), pk=item_id)
    changes.remove_item(item, at=timezone.now())
    return changed(request, item.milestone.roadmap, item.milestone)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def item_add(request: PersonRequest, milestone_id: int) -> HttpResponse:
    """Put an item of one's own at the end of a checklist."""
    owned = Milestone.objects.owned_by(request.user).select_related("roadmap")
    milestone = get_object_or_404(owned, pk=milestone_id)
    form = NewItemForm(request.POST if request.method == "POST" else None, initial=request.typed.dict())
    if form.is_valid():
        text, owned_items = form.cleaned_data["text"], ChecklistItem.objects.owned_by(request.user)
        try:
            once(request, request.user, owned_items, lambda: changes.add_item(milestone, text, at=timezone.now())[0])
        except changes.TooMany:
            form.add_error("text", gettext("A checklist has at most %(count)d items.") % {"count": changes.MAX_ITEMS})
        else:
            return changed(request, milestone.roadmap, milestone)
    context = {"form": form, "milestone": milestone}
    template = "roadmap/item-add.html#add-item" if request.htmx else "roadmap/item-add.html"
    return render(request, template, context, status=422 if form.is_bound else 200)
