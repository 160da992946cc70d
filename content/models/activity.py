"""Portfolio work, and what is asked about it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.competency import Competency
from content.models.entry import Sourced, aliases


class Activity(Sourced):
    """Portfolio work that proves a competency."""

    name = models.CharField(_("Name"), max_length=120)
    aliases = aliases()
    summary = models.CharField(_("Summary"), max_length=300)
    description = models.TextField(_("Description"))
    choose = models.TextField(_("How to choose one"))
    do_well = models.TextField(_("How to do it well"))
    portfolio = models.TextField(_("What goes into a portfolio"))
    tell = models.TextField(_("How to tell an interviewer about it"))
    proves = models.ManyToManyField(Competency, verbose_name=_("Proves"), related_name="activities")

    class Meta(Sourced.Meta):
        verbose_name = _("activity")
        verbose_name_plural = _("activities")


class InterviewQuestion(models.Model):
    """What an interviewer asks about an activity, and what they listen for."""

    activity = models.ForeignKey(
        Activity, verbose_name=_("Activity"), on_delete=models.CASCADE, related_name="interview"
    )
    position = models.PositiveSmallIntegerField(_("Order"))
    question = models.CharField(_("Question"), max_length=300)
    listens_for = models.CharField(_("What they listen for"), max_length=300)

    class Meta:
        verbose_name = _("interview question")
        verbose_name_plural = _("interview questions")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["activity", "position"], name="interview_position_once")]

    def __str__(self) -> str:
        return self.question
