"""What was typed is saved as a whole or not at all: the rules of the pack decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db import models as db
from django.forms import all_valid
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from accounts.models import User
from content import models
from content.admin.history import editor_of
from content.admin.previews import preview
from content.admin.problems import Told, placed
from content.edits import after_edit, before_edit, file_of, move, place_of, seal, settle
from content.pack.problems import PackErrors

if TYPE_CHECKING:
    from content.admin.entries import EntryAdmin


@dataclass(frozen=True)
class Sheet:
    """The form of an entry and the forms of its parts, set by set as `inlines`; `row` is None for a new entry."""

    row: Any
    form: Any
    sets: list[Any]
    inlines: list[Any]

    def is_valid(self) -> bool:
        """Whether every form is in order; each is asked, so that all mistakes are shown at once."""
        return all([self.form.is_valid(), all_valid(self.sets)])

    def tell(self, told: Told) -> None:
        """Put what the checks said to the fields, forms and sets that it is about."""
        if not told:
            return
        self.is_valid()
        for form in (self.form, *(form for parts in self.sets for form in parts.forms)):
            for field, reasons in told.get(form.prefix or "", {}).items():
                form.add_error(field or None, [ValidationError(reason) for reason in reasons])
        for parts in self.sets:
            reasons = told.get(f"{parts.prefix}-", {}).get("", [])
            parts.non_form_errors().extend(ValidationError(reason) for reason in reasons)


@dataclass(frozen=True)
class Saved:
    """It is stored, and its history with it."""

    row: Any


@dataclass(frozen=True)
class Refused:
    """Nothing is stored. `told` is what the forms do not say by themselves; `seen` is what its editor has now seen."""

    told: Told
    seen: str


@dataclass(frozen=True)
class Previewed:
    """Nothing is stored: the page as it would be."""

    response: HttpResponse


Outcome = Saved | Refused | Previewed


def save(admin: EntryAdmin, request: HttpRequest, object_id: str | None) -> Outcome:
    """Write what was sent to an entry's form and ask every rule; unless it is saved, all of it is rolled back."""
    with transaction.atomic():
        outcome = _write(admin, request, object_id)
        if not isinstance(outcome, Saved):
            transaction.set_rollback(True)
    return outcome


def _write(admin: EntryAdmin, request: HttpRequest, object_id: str | None) -> Outcome:
    seen = request.POST.get("_seen", "")
    row = admin.opened(request, object_id)
    if row is None and object_id is not None:
        return Refused({}, seen)
    sheet = admin.sheet(request, row, request.POST)
    if not sheet.is_valid():
        return Refused({}, seen)
    entry, new = sheet.form.save(commit=False), row is None

    before = before_edit(admin.kind, admin.key_of(entry))
    stands = place_of(entry) if admin.placed and not new else None
    wanted = sheet.form.cleaned_data.get("place")
    saw, _dot, stood = seen.partition(".")
    if not new and saw and saw != seal(before):
        return Refused({"": {"": [_overtaken(admin.kind, admin.key_of(entry))]}}, seen_as(before, stands))
    # Others may have moved it, or past it: only a place that was typed is meant.
    moved = None
    if stands is not None and wanted is not None and str(wanted) != (stood or str(stands)):
        if stood and stood != str(stands):
            told = _("The order has changed meanwhile: this now stands at place %(place)s. Save again to move it.")
            return Refused({"": {"place": [told % {"place": stands}]}}, seen_as(before, stands))
        moved = stands, wanted

    if new:
        _put_last(entry, admin.kind)
    try:
        entry.save()
    except IntegrityError as error:  # It was free when the form was checked; the form says now what was taken.
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        return Refused({"": {"": [_("Somebody else has added the same meanwhile. Nothing was saved.")]}}, seen)
    if moved is not None:
        move(entry, moved[1])
    sheet.form.save_m2m()
    for parts in sheet.sets:
        parts.save()
    if new:
        entry.file = file_of(entry)
        entry.save(update_fields=["file"])

    key = admin.key_of(entry)
    try:
        content = after_edit(admin.kind)
    except PackErrors as errors:
        problems = admin.own_problems(errors.problems, entry)
        return Refused(placed(problems, admin.kind, key, sheet.form, sheet.sets), seen)
    if "_preview" in request.POST:
        return Previewed(preview(admin, request, entry, content))
    settle(content, admin.kind, key, before, by=cast(User, request.user), at=timezone.now(), moved=moved)
    return Saved(entry)


def _put_last(entry: models.Entry, kind: str) -> None:
    """At the end of its kind, until its relations are known and tell its file."""
    last = type(entry)._default_manager.aggregate(last=db.Max("position"))["last"]
    entry.position = 0 if last is None else last + 1
    entry.file = f"{kind}.yaml"


def _overtaken(kind: str, key: str) -> str:
    last = models.Edit.objects.filter(kind=kind, key=key).select_related("by").first()
    return format_html(
        '<a href="{}">{}</a> {}',
        reverse("admin:entry", args=[kind, key]) + "?history",
        _("Somebody (%(who)s) has changed this entry while you were editing it.") % {"who": editor_of(last)},
        _("Nothing was saved. Look at what changed; save again to put your words in its place."),
    )


def seen_as(entry: dict[str, Any] | None, place: int | None) -> str:
    """What an editor has before their eyes, in short: what the entry says and where it stands."""
    return seal(entry) if place is None else f"{seal(entry)}.{place}"
