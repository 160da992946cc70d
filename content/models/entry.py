"""What every thing in the catalogue has, and where its ideas come from."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.core.validators import validate_slug
from django.db import models
from django.utils.translation import gettext_lazy as _

_Row = TypeVar("_Row", bound=models.Model, covariant=True)

CURRENT = models.Q(retired=False)


def between(field: str, low: int, high: int, name: str) -> models.CheckConstraint:
    """The database refuses a number outside `low` to `high`."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__range": (low, high)}), name=name)


def aliases() -> models.JSONField[Any, Any]:
    """The column for what else people call an entry; a row that says nothing of it has none."""
    return models.JSONField(_("Also called"), default=list, db_default=[], blank=True)


class EntryQuerySet(models.QuerySet[_Row]):
    """Entries of one kind."""

    def current(self) -> Self:
        """Those that are not retired, in the order of the pack."""
        return self.filter(retired=False).order_by("position")


class Entry(models.Model):
    """What every thing in the catalogue has. The key means one thing for ever: it is retired, never deleted."""

    key = models.CharField(_("Id"), max_length=60, unique=True, validators=[validate_slug])
    position = models.PositiveSmallIntegerField(
        _("Order"), default=0, help_text=_("The order in the pack and on the pages")
    )
    retired = models.BooleanField(_("Retired"), default=False)
    replaced_by = models.CharField(_("Replaced by"), max_length=60, blank=True)
    file = models.CharField(
        _("File"), max_length=120, blank=True, help_text=_("The file of the pack that it belongs to")
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        """What it is called in the reader's language; its key where it has no name of its own."""
        names = (getattr(self, field, None) for field in ("name", "title", "question"))
        return str(next(filter(None, names), self.key))


class Source(Entry):
    """Where an idea comes from."""

    title = models.CharField(_("Title"), max_length=200)
    author = models.CharField(_("Author"), max_length=200, blank=True)
    url = models.URLField(_("Web address"), max_length=500, blank=True)
    licence = models.CharField(_("Licence"), max_length=60, blank=True)
    note = models.CharField(_("Note"), max_length=300)

    class Meta(Entry.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")


class Sourced(Entry):
    """An entry whose ideas have a source."""

    sources = models.ManyToManyField(Source, verbose_name=_("Sources"), blank=True, related_name="+")

    class Meta(Entry.Meta):
        abstract = True
