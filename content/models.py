"""The catalogue: everything that a page says about the field, in both languages.

Rows come from a content pack (`pack_loading`). A key means one thing for ever: what leaves the pack is
retired, never deleted, so that nobody's roadmap loses what it was copied from.
The translated fields are named in `translation.py`.
"""

from __future__ import annotations

from typing import Self, TypeVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

_Row = TypeVar("_Row", bound=models.Model, covariant=True)

LEVELS = [MinValueValidator(0), MaxValueValidator(4)]
CURRENT = models.Q(retired=False)


def _between(field: str, low: int, high: int, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(**{f"{field}__range": (low, high)}), name=name)


class Pack(models.Model):
    """The content pack that is loaded; `digest` changes whenever anything in it does."""

    key = models.CharField(max_length=60, unique=True)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    example = models.JSONField(help_text="The example profile, as in the pack")
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class EntryQuerySet(models.QuerySet[_Row]):
    """Entries of one kind."""

    def current(self) -> Self:
        """Those that are not retired, in the order of the pack."""
        return self.filter(retired=False).order_by("position")


class Source(models.Model):
    """Where an idea comes from."""

    key = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField()
    retired = models.BooleanField(default=False)
    replaced_by = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    author = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class Entry(models.Model):
    """What every thing in the catalogue has."""

    key = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(help_text="The order in the pack and on the pages")
    retired = models.BooleanField(default=False)
    replaced_by = models.CharField(max_length=60, blank=True)
    sources = models.ManyToManyField(Source, blank=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.key


class Role(Entry):
    """One of the kinds of player; the letter tells it apart where colour cannot."""

    letter = models.CharField(max_length=1)
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    description = models.TextField()
    contributes = models.CharField(max_length=300)

    objects = EntryQuerySet.as_manager()

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("role", args=[self.key])


class RoleDifference(models.Model):
    """The tell-tale difference between a role and a neighbour of it."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="differences")
    other = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["other__position"]
        constraints = [models.UniqueConstraint(fields=["role", "other"], name="role_difference_once")]

    def __str__(self) -> str:
        return f"{self.role_id} / {self.other_id}"


class Group(Entry):
    """A group of competencies."""

    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)

    objects = EntryQuerySet.as_manager()


class Competency(Entry):
    """One of the competencies; its level is what its skills add up to."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="competencies")
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    description = models.TextField()

    objects = EntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name_plural = "competencies"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("competency", args=[self.key])


class Skill(Entry):
    """A part of a competency that can be learned and judged by itself."""

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="skills")
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)

    objects = EntryQuerySet.as_manager()

    def get_absolute_url(self) -> str:
        """Its place on the page of its competency."""
        return f"{self.competency.get_absolute_url()}#{self.key}"


class SkillLevel(models.Model):
    """One level of a skill, 1 to 4, with what would prove it."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField()
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["level"]
        constraints = [
            models.UniqueConstraint(fields=["skill", "level"], name="skill_level_once"),
            _between("level", 1, 4, "skill_level_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id} {self.level}"


class Signal(models.Model):
    """An "I can …" statement that a mentor could check."""

    skill_level = models.ForeignKey(SkillLevel, on_delete=models.CASCADE, related_name="signals")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["skill_level", "position"], name="signal_position_once")]

    def __str__(self) -> str:
        return self.text


class ScaleStep(models.Model):
    """What a level from 0 to 4 means in any skill."""

    level = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=120)
    meaning = models.CharField(max_length=300)

    class Meta:
        ordering = ["level"]
        constraints = [_between("level", 0, 4, "scale_level_0_to_4")]

    def __str__(self) -> str:
        return f"{self.level} {self.name}"


class EngineerClass(Entry):
    """One of the engineer classes, 4 (builds worse than what exists) to 1 (defines problems nobody had named)."""

    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    description = models.TextField()
    training = models.CharField(max_length=300)

    objects = EntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name_plural = "engineer classes"
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=CURRENT, name="class_number_once"),
            _between("number", 1, 4, "class_1_to_4"),
        ]

    def get_absolute_url(self) -> str:
        """Its place on the page of the classes."""
        return f"{reverse('classes')}#{self.key}"


class Expectation(Entry):
    """Why a role expects what it does of a competency; the levels are in `ExpectedLevel`."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="expectations")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="expectations")
    reason = models.CharField(max_length=300)

    objects = EntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        constraints = [
            models.UniqueConstraint(fields=["role", "competency"], condition=CURRENT, name="expectation_once")
        ]


class ExpectedLevel(models.Model):
    """The level expected at a class: of the whole competency, or of one skill where that differs."""

    expectation = models.ForeignKey(Expectation, on_delete=models.CASCADE, related_name="levels")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    engineer_class = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(validators=LEVELS)

    class Meta:
        ordering = ["-engineer_class"]
        constraints = [
            models.UniqueConstraint(
                fields=["expectation", "skill", "engineer_class"], name="expected_level_once", nulls_distinct=False
            ),
            _between("level", 0, 4, "expected_level_0_to_4"),
            _between("engineer_class", 1, 3, "expected_class_1_to_3"),
        ]

    def __str__(self) -> str:
        return f"{self.expectation_id}: class {self.engineer_class}, level {self.level}"


class Activity(Entry):
    """Portfolio work that proves a competency."""

    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    description = models.TextField()
    choose = models.TextField()
    do_well = models.TextField()
    tell = models.TextField()
    proves = models.ManyToManyField(Competency, related_name="activities")

    objects = EntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name_plural = "activities"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("activity", args=[self.key])


class Situation(Entry):
    """Where a person starts; `levels` maps each competency's key to what is usual there."""

    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    advice = models.TextField()
    levels = models.JSONField()

    objects = EntryQuerySet.as_manager()


class Goal(Entry):
    """Where a person wants to be next."""

    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    advice = models.TextField()

    objects = EntryQuerySet.as_manager()


class Phase(Entry):
    """A stretch of the route."""

    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)

    objects = EntryQuerySet.as_manager()


class Resource(Entry):
    """Something real to learn from. The title is the work's own and is never translated."""

    class Kind(models.TextChoices):
        """What it is."""

        COURSE = "course", _("course")
        BOOK = "book", _("book")
        PAPER = "paper", _("paper")
        ARTICLE = "article", _("article")
        VIDEO = "video", _("video")
        DOCS = "docs", _("documentation")
        TOOL = "tool", _("tool")
        DATASET = "dataset", _("data set")
        COMMUNITY = "community", _("community")
        VENUE = "venue", _("venue")

    class Cost(models.TextChoices):
        """What it costs to use."""

        FREE = "free", _("free")
        PARTLY_FREE = "partly-free", _("partly free")
        PAID = "paid", _("paid")

    title = models.CharField(max_length=200)
    by = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500)
    kind = models.CharField(max_length=12, choices=Kind)
    language = models.CharField(max_length=2)
    cost = models.CharField(max_length=12, choices=Cost)
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()


class MilestoneTemplate(Entry):
    """A milestone as the catalogue knows it; a roadmap holds copies. `hours` are an honest learner's."""

    class Track(models.TextChoices):
        """Whether it takes the main time or runs slowly beside it."""

        MAIN = "main", _("main track")
        COMPANION = "companion", _("beside it")

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="milestones")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="milestones")
    title = models.CharField(max_length=120)
    outcome = models.CharField(max_length=300)
    hours = models.PositiveSmallIntegerField()
    track = models.CharField(max_length=10, choices=Track, default=Track.MAIN)
    always = models.BooleanField(default=False, help_text="In every plan of its goals and situations")
    requires = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="unlocks")
    goals = models.ManyToManyField(Goal, blank=True, related_name="+")
    situations = models.ManyToManyField(Situation, blank=True, related_name="+")
    resources = models.ManyToManyField(Resource, blank=True, related_name="milestones")

    objects = EntryQuerySet.as_manager()


class MilestoneSkill(models.Model):
    """The level of a skill that finishing a milestone leads to."""

    milestone = models.ForeignKey(MilestoneTemplate, on_delete=models.CASCADE, related_name="raises")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="raised_by")
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["milestone", "skill"], name="milestone_skill_once"),
            _between("level", 1, 4, "milestone_skill_level_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.skill_id} {self.level}"


class MilestoneRole(models.Model):
    """How much a milestone matters to a role, 0 (not at all) to 3 (essential)."""

    milestone = models.ForeignKey(MilestoneTemplate, on_delete=models.CASCADE, related_name="role_weights")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["milestone", "role"], name="milestone_role_once"),
            _between("weight", 0, 3, "milestone_role_weight_0_to_3"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.role_id} {self.weight}"


class ChecklistTemplate(models.Model):
    """A checklist item of a milestone; its key is unique within the milestone and means one thing for ever."""

    milestone = models.ForeignKey(MilestoneTemplate, on_delete=models.CASCADE, related_name="checklist")
    key = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["milestone", "key"], name="checklist_template_once")]

    def __str__(self) -> str:
        return self.text
