"""What belongs to one person: every row names its owner, and is found, joined and changed by its owner too.

The owner in each statement is a second lock against foreign ids, and it lets the tables be spread over several
machines by owner.
"""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models

from accounts.actors import Actor
from accounts.models import User

Row = TypeVar("Row", bound="Owned", covariant=True)
Set = TypeVar("Set")
Get = TypeVar("Get")


class OwnedQuerySet(models.QuerySet[Row]):
    """Rows of people. Whoever filters by a row of somebody's (`roadmap=roadmap`) names its owner with it."""

    def owned_by(self, user: User) -> Self:
        """Those of one person."""
        return self.filter(owner=user)

    def visible_to(self, actor: Actor) -> Self:
        """Those that an actor may read: a person's own, and what a guest is shown. What is changed is `owned_by`."""
        keys = [pk for kind, pk in actor.shown if kind == self.model._meta.model_name]
        shown = self.filter(owner_id=actor.host, pk__in=keys)
        return shown if actor.user is None else shown | self.owned_by(actor.user)

    def _filter_or_exclude_inplace(self, negate: bool, args: Any, kwargs: Any) -> None:
        owners = {value.owner_id for value in kwargs.values() if isinstance(value, Owned)}
        if len(owners) == 1 and not negate:
            kwargs = {"owner_id": owners.pop(), **kwargs}
        super()._filter_or_exclude_inplace(negate, args, kwargs)  # type: ignore[misc]  # Not in the stubs.


class Owned(models.Model):
    """A row of one person's. Each model declares its `owner`."""

    owner_id: int

    class Meta:
        abstract = True

    def row(self) -> models.QuerySet[Self]:
        """This row alone, for an `UPDATE` or a fresh look; its owner is named."""
        found: models.QuerySet[Self] = type(self)._default_manager.filter(pk=self.pk, owner_id=self.owner_id)
        return found

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        """As Django's, with the owner named."""
        if from_queryset is None and "owner_id" not in self.get_deferred_fields():
            rows: models.Manager[Any] = type(self)._base_manager
            from_queryset = rows.filter(owner_id=self.owner_id)
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)


class OwnedForeignKey(models.ForeignKey[Set, Get]):
    """A reference from a row of somebody's to another one of theirs: joins compare the owners as well as the ids."""

    def get_joining_fields(self, reverse_join: bool = False) -> Any:
        """The columns of the join, the owners among them."""
        mine, theirs = self.model._meta.get_field("owner"), self.related_model._meta.get_field("owner")
        owners = (theirs, mine) if reverse_join else (mine, theirs)
        return (*super().get_joining_fields(reverse_join), owners)

    def get_extra_descriptor_filter(self, instance: Any) -> dict[str, Any]:
        """What `row.reference` asks for besides the id."""
        return {"owner_id": instance.owner_id}
