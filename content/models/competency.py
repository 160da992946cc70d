"""The competencies, their skills and what each level of a skill looks like."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.entry import Entry, Sourced, aliases, between


class Group(Entry):
    """A group of competencies."""

    name = models.CharField(_("Name"), max_length=120)
    summary = models.CharField(_("Summary"), max_length=300)

    class Meta(Entry.Meta):
        verbose_name = _("group of competencies")
        verbose_name_plural = _("groups of competencies")


class Competency(Sourced):
    """One of the competencies; its level is what its skills add up to."""

    group = models.ForeignKey(Group, verbose_name=_("Group"), on_delete=models.PROTECT, related_name="competencies")
    name = models.CharField(_("Name"), max_length=120)
    aliases = aliases()
    summary = models.CharField(_("Summary"), max_length=300)
    description = models.TextField(_("Description"))

    class Meta(Sourced.Meta):
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")


class Skill(Sourced):
    """A part of a competency that can be learned and judged by itself."""

    competency = models.ForeignKey(
        Competency, verbose_name=_("Competency"), on_delete=models.PROTECT, related_name="skills"
    )
    name = models.CharField(_("Name"), max_length=120)
    aliases = aliases()
    summary = models.CharField(_("Summary"), max_length=300)

    class Meta(Sourced.Meta):
        verbose_name = _("skill")
        verbose_name_plural = _("skills")


class SkillLevel(models.Model):
    """One level of a skill, 1 to 4, with what would prove it."""

    skill = models.ForeignKey(Skill, verbose_name=_("Skill"), on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField(_("Level"))
    evidence = models.CharField(_("Evidence"), max_length=300)

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["level"]
        constraints = [
            models.UniqueConstraint(fields=["skill", "level"], name="skill_level_once"),
            between("level", 1, 4, "skill_level_1_to_4"),
        ]

    def __str__(self) -> str:
        return str(self.level)


class Signal(models.Model):
    """An "I can …" statement that a mentor could check."""

    skill_level = models.ForeignKey(SkillLevel, on_delete=models.CASCADE, related_name="signals")
    position = models.PositiveSmallIntegerField(_("Order"))
    text = models.CharField(_("Text"), max_length=300)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["skill_level", "position"], name="signal_position_once")]

    def __str__(self) -> str:
        return self.text


class ScaleStep(models.Model):
    """What a level from 0 to 4 means in any skill."""

    level = models.PositiveSmallIntegerField(_("Level"), unique=True)
    name = models.CharField(_("Name"), max_length=120)
    meaning = models.CharField(_("Meaning"), max_length=300)

    class Meta:
        verbose_name = _("step of the scale")
        verbose_name_plural = _("scale of levels")
        ordering = ["level"]
        constraints = [between("level", 0, 4, "scale_level_0_to_4")]

    def __str__(self) -> str:
        return f"{self.level} {self.name}"
