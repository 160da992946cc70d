"""Undo is a stack: whatever was changed can be taken back step by step, and done again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from roadmap import changes
from roadmap.changes.kinds import KINDS, About, require_an_entry_for_each
from roadmap.changes.limits import MAX_ITEMS
from roadmap.models import ChecklistItem, Event, Milestone, Phase, Roadmap
from roadmap.models.event import Kind
from roadmap.pages import history
from roadmap.pages.history import Steps, steps_of
from tests.factories import item_of, make_roadmap, milestone_of
from tests.moments import NOON

FIRST_DAY = date(2026, 1, 5)


@pytest.fixture
def roadmap(ana: User) -> Roadmap:
    return make_roadmap(ana, phases=2, starts_on=FIRST_DAY)


def state(roadmap: Roadmap) -> Any:
    """All that a person sees of a roadmap, in order; what was removed is not there."""
    found = Roadmap.objects.get(pk=roadmap.pk)
    milestones = Milestone.objects.on(found)
    return (
        (found.title_ko, found.title_en, found.archived_at),
        [(each.pk, each.title_en, each.notes, each.skipped_at) for each in milestones],
        {each.pk: list(each.items.on_checklist().values_list("pk", "text_en", "done_at")) for each in milestones},
    )


def offered(roadmap: Roadmap) -> Steps | None:
    return steps_of(roadmap, now=NOON)


def step(roadmap: Roadmap, which: str, at: datetime) -> bool:
    """Undo or redo what is offered; False where nothing is."""
    steps = offered(roadmap)
    pk = getattr(steps, which) if steps else None
    if pk is None:
        return False
    assert changes.undo(Event.objects.get(pk=pk), at=at) is not None
    return True


def first_items(roadmap: Roadmap) -> list[ChecklistItem]:
    return list(ChecklistItem.objects.filter(roadmap=roadmap, milestone__removed_at=None).order_by("pk"))


def on_item(change: Callable[[ChecklistItem, datetime], Any]) -> Callable[[Roadmap, int, datetime], None]:
    def run(roadmap: Roadmap, number: int, at: datetime) -> None:
        items = [item for item in first_items(roadmap) if item.removed_at is None]
        if items:
            change(items[number % len(items)], at)

    return run


def on_milestone(change: Callable[[Milestone, datetime], Any]) -> Callable[[Roadmap, int, datetime], None]:
    def run(roadmap: Roadmap, number: int, at: datetime) -> None:
        milestones = list(Milestone.objects.on(roadmap))
        if milestones:
            change(milestones[number % len(milestones)], at)

    return run


def add_milestone(roadmap: Roadmap, number: int, at: datetime) -> None:
    phase = Phase.objects.filter(roadmap=roadmap)[number % 2]
    day = FIRST_DAY + timedelta(days=number - 5)
    changes.add_milestone(phase, f"Own {at:%H:%M}", ["One"], hours=1, starts_on=day, ends_on=day, at=at)


CHANGES: dict[str, Callable[[Roadmap, int, datetime], Any]] = {
    "tick": on_item(lambda item, at: changes.set_done(item, done=True, at=at)),
    "untick": on_item(lambda item, at: changes.set_done(item, done=False, at=at)),
    "rename an item": on_item(lambda item, at: changes.rename_item(item, f"Text {at:%H:%M}", seen=item.text, at=at)),
    "remove an item": on_item(lambda item, at: changes.remove_item(item, at=at)),
    "add an item": on_milestone(lambda milestone, at: changes.add_item(milestone, f"New {at:%H:%M}", at=at)),
    "skip": on_milestone(lambda milestone, at: changes.set_skipped(milestone, skipped=True, at=at)),
    "count again": on_milestone(lambda milestone, at: changes.set_skipped(milestone, skipped=False, at=at)),
    "rename a milestone": on_milestone(
        lambda each, at: changes.rename_milestone(each, f"Title {at:%H:%M}", seen=each.title, at=at)
    ),
    "write notes": on_milestone(lambda each, at: changes.write_notes(each, f"Note {at:%H:%M}", seen=each.notes, at=at)),
    "remove a milestone": on_milestone(lambda milestone, at: changes.remove_milestone(milestone, at=at)),
    "add a milestone": add_milestone,
    "rename": lambda roadmap, _number, at: changes.rename_roadmap(
        Roadmap.objects.get(pk=roadmap.pk), f"Name {at:%H:%M}", seen=Roadmap.objects.get(pk=roadmap.pk).title, at=at
    ),
    "put away": lambda roadmap, number, at: changes.set_archived(roadmap, archived=number % 2 == 0, at=at),
    "undo": lambda roadmap, _number, at: step(roadmap, "undo", at),
    "redo": lambda roadmap, _number, at: step(roadmap, "redo", at),
}


@pytest.mark.django_db
@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 9)), max_size=25))
def test_any_changes_undone_give_the_first_state_and_redone_the_last(sequence: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        roadmap = make_roadmap(User.objects.create_user("somebody@example.org"), phases=2, starts_on=FIRST_DAY)
        first, at = state(roadmap), NOON
        for name, number in sequence:
            at += timedelta(minutes=1)
            CHANGES[name](roadmap, number, at)
            assert_places_are_apart(roadmap)
        last = state(roadmap)
        steps = 0
        while step(roadmap, "undo", at):
            steps += 1
        assert state(roadmap) == first
        assert all(step(roadmap, "redo", at) for _ in range(steps))
        assert state(roadmap) == last
        assert_places_are_apart(roadmap)
        transaction.set_rollback(True)


def assert_places_are_apart(roadmap: Roadmap) -> None:
    for rows, within in (
        (Milestone.objects.filter(roadmap=roadmap), "phase_id"),
        (ChecklistItem.objects.filter(roadmap=roadmap), "milestone_id"),
    ):
        places = list(rows.values_list(within, "position"))
        assert len(places) == len(set(places))


def test_undo_undo_takes_back_the_last_two_changes(roadmap: Roadmap, ana_client: Client) -> None:
    for number in ("1.1", "1.2"):
        ana_client.post(reverse("item-tick", args=[item_of(roadmap, number).pk]), {"done": "on"})
    for _ in range(2):
        steps = offered(roadmap)
        assert steps is not None
        ana_client.post(reverse("roadmap-undo", args=[roadmap.pk]), {"event": steps.undo})
    assert [item_of(roadmap, number).done_at for number in ("1.1", "1.2")] == [None, None]
    steps = offered(roadmap)
    assert steps is not None
    assert steps.undo is None
    assert steps.redo is not None


@pytest.mark.parametrize("few", [1, 2, 3, 7])
def test_however_few_events_are_read_first_the_same_is_next(
    roadmap: Roadmap, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(history, "FEW", few)
    before = state(roadmap)
    for number in ("1.1", "1.2", "1.3"):
        changes.set_done(item_of(roadmap, number), done=True, at=NOON)
    after = state(roadmap)
    for _ in range(3):
        assert [step(roadmap, "undo", NOON) for _ in range(4)] == [True, True, True, False]
        assert state(roadmap) == before
        assert [step(roadmap, "redo", NOON) for _ in range(4)] == [True, True, True, False]
        assert state(roadmap) == after


@pytest.mark.parametrize("few", [1, 2, 3, 7])
def test_what_was_redone_late_is_not_redone_again(roadmap: Roadmap, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(history, "FEW", few)
    first = changes.set_done(item_of(roadmap, "1.1"), done=True, at=NOON)
    assert first is not None
    undone = changes.undo(first, at=NOON)
    assert undone is not None
    second = changes.set_done(item_of(roadmap, "1.2"), done=True, at=NOON)
    assert second is not None
    changes.undo(undone, at=NOON)
    steps = offered(roadmap)
    assert steps is not None
    assert (steps.undo, steps.redo) == (second.pk, None)


def test_the_page_offers_to_redo_what_was_undone_until_something_else_is_changed(
    roadmap: Roadmap, ana_client: Client
) -> None:
    def page() -> str:
        return str(ana_client.get(roadmap.get_absolute_url()).content.decode())

    ana_client.post(reverse("item-tick", args=[item_of(roadmap, "1.1").pk]), {"done": "on"})
    assert 'id="undo-button"' in page()
    assert 'id="redo-button"' not in page()
    ticked = roadmap.events.get()
    ana_client.post(reverse("roadmap-undo", args=[roadmap.pk]), {"event": ticked.pk})
    assert 'id="undo-button"' not in page()
    assert 'id="redo-button"' in page()
    ana_client.post(reverse("item-tick", args=[item_of(roadmap, "1.2").pk]), {"done": "on"})
    assert 'id="redo-button"' not in page()


def test_what_was_renamed_and_taken_back_is_not_told_as_renamed(roadmap: Roadmap) -> None:
    milestone = milestone_of(roadmap)
    renamed = changes.rename_milestone(milestone, "Another", seen=milestone.title, at=NOON)
    assert renamed is not None
    words = []
    for _ in range(3):
        steps = offered(roadmap)
        assert steps is not None
        words.append(steps.words)
        changes.undo(Event.objects.get(pk=steps.undo or steps.redo or 0), at=NOON)
    assert words == ["Milestone renamed.", "Change taken back.", "Milestone renamed."]


def test_redo_gives_a_tick_its_first_time_again(roadmap: Roadmap) -> None:
    ticked = changes.set_done(item_of(roadmap), done=True, at=NOON)
    assert ticked is not None
    undone = changes.undo(ticked, at=NOON + timedelta(minutes=1))
    assert undone is not None
    assert undone.kind == Kind.ITEM_UNDONE
    changes.undo(undone, at=NOON + timedelta(minutes=2))
    assert item_of(roadmap).done_at == NOON


def test_undo_holds_the_limit_of_a_checklist(roadmap: Roadmap, ana_client: Client) -> None:
    milestone = milestone_of(roadmap)
    for number in range(MAX_ITEMS - 3):
        changes.add_item(milestone, f"Own {number}", at=NOON)
    removed = changes.remove_item(item_of(roadmap), at=NOON)
    assert removed is not None
    changes.add_item(milestone, "In its place", at=NOON)
    response = ana_client.post(reverse("roadmap-undo", args=[roadmap.pk]), {"event": removed.pk}, follow=True)
    assert "There is no room for what would come back." in response.content.decode()
    assert milestone.items.on_checklist().count() == MAX_ITEMS


def test_undo_holds_the_limit_of_a_roadmap(roadmap: Roadmap, monkeypatch: pytest.MonkeyPatch) -> None:
    removed = changes.remove_milestone(milestone_of(roadmap), at=NOON)
    assert removed is not None
    monkeypatch.setattr(changes.limits, "MAX_MILESTONES", 1)
    with pytest.raises(changes.TooMany):
        changes.undo(removed, at=NOON)
    assert Milestone.objects.on(roadmap).count() == 1


def test_a_change_of_the_first_releases_ends_the_stack(roadmap: Roadmap) -> None:
    item_of(roadmap).tick(at=NOON)
    Event.objects.create(roadmap=roadmap, owner=roadmap.owner, kind=Kind.ITEM_DONE, at=NOON, item=item_of(roadmap))
    changes.set_done(item_of(roadmap, "1.2"), done=True, at=NOON)
    assert step(roadmap, "undo", NOON)
    steps = offered(roadmap)
    assert steps is not None
    assert steps.undo is None


def test_a_kind_without_an_entry_fails_at_start() -> None:
    without: dict[Kind, About] = {kind: about for kind, about in KINDS.items() if kind is not Kind.NOTES_CHANGED}
    with pytest.raises(ImproperlyConfigured, match="notes-changed"):
        require_an_entry_for_each(Kind, without)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_says_what_it_did(kind: Kind) -> None:
    assert str(KINDS[kind].words)
    assert KINDS[KINDS[kind].opposite].subject is KINDS[kind].subject


# Order


def titles(roadmap: Roadmap) -> list[str]:
    return list(Milestone.objects.on(roadmap).values_list("title_en", flat=True))


def own(roadmap: Roadmap, title: str, day: date) -> Milestone:
    phase = Phase.objects.filter(roadmap=roadmap).first()
    assert phase is not None
    return changes.add_milestone(phase, title, [], hours=1, starts_on=day, ends_on=day, at=NOON)[0]


def test_a_milestone_that_starts_before_the_first_one_stands_first(roadmap: Roadmap) -> None:
    own(roadmap, "Before", FIRST_DAY - timedelta(days=1))
    assert titles(roadmap)[:2] == ["Before", "Milestone 1"]


def test_of_those_that_start_on_one_day_the_newest_stands_last(roadmap: Roadmap) -> None:
    for title in ("One", "Two", "Three"):
        own(roadmap, title, FIRST_DAY)
    assert titles(roadmap)[:4] == ["Milestone 1", "One", "Two", "Three"]


def test_there_is_always_room_between_two(roadmap: Roadmap) -> None:
    phase = milestone_of(roadmap).phase
    own(roadmap, "Late", FIRST_DAY + timedelta(days=90))
    for number in range(30):  # Each right behind the first: the room between halves.
        changes.add_milestone(
            phase, f"Own {number}", [], hours=1, starts_on=FIRST_DAY, ends_on=FIRST_DAY, at=timezone.now()
        )
        Milestone.objects.filter(title_en=f"Own {number}").update(
            starts_on=FIRST_DAY + timedelta(days=1), ends_on=FIRST_DAY + timedelta(days=1)
        )
    assert titles(roadmap)[0] == "Milestone 1"
    assert titles(roadmap)[1:31] == [f"Own {number}" for number in reversed(range(30))]
    assert titles(roadmap)[31] == "Late"
    assert_places_are_apart(roadmap)


def test_what_comes_back_stands_where_it_stood(roadmap: Roadmap) -> None:
    before = state(roadmap)
    removed = changes.remove_item(item_of(roadmap, "1.2"), at=NOON)
    assert removed is not None
    changes.undo(removed, at=NOON)
    assert state(roadmap) == before


def test_a_deleted_roadmap_leaves_nothing_behind(roadmap: Roadmap) -> None:
    changes.set_done(item_of(roadmap), done=True, at=NOON)
    changes.delete_roadmap(roadmap)
    assert not Roadmap.objects.exists()
    assert not any(model.objects.exists() for model in (Phase, Milestone, ChecklistItem, Event))
    with pytest.raises(changes.Gone):
        changes.delete_roadmap(roadmap)
