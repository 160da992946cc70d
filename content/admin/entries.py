"""What editing has in common for every kind of entry: lists, forms, permissions, history and uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.db import models as db
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from accounts.drafts import keeps_typed
from content.addresses import address_of
from content.admin.fields import Fields
from content.admin.forms import EntryForm, RowForm
from content.admin.history import editor_of, page_of_edits, told_differences
from content.admin.problems import Told
from content.admin.saving import Previewed, Refused, Saved, Sheet, save, seen_as
from content.admin.uses import Use, uses_of
from content.admin.words import columns, kind_label, label
from content.catalogue import current_catalogue
from content.edits import KIND_OF, place_of
from content.pack import format as fmt
from content.pack.changes import PACK, said
from content.pack.content import PackContent
from content.pack.problems import Problem

if TYPE_CHECKING:
    RowAdmin = admin.ModelAdmin[Any]
else:
    RowAdmin = admin.ModelAdmin

PLACE = gettext_lazy("Place in the pack")


class EntryAdmin(Fields, RowAdmin):
    """One kind of entry. Nothing is deleted, and every save is held to the rules of the pack."""

    form: type[RowForm] = EntryForm
    actions = None
    list_per_page = 50
    ordering: ClassVar[tuple[str, ...]] = ("file", "position")
    save_on_top = False
    change_form_template = "admin/content/change_form.html"
    object_history_template = "admin/content/object_history.html"
    view_on_site = True
    texts: ClassVar[tuple[str, ...]] = ()
    """The bilingual columns that are searched."""
    placed: ClassVar[bool] = True
    """Whether the entries of the kind have an order that is the editor's."""

    # What the kind is and which entry a row stands for

    @property
    def kind(self) -> str:
        """The name of the kind in the pack."""
        return KIND_OF.get(self.model, PACK)

    def key_of(self, row: Any) -> str:
        """The id of the entry that is edited."""
        return str(row.key)

    def entry_of(self, catalogue: PackContent, row: Any) -> fmt.Strict | None:
        """What the catalogue says of a row."""
        return next((each for each in catalogue.entries.get(self.kind, ()) if each.id == row.key), None)

    # Permissions

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An id means one thing for ever: an entry is retired instead."""
        return False

    # Lists and forms

    def get_queryset(self, request: HttpRequest) -> Any:
        """With how many entries of the same file stand before each."""
        rows = super().get_queryset(request)
        if not self.placed:
            return rows
        ahead = db.Q(position__lt=db.OuterRef("position"))
        ahead |= db.Q(position=db.OuterRef("position"), pk__lt=db.OuterRef("pk"))
        found = self.model._default_manager.filter(ahead, file=db.OuterRef("file")).order_by().values("file")
        counted = db.Subquery(found.annotate(count=db.Count("pk")).values("count"))
        return rows.annotate(ahead=Coalesce(counted, 0))

    def get_list_display(self, request: HttpRequest) -> Any:
        """The place in the order comes last."""
        return (*self.list_display, "place") if self.placed else self.list_display

    @admin.display(description=label("place"))
    def place(self, row: Any) -> int:
        """Where it stands among the entries of its file."""
        return int(row.ahead) + 1

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """The id and the texts of both languages."""
        return ("key", *columns(*self.texts), *(self.search_fields or ()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """An id is given once; the file is chosen for the editor."""
        return ("key", "file", *self.readonly_fields) if obj is not None else ("file", *self.readonly_fields)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The place in the pack comes last, and a new entry has none yet."""
        place = [("retired", "replaced_by"), ("place", "file")]
        last = [] if obj is None else [(PLACE, {"fields": place})]
        return [*(self.fieldsets or ()), *last]

    # Saving and showing

    @method_decorator(keeps_typed)
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None) -> Any:
        """An empty form, or what was typed into one while the session ended."""
        return super().add_view(request, form_url, extra_context)

    @method_decorator(keeps_typed)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The form of an entry, as it is or as it was typed while the session ended."""
        return super().change_view(request, object_id, form_url, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """The form of an entry. What is sent is saved, or shown again with what is wrong with it.

        So is what was typed while the session ended: it waits for its editor to save it.
        """
        typed: QueryDict | None = request.typed or None  # type: ignore[attr-defined]
        told: Told = {"": {"": [_("Look it through and save it.")]}} if typed else {}
        seen = typed.get("_seen", "") if typed else None
        if request.method == "POST":
            match save(self, request, object_id):
                case Saved(row):
                    return self.response_add(request, row) if object_id is None else self.response_change(request, row)
                case Previewed(response):
                    return response
                case Refused() as refused:
                    typed, told, seen = request.POST, refused.told, refused.seen
        row = self.opened(request, object_id)
        if row is None and object_id is not None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        about = self._about(row) if row is not None else {}
        if row is not None and seen is not None:
            about["seen"] = seen
        sheet = self.sheet(request, row, typed)
        sheet.tell(told)
        return self._page(request, sheet, form_url, {**about, **(extra_context or {})})

    def opened(self, request: HttpRequest, object_id: str | None) -> Any:
        """The entry at a form's address, None for a new one or if there is none; only for who may do what they ask."""
        to_field = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        if to_field and not self.to_field_allowed(request, to_field):
            raise DisallowedModelAdminToField(to_field)
        if object_id is None:
            row, may = None, self.has_add_permission(request)
        else:
            row = self.get_object(request, unquote(object_id), to_field)
            change = request.method == "POST"
            may = (self.has_change_permission if change else self.has_view_or_change_permission)(request, row)
        if not may:
            raise PermissionDenied
        return row

    def sheet(self, request: HttpRequest, row: Any, typed: QueryDict | None) -> Sheet:
        """The forms of an entry and its parts, with what was typed into them; `row` is None for a new one."""
        fields = flatten_fieldsets(self.get_fieldsets(request, row))
        form_class = self.get_form(request, row, change=row is not None, fields=fields)
        initial = self.get_changeform_initial_data(request) if row is None and typed is None else None
        form = form_class(typed, instance=row, initial=initial)
        inlines, sets = [], []
        for set_class, inline in self.get_formsets_with_inlines(request, row):
            given = self.get_formset_kwargs(request, form.instance, inline, set_class.get_default_prefix())
            inlines.append(inline)
            sets.append(set_class(**{**given, "data": typed, "inline": inline}))
        return Sheet(row, form, sets, inlines)

    def _page(self, request: HttpRequest, sheet: Sheet, form_url: str, about: dict[str, Any]) -> HttpResponse:
        row, new = sheet.row, sheet.row is None
        fieldsets = self.get_fieldsets(request, row)
        may_write = new or self.has_change_permission(request, row)
        readonly = self.get_readonly_fields(request, row) if may_write else flatten_fieldsets(fieldsets)
        form = helpers.AdminForm(sheet.form, list(fieldsets), {}, readonly, model_admin=self)
        sets = self.get_inline_formsets(request, sheet.sets, sheet.inlines, row)
        title = "Add %s" if new else "Change %s" if may_write else "View %s"
        context = {
            **self.admin_site.each_context(request),
            "title": gettext(title) % self.opts.verbose_name,  # Django's own words, in its own translation.
            "subtitle": None if new else str(row),
            "adminform": form,
            "inline_admin_formsets": sets,
            "errors": helpers.AdminErrorList(sheet.form, sheet.sets),
            # The forms of a set are alike: asked one by one, they would say the same each time.
            "media": sum((each.opts.media + each.formset.media for each in sets), self.media + sheet.form.media),
            "object_id": None if new else str(row.pk),
            "original": row,
            "is_popup": IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET,
            "to_field": request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR)),
            "preserved_filters": self.get_preserved_filters(request),
            "preview_languages": [("ko", _("Preview in Korean")), ("en", _("Preview in English"))],
            **about,
        }
        return self.render_change_form(request, context, add=new, change=not new, obj=row, form_url=form_url)

    def own_problems(self, problems: Sequence[Problem], row: Any) -> Sequence[Problem]:
        """The problems as if everything that this form edits were one entry of the pack."""
        return problems

    # Preview

    def address(self, row: Any, entry: Any) -> str | None:
        """Where readers find an entry, in the language that is active; None where no page shows it by itself."""
        try:
            return address_of(entry) if isinstance(entry, fmt.Entry) else None
        except NoReverseMatch:
            return None

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The public page, in the editor's language."""
        return self.address(obj, self.entry_of(current_catalogue().content, obj)) if obj is not None else None

    def has_page(self) -> bool:
        """Whether a public page shows an entry of this kind in full; else its preview is a page of its own."""
        return True

    # Where it is used, and what happened to it

    def _about(self, row: Any) -> dict[str, Any]:
        """What the form shows beside the fields: who names the entry, and the seal of what it says."""
        catalogue = current_catalogue().content
        entry = self.entry_of(catalogue, row)
        uses = [used(use) for use in uses_of(catalogue, self.kind, self.key_of(row))] if self.kind != PACK else []
        whole = catalogue.pack if self.kind == PACK else entry
        return {
            "seen": seen_as(said(whole) if whole else None, place_of(row) if self.placed else None),
            "uses": uses,
            "told_uses": self.kind != PACK,
        }

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """Who changed what, newest first, before beside after."""
        row = get_object_or_404(self.model, pk=object_id if object_id.isdigit() else 0)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        page = page_of_edits(self.kind, self.key_of(row), request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % row,
            "row": row,
            "opts": self.opts,
            "page": page,
            "edits": [(edit, editor_of(edit), told_differences(edit)) for edit in page],
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)


def used(use: Use) -> dict[str, Any]:
    """An entry that names this one, as the form lists it."""
    entry = use.entry
    return {
        "kind": kind_label(use.kind),
        "name": str(fmt.name_of(entry)) if entry else use.key,
        "field": label(use.field),
        "retired": bool(entry and entry.retired),
        "address": reverse("admin:entry", args=[use.kind, use.key]),
    }
