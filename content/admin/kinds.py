"""Every kind of entry as editors see it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content import models
from content.admin.entries import EntryAdmin, RowAdmin
from content.admin.forms import (
    SIGNALS,
    ChecklistForm,
    ChoiceOptionForm,
    EntryForm,
    OptionForm,
    RatedLevelForm,
    RowForm,
    Terms,
    with_signals,
)
from content.admin.history import editor_of, told_differences
from content.admin.parts import Blocks, OrderedRows, Rows
from content.admin.site import site
from content.admin.words import NamedFilter, both, kind_label, label
from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.problems import Problem

LINKS = _("What it belongs to and names")


@admin.register(models.Source, site=site)
class SourceAdmin(EntryAdmin):
    """Where an idea comes from."""

    list_display = ("title", "key", "author", "licence", "retired")
    list_filter = ("retired", "licence")
    search_fields = ("title", "author", "url")
    texts = ("note",)
    fieldsets = ((None, {"fields": ["key", "title", ("author", "licence"), "url", *both("note")]}),)


class NamedAdmin(EntryAdmin):
    """A kind that has a name and a summary."""

    list_display: tuple[Any, ...] = ("name_ko", "name_en", "key", "retired")
    list_display_links = ("name_ko", "name_en")
    list_filter: ClassVar[tuple[Any, ...]] = ("retired",)
    texts: ClassVar[tuple[str, ...]] = ("name", "summary")
    fieldsets: ClassVar[tuple[Any, ...]] = ((None, {"fields": ["key", *both("name", "summary")]}),)


@admin.register(models.Group, site=site)
class GroupAdmin(NamedAdmin):
    """A group of competencies is shown on their list."""

    def address(self, row: Any, entry: fmt.Entry | None) -> str | None:
        """It has no page of its own."""
        return reverse("competencies")


@admin.register(models.Phase, site=site)
class PhaseAdmin(NamedAdmin):
    """A stretch of the route."""

    def has_page(self) -> bool:
        """It is a heading of roadmaps."""
        return False


@admin.register(models.Topic, site=site)
class TopicAdmin(NamedAdmin):
    """A chapter of the guide."""

    def address(self, row: Any, entry: fmt.Entry | None) -> str | None:
        """Its own page, which it has before any question belongs to it."""
        return reverse("topic", args=[row.key])


@admin.register(models.Goal, site=site)
class GoalAdmin(NamedAdmin):
    """Where a person wants to be next."""

    texts = ("name", "summary", "advice")
    fieldsets = ((None, {"fields": ["key", *both("name", "summary", "advice")]}), (LINKS, {"fields": ["sources"]}))

    def has_page(self) -> bool:
        """It is shown where a plan is made."""
        return False


class MappingForm(EntryForm):
    """A form with columns that map ids to levels, each id as a field of its own."""

    MAPPINGS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column, key, name in self._mapped():
            level = (getattr(self.instance, column) or {}).get(key)
            self.initial.setdefault(name, "" if level is None else level)

    def clean(self) -> Any:
        """All of a kind are one column."""
        super().clean()
        found: Any = self.cleaned_data
        for column in self.MAPPINGS:
            said = {key: found.get(name) for each, key, name in self._mapped() if each == column}
            setattr(self.instance, column, {key: level for key, level in said.items() if level not in {None, ""}})
        return found

    def _mapped(self) -> Iterator[tuple[str, str, str]]:
        """The column, key and name of each field that is a part of a column."""
        for name in self.fields:
            column, _underscore, key = name.partition("_")
            if key and column in self.MAPPINGS:
                yield column, key, name


class SituationForm(MappingForm):
    """The usual level of each competency, and of each skill in which another is."""

    MAPPINGS = ("levels", "skills")


class EngineerClassForm(MappingForm):
    """The level in each competency below which nobody is of a class."""

    MAPPINGS = ("needs",)


def level_fields(column: str, rows: Iterable[Any], levels: Iterable[int]) -> dict[str, Any]:
    """A field for the level of each row of a kind, as a part of a column."""
    choices = [("", "–"), *((number, str(number)) for number in levels)]
    return {
        f"{column}_{row.key}": forms.TypedChoiceField(
            choices=choices, coerce=int, empty_value=None, required=False, label=str(row)
        )
        for row in rows
    }


def in_threes(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Three fields in a row."""
    return [tuple(names[start : start + 3]) for start in range(0, len(names), 3)]


@admin.register(models.Situation, site=site)
class SituationAdmin(NamedAdmin):
    """Where a person starts."""

    texts = ("name", "summary", "advice")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The levels are those of the competencies and skills that there are now."""
        names = [f"levels_{key}" for key in models.Competency.objects.current().values_list("key", flat=True)]
        skills = [f"skills_{key}" for key in models.Skill.objects.current().values_list("key", flat=True)]
        single = {"description": _("Only where the level of the competency would mislead."), "classes": ["collapse"]}
        shown = [
            (None, {"fields": ["key", *both("name", "summary", "advice")]}),
            (_("The usual level of each competency"), {"fields": in_threes(names)}),
            (_("The usual level of single skills"), {"fields": in_threes(skills), **single}),
            (LINKS, {"fields": ["sources"]}),
        ]
        return [*shown, *super().get_fieldsets(request, obj)[len(self.fieldsets or ()) :]]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A field for each competency and each skill."""
        fields = {
            **level_fields("levels", models.Competency.objects.current(), range(5)),
            **level_fields("skills", models.Skill.objects.current(), range(5)),
        }
        return super().get_form(request, obj, change, form=type("LevelsForm", (SituationForm,), fields), **kwargs)

    def has_page(self) -> bool:
        """It is shown where a plan is made."""
        return False


@admin.register(models.Competency, site=site)
class CompetencyAdmin(NamedAdmin):
    """One of the competencies."""

    list_display = ("name_ko", "name_en", "key", "group", "retired")
    list_filter = ("retired", ("group", NamedFilter))
    list_select_related = ("group",)
    texts = ("name", "summary", "description")
    fieldsets = (
        (None, {"fields": ["key", "group", *both("name"), "aliases", *both("summary", "description")]}),
        (LINKS, {"fields": ["sources"]}),
    )


class LevelBlocks(Blocks):
    """The four levels of a skill with their signals."""

    model = models.SkillLevel
    form = with_signals()
    says = ("levels",)
    sorted_by = ("level",)
    max_num = 4
    fieldsets = ((None, {"fields": ["level", *both(*(f"signal_{n}" for n in range(1, SIGNALS + 1)), "evidence")]}),)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A skill has all four from the start."""
        return 4 - (obj.levels.count() if obj is not None and obj.pk else 0)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """And never fewer."""
        return False


@admin.register(models.Skill, site=site)
class SkillAdmin(NamedAdmin):
    """A part of a competency."""

    list_display = ("name_ko", "name_en", "key", "competency", "retired")
    list_filter = ("retired", ("competency", NamedFilter))
    list_select_related = ("competency",)
    inlines = (LevelBlocks,)
    fieldsets = (
        (None, {"fields": ["key", "competency", *both("name"), "aliases", *both("summary")]}),
        (LINKS, {"fields": ["sources"]}),
    )

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """The levels that are still to be described know their numbers."""
        there = set(obj.levels.values_list("level", flat=True)) if obj.pk else set()
        missing = [{"level": number} for number in (1, 2, 3, 4) if number not in there]
        return {**super().get_formset_kwargs(request, obj, inline, prefix), "initial": missing}


class DifferenceRows(Rows):
    """What tells a role from each other one."""

    model = models.RoleDifference
    fk_name = "role"
    fields = ("other", "text_ko", "text_en")
    says = ("differs",)
    sorted_by = ("other__position",)


@admin.register(models.Role, site=site)
class RoleAdmin(NamedAdmin):
    """One of the kinds of player."""

    list_display = ("name_ko", "name_en", "letter", "key", "retired")
    texts = ("name", "someone", "alongside", "summary", "description", "day", "contributes")
    inlines = (DifferenceRows,)
    fieldsets = (
        (None, {"fields": ["key", "letter", *both(*texts[:3]), "aliases", *both(*texts[3:])]}),
        (LINKS, {"fields": ["sources"]}),
    )


@admin.register(models.EngineerClass, site=site)
class EngineerClassAdmin(NamedAdmin):
    """One of the engineer classes."""

    list_display = ("number", "name_ko", "name_en", "key", "retired")
    texts = ("name", "summary", "description", "training")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What it needs is asked of the competencies that there are now."""
        needs = [f"needs_{key}" for key in models.Competency.objects.current().values_list("key", flat=True)]
        help_needs = _("Whoever is below such a level is not of this class, whatever they have done.")
        shown = [
            (None, {"fields": ["key", "number", *both("name"), "aliases", *both(*self.texts[1:])]}),
            (_("What it needs"), {"fields": in_threes(needs), "description": help_needs, "classes": ["collapse"]}),
            (LINKS, {"fields": ["sources"]}),
        ]
        return [*shown, *super().get_fieldsets(request, obj)[len(self.fieldsets or ()) :]]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A field for each competency."""
        fields = level_fields("needs", models.Competency.objects.current(), range(1, 5))
        return super().get_form(request, obj, change, form=type("NeedsForm", (EngineerClassForm,), fields), **kwargs)


class ExpectedLevelRows(Rows):
    """A level for each class; of one skill where that differs."""

    model = models.ExpectedLevel
    fields = ("skill", "engineer_class", "level")
    says = ("levels", "skills")
    key_in = "skill"


@admin.register(models.Expectation, site=site)
class ExpectationAdmin(EntryAdmin):
    """What a role expects of a competency."""

    list_display = ("key", "role", "competency", "reason_ko", "reason_en", "retired")
    list_filter = ("retired", ("role", NamedFilter), ("competency", NamedFilter))
    list_select_related = ("role", "competency")
    texts = ("reason",)
    inlines = (ExpectedLevelRows,)
    fieldsets = (
        (None, {"fields": ["key", ("role", "competency"), *both("reason")]}),
        (LINKS, {"fields": ["sources"]}),
    )

    def address(self, row: Any, entry: fmt.Entry | None) -> str | None:
        """It is shown on the page of its role."""
        return reverse("role", args=[row.role.key])


class InterviewRows(OrderedRows):
    """What is asked about an activity."""

    model = models.InterviewQuestion
    fields = ("order", "question_ko", "question_en", "listens_for_ko", "listens_for_en")
    says = ("interview",)


@admin.register(models.Activity, site=site)
class ActivityAdmin(NamedAdmin):
    """Portfolio work."""

    list_filter = ("retired", ("proves", NamedFilter))
    texts = ("name", "summary", "description", "choose", "do_well", "portfolio", "tell")
    inlines = (InterviewRows,)
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "key",
                    *both("name"),
                    "aliases",
                    *both("summary", "description", "choose", "do_well", "portfolio", "tell"),
                ]
            },
        ),
        (LINKS, {"fields": ["proves", "sources"]}),
    )


class ReviewedFilter(admin.SimpleListFilter):
    """When somebody last held the entry against the work."""

    title = _("Reviewed")
    parameter_name = "reviewed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Never, long ago, or lately."""
        return [("never", _("never")), ("old", _("over a year ago")), ("new", _("within a year"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """A year back from today."""
        a_year_ago = timezone.localdate() - timedelta(days=365)
        wanted: dict[str, Any] = {
            "never": {"reviewed_on": None},
            "old": {"reviewed_on__lt": a_year_ago},
            "new": {"reviewed_on__gte": a_year_ago},
        }
        return queryset.filter(**wanted.get(self.value() or "", {}))


@admin.register(models.Resource, site=site)
class ResourceAdmin(EntryAdmin):
    """Something real to learn from."""

    list_display = ("title", "key", "by", "kind", "language", "cost", "hours", "reviewed_on", "retired")
    list_filter = ("retired", "kind", "language", "cost", ReviewedFilter, ("skills__competency", NamedFilter))
    search_fields = ("title", "by", "url")
    texts = ("note",)
    date_hierarchy = None
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "key",
                    ("title", "by"),
                    "aliases",
                    "url",
                    ("kind", "language", "cost"),
                    ("hours", "reviewed_on"),
                    *both("note"),
                ]
            },
        ),
        (LINKS, {"fields": ["skills"]}),
    )


class RaisesRows(Rows):
    """The skills that a milestone raises."""

    model = models.MilestoneSkill
    fields = ("skill", "level")
    says = ("raises",)
    key_in = "skill"


class WeightRows(Rows):
    """How much it matters to each role, and which class it proves of one."""

    model = models.MilestoneRole
    fields = ("role", "weight", "proof_class")
    says = ("roles", "proof_for")
    key_in = "role"


class ChecklistRows(OrderedRows):
    """What to tick. An item is retired, never deleted: roadmaps hold copies of it."""

    model = models.ChecklistTemplate
    form = ChecklistForm
    fields = ("order", "key", "text_ko", "text_en", "retired")
    says = ("checklist",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An id means one thing for ever."""
        return False


class MilestoneForm(EntryForm):
    """Weeks at least or exactly as fields of their own."""

    weeks_at_least = forms.IntegerField(label=label("weeks_at_least"), required=False)
    weeks_exactly = forms.IntegerField(label=label("weeks_exactly"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, weeks in (self.instance.weeks or {}).items():
            self.initial.setdefault(f"weeks_{name}", weeks)

    def clean(self) -> Any:
        """Both are one column."""
        super().clean()
        said = {name: self.cleaned_data.get(f"weeks_{name}") for name in ("at_least", "exactly")}
        self.instance.weeks = {name: weeks for name, weeks in said.items() if weeks is not None} or None
        return self.cleaned_data


@admin.register(models.MilestoneTemplate, site=site)
class MilestoneAdmin(EntryAdmin):
    """A piece of a roadmap that can be finished."""

    form = MilestoneForm

    list_display = ("title_ko", "title_en", "key", "competency", "phase", "hours", "track", "retired")
    list_display_links = ("title_ko", "title_en")
    list_filter = (
        "retired",
        ("competency", NamedFilter),
        ("phase", NamedFilter),
        "track",
        ("activity", NamedFilter),
        ("goals", NamedFilter),
        ("situations", NamedFilter),
    )
    list_select_related = ("competency", "phase")
    texts = ("title", "outcome")
    inlines = (ChecklistRows, RaisesRows, WeightRows)
    fieldsets = (
        (None, {"fields": ["key", *both("title"), "aliases", *both("outcome")]}),
        (
            LINKS,
            {
                "fields": [
                    ("competency", "phase", "activity"),
                    ("hours", "track", "always"),
                    ("weeks_at_least", "weeks_exactly", "hours_a_week", "weeks_before_deadline"),
                    "requires",
                    "after",
                    "resources",
                    "finishes",
                    "goals",
                    "situations",
                    "sources",
                ]
            },
        ),
    )


class ViewRows(OrderedRows):
    """What those who differ say."""

    model = models.PanelView
    fields = ("order", "who_ko", "who_en", "text_ko", "text_en")
    says = ("views",)


@admin.register(models.Question, site=site)
class QuestionAdmin(EntryAdmin):
    """A question of the guide with its answer."""

    list_display = ("question_ko", "question_en", "key", "topic", "retired")
    list_display_links = ("question_ko", "question_en")
    list_filter = (
        "retired",
        ("topic", NamedFilter),
        ("competencies", NamedFilter),
        ("roles", NamedFilter),
        ("situations", NamedFilter),
        ("goals", NamedFilter),
    )
    list_select_related = ("topic",)
    texts = ("question", "short", "answer", "since_2018")
    inlines = (ViewRows,)
    fieldsets = (
        (
            None,
            {"fields": ["key", "topic", *both("question"), "aliases", *both("short", "answer", "since_2018")]},
        ),
        (LINKS, {"fields": ["sources", "milestones", "competencies", "roles", "situations", "goals"]}),
    )


class AskedAdmin(EntryAdmin):
    """A question of the assessment."""

    list_display: tuple[Any, ...] = ("question_ko", "question_en", "key", "retired")
    list_display_links = ("question_ko", "question_en")
    list_filter: ClassVar[tuple[Any, ...]] = ("retired",)
    texts = ("lead", "question")
    fieldsets: ClassVar[tuple[Any, ...]] = ((None, {"fields": ["key", *both("lead", "question")]}),)

    def has_page(self) -> bool:
        """It is asked in the assessment, one among many."""
        return False


class ChoiceOptionBlocks(Blocks):
    """The behaviours to choose from, and what each one tells of the role mix."""

    model = models.ChoiceOption
    form = ChoiceOptionForm
    says = ("options",)
    ordering = ("position",)

    def roles(self, obj: Any) -> list[models.Role]:
        """Those that there are now, and those that a retired question still names."""
        named = {key for option in obj.options.all() for key in option.adds} if obj is not None and obj.pk else set()
        return [row for row in models.Role.objects.order_by("position") if not row.retired or row.key in named]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Korean beside English, and the points of four roles in a row."""
        names = [f"adds_{role.key}" for role in self.roles(obj)]
        points = [tuple(names[start : start + 4]) for start in range(0, len(names), 4)]
        return [
            (None, {"fields": [("order", "key"), *both("text")]}),
            (_("Points for the roles"), {"fields": points}),
        ]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A field for the points of each role."""
        choices = [("", "–"), *((number, str(number)) for number in (1, 2, 3))]
        fields: dict[str, Any] = {
            f"adds_{role.key}": forms.TypedChoiceField(
                choices=choices, coerce=int, empty_value=None, required=False, label=str(role)
            )
            for role in self.roles(obj)
        }
        return super().get_formset(request, obj, form=type("PointsForm", (ChoiceOptionForm,), fields), **kwargs)


@admin.register(models.Choice, site=site)
class ChoiceAdmin(AskedAdmin):
    """A question for the role mix."""

    list_display = ("question_ko", "question_en", "key", "quick", "retired")
    list_filter = ("retired", "quick")
    fieldsets = ((None, {"fields": ["key", "quick", *both("lead", "question")]}),)
    inlines = (ChoiceOptionBlocks,)


class DeedOptionRows(OrderedRows):
    """What somebody may have done, and the class of which it is typical."""

    model = models.DeedOption
    form = OptionForm
    fields = ("order", "key", "text_ko", "text_en", "shows")
    says = ("options",)


@admin.register(models.Deed, site=site)
class DeedAdmin(AskedAdmin):
    """A question for the engineer class."""

    list_display = ("question_ko", "question_en", "key", "quick", "retired")
    list_filter = ("retired", "quick")
    fieldsets = ((None, {"fields": ["key", "quick", *both("lead", "question")]}),)
    inlines = (DeedOptionRows,)


class RatedLevelRows(Rows):
    """What somebody says of themselves at each level."""

    model = models.RatedLevel
    form = RatedLevelForm
    fields = ("level", "text_ko", "text_en")
    says = ("levels",)
    sorted_by = ("level",)
    max_num = 5

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A competency is rated with all five from the start."""
        return 5 - (obj.levels.count() if obj is not None and obj.pk else 0)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """And never fewer."""
        return False


@admin.register(models.Rating, site=site)
class RatingAdmin(AskedAdmin):
    """The quick question about a competency."""

    list_display = ("question_ko", "question_en", "key", "competency", "retired")
    list_filter = ("retired", ("competency", NamedFilter))
    list_select_related = ("competency",)
    inlines = (RatedLevelRows,)
    fieldsets = ((None, {"fields": ["key", "competency", "skills", *both("lead", "question")]}),)

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """The levels that are still to be described know their numbers."""
        there = set(obj.levels.values_list("level", flat=True)) if obj.pk else set()
        missing = [{"level": number} for number in range(5) if number not in there]
        return {**super().get_formset_kwargs(request, obj, inline, prefix), "initial": missing}


class Indented(json.JSONEncoder):
    """Written so that people can read it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "indent": 2, "ensure_ascii": False})


class OfThePack(EntryAdmin):
    """What stands in `pack.yaml`: there from the first load, and no more of it is made here."""

    form = RowForm
    ordering = ("pk",)
    placed = False

    def key_of(self, row: Any) -> str:
        """The one pack's."""
        return str(models.Pack.objects.order_by("-loaded_at").values_list("key", flat=True).first())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Its files make it."""
        return False

    def has_page(self) -> bool:
        """No page is its own."""
        return False

    def entry_of(self, catalogue: PackContent, row: Any) -> fmt.Strict | None:
        """All of the file."""
        return catalogue.pack

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """No page is its own."""
        return None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """As given."""
        return self.readonly_fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """As given: it has no place in a file to choose."""
        return self.fieldsets


@admin.register(models.Pack, site=site)
class PackAdmin(OfThePack):
    """The pack itself; a new version with its news is what hosts and readers hear of."""

    list_display = ("name_ko", "name_en", "key", "version")
    texts = ("name", "summary")
    readonly_fields = ("key",)
    fieldsets = ((None, {"fields": ["key", "version", *both("name", "summary", "news"), "example", "vocabulary"]}),)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The example is a mapping and the vocabulary a list of them, to be read by people."""
        if db_field.name == "vocabulary":
            kwargs["form_class"] = Terms
        if db_field.name in {"example", "vocabulary"}:
            kwargs["widget"] = forms.Textarea(attrs={"rows": 18, "class": "vLargeTextField"})
            kwargs["encoder"] = Indented
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(models.ScaleStep, site=site)
class ScaleStepAdmin(OfThePack):
    """What a level means in any skill."""

    list_display = ("level", "name_ko", "name_en", "meaning_ko", "meaning_en")
    texts = ("name", "meaning")
    readonly_fields = ("level",)
    fieldsets = ((None, {"fields": ["level", *both("name", "meaning")]}),)

    def get_search_fields(self, request: HttpRequest) -> Any:
        """It has no id."""
        return super().get_search_fields(request)[1:]

    def entry_of(self, catalogue: PackContent, row: Any) -> fmt.Strict | None:
        """The step of its level."""
        return next((step for step in catalogue.pack.scale if step.level == row.level), None)

    def own_problems(self, problems: Sequence[Problem], row: Any) -> Sequence[Problem]:
        """Those of the step are told as if it were all of the file."""
        return [replace(each, path=each.path.removeprefix(f"scale[{row.level}].")) for each in problems]


@admin.register(models.Edit, site=site)
class EditAdmin(RowAdmin):
    """Who changed what, of all kinds, newest first. It is read, never written."""

    list_display = ("at", "who", "of_kind", "entry", "changed")
    list_display_links = None
    list_filter = ("kind", "at")
    list_select_related = ("by",)
    search_fields = ("key", "by__name", "by__email")
    actions = None
    list_per_page = 50

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """That of its entry: an edit has no other."""
        edit = get_object_or_404(models.Edit, pk=object_id if object_id.isdigit() else 0)
        return redirect(f"{reverse('admin:entry', args=[edit.kind, edit.key])}?history")

    @admin.display(description=_("Who"), ordering="by")
    def who(self, edit: models.Edit) -> str:
        """Whoever made it."""
        return editor_of(edit)

    @admin.display(description=_("Kind"), ordering="kind")
    def of_kind(self, edit: models.Edit) -> str:
        """The kind in the reader's words."""
        return kind_label(edit.kind)

    @admin.display(description=_("Entry"), ordering="key")
    def entry(self, edit: models.Edit) -> str:
        """Its history, where both sides can be read."""
        address = reverse("admin:entry", args=[edit.kind, edit.key])
        return format_html('<a href="{}?history">{}</a>', address, edit.key)

    @admin.display(description=_("What changed"))
    def changed(self, edit: models.Edit) -> str:
        """The names of what differs."""
        if edit.before is None:
            return str(_("added"))
        return ", ".join(dict.fromkeys(path for path, _texts in told_differences(edit)))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """It comes with an edit."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What happened stays as it was."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What happened stays."""
        return False
