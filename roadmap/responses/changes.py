"""How a change is answered: HTMX gets the parts of the page that it moved, a plain form is led back to the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import PersonRequest
from content.catalogue import current_catalogue
from roadmap.changes import Stale
from roadmap.models import Milestone, Roadmap
from roadmap.pages.roadmap import roadmap_context


def wanted(request: PersonRequest, state: str) -> bool:
    """The state that a form asks for, `on` or `off`. Anything else is refused: a guess could take a tick back."""
    value = request.POST.get(state)
    if value not in {"on", "off"}:
        raise BadRequest(f"{state} is neither on nor off")
    return value == "on"


def changed(request: PersonRequest, roadmap: Roadmap, milestone: Milestone | None = None) -> HttpResponse:
    """After a change of more than a tick: the whole of what the page says about the roadmap, at this milestone."""
    if not request.htmx:
        return redirect(f"{milestone.get_absolute_url()}#panel" if milestone else roadmap.get_absolute_url())
    roadmap = get_object_or_404(roadmap.row())
    if milestone is not None:
        milestone = get_object_or_404(milestone.row())
    response = render(
        request, "roadmap/roadmap.html#roadmap-changed", roadmap_context(roadmap, current_catalogue(), milestone)
    )
    response["HX-Retarget"] = "#roadmap"
    response["HX-Reswap"] = "outerHTML"
    address = milestone.get_absolute_url() if milestone else reverse("roadmap", args=[roadmap.pk])
    response["HX-Replace-Url"] = address
    return response


def text_form(
    request: PersonRequest,
    form_class: type[forms.Form],
    template: str,
    context: dict[str, Any],
    *,
    now: str,
    save: Callable[[str, str], object],
    back: str,
) -> HttpResponse:
    """A form with one text: shown with the text as it is `now`, told what is wrong with it, or saved.

    `save` is given the new text and the one that its writer saw; it raises Stale if another was saved meanwhile.
    """
    if request.method != "POST":
        form = form_class(initial={"text": now, "seen": now, **request.typed.dict()})
        return render(request, template, {"form": form, **context})
    form = form_class(request.POST)
    if not form.is_valid():
        return render(request, template, {"form": form, **context}, status=422)
    text = form.cleaned_data["text"]
    try:
        save(text, form.cleaned_data["seen"])
    except Stale as stale:
        return conflict(request, form_class, text, stale, back=back)
    return redirect(back)


def conflict(
    request: PersonRequest, form_class: type[forms.Form], text: str, stale: Stale, *, back: str
) -> HttpResponse:
    """409: the text was changed elsewhere meanwhile. Both texts are shown; saving again is a decision."""
    form = form_class(initial={"text": text, "seen": stale.current})
    context = {"form": form, "current": stale.current, "back": back, "action": request.path}
    response = render(request, "roadmap/conflict.html", context, status=409)
    response["HX-Retarget"] = "body"
    response["HX-Reswap"] = "innerHTML"
    return response
