"""The small forms by which a roadmap is changed: titles, items, milestones, notes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from roadmap.changes import MAX_ITEMS
from roadmap.forms.wishes import DAYS, DayInput
from roadmap.models import Phase, Roadmap


class SeenForm(forms.Form):
    """A form that changes a text: `seen` is the text on which the change began."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def clean_seen(self) -> str:
        """Browsers send every line end as two characters; texts are kept with one."""
        return str(self.cleaned_data["seen"]).replace("\r\n", "\n")


class TitleForm(SeenForm):
    """The title of a roadmap or a milestone."""

    text = forms.CharField(label=_("Title"), max_length=120)


class ItemForm(SeenForm):
    """The text of a checklist item."""

    text = forms.CharField(
        label=_("What is to be done"), max_length=300, help_text=_("Something one can be seen doing, and be done with.")
    )


class NewItemForm(forms.Form):
    """A new item at the end of a checklist."""

    text = forms.CharField(label=_("Add an item of your own"), max_length=300)


class NotesForm(SeenForm):
    """Notes on a milestone, in Markdown. Only their owner sees them."""

    text = forms.CharField(
        label=_("Notes"),
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Markdown. Only you see them; a mentor does not."),
    )

    def clean_text(self) -> str:
        """One character for a line end."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class NewMilestoneForm(forms.Form):
    """A milestone of one's own: title, days, hours and a checklist with an item a line."""

    title = forms.CharField(label=_("Title"), max_length=120)
    phase = forms.ModelChoiceField(Phase.objects.none(), label=_("Phase"), empty_label=None)
    items = forms.CharField(
        label=_("Checklist"),
        help_text=_("One item a line. When all are ticked, the milestone is done."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=12000,
    )
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=1000, initial=10)
    starts_on = forms.DateField(label=_("Start"), widget=DayInput, validators=DAYS)
    ends_on = forms.DateField(label=_("End"), widget=DayInput, validators=DAYS)

    def __init__(self, roadmap: Roadmap, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phases: Any = self.fields["phase"]
        phases.queryset = Phase.objects.filter(roadmap=roadmap)
        phases.label_from_instance = lambda phase: phase.name
        self.fields["starts_on"].initial = today
        self.fields["ends_on"].initial = today + timedelta(days=13)

    def clean_items(self) -> list[str]:
        """The lines that say something."""
        lines = [line.strip() for line in str(self.cleaned_data["items"]).splitlines() if line.strip()]
        if len(lines) > MAX_ITEMS:
            message = ngettext("At most %(count)d item.", "At most %(count)d items.", MAX_ITEMS)
            raise ValidationError(message, params={"count": MAX_ITEMS})
        if any(len(line) > 300 for line in lines):
            raise ValidationError(gettext("An item has at most 300 characters."))
        return lines

    def clean(self) -> dict[str, Any]:
        """Rules between fields."""
        cleaned: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", gettext("The end must not be before the start."))
        return cleaned
