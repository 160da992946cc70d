"""The forms of the admin: what was typed is kept, and problems of the pack stand at their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from content import models
from content.admin.words import LANGUAGES, label
from content.edits import last_place, place_of

if TYPE_CHECKING:
    from content.admin.parts import Parts

    RowForm = forms.ModelForm[Any]
    RowFormSet = forms.BaseInlineFormSet[Any, Any, Any]
    RowChoice = forms.ModelChoiceField[Any]
    RowChoices = forms.ModelMultipleChoiceField[Any]
    RowIterator = ModelChoiceIterator[Any]
else:
    RowForm, RowFormSet = forms.ModelForm, forms.BaseInlineFormSet
    RowChoice, RowChoices = forms.ModelChoiceField, forms.ModelMultipleChoiceField
    RowIterator = ModelChoiceIterator

# Numbers that no row has for long: positions are unique, so rows step aside before they take their new places.
ASIDE, NEW = 10_000, 20_000
SIGNALS = 6
"""The most signals that a level of a skill has."""


class Words(forms.CharField):
    """A text as a file can hold it: lines end in one character, and every character can be written down."""

    def to_python(self, value: Any) -> Any:
        """Browsers send two characters for the end of a line."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text

    def validate(self, value: Any) -> None:
        """Refuse what would make the pack's file unreadable."""
        super().validate(value)
        if any(character < " " and character not in "\n\t" for character in value or ""):
            raise ValidationError(_("There is a character in it that no text can hold."), code="control")


class Lines(Words):
    """A list of short texts, each in a line of its own."""

    def prepare_value(self, value: Any) -> Any:
        """As they are typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Without empty lines, and with single spaces between words."""
        text = super().to_python(value)
        return [re.sub("[ \t]+", " ", line) for each in text.split("\n") if (line := each.strip())]

    def validate(self, value: Any) -> None:
        """Each as a text by itself."""
        for line in value:
            super().validate(line)


class Terms(forms.JSONField):
    """The vocabulary as a file says it; an empty field is an empty list."""

    def clean(self, value: Any) -> Any:
        """Nothing typed is nothing listed."""
        return super().clean(value) or []


class Entries(RowIterator):
    """The entries to choose from, by what they are called; read once for all copies of a field."""

    field: EntryChoice | EntryChoices

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if not self.field.read:
            self.field.read += self._read()
        return iter(self.field.read)

    def _read(self) -> Iterator[tuple[Any, str]]:
        field, columns = self.field, {column.name for column in self.queryset.model._meta.fields}
        if field.empty_label is not None:
            yield "", str(field.empty_label)
        names = [f"{name}_{get_language()}" for name in ("name", "title", "question")]
        name = next((each for each in (*names, "title") if each in columns), "key")
        # Of each row only what is shown, by a query that need not be told which language a column has.
        value = field.to_field_name or "pk"
        for row in QuerySet(self.queryset.model, self.queryset.query.chain()).values(value, "key", name):
            called = row[name] or row["key"]
            shown = called if called == row["key"] else f"{called} ({row['key']})"
            yield row[value], shown


class EntryList(forms.Select):
    """A list of entries, each with no more than it shows."""

    def create_option(self, name: str, value: Any, label: Any, selected: Any, *_args: Any, **_more: Any) -> Any:
        """Django's has nine things to say of each."""
        return {"value": value, "label": label, "attrs": {"selected": True} if selected else {}}


class EntryBoxes(EntryList, FilteredSelectMultiple):
    """Two lists of entries, those that are chosen and the others."""


class EntryChoice(RowChoice):
    """One entry of a kind."""

    iterator = Entries
    widget = EntryList

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.read: list[tuple[Any, str]] = []  # Each row of a table has a copy of the field, and all have this list.
        super().__init__(*args, **kwargs)


class EntryChoices(RowChoices):
    """Entries of a kind."""

    iterator = Entries

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.read: list[tuple[Any, str]] = []
        super().__init__(*args, **kwargs)


class EntryKey(EntryChoice):
    """One entry of a kind, kept by its id."""

    def clean(self, value: Any) -> Any:
        """The id alone, or nothing."""
        found = super().clean(value)
        return found.key if found else ""


class EntryForm(RowForm):
    """An entry with its place among those of its file; a new one goes to the end."""

    place = forms.IntegerField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["place"]
            return
        last = last_place(self.instance)
        told = gettext("1 to %(last)s among the entries of %(file)s. The others make room.")
        told %= {"last": last, "file": self.instance.file}
        self.fields["place"] = forms.IntegerField(label=label("place"), help_text=told, min_value=1, max_value=last)
        self.initial.setdefault("place", place_of(self.instance))


class PartForm(RowForm):
    """A part of an entry, such as a checklist item."""

    def steps_within(self, steps: Sequence[str | int]) -> list[str | int]:
        """The way on from this part to what is wrong in it."""
        return list(steps[2:])


class OrderedForm(PartForm):
    """A part with a place among its siblings; an empty one goes to the end."""

    order = forms.IntegerField(label=label("order"), required=False, min_value=0, max_value=999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("order", self.instance.position + 1)
        self.fields["order"].widget.attrs["class"] = "order"


class ChecklistForm(OrderedForm):
    """The id of a checklist item is given once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["key"].disabled = True


class OptionForm(ChecklistForm):
    """The id of an option is given once too: people's answers name it."""


class ChoiceOptionForm(OptionForm):
    """The points that an option gives to each role as a field of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._points():
            self.initial.setdefault(name, (self.instance.adds or {}).get(name.removeprefix("adds_"), ""))

    def _points(self) -> list[str]:
        return [name for name in self.fields if name.startswith("adds_")]

    def clean(self) -> Any:
        """All of them are one column."""
        super().clean()
        found = self.cleaned_data
        self.instance.adds = {name.removeprefix("adds_"): found[name] for name in self._points() if found.get(name)}
        return found

    def steps_within(self, steps: Sequence[str | int]) -> list[str | int]:
        """Without any points the first field for them says so."""
        match super().steps_within(steps):
            case ["adds"]:
                return list(self._points()[:1])
            case other:
                return other


class RatedLevelForm(PartForm):
    """A level of a competency has the number that it has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].disabled = True


class LevelForm(PartForm):
    """One level of a skill with its signals, Korean beside English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(self.instance.signals.all()) if self.instance.pk else []
        for number, signal in enumerate(found, start=1):
            self.initial.setdefault(f"signal_{number}_ko", signal.text_ko)
            self.initial.setdefault(f"signal_{number}_en", signal.text_en)
        self.fields["level"].widget = forms.HiddenInput()

    def _filled(self) -> list[tuple[int, str, str]]:
        rows = [
            (n, self.cleaned_data.get(f"signal_{n}_ko", ""), self.cleaned_data.get(f"signal_{n}_en", ""))
            for n in range(1, SIGNALS + 1)
        ]
        return [row for row in rows if row[1] or row[2]]

    def save(self, commit: bool = True) -> Any:
        """The level, and its signals without gaps."""
        level = super().save(commit)
        if commit:
            texts = [{"text_ko": ko, "text_en": en} for _number, ko, en in self._filled()]
            for position, each in enumerate(texts):
                models.Signal.objects.update_or_create(skill_level=level, position=position, defaults=each)
            models.Signal.objects.filter(skill_level=level, position__gte=len(texts)).delete()
        return level

    def steps_within(self, steps: Sequence[str | int]) -> list[str | int]:
        """A signal is counted without the gaps that the form may have."""
        match list(steps[2:]):
            case ["signals", int(index), *rest]:
                return [f"signal_{self._filled()[index][0]}", *rest]
            case ["signals"]:
                return ["signal_1"]
            case other:
                return other


def with_signals() -> type[LevelForm]:
    """The form of a level, with a field for each signal in each language."""
    fields = {
        f"signal_{number}_{language}": Words(
            label=label(f"signals_{language}") if number == 1 else "",
            required=False,
            max_length=300,
            widget=forms.Textarea(
                attrs={"rows": 2, "lang": language, "aria-label": f"{number} {language}", "class": "vLargeTextField"}
            ),
        )
        for number in range(1, SIGNALS + 1)
        for language in LANGUAGES
    }
    return type("SignalsForm", (LevelForm,), fields)


class PartFormSet(RowFormSet):
    """The parts of one kind that an entry has, as `inline` describes them."""

    def __init__(self, *args: Any, inline: Parts, **kwargs: Any) -> None:
        self.says, self.key_in, self.sorted_by = inline.says, inline.key_in, inline.sorted_by
        super().__init__(*args, **kwargs)

    @cached_property
    def empty_form(self) -> Any:
        """The row that a new one is made from; its columns are asked for their labels as well."""
        return super().empty_form

    def add_fields(self, form: Any, index: int | None) -> None:
        """In a table only the column has a label: every field says its own."""
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(field.label or ""))

    @property
    def ordered(self) -> bool:
        """Whether the parts have places of their own."""
        return issubclass(self.form, OrderedForm)

    def save_new(self, form: Any, commit: bool = True) -> Any:
        """A new part stands aside until all have their places."""
        if self.ordered:
            form.instance.position = NEW + self.forms.index(form)
        return super().save_new(form, commit)

    def save(self, commit: bool = True) -> Any:
        """Save the parts, then number them without gaps."""
        saved = super().save(commit)
        if self.ordered:
            self._put_in_order()
        return saved

    def _put_in_order(self) -> None:
        kept = [form for form in self.forms if form.instance.pk]
        wanted = sorted(kept, key=lambda form: _place(form, kept.index(form)))
        if all(form.instance.position == place for place, form in enumerate(wanted)):
            return
        rows = type(wanted[0].instance)._default_manager.filter(**{self.fk.name: self.instance})
        rows.filter(position__lt=ASIDE).update(position=F("position") + ASIDE)
        for place, form in enumerate(wanted):
            rows.filter(pk=form.instance.pk).update(position=place)
            form.instance.position = place

    def row_at(self, steps: Sequence[str | int]) -> Any:
        """The form of the part that a path leads to, if it leads to one."""
        rows = [form for form in self.forms if form.instance.pk and not getattr(form.instance, "retired", False)]
        match list(steps[1:]):
            case [int(index), *_rest] if not self.key_in:
                ordered = sorted(rows, key=lambda form: [_value(form.instance, name) for name in self.sorted_by])
                return ordered[index] if index < len(ordered) else None
            case [str(key), *_rest] if self.key_in:
                found = (form for form in rows if getattr(getattr(form.instance, self.key_in), "key", None) == key)
                return next(found, None)
            case _:
                return None


def _place(form: Any, index: int) -> tuple[float, int, int]:
    """Where a part wants to stand: one that moves up goes before who stands there, one that moves down after."""
    was = form.initial.get("order")
    typed = form.cleaned_data.get("order") if form.has_changed() else was
    if typed is None:
        return float("inf"), 0, index
    return typed, 0 if was is None else (typed > was) - (typed < was), index


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row
