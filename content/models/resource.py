"""Something real to learn from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.competency import Skill
from content.models.entry import Entry, aliases


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

    title = models.CharField(_("Title"), max_length=200)
    aliases = aliases()
    by = models.CharField(_("By"), max_length=200, blank=True)
    url = models.URLField(_("Web address"), max_length=500)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    language = models.CharField(_("Language"), max_length=2)
    cost = models.CharField(_("Cost"), max_length=12, choices=Cost)
    hours = models.PositiveSmallIntegerField(_("Hours"), null=True, blank=True)
    skills = models.ManyToManyField(Skill, verbose_name=_("Skills"), blank=True, related_name="resources")
    note = models.CharField(_("Note"), max_length=300, blank=True)
    reviewed_on = models.DateField(_("Reviewed on"), null=True, blank=True)

    class Meta(Entry.Meta):
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
