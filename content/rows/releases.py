"""What the catalogue said at each release: the newest whole, those before it by what was otherwise."""

from __future__ import annotations

from content.models import Release
from content.pack.changes import State, difference, patched


def add_release(release: Release, state: State) -> None:
    """Store a release at which the catalogue says this; the one before keeps what it said otherwise."""
    last = Release.objects.first()
    if last is not None:
        Release.objects.filter(pk=last.pk).update(entries=difference(state, last.entries or {}))
    release.entries = state
    release.save()


def state_at(release: Release) -> State | None:
    """What the catalogue said once a release was loaded; None if that was not kept. One query."""
    state: State | None = None
    for each in Release.objects.all():  # The newest first.
        if each.entries is None:
            return None
        state = each.entries if state is None else patched(state, each.entries)
        if each.pk == release.pk:
            return state
    return None
