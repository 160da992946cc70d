"""The content pack itself: what is loaded, what each version changed, who changed what since."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Pack(models.Model):
    """The content pack that is loaded; `digest` changes whenever anything in the catalogue does."""

    key = models.CharField(_("Id"), max_length=60, unique=True)
    version = models.CharField(_("Version"), max_length=20)
    digest = models.CharField(max_length=64)
    name = models.CharField(_("Name"), max_length=120)
    summary = models.CharField(_("Summary"), max_length=300)
    news = models.CharField(_("What is new"), max_length=300, blank=True)
    example = models.JSONField(_("Example profile"), help_text="The example profile, as in the pack")
    vocabulary = models.JSONField(_("Vocabulary"), default=list, db_default=[], blank=True)
    loaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("content pack")
        verbose_name_plural = _("content pack")

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Release(models.Model):
    """A version of the pack as its files said it, with what changed in it.

    `digest` is that of the files. `entries` is what the catalogue said once they were loaded, by kind and id, with
    what had been retired before: of the newest release all of it, which the next load compares with; of an older one
    what was otherwise than at the next; None where the first installations did not keep it. `content.rows.releases`
    puts it together. `changes` is a list of `pack.changes.Change` as mappings.
    """

    version = models.CharField(_("Version"), max_length=20)
    digest = models.CharField(max_length=64)
    news = models.CharField(_("What is new"), max_length=300, blank=True)
    loaded_at = models.DateTimeField()
    entries = models.JSONField(default=dict, null=True)
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ["-loaded_at", "-pk"]

    def __str__(self) -> str:
        return self.version


class Edit(models.Model):
    """A change that somebody made to one entry in the admin: what it said before and after, as in a pack's file."""

    kind = models.CharField(_("Kind"), max_length=20)
    key = models.CharField(_("Id"), max_length=60)
    at = models.DateTimeField(_("When"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Who"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    before = models.JSONField(null=True)
    after = models.JSONField()

    class Meta:
        verbose_name = _("edit")
        verbose_name_plural = _("edits")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "key", "-at"], name="edit_of_entry")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
