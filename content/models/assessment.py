"""The questions of the assessment: what somebody would do, what they have done, and where they see themselves."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.competency import Competency, Skill
from content.models.entry import Entry, between


class Asked(Entry):
    """A question of the assessment; `lead` is what a good senior says before asking it."""

    lead = models.CharField(_("What is said first"), max_length=300)
    question = models.CharField(_("Question"), max_length=300)

    class Meta(Entry.Meta):
        abstract = True


class Choice(Asked):
    """A question for the role mix."""

    quick = models.BooleanField(_("Asked of everybody"), default=True, db_default=True)

    class Meta(Asked.Meta):
        verbose_name = _("assessment question: role mix")
        verbose_name_plural = _("assessment questions: role mix")


class ChoiceOption(models.Model):
    """One behaviour; `adds` maps roles' keys to the points that it gives them."""

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="options")
    key = models.CharField(_("Id"), max_length=60)
    position = models.PositiveSmallIntegerField(_("Order"))
    text = models.CharField(_("Text"), max_length=300)
    adds = models.JSONField(_("Points for the roles"))

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["choice", "key"], name="choice_option_once"),
            models.UniqueConstraint(fields=["choice", "position"], name="choice_option_position_once"),
        ]

    def __str__(self) -> str:
        return self.text


class Deed(Asked):
    """A question for the engineer class."""

    quick = models.BooleanField(_("Asked of everybody"), default=True, db_default=True)

    class Meta(Asked.Meta):
        verbose_name = _("assessment question: engineer class")
        verbose_name_plural = _("assessment questions: engineer class")


class DeedOption(models.Model):
    """One thing that somebody has done; `shows` is the engineer class of which it is typical."""

    deed = models.ForeignKey(Deed, on_delete=models.CASCADE, related_name="options")
    key = models.CharField(_("Id"), max_length=60)
    position = models.PositiveSmallIntegerField(_("Order"))
    text = models.CharField(_("Text"), max_length=300)
    shows = models.PositiveSmallIntegerField(_("Class that it shows"))

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["deed", "key"], name="deed_option_once"),
            models.UniqueConstraint(fields=["deed", "position"], name="deed_option_position_once"),
            between("shows", 1, 4, "deed_option_shows_1_to_4"),
        ]

    def __str__(self) -> str:
        return self.text


class Rating(Asked):
    """The quick question about a competency."""

    competency = models.ForeignKey(
        Competency, verbose_name=_("Competency"), on_delete=models.PROTECT, related_name="ratings"
    )
    skills = models.ManyToManyField(Skill, verbose_name=_("Skills"), blank=True, related_name="+")

    class Meta(Asked.Meta):
        verbose_name = _("assessment question: competency")
        verbose_name_plural = _("assessment questions: competencies")


class RatedLevel(models.Model):
    """What somebody says of themselves who is at a level, 0 to 4, of a competency."""

    rating = models.ForeignKey(Rating, on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField(_("Level"))
    text = models.CharField(_("Text"), max_length=300)

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["level"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "level"], name="rated_level_once"),
            between("level", 0, 4, "rated_level_0_to_4"),
        ]

    def __str__(self) -> str:
        return str(self.level)
