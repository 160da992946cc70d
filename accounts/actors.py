"""Who asks, and what they may do with a thing, as data. `tests/config/test_access.py` prints the table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Model

from accounts.models import User


class Action(StrEnum):
    """What can be done with a roadmap, an assessment, or an entry of the catalogue."""

    READ = "read"
    READ_NOTES = "read notes"
    CHANGE = "change"
    SHARE = "share"
    DELETE = "delete"


class Part(StrEnum):
    """What somebody is to a thing: to a person's by whose it is and who was shown it, to the catalogue's by trade."""

    OWNER = "owner"
    GUEST = "guest"
    STRANGER = "stranger"
    EDITOR = "editor"
    READER = "reader"


MAY: dict[Part, frozenset[Action]] = {
    Part.OWNER: frozenset(Action),
    Part.GUEST: frozenset({Action.READ}),
    Part.STRANGER: frozenset(),
    Part.EDITOR: frozenset({Action.READ, Action.CHANGE}),
    Part.READER: frozenset({Action.READ}),
}


@dataclass(frozen=True)
class Actor:
    """Whoever asks: a person who signed in, a guest, or nobody.

    A guest has a link that shows them something of their `host`'s: the kinds and the primary keys of the rows.
    """

    user: User | None = None
    host: int | None = None
    shown: frozenset[tuple[str, int]] = frozenset()


def allowed(actor: Actor, thing: Model | None) -> frozenset[Action]:
    """What an actor may do with a thing; nothing with what is not there."""
    return MAY[part_of(actor, thing)] if thing is not None else frozenset()


def part_of(actor: Actor, thing: Model) -> Part:
    """What an actor is to a thing. What has no owner is the catalogue's."""
    if not hasattr(thing, "owner_id"):
        return Part.EDITOR if actor.user is not None and actor.user.is_staff else Part.READER
    if actor.user is not None and thing.owner_id == actor.user.pk:
        return Part.OWNER
    shown = thing.owner_id == actor.host and (thing._meta.model_name, thing.pk) in actor.shown
    return Part.GUEST if shown else Part.STRANGER
