"""An entry drawn for whoever edits it as readers will meet it, with what is not saved yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from content.catalogue import catalogue_of
from content.pack import format as fmt
from content.pack.content import PackContent
from content.pages import drawn

if TYPE_CHECKING:
    from content.admin.entries import EntryAdmin


def preview(admin: EntryAdmin, request: HttpRequest, row: Any, content: PackContent) -> HttpResponse:
    """Where readers will meet an entry, if the catalogue said `content`; in the language that was asked for."""
    catalogue = catalogue_of(content)
    language = "ko" if request.POST["_preview"] == "ko" else "en"
    with translation.override(language):
        entry = admin.entry_of(catalogue.content, row)
        address = admin.address(row, entry) if admin.has_page() else None
        messages.info(request, _("A preview: nothing is saved yet. Close this tab to go on editing."))
        page = drawn(request, address, catalogue) if address else None
        if page is None:
            page = alone(request, entry)
    page["Cache-Control"] = "no-store"
    page["Content-Language"] = language
    return page


def alone(request: HttpRequest, entry: fmt.Strict | None) -> HttpResponse:
    """A page of the site with one entry, in the language that is active: nothing on it can be answered or sent."""
    return render(request, "content/preview.html", {"entry": entry, **_shown(entry)})


def _shown(entry: fmt.Strict | None) -> dict[str, Any]:
    match entry:
        case fmt.Situation():
            return {"above": _("Where you start"), "advice": entry.advice, **_named(entry)}
        case fmt.Goal():
            return {"above": _("Where you want to be next"), "advice": entry.advice, **_named(entry)}
        case fmt.Phase():
            return {"above": _("The route"), **_named(entry)}
        case fmt.Choice():
            return {"above": _("How you work"), "heading": entry.question, "options": entry.options}
        case fmt.Deed():
            return {"above": _("What you have done"), "heading": entry.question, "options": entry.options}
        case fmt.Rating():
            return {"above": _("What you can do"), "heading": entry.question, "options": entry.levels}
        case fmt.Pack():
            return {"above": entry.version, "news": entry.news, **_named(entry)}
        case fmt.ScaleStep():
            heading = f"{entry.level} · {entry.name}"
            return {"above": _("Today's level"), "heading": heading, "summary": entry.meaning}
        case _:
            raise TypeError(f"no preview is known for {type(entry).__name__}")


def _named(entry: fmt.Situation | fmt.Goal | fmt.Phase | fmt.Pack) -> dict[str, Any]:
    return {"heading": entry.name, "summary": entry.summary}
