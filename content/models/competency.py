"""The competencies, their skills and what each level of a skill looks like."""

from __future__ import annotations

from django.db import models

from content.models.entry import Entry, Sourced, between


class Group(Entry):
    """A group of competencies."""

    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)


class Competency(Sourced):
    """One of the competencies; its level is what its skills add up to."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="competencies")
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    description = models.TextField()

    class Meta(Sourced.Meta):
        verbose_name_plural = "competencies"


class Skill(Sourced):
    """A part of a competency that can be learned and judged by itself."""

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="skills")
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)


class SkillLevel(models.Model):
    """One level of a skill, 1 to 4, with what would prove it."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField()
    evidence = models.CharField(max_length=300)

    class Meta:
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
        constraints = [between("level", 0, 4, "scale_level_0_to_4")]

    def __str__(self) -> str:
        return f"{self.level} {self.name}"
