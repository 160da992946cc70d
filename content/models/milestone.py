"""Milestone templates, the stretches of the route, and whom a milestone is for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.activity import Activity
from content.models.competency import Competency, Skill
from content.models.entry import Entry, Sourced, between
from content.models.resource import Resource
from content.models.role import Role


class Situation(Sourced):
    """Where a person starts; `levels` maps each competency's key to what is usual there."""

    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    advice = models.TextField()
    levels = models.JSONField()


class Goal(Sourced):
    """Where a person wants to be next."""

    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    advice = models.TextField()


class Phase(Entry):
    """A stretch of the route."""

    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)


class MilestoneTemplate(Sourced):
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


class MilestoneSkill(models.Model):
    """The level of a skill that finishing a milestone leads to."""

    milestone = models.ForeignKey(MilestoneTemplate, on_delete=models.CASCADE, related_name="raises")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="raised_by")
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["milestone", "skill"], name="milestone_skill_once"),
            between("level", 1, 4, "milestone_skill_level_1_to_4"),
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
            between("weight", 0, 3, "milestone_role_weight_0_to_3"),
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
