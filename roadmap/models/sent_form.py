"""A form that made something, remembered so that it makes it once."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SentForm(models.Model):
    """One form as it was sent, and the primary key of what it made.

    `digest` stands for its address and all that was in it, with the token that every drawn form has of its own.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    made = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "digest"], name="form_sent_once")]

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.at:%Y-%m-%d %H:%M}"
