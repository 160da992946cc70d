"""What editing has in common for every kind of entry: the rules of the pack, history, preview and uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db import models as db
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.errors import UniqueViolation

from accounts.drafts import keeps_typed
from accounts.models import User
from content import models
from content.addresses import address_of
from content.admin.differences import differences
from content.admin.forms import EntryChoice, EntryForm, OrderedForm, PartForm, PartFormSet, ToldForm, Words
from content.admin.previews import alone
from content.admin.problems import Told, placed
from content.admin.uses import Use, uses_of
from content.admin.words import HELP, called, columns, kind_label, label
from content.catalogue import catalogue_of, current_catalogue
from content.edits import KIND_OF, after_edit, before_edit, file_of, move, place_of, seal, settle
from content.pack import format as fmt
from content.pack.changes import PACK, said
from content.pack.content import PackContent
from content.pack.problems import PackErrors
from content.pages import drawn

if TYPE_CHECKING:
    RowAdmin = admin.ModelAdmin[Any]
    RowInline = admin.options.InlineModelAdmin[Any, Any]
else:
    RowAdmin, RowInline = admin.ModelAdmin, admin.options.InlineModelAdmin

FEW = {"goals", "situations", "roles", "competencies", "proves"}
"""Relations to kinds with so few entries that all of them are shown, to be ticked."""
LEVELS = {"level": (0, 4), "weight": (0, 3), "engineer_class": (1, 3), "number": (1, 4), "shows": (1, 4)}
EDITS_ON_A_PAGE = 30
PLACE = gettext_lazy("Place in the pack")


class Refused(Exception):
    """An edit that breaks a rule; `told` says where on the form. All of it is rolled back."""

    def __init__(self, told: Told, seen: str = "") -> None:
        self.told, self.seen = told, seen
        super().__init__(told)


class Previewed(Exception):
    """A page with the unsaved texts, on its way out of the transaction that must not last."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        super().__init__()


class Fields:
    """How columns of the catalogue become fields of a form."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Texts as files can hold them, numbers to choose from, entries by what they are called."""
        name = db_field.name
        language = name.rpartition("_")[2]
        if name == "replaced_by":
            rows = db_field.model._default_manager.order_by("position")
            return EntryChoice(
                rows, to_field_name="key", required=False, label=label(name), help_text=HELP.get(name, "")
            )
        if name in LEVELS:
            low, high = LEVELS[name]
            if db_field.model in {models.SkillLevel, models.MilestoneSkill}:
                low = 1
            choices = [("", "–"), *((number, str(number)) for number in range(low, high + 1))]
            return forms.TypedChoiceField(choices=choices, coerce=int, label=label(name))
        if name == "language":
            return forms.ChoiceField(choices=[("ko", _("Korean")), ("en", _("English"))], label=label(name))
        if isinstance(db_field, db.ManyToManyField) and name in FEW:
            kwargs["widget"] = forms.CheckboxSelectMultiple(attrs={"class": "checkboxes"})
        if isinstance(db_field, db.URLField):
            kwargs["assume_scheme"] = "https"
        elif isinstance(db_field, db.CharField | db.TextField) and not db_field.choices:
            kwargs["form_class"] = Words
            if isinstance(db_field, db.CharField):
                kwargs["empty_value"] = ""
            attributes = {"lang": language} if language in {"ko", "en"} else {}
            size = db_field.max_length
            if size is None or size >= 300:
                rows = 3 if size else 12
                kwargs["widget"] = forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField", **attributes})
            else:
                kwargs["widget"] = forms.TextInput(attrs={"class": "vTextField", **attributes})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None:
            if name in HELP and not isinstance(db_field, db.ManyToManyField):
                field.help_text = HELP[name]
            if isinstance(field, forms.ModelChoiceField):
                field.label_from_instance = called  # type: ignore[assignment]
                field.queryset = field.queryset.order_by("position") if field.queryset is not None else None
        return field


class Parts(Fields, RowInline):
    """Parts of an entry, changed by whoever may change it."""

    formset = PartFormSet
    form = PartForm
    extra = 0
    says: ClassVar[tuple[str, ...]] = ()
    key_in: ClassVar[str] = ""
    sorted_by: ClassVar[tuple[str, ...]] = ("position",)
    parent: type[db.Model]

    def _may(self, request: HttpRequest) -> bool:
        opts = self.parent_model._meta
        return any(request.user.has_perm(f"{opts.app_label}.{what}_{opts.model_name}") for what in ("change", "add"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever sees the entry sees its parts."""
        opts = self.parent_model._meta
        return self._may(request) or request.user.has_perm(f"{opts.app_label}.view_{opts.model_name}")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for the entry."""
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for the entry."""
        return self._may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody's data refers to a part; checklist items are the exception."""
        return self._may(request)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Tell the forms what the checks said."""
        formset: Any = super().get_formset(request, obj, **kwargs)
        told = getattr(request, "told", {})
        formset.says, formset.key_in, formset.sorted_by, formset.told = self.says, self.key_in, self.sorted_by, told
        formset.form.told = told
        return formset


class Rows(Parts):
    """Parts in a table."""

    template = "admin/content/tabular.html"


class Blocks(Parts):
    """Parts below each other."""

    template = "admin/edit_inline/stacked.html"


class OrderedRows(Rows):
    """Parts in a table whose order is the editor's."""

    form = OrderedForm


class EntryAdmin(Fields, RowAdmin):
    """One kind of entry. Nothing is deleted, and every save is held to the rules of the pack."""

    form: type[ToldForm] = EntryForm
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

    def _entry(self, catalogue: Any, row: Any) -> fmt.Strict | None:
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

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Tell the form what the checks said."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.told = getattr(request, "told", {})
        return form

    # Saving

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
        """Save all or nothing: what breaks a rule is rolled back and shown again with the problems.

        So is what was typed while the session ended: it waits for its editor to save it.
        """
        context: dict[str, Any] = {"has_file_field": True, "preview_languages": self._previews(request, object_id)}
        context |= (extra_context or {}) | (self._about(object_id) if object_id is not None else {})
        typed: QueryDict = request.typed  # type: ignore[attr-defined]
        if typed:
            # Counted while it is a GET: a POST would look for files in the body and replace what was typed by that.
            len(request.FILES)
            request.method, request.POST = "POST", typed  # type: ignore[assignment]
        if request.method == "POST" and object_id is not None:
            context["seen"] = request.POST.get("_seen", "")
        try:
            if typed:
                raise Refused({"": {"": [_("Look it through and save it.")]}})
            return super().changeform_view(request, object_id, form_url, context)
        except Previewed as previewed:
            return previewed.response
        except Refused as refused:
            request.told = refused.told  # type: ignore[attr-defined]
            if refused.seen:
                context["seen"] = refused.seen
            with transaction.atomic():
                answer = super().changeform_view(request, object_id, form_url, context)
                transaction.set_rollback(True)
            return answer

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Remember what the entry said, and refuse to write over what somebody else has written since."""
        before = before_edit(self.kind, self.key_of(obj))
        request.before, request.moved = before, None  # type: ignore[attr-defined]
        stands = place_of(obj) if change and self.placed else None
        seen, _dot, stood = request.POST.get("_seen", "").partition(".")
        if change and seen and seen != seal(before):
            raise Refused({"": {"": [self._overtaken(obj)]}}, seen_as(before, stands))
        if not change and isinstance(obj, models.Entry):
            last = type(obj)._default_manager.aggregate(last=db.Max("position"))["last"]
            obj.position = 0 if last is None else last + 1
            obj.file = f"{self.kind}.yaml"
        try:
            super().save_model(request, obj, form, change)
        except IntegrityError as error:  # It was free when the form was checked; the form says now what was taken.
            if not isinstance(error.__cause__, UniqueViolation):
                raise
            raise Refused({"": {"": [_("Somebody else has added the same meanwhile. Nothing was saved.")]}}) from error
        wanted = form.cleaned_data.get("place")
        # Others may have moved it, or past it: only a place that was typed is meant.
        if stands is not None and wanted is not None and str(wanted) != (stood or str(stands)):
            if stood and stood != str(stands):
                told = _("The order has changed meanwhile: this now stands at place %(place)s. Save again to move it.")
                raise Refused({"": {"place": [told % {"place": stands}]}}, seen_as(before, stands))
            move(obj, wanted)
            request.moved = stands, wanted  # type: ignore[attr-defined]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The last write, and then the rules."""
        super().save_related(request, form, formsets, change)
        row = form.instance
        if not change and isinstance(row, models.Entry):
            row.file = file_of(row)
            row.save(update_fields=["file"])
        before = request.before  # type: ignore[attr-defined]
        key = self.key_of(row)
        try:
            content = after_edit(self.kind)
        except PackErrors as errors:
            raise Refused(self._placed(errors, key, form, formsets)) from errors
        if "_preview" in request.POST:
            raise Previewed(self._preview(request, row, content))
        by, moved = cast(User, request.user), request.moved  # type: ignore[attr-defined]
        settle(content, self.kind, key, before, by=by, at=timezone.now(), moved=moved)

    def _placed(self, errors: PackErrors, key: str, form: Any, formsets: Any) -> Told:
        return placed(errors.problems, self.kind, key, form, formsets)

    def _overtaken(self, row: Any) -> str:
        last = models.Edit.objects.filter(kind=self.kind, key=self.key_of(row)).select_related("by").first()
        address = reverse("admin:entry", args=[self.kind, self.key_of(row)]) + "?history"
        return format_html(
            '<a href="{}">{}</a> {}',
            address,
            _("Somebody (%(who)s) has changed this entry while you were editing it.") % {"who": editor_of(last)},
            _("Nothing was saved. Look at what changed; save again to put your words in its place."),
        )

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Edits are the one history."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Edits are the one history."""

    # Preview

    def address(self, row: Any, entry: Any) -> str | None:
        """Where readers find an entry, in the language that is active; None where no page shows it by itself."""
        try:
            return address_of(entry) if isinstance(entry, fmt.Entry) else None
        except NoReverseMatch:
            return None

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The public page, in the editor's language."""
        return self.address(obj, self._entry(current_catalogue().content, obj)) if obj is not None else None

    def _previews(self, request: HttpRequest, object_id: str | None) -> list[tuple[str, str]]:
        return [("ko", _("Preview in Korean")), ("en", _("Preview in English"))]

    def has_page(self) -> bool:
        """Whether a public page shows an entry of this kind in full; else its preview is a page of its own."""
        return True

    def _preview(self, request: HttpRequest, row: Any, content: PackContent) -> HttpResponse:
        catalogue = catalogue_of(content)
        language = "ko" if request.POST["_preview"] == "ko" else "en"
        with translation.override(language):
            entry = self._entry(catalogue.content, row)
            address = self.address(row, entry) if self.has_page() else None
            messages.info(request, _("A preview: nothing is saved yet. Close this tab to go on editing."))
            page = drawn(request, address, catalogue) if address else None
            if page is None:
                page = alone(request, entry)
        page["Cache-Control"] = "no-store"
        page["Content-Language"] = language
        return page

    # Where it is used, and what happened to it

    def _about(self, object_id: str) -> dict[str, Any]:
        """What the form shows beside the fields: who names the entry, and the seal of what it says."""
        row = self.get_queryset_for(object_id)
        if row is None:
            return {}
        catalogue = current_catalogue().content
        entry = catalogue.pack if self.kind == PACK else self._entry(catalogue, row)
        uses = [used(use) for use in uses_of(catalogue, self.kind, self.key_of(row))] if self.kind != PACK else []
        history = f"{reverse('admin:entry', args=[self.kind, self.key_of(row)])}?history"
        return {
            "seen": seen_as(said(entry) if entry else None, place_of(row) if self.placed else None),
            "uses": uses,
            "history_address": history,
            "told_uses": self.kind != PACK,
        }

    def get_queryset_for(self, object_id: str) -> Any:
        """The row of a form's address, if there is one."""
        return self.model._default_manager.filter(pk=object_id).first() if object_id.isdigit() else None

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """Who changed what, newest first, before beside after."""
        row = get_object_or_404(self.model, pk=object_id if object_id.isdigit() else 0)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        edits = models.Edit.objects.filter(kind=self.kind, key=self.key_of(row)).select_related("by")
        page = Paginator(edits, EDITS_ON_A_PAGE).get_page(request.GET.get("page"))
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


def seen_as(entry: dict[str, Any] | None, place: int | None) -> str:
    """What an editor has before their eyes, in short: what the entry says and where it stands."""
    return seal(entry) if place is None else f"{seal(entry)}.{place}"


def editor_of(edit: models.Edit | None) -> str:
    """Whoever made an edit, as far as they are still known."""
    if edit is None or edit.by is None:
        return _("somebody who has left")
    return edit.by.name or edit.by.email


def told_differences(edit: models.Edit) -> list[tuple[str, Any]]:
    """What an edit changed, with the way to it in the reader's words."""
    found = differences(edit.before, edit.after)
    return [(" › ".join(str(label(step)) for step in each.path), each.texts) for each in found]


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
