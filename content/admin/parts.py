"""The parts of an entry, such as a checklist, as they stand on its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db import models as db
from django.http import HttpRequest

from content.admin.fields import Fields
from content.admin.forms import OrderedForm, PartForm, PartFormSet

if TYPE_CHECKING:
    RowInline = admin.options.InlineModelAdmin[Any, Any]
else:
    RowInline = admin.options.InlineModelAdmin


class Parts(Fields, RowInline):
    """Parts of an entry, changed by whoever may change it."""

    formset = PartFormSet
    form = PartForm
    extra = 0
    says: ClassVar[tuple[str, ...]] = ()
    """The names that the format has for them."""
    key_in: ClassVar[str] = ""
    """The relation whose id names a part in the format, if one does."""
    sorted_by: ClassVar[tuple[str, ...]] = ("position",)
    """The attributes that order them there."""
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


class Rows(Parts):
    """Parts in a table."""

    template = "admin/content/tabular.html"


class Blocks(Parts):
    """Parts below each other."""

    template = "admin/content/stacked.html"


class OrderedRows(Rows):
    """Parts in a table whose order is the editor's."""

    form = OrderedForm
