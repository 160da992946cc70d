"""What a template said when it was copied: the base on which a newer template and a person's own changes are merged."""

from __future__ import annotations

from django.db import models


class Base(models.Model):
    """One state of one template. All copies of that state share it; it belongs to nobody and is never changed.

    `entry` holds the texts in both languages, the hours, the resources, and the checklist by its items' keys.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    template = models.CharField(max_length=60)
    entry = models.JSONField()

    def __str__(self) -> str:
        return f"{self.template} {self.digest[:8]}"
