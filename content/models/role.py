"""The roles, the engineer classes and what a role expects at a class."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.competency import Competency, Skill
from content.models.entry import CURRENT, Sourced, aliases, between

LEVELS = [MinValueValidator(0), MaxValueValidator(4)]


class Role(Sourced):
    """One of the kinds of player; the letter tells it apart where colour cannot."""

    letter = models.CharField(_("Letter"), max_length=1)
    name = models.CharField(_("Name"), max_length=120)
    someone = models.CharField(_("Who somebody is"), max_length=120, blank=True, default="", db_default="")
    alongside = models.CharField(
        _("What somebody has of it besides"), max_length=120, blank=True, default="", db_default=""
    )
    aliases = aliases()
    summary = models.CharField(_("Summary"), max_length=300)
    description = models.TextField(_("Description"))
    day = models.TextField(_("A working day"))
    contributes = models.CharField(_("What they contribute"), max_length=300)

    class Meta(Sourced.Meta):
        verbose_name = _("role")
        verbose_name_plural = _("roles")


class RoleDifference(models.Model):
    """The tell-tale difference between a role and a neighbour of it."""

    role = models.ForeignKey(Role, verbose_name=_("Role"), on_delete=models.CASCADE, related_name="differences")
    other = models.ForeignKey(Role, verbose_name=_("The other role"), on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("Text"), max_length=300)

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences from the other roles")
        ordering = ["other__position"]
        constraints = [models.UniqueConstraint(fields=["role", "other"], name="role_difference_once")]

    def __str__(self) -> str:
        return f"{self.role_id} / {self.other_id}"


class EngineerClass(Sourced):
    """One of the engineer classes, 4 (builds worse than what exists) to 1 (defines problems nobody had named)."""

    number = models.PositiveSmallIntegerField(_("Number"))
    name = models.CharField(_("Name"), max_length=120)
    aliases = aliases()
    summary = models.CharField(_("Summary"), max_length=300)
    description = models.TextField(_("Description"))
    training = models.CharField(_("What leads there"), max_length=300)
    needs = models.JSONField(_("What it needs"), default=dict, db_default={}, blank=True)

    class Meta(Sourced.Meta):
        verbose_name = _("engineer class")
        verbose_name_plural = _("engineer classes")
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=CURRENT, name="class_number_once"),
            between("number", 1, 4, "class_1_to_4"),
        ]


class Expectation(Sourced):
    """Why a role expects what it does of a competency; the levels are in `ExpectedLevel`."""

    role = models.ForeignKey(Role, verbose_name=_("Role"), on_delete=models.PROTECT, related_name="expectations")
    competency = models.ForeignKey(
        Competency, verbose_name=_("Competency"), on_delete=models.PROTECT, related_name="expectations"
    )
    reason = models.CharField(_("Reason"), max_length=300)

    class Meta(Sourced.Meta):
        verbose_name = _("expectation")
        verbose_name_plural = _("expectations")
        constraints = [
            models.UniqueConstraint(fields=["role", "competency"], condition=CURRENT, name="expectation_once")
        ]


class ExpectedLevel(models.Model):
    """The level expected at a class: of the whole competency, or of one skill where that differs."""

    expectation = models.ForeignKey(Expectation, on_delete=models.CASCADE, related_name="levels")
    skill = models.ForeignKey(
        Skill, verbose_name=_("Skill"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    engineer_class = models.PositiveSmallIntegerField(_("Class"))
    level = models.PositiveSmallIntegerField(_("Level"), validators=LEVELS)

    class Meta:
        verbose_name = _("expected level")
        verbose_name_plural = _("expected levels")
        ordering = ["-engineer_class"]
        constraints = [
            models.UniqueConstraint(
                fields=["expectation", "engineer_class"],
                condition=models.Q(skill=None),
                name="expected_level_of_competency_once",
            ),
            models.UniqueConstraint(
                fields=["expectation", "skill", "engineer_class"],
                condition=models.Q(skill__isnull=False),
                name="expected_level_of_skill_once",
            ),
            between("level", 0, 4, "expected_level_0_to_4"),
            between("engineer_class", 1, 3, "expected_class_1_to_3"),
        ]

    def __str__(self) -> str:
        return f"{self.expectation_id}: class {self.engineer_class}, level {self.level}"
