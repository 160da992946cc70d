"""Questions with their answers, in chapters."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.competency import Competency
from content.models.entry import Entry, Sourced, aliases
from content.models.milestone import Goal, MilestoneTemplate, Situation
from content.models.role import Role


class Topic(Entry):
    """A chapter of the guide."""

    name = models.CharField(_("Name"), max_length=120)
    summary = models.CharField(_("Summary"), max_length=300)

    class Meta(Entry.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Question(Sourced):
    """A question of the guide with its answer; `since_2018` says what has changed since the seminar."""

    topic = models.ForeignKey(Topic, verbose_name=_("Topic"), on_delete=models.PROTECT, related_name="questions")
    question = models.CharField(_("Question"), max_length=120)
    aliases = aliases()
    short = models.CharField(_("Short answer"), max_length=300)
    answer = models.TextField(_("Answer"))
    since_2018 = models.TextField(_("Since 2018"), blank=True)
    situations = models.ManyToManyField(Situation, verbose_name=_("Situations"), blank=True, related_name="+")
    goals = models.ManyToManyField(Goal, verbose_name=_("Goals"), blank=True, related_name="+")
    roles = models.ManyToManyField(Role, verbose_name=_("Roles"), blank=True, related_name="+")
    competencies = models.ManyToManyField(Competency, verbose_name=_("Competencies"), blank=True, related_name="+")
    milestones = models.ManyToManyField(MilestoneTemplate, verbose_name=_("Milestones"), blank=True, related_name="+")

    class Meta(Sourced.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")


class PanelView(models.Model):
    """What one of those who differ says about a question."""

    question = models.ForeignKey(Question, verbose_name=_("Question"), on_delete=models.CASCADE, related_name="views")
    position = models.PositiveSmallIntegerField(_("Order"))
    who = models.CharField(_("Who"), max_length=120)
    text = models.CharField(_("Text"), max_length=300)

    class Meta:
        verbose_name = _("view of the panel")
        verbose_name_plural = _("views of the panel")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["question", "position"], name="panel_view_position_once")]

    def __str__(self) -> str:
        return self.who
