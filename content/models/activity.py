"""Portfolio work, and what is asked about it."""

from __future__ import annotations

from django.db import models

from content.models.competency import Competency
from content.models.entry import Sourced


class Activity(Sourced):
    """Portfolio work that proves a competency."""

    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    description = models.TextField()
    choose = models.TextField()
    do_well = models.TextField()
    portfolio = models.TextField()
    tell = models.TextField()
    proves = models.ManyToManyField(Competency, related_name="activities")

    class Meta(Sourced.Meta):
        verbose_name_plural = "activities"


class InterviewQuestion(models.Model):
    """What an interviewer asks about an activity, and what they listen for."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="interview")
    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=300)
    listens_for = models.CharField(max_length=300)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["activity", "position"], name="interview_position_once")]

    def __str__(self) -> str:
        return self.question
