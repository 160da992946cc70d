"""The questions of the assessment: what somebody would do, what they have done, and where they see themselves."""

from __future__ import annotations

from django.db import models

from content.models.competency import Competency
from content.models.entry import CURRENT, Entry, between


class Asked(Entry):
    """A question of the assessment; `lead` is what a good senior says before asking it."""

    lead = models.CharField(max_length=300)
    question = models.CharField(max_length=300)

    class Meta(Entry.Meta):
        abstract = True


class Choice(Asked):
    """A question for the role mix."""


class ChoiceOption(models.Model):
    """One behaviour; `adds` maps roles' keys to the points that it gives them."""

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="options")
    key = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    adds = models.JSONField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["choice", "key"], name="choice_option_once"),
            models.UniqueConstraint(fields=["choice", "position"], name="choice_option_position_once"),
        ]

    def __str__(self) -> str:
        return self.text


class Deed(Asked):
    """A question for the engineer class."""


class DeedOption(models.Model):
    """One thing that somebody has done; `shows` is the engineer class of which it is typical."""

    deed = models.ForeignKey(Deed, on_delete=models.CASCADE, related_name="options")
    key = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    shows = models.PositiveSmallIntegerField()

    class Meta:
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

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="ratings")

    class Meta(Asked.Meta):
        constraints = [
            models.UniqueConstraint(fields=["competency"], condition=CURRENT, name="rating_of_competency_once")
        ]


class RatedLevel(models.Model):
    """What somebody says of themselves who is at a level, 0 to 4, of a competency."""

    rating = models.ForeignKey(Rating, on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["level"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "level"], name="rated_level_once"),
            between("level", 0, 4, "rated_level_0_to_4"),
        ]

    def __str__(self) -> str:
        return str(self.level)
