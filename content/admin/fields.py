"""How columns of the catalogue become fields of a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models as db
from django.http import HttpRequest
from django.utils.translation import gettext as _

from content import models
from content.admin.forms import EntryBoxes, EntryChoice, EntryChoices, EntryKey, Lines, Words
from content.admin.words import HELP, label

FEW = {"goals", "situations", "roles", "competencies", "proves"}
"""Relations to kinds with so few entries that all of them are shown, to be ticked."""
LEVELS = {"level": (0, 4), "weight": (0, 3), "engineer_class": (1, 3), "number": (1, 4), "shows": (1, 4)}


class Fields:
    """What every form of the admin makes of a column."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Texts as files can hold them, numbers to choose from, entries by what they are called."""
        name = db_field.name
        language = name.rpartition("_")[2]
        if name == "replaced_by":
            rows = db_field.model._default_manager.order_by("position")
            return EntryKey(rows, to_field_name="key", required=False, label=label(name), help_text=HELP.get(name, ""))
        if name in LEVELS:
            low, high = LEVELS[name]
            if db_field.model in {models.SkillLevel, models.MilestoneSkill}:
                low = 1
            choices = [("", "–"), *((number, str(number)) for number in range(low, high + 1))]
            return forms.TypedChoiceField(choices=choices, coerce=int, label=label(name))
        if name == "aliases":
            widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
            return Lines(required=False, label=label(name), help_text=HELP[name], widget=widget)
        if name == "language":
            return forms.ChoiceField(choices=[("ko", _("Korean")), ("en", _("English"))], label=label(name))
        if isinstance(db_field, db.ManyToManyField):
            kwargs["form_class"] = EntryChoices
            if name in FEW:
                kwargs["widget"] = forms.CheckboxSelectMultiple(attrs={"class": "checkboxes"})
            else:
                kwargs["widget"] = EntryBoxes(db_field.verbose_name, is_stacked=False)
        elif isinstance(db_field, db.ForeignKey):
            kwargs["form_class"] = EntryChoice
        elif isinstance(db_field, db.URLField):
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
            # In the reader's language, once: every row of a table has a copy of the field.
            field.label = str(field.label)
            if name in HELP and not isinstance(db_field, db.ManyToManyField):
                field.help_text = HELP[name]
            if isinstance(field, EntryChoice | EntryChoices) and field.queryset is not None:
                field.queryset = field.queryset.order_by("position")
        return field
