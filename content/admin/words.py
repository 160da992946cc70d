"""What the admin calls the kinds, columns and parts of the format, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from content.admin.site import MODEL_OF
from content.models import Edit

PARTS: dict[str, Any] = {
    "id": _("Id"),
    "place": _("Place in the order"),
    "order": _("Order"),
    "signals": _("Signals"),
    "differs": _("Differences from the other roles"),
    "interview": _("Interview questions"),
    "weeks_at_least": _("Weeks, at least"),
    "weeks_exactly": _("Weeks, exactly"),
    "raises": _("Skills that it raises"),
    "checklist": _("Checklist"),
    "views": _("Views of the panel"),
    "options": _("Options"),
    "scale": _("Scale of levels"),
    "use": _("What is said"),
    "instead_of": _("What is not said"),
    "except": _("Except in"),
}
"""What the format or a form has, and no table a column of that name."""

HELP: dict[str, Any] = {
    "aliases": _("What else people search for when they mean this, one in each line: 12 at most, in either language"),
    "key": _("Small letters, digits and hyphens. It means this one thing for ever and cannot be changed later."),
    "retired": _("It leaves the pages and new plans; roadmaps that have it keep it. Nothing is ever deleted."),
    "replaced_by": _("Readers of the retired entry are led there."),
    "version": _("Year, month and number, such as 2026.11.3"),
    "always": _("For a milestone of some goals or situations alone"),
    "hours": _("What an honest learner needs, 1 to 400"),
    "hours_a_week": _("At most so many, whatever time there is; empty for what goes on as quickly as one likes"),
    "weeks_before_deadline": _("So many weeks before a plan's deadline it is done; empty where that does not matter"),
    "after": _("What comes first where a plan has both; it brings nothing into a plan"),
    "finishes": _("Of its resources those of which one is worked through; its hours cover the shortest of them"),
    "proof_class": _("The class, 3, 2 or 1, that it proves of this role; empty for none"),
    "reviewed_on": _("The day on which somebody last held the entry against the work"),
    "someone": _("As a sentence about somebody begins, such as “An applied researcher”; empty for the name"),
    "alongside": _("Where it is somebody's second role, such as “with an engineer's hands”; empty for nothing"),
    "quick": _("The others are asked of those who want their result more exactly"),
    "shows": _("The class of which this is typical, 1 to 4"),
    "vocabulary": _("What texts say, and what they do not say instead, as in pack.yaml"),
    "example": _("Whose roadmap a visitor sees, as in pack.yaml"),
}

LANGUAGES = {"ko": _("Korean"), "en": _("English")}


def label(name: str) -> Any:
    """What a column or a field of the format is called; a column of one language says which."""
    base, _underscore, language = name.rpartition("_")
    if base in PARTS and language in LANGUAGES:
        return format_lazy("{} ({})", PARTS[base], LANGUAGES[language])
    return PARTS.get(name) or _columns().get(name, name)


@cache
def _columns() -> Mapping[str, Any]:
    """What the tables call their columns: one name means the same in all of them."""
    tables = [model for model in apps.get_app_config("content").get_models() if model is not Edit]
    return {
        column.name: column.verbose_name
        for table in tables
        for column in (*table._meta.fields, *table._meta.many_to_many)
    }


def kind_label(kind: str) -> str:
    """A kind as the pack calls it, in the reader's words."""
    return str(MODEL_OF[kind]._meta.verbose_name) if kind in MODEL_OF else kind


def kinds_label(kind: str) -> str:
    """The same for all entries of a kind."""
    return str(MODEL_OF[kind]._meta.verbose_name_plural) if kind in MODEL_OF else kind


def both(*names: str) -> list[tuple[str, str]]:
    """The columns of texts, Korean beside English, as rows of a fieldset."""
    return [(f"{name}_ko", f"{name}_en") for name in names]


def columns(*names: str) -> tuple[str, ...]:
    """The same in one list, to search them."""
    return tuple(f"{name}_{language}" for name in names for language in LANGUAGES)


class NamedFilter(admin.RelatedFieldListFilter):
    """Entries by what they are called, in the order of the pack."""

    def field_choices(self, field: Any, request: Any, model_admin: Any) -> Any:
        """All of the kind."""
        return [(row.pk, str(row)) for row in field.related_model._default_manager.order_by("position")]
