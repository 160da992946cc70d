"""Milestone templates, the stretches of the route, and whom a milestone is for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.activity import Activity
from content.models.competency import Competency, Skill
from content.models.entry import Entry, Sourced, aliases, between
from content.models.resource import Resource
from content.models.role import Role


class Situation(Sourced):
    """Where a person starts; `levels` maps each competency's key to what is usual there, `skills` those of the skills
    in which something else is."""

    name = models.CharField(_("Name"), max_length=120)
    summary = models.CharField(_("Summary"), max_length=300)
    advice = models.TextField(_("Advice"))
    levels = models.JSONField(_("Levels"))
    skills = models.JSONField(_("Skills"), default=dict, blank=True)

    class Meta(Sourced.Meta):
        verbose_name = _("situation")
        verbose_name_plural = _("situations")


class Goal(Sourced):
    """Where a person wants to be next."""

    name = models.CharField(_("Name"), max_length=120)
    summary = models.CharField(_("Summary"), max_length=300)
    advice = models.TextField(_("Advice"))

    class Meta(Sourced.Meta):
        verbose_name = _("goal")
        verbose_name_plural = _("goals")


class Phase(Entry):
    """A stretch of the route."""

    name = models.CharField(_("Name"), max_length=120)
    summary = models.CharField(_("Summary"), max_length=300)

    class Meta(Entry.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases")


class MilestoneTemplate(Sourced):
    """A milestone as the catalogue knows it; a roadmap holds copies.

    `hours` are an honest learner's; `weeks` is `at_least` or `exactly` so many, as in the pack. It comes after what it
    `requires`, and `after` others where they are planned too. One of those that it `finishes` is worked through.
    """

    class Track(models.TextChoices):
        """Whether it takes the main time or runs slowly beside it."""

        MAIN = "main", _("main track")
        COMPANION = "companion", _("beside it")

    competency = models.ForeignKey(
        Competency, verbose_name=_("Competency"), on_delete=models.PROTECT, related_name="milestones"
    )
    phase = models.ForeignKey(Phase, verbose_name=_("Phase"), on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey(
        Activity, verbose_name=_("Activity"), on_delete=models.PROTECT, null=True, blank=True, related_name="milestones"
    )
    title = models.CharField(_("Title"), max_length=120)
    aliases = aliases()
    outcome = models.CharField(_("Outcome"), max_length=300)
    hours = models.PositiveSmallIntegerField(_("Hours"))
    weeks = models.JSONField(_("Weeks"), null=True, blank=True)
    hours_a_week = models.PositiveSmallIntegerField(_("Hours a week"), null=True, blank=True)
    weeks_before_deadline = models.PositiveSmallIntegerField(_("Weeks before a deadline"), null=True, blank=True)
    track = models.CharField(_("Track"), max_length=10, choices=Track, default=Track.MAIN)
    always = models.BooleanField(
        _("In every plan of its goals and situations"),
        default=False,
        help_text="In every plan of its goals and situations",
    )
    requires = models.ManyToManyField(
        "self", verbose_name=_("Prerequisites"), symmetrical=False, blank=True, related_name="unlocks"
    )
    after = models.ManyToManyField(
        "self", verbose_name=_("Comes after"), symmetrical=False, blank=True, related_name="+"
    )
    goals = models.ManyToManyField(Goal, verbose_name=_("Goals"), blank=True, related_name="+")
    situations = models.ManyToManyField(Situation, verbose_name=_("Situations"), blank=True, related_name="+")
    resources = models.ManyToManyField(Resource, verbose_name=_("Resources"), blank=True, related_name="milestones")
    finishes = models.ManyToManyField(Resource, verbose_name=_("One of them to the end"), blank=True, related_name="+")

    class Meta(Sourced.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")


class MilestoneSkill(models.Model):
    """The level of a skill that finishing a milestone leads to."""

    milestone = models.ForeignKey(MilestoneTemplate, on_delete=models.CASCADE, related_name="raises")
    skill = models.ForeignKey(Skill, verbose_name=_("Skill"), on_delete=models.PROTECT, related_name="raised_by")
    level = models.PositiveSmallIntegerField(_("Level"))

    class Meta:
        verbose_name = _("skill that it raises")
        verbose_name_plural = _("skills that it raises")
        constraints = [
            models.UniqueConstraint(fields=["milestone", "skill"], name="milestone_skill_once"),
            between("level", 1, 4, "milestone_skill_level_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.skill_id} {self.level}"


class MilestoneRole(models.Model):
    """How much a milestone matters to a role, 0 (not at all) to 3 (essential), and the class that it proves of it."""

    milestone = models.ForeignKey(MilestoneTemplate, on_delete=models.CASCADE, related_name="role_weights")
    role = models.ForeignKey(Role, verbose_name=_("Role"), on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField(_("Weight"))
    proof_class = models.PositiveSmallIntegerField(_("Proves the class"), null=True, blank=True)

    class Meta:
        verbose_name = _("weight for a role")
        verbose_name_plural = _("weights for the roles")
        constraints = [
            models.UniqueConstraint(fields=["milestone", "role"], name="milestone_role_once"),
            between("weight", 0, 3, "milestone_role_weight_0_to_3"),
            between("proof_class", 1, 3, "milestone_role_proof_class_1_to_3"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.role_id} {self.weight}"


class ChecklistTemplate(models.Model):
    """A checklist item of a milestone; its key is unique within the milestone and means one thing for ever."""

    milestone = models.ForeignKey(MilestoneTemplate, on_delete=models.CASCADE, related_name="checklist")
    key = models.CharField(_("Id"), max_length=60)
    position = models.PositiveSmallIntegerField(_("Order"))
    text = models.CharField(_("Text"), max_length=300)
    retired = models.BooleanField(_("Retired"), default=False)

    class Meta:
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["milestone", "key"], name="checklist_template_once")]

    def __str__(self) -> str:
        return self.text
