"""Questions with their answers, in chapters."""

from __future__ import annotations

from django.db import models

from content.models.competency import Competency
from content.models.entry import Entry, Sourced
from content.models.milestone import Goal, MilestoneTemplate, Situation
from content.models.role import Role


class Topic(Entry):
    """A chapter of the guide."""

    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)


class Question(Sourced):
    """A question of the guide with its answer; `since_2018` says what has changed since the seminar."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions")
    question = models.CharField(max_length=120)
    short = models.CharField(max_length=300)
    answer = models.TextField()
    since_2018 = models.TextField(blank=True)
    situations = models.ManyToManyField(Situation, blank=True, related_name="+")
    goals = models.ManyToManyField(Goal, blank=True, related_name="+")
    roles = models.ManyToManyField(Role, blank=True, related_name="+")
    competencies = models.ManyToManyField(Competency, blank=True, related_name="+")
    milestones = models.ManyToManyField(MilestoneTemplate, blank=True, related_name="+")


class PanelView(models.Model):
    """What one of those who differ says about a question."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="views")
    position = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=120)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["question", "position"], name="panel_view_position_once")]

    def __str__(self) -> str:
        return self.who
