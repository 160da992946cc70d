"""One checklist item: ticked, renamed, removed; and one of one's own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.drafts import keeps_typed
from accounts.http import PersonRequest, form_token
from accounts.sent_forms import once
from roadmap import changes
from roadmap.forms.edits import ItemForm, NewItemForm
from roadmap.models import ChecklistItem, Milestone
from roadmap.pages.history import steps_after, steps_of
from roadmap.pages.route import stop_of_item
from roadmap.pages.rows import item_ticked
from roadmap.pages.ticking import TickedItem, find_item
from roadmap.responses.changes import changed, conflict, wanted


def _item(request: PersonRequest, item_id: int) -> ChecklistItem:
    owned = ChecklistItem.objects.owned_by(request.user).select_related("milestone__roadmap")
    return get_object_or_404(owned, pk=item_id)


def _panel(milestone: Milestone) -> str:
    return f"{milestone.get_absolute_url()}#panel"


@require_POST
def item_tick(request: PersonRequest, item_id: int) -> HttpResponse:
    """Tick an item (`done=on`) or take the tick back (`done=off`): the row and the progress that it moves."""
    item, event = _ticked(request.user.pk, item_id, done=wanted(request, "done"), at=timezone.now())
    if not request.htmx:
        return redirect(f"{reverse('milestone', args=[item.roadmap_id, item.milestone_id])}#panel")
    steps = steps_after(event, done=item.done) if event else steps_of(item.roadmap, now=timezone.now())
    return HttpResponse(
        item_ticked(
            item.pk,
            item.text,
            done=item.done,
            stop=stop_of_item(item, today=timezone.localdate()),
            whole=item.standing.whole,
            phase=(item.phase_id, item.standing.phase),
            raises=item.raises,
            roadmap=item.roadmap_id,
            steps=steps,
            csrf=form_token(request),
        )
    )


def _ticked(owner_id: int, item_id: int, *, done: bool, at: datetime) -> tuple[TickedItem, int | None]:
    """The item as wanted, and the event of its change; None if it was so already.

    Where somebody else changed the roadmap between reading and writing, it is read again while it is held.
    """
    item = _find(item_id, owner_id)
    if item.done is done:
        return item, None
    event = changes.tick(item.row, done=done, at=at, version=item.version)
    if event is None:
        with transaction.atomic():
            changes.hold(item.row)
            item = _find(item_id, owner_id)
            if item.done is done:
                return item, None
            event = changes.tick(item.row, done=done, at=at, version=item.version)
    return item.ticked(at=at if done else None), event


def _find(item_id: int, owner_id: int) -> TickedItem:
    found = find_item(item_id, owner_id=owner_id)
    if found is None:
        raise Http404("no such item")
    return found


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
            once(request, request.user.pk, owned_items, lambda: changes.add_item(milestone, text, at=timezone.now())[0])
        except changes.TooMany:
            form.add_error("text", gettext("A checklist has at most %(count)d items.") % {"count": changes.MAX_ITEMS})
        else:
            return changed(request, milestone.roadmap, milestone)
    context = {"form": form, "milestone": milestone}
    template = "roadmap/item-add.html#add-item" if request.htmx else "roadmap/item-add.html"
    return render(request, template, context, status=422 if form.is_bound else 200)
