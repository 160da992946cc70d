"""A roadmap as its owner works with it: by plain forms and by HTMX, twice, at once, and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from content.catalogue import current_catalogue
from roadmap import changes
from roadmap.models import ChecklistItem, Event, Milestone, Phase, Roadmap, ShareLink
from roadmap.models.event import Kind
from roadmap.pages.progress import roadmap_progress, standing
from roadmap.pages.route import Route, Stop, route_of, state_of
from roadmap.views import items as item_views
from tests.factories import item_of, make_link, make_roadmap, milestone_of, token_of
from tests.moments import LONG_AGO
from tests.reading import HTMX, page_of, text_of

pytestmark = pytest.mark.django_db

NOTES = "A **bold** note"


@pytest.fixture
def roadmap(ana: User) -> Roadmap:
    """Ana's roadmap: two milestones in a phase each, three items in each."""
    return make_roadmap(ana, phases=2)


@pytest.fixture(params=["page", "htmx"])
def send(request: pytest.FixtureRequest, ana_client: Client) -> Callable[..., Any]:
    """Ana sends a form, plain or by HTMX."""

    def sent(name: str, *args: Any, **data: Any) -> Any:
        headers = HTMX if request.param == "htmx" else {}
        return ana_client.post(reverse(name, args=args), data, headers=headers)

    return sent


def kinds(roadmap: Roadmap) -> list[str]:
    return list(roadmap.events.values_list("kind", flat=True))


def rows_of(roadmap: Roadmap) -> list[Any]:
    """Everything that a roadmap is made of, but for its version and its history."""
    columns = [field.attname for field in Roadmap._meta.concrete_fields if field.name != "version"]
    return [
        list(Roadmap.objects.filter(pk=roadmap.pk).values(*columns)),
        *(list(model.objects.filter(roadmap=roadmap).order_by("pk").values()) for model in (Phase, Milestone)),
        list(ChecklistItem.objects.filter(roadmap=roadmap).order_by("pk").values()),
    ]


# Ticking


def test_a_tick_moves_the_milestone_its_phase_and_the_whole(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    response = send("item-tick", item_of(roadmap).pk, done="on")
    moved = standing(milestone_of(roadmap))
    assert [(p.done, p.total) for p in (moved.milestone, moved.phase, moved.whole)] == [(1, 3), (1, 3), (1, 6)]
    assert (moved.whole.hours_done, moved.whole.hours) == (3, 20)
    other = standing(milestone_of(roadmap, 2))
    assert [(p.done, p.total) for p in (other.milestone, other.phase, other.whole)] == [(0, 3), (0, 3), (1, 6)]
    if response.status_code == 302:
        assert response["Location"] == f"{milestone_of(roadmap).get_absolute_url()}#panel"


def test_a_tick_answers_htmx_with_the_row_and_the_parts_that_it_moves(roadmap: Roadmap, ana_client: Client) -> None:
    item, milestone = item_of(roadmap), milestone_of(roadmap)
    response = ana_client.post(reverse("item-tick", args=[item.pk]), {"done": "on"}, headers=HTMX)
    text = page_of(response)
    assert response.status_code == 200
    assert "<html" not in text
    assert re.search(rf'<li id="item-{item.pk}"[^>]*>', text)
    assert f'id="item-{item_of(roadmap, "1.2").pk}"' not in text
    swapped = re.findall(r'id="([\w-]+)"[^>]* hx-swap-oob=', text)
    assert sorted(swapped) == sorted(
        ["progress", f"stop-{milestone.pk}", f"stretch-{milestone.phase_id}", "panel-count", "undo", "announcer"]
    )
    assert "Done. The roadmap is at 16 percent." in text_of(response)
    assert 'name="done" value="off"' in text
    assert len(response.content) < 6000


def test_a_plain_tick_is_seen_on_the_page_it_leads_to(roadmap: Roadmap, ana_client: Client) -> None:
    response = ana_client.post(reverse("item-tick", args=[item_of(roadmap).pk]), {"done": "on"}, follow=True)
    text = page_of(response)
    assert response.redirect_chain == [(f"{milestone_of(roadmap).get_absolute_url()}#panel", 302)]
    assert "1 of 6 items" in text
    assert text.count('aria-checked="true"') == 1
    assert f'id="tick-{item_of(roadmap).pk}" class="tick" role="checkbox" aria-checked="true"' in text


def test_ticking_twice_keeps_the_first_time_and_one_event(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    item = item_of(roadmap)
    send("item-tick", item.pk, done="on")
    first = item_of(roadmap).done_at
    response = send("item-tick", item.pk, done="on")
    assert response.status_code in {200, 302}
    assert item_of(roadmap).done_at == first is not None
    assert kinds(roadmap) == ["item-done"]


def test_taking_a_tick_back_twice_is_doing_it_once(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    item = item_of(roadmap)
    for done in ("on", "off", "off"):
        send("item-tick", item.pk, done=done)
    assert item_of(roadmap).done_at is None
    assert kinds(roadmap) == ["item-done", "item-undone"]


def test_a_tick_is_told_apart_from_nothing_by_what_is_wanted(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    item = item_of(roadmap)
    item.tick(at=LONG_AGO)
    for data in ({}, {"done": ""}, {"done": "true"}, {"done": "on\x00"}):
        assert send("item-tick", item.pk, **data).status_code == 400
    assert item_of(roadmap).done_at == LONG_AGO
    assert kinds(roadmap) == []


def test_a_tick_writes_nothing_but_its_time_an_event_and_the_version(
    roadmap: Roadmap, send: Callable[..., Any]
) -> None:
    before = rows_of(roadmap)
    send("item-tick", item_of(roadmap).pk, done="on")
    after = rows_of(roadmap)
    assert after[:3] == before[:3]
    changed = [(old, new) for old, new in zip(before[3], after[3], strict=True) if old != new]
    assert [{key for key in old if old[key] != new[key]} for old, new in changed] == [{"done_at"}]
    roadmap.refresh_from_db()
    assert roadmap.version == 2


@pytest.mark.parametrize("gone", ["item", "milestone"])
def test_what_was_removed_cannot_be_ticked(roadmap: Roadmap, send: Callable[..., Any], gone: str) -> None:
    item = item_of(roadmap)
    (item if gone == "item" else item.milestone).remove(at=LONG_AGO)
    assert send("item-tick", item.pk, done="on").status_code == 404
    assert item_of(roadmap).done_at is None


# Progress


def test_progress_is_a_hundred_percent_only_when_all_is_done(ana: User, ana_client: Client) -> None:
    roadmap = make_roadmap(ana, milestones=5, items=40)
    items = list(ChecklistItem.objects.filter(roadmap=roadmap))
    ChecklistItem.objects.filter(pk__in=[item.pk for item in items[1:]]).update(done_at=LONG_AGO)
    assert roadmap_progress(roadmap).percent == 99
    assert "99 %" in page_of(ana_client.get(roadmap.get_absolute_url()))
    ana_client.post(reverse("item-tick", args=[items[0].pk]), {"done": "on"})
    progress = roadmap_progress(roadmap)
    assert (progress.percent, progress.done, progress.total, progress.finished) == (100, 200, 200, True)


def test_a_finished_roadmap_says_so(roadmap: Roadmap, ana_client: Client) -> None:
    ChecklistItem.objects.filter(roadmap=roadmap).exclude(pk=item_of(roadmap).pk).update(done_at=LONG_AGO)
    assert "Everything is done." not in text_of(ana_client.get(roadmap.get_absolute_url()))
    response = ana_client.post(reverse("item-tick", args=[item_of(roadmap).pk]), {"done": "on"}, headers=HTMX)
    assert "Everything is done." in text_of(response)
    text = text_of(ana_client.get(roadmap.get_absolute_url()))
    assert "Everything is done." in text
    assert "Nothing is waiting" in text


def test_a_roadmap_of_nothing_is_not_finished(ana: User, ana_client: Client) -> None:
    roadmap = make_roadmap(ana, items=0)
    response = ana_client.get(roadmap.get_absolute_url())
    assert "Everything is done." not in text_of(response)
    assert "Nothing to tick yet." in text_of(response)
    assert roadmap_progress(roadmap).percent == 0


def test_hours_count_by_the_share_of_ticked_items(ana: User) -> None:
    roadmap = make_roadmap(ana, milestones=3, items=4)
    Milestone.objects.filter(roadmap=roadmap, position=1).update(hours=40)
    ChecklistItem.objects.filter(roadmap=roadmap, text_en__in=["Item 1.1", "Item 2.1", "Item 2.2"]).update(
        done_at=LONG_AGO
    )
    progress = roadmap_progress(roadmap)
    assert (progress.hours_done, progress.hours) == (22, 60)
    route = route_of(roadmap, today=roadmap.starts_on)
    assert (route.progress.hours_done, route.progress.hours) == (22, 60)


def test_a_removed_milestone_does_not_count(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    item_of(roadmap, "2.1").tick(at=LONG_AGO)
    response = send("milestone-remove", milestone_of(roadmap, 2).pk)
    progress = roadmap_progress(roadmap)
    assert (progress.done, progress.total, progress.skipped, progress.hours) == (0, 3, 0, 10)
    assert response.status_code in {200, 302}


def test_a_removed_item_does_not_count(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    item_of(roadmap).tick(at=LONG_AGO)
    send("item-remove", item_of(roadmap).pk)
    progress = roadmap_progress(roadmap)
    assert (progress.done, progress.total) == (0, 5)


def test_what_is_skipped_is_said_apart(roadmap: Roadmap, send: Callable[..., Any], ana_client: Client) -> None:
    item_of(roadmap, "1.1").tick(at=LONG_AGO)
    item_of(roadmap, "2.1").tick(at=LONG_AGO)
    send("milestone-skip", milestone_of(roadmap, 2).pk, skipped="on")
    progress = roadmap_progress(roadmap)
    assert (progress.done, progress.total, progress.skipped, progress.percent) == (1, 3, 3, 33)
    text = text_of(ana_client.get(roadmap.get_absolute_url()))
    assert "1 of 3 items" in text
    assert "3 skipped" in text
    send("milestone-skip", milestone_of(roadmap, 2).pk, skipped="off")
    assert (roadmap_progress(roadmap).done, roadmap_progress(roadmap).total) == (2, 6)


def test_skipping_everything_is_not_finishing(roadmap: Roadmap, ana_client: Client) -> None:
    for number in (1, 2):
        ana_client.post(reverse("milestone-skip", args=[milestone_of(roadmap, number).pk]), {"skipped": "on"})
    progress = roadmap_progress(roadmap)
    assert (progress.percent, progress.finished) == (0, False)
    assert "Everything is done." not in text_of(ana_client.get(roadmap.get_absolute_url()))


def test_skipping_twice_keeps_the_first_time_and_one_event(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    milestone = milestone_of(roadmap)
    send("milestone-skip", milestone.pk, skipped="on")
    first = milestone_of(roadmap).skipped_at
    send("milestone-skip", milestone.pk, skipped="on")
    assert milestone_of(roadmap).skipped_at == first is not None
    assert kinds(roadmap) == ["milestone-skipped"]
    for data in ({}, {"skipped": "no"}):
        assert send("milestone-skip", milestone.pk, **data).status_code == 400
    assert milestone_of(roadmap).skipped_at == first


@pytest.mark.parametrize("numbers", [(), ("1.1",), ("1.1", "1.2", "1.3"), ("1.1", "2.1")])
@pytest.mark.parametrize("skipped", [(), (1,), (1, 2)])
def test_every_way_to_count_agrees(
    ana: User, ana_client: Client, numbers: tuple[str, ...], skipped: tuple[int, ...]
) -> None:
    """The page, the tick's answer and the list count in three ways: one by the route, two in the database."""
    roadmap = make_roadmap(ana, phases=2)
    for text in numbers:
        item_of(roadmap, text).tick(at=LONG_AGO)
    for number in skipped:
        milestone_of(roadmap, number).skip(at=LONG_AGO)
    item_of(roadmap, "2.3").remove(at=LONG_AGO)
    route = route_of(roadmap, today=roadmap.starts_on)
    whole = roadmap_progress(roadmap)
    assert route.progress == whole
    assert standing(milestone_of(roadmap)).whole == whole
    assert f"{whole.done} of {whole.total} items" in text_of(ana_client.get(reverse("roadmaps")))
    for number, stretch in enumerate(route.stretches, 1):
        assert standing(milestone_of(roadmap, number)).phase == stretch.progress


# Adding, renaming, removing


def test_an_item_of_ones_own_stands_at_the_end(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    response = send("item-add", milestone_of(roadmap).pk, text="  Write to the author  ")
    assert response.status_code in {200, 302}
    texts = [item.text for item in milestone_of(roadmap).items.on_checklist()]
    assert texts == ["Item 1.1", "Item 1.2", "Item 1.3", "Write to the author"]
    added = milestone_of(roadmap).items.get(text_en="Write to the author")
    assert (added.text_ko, added.owner, added.template) == ("Write to the author", roadmap.owner, "")


def test_an_empty_item_is_refused_at_its_field(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    response = send("item-add", milestone_of(roadmap).pk, text="   ")
    assert response.status_code == 422
    assert "This field is required." in text_of(response)
    assert milestone_of(roadmap).items.count() == 3


def test_an_item_of_a_template_is_renamed_in_both_languages(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    send("item-edit", item_of(roadmap).pk, text="Another text", seen="Item 1.1")
    item = ChecklistItem.objects.get(roadmap=roadmap, text_en="Another text")
    assert item.text_ko == "Another text"
    assert kinds(roadmap) == ["item-renamed"]


def test_the_form_of_an_item_comes_alone_for_htmx(roadmap: Roadmap, ana_client: Client) -> None:
    address = reverse("item-edit", args=[item_of(roadmap).pk])
    alone, page = page_of(ana_client.get(address, headers=HTMX)), page_of(ana_client.get(address))
    assert "<html" not in alone
    assert alone.strip().startswith("<li")
    for text in (alone, page):
        assert 'value="Item 1.1"' in text
        assert 'name="seen"' in text
    assert page.count("<h1>") == 1


def test_saving_a_text_unchanged_writes_nothing(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    send("item-edit", item_of(roadmap).pk, text="Item 1.1", seen="Item 1.1")
    send("milestone-edit", milestone_of(roadmap).pk, text="Milestone 1", seen="Milestone 1")
    send("roadmap-edit", roadmap.pk, text=roadmap.title, seen=roadmap.title)
    send("milestone-notes", milestone_of(roadmap).pk, text="", seen="")
    assert kinds(roadmap) == []
    roadmap.refresh_from_db()
    assert roadmap.version == 1
    assert item_of(roadmap).text_ko == "할 일 1.1"


def test_a_milestone_of_ones_own_stands_where_its_days_are(roadmap: Roadmap, ana_client: Client) -> None:
    phase = roadmap.phases.get(position=0)
    day = roadmap.starts_on + timedelta(days=3)
    values = {"title": "My own", "phase": phase.pk, "items": "One\r\n\r\n  Two \n", "hours": 7}
    response = ana_client.post(
        reverse("milestone-add", args=[roadmap.pk]), {**values, "starts_on": day, "ends_on": day}
    )
    made = Milestone.objects.get(roadmap=roadmap, title_en="My own")
    assert response["Location"] == f"{made.get_absolute_url()}#panel"
    assert [item.text for item in made.items.all()] == ["One", "Two"]
    assert made.own
    assert [stop.title for stop in route_of(roadmap, today=day).stretches[0].stops] == ["Milestone 1", "My own"]
    page = ana_client.get(made.get_absolute_url())
    assert "Your own milestone" in text_of(page)


def test_a_milestone_that_ends_before_it_starts_is_refused_at_the_field(roadmap: Roadmap, ana_client: Client) -> None:
    values = {"title": "Kept title", "phase": roadmap.phases.all()[0].pk, "items": "Kept item", "hours": 7}
    days = {"starts_on": "2026-12-01", "ends_on": "2026-11-30"}
    response = ana_client.post(reverse("milestone-add", args=[roadmap.pk]), {**values, **days})
    text = page_of(response)
    assert response.status_code == 422
    assert "The end must not be before the start." in text
    for kept in ('value="Kept title"', "Kept item", 'value="2026-12-01"', 'value="2026-11-30"'):
        assert kept in text
    assert roadmap.milestones.count() == 2


def test_a_removed_milestone_is_gone_from_every_page(roadmap: Roadmap, send: Callable[..., Any]) -> None:
    milestone = milestone_of(roadmap)
    for _ in range(2):
        assert send("milestone-remove", milestone.pk).status_code in {200, 302}
    assert kinds(roadmap) == ["milestone-removed"]
    client = Client()
    client.force_login(roadmap.owner)
    assert "Milestone 1" not in page_of(client.get(roadmap.get_absolute_url()))
    assert client.get(milestone.get_absolute_url()).status_code == 404
    assert "Milestone 1" not in page_of(client.get(reverse("shared", args=[token_of(make_link(roadmap))])))


def test_a_roadmap_without_milestones_says_how_to_go_on(
    roadmap: Roadmap, send: Callable[..., Any], ana_client: Client
) -> None:
    add = reverse("milestone-add", args=[roadmap.pk])
    assert page_of(ana_client.get(roadmap.get_absolute_url())).count(add) == 1
    for milestone in roadmap.milestones.all():
        send("milestone-remove", milestone.pk)
    text = page_of(ana_client.get(roadmap.get_absolute_url()))
    assert "This roadmap is empty" in text
    assert text.count(add) == 2
    assert "Open a milestone" not in text
    assert "Everything is done" not in text


def test_a_change_answers_htmx_with_the_whole_roadmap_and_its_address(roadmap: Roadmap, ana_client: Client) -> None:
    milestone = milestone_of(roadmap, 2)
    response = ana_client.post(reverse("milestone-skip", args=[milestone.pk]), {"skipped": "on"}, headers=HTMX)
    text = page_of(response)
    assert response["HX-Retarget"] == "#roadmap"
    assert response["HX-Replace-Url"] == milestone.get_absolute_url()
    assert text.count('id="roadmap"') == 1
    assert "<html" not in text
    assert 'data-announce="Milestone skipped."' in text
    assert f'id="skip-{milestone.pk}"' in text


# Undo


Change = Callable[[Client, Roadmap], Any]


def posts(name: str, arguments: Callable[[Roadmap], list[Any]], **data: Any) -> Change:
    """A change that one form makes."""
    return lambda client, roadmap: client.post(reverse(name, args=arguments(roadmap)), data)


def on_item(roadmap: Roadmap) -> list[Any]:
    return [item_of(roadmap).pk]


def on_milestone(roadmap: Roadmap) -> list[Any]:
    return [milestone_of(roadmap).pk]


def on_roadmap(roadmap: Roadmap) -> list[Any]:
    return [roadmap.pk]


# Each change, by the kind of its event; the second milestone was skipped and the second item ticked long ago.
CHANGES: dict[str, Change] = {
    "item-done": posts("item-tick", on_item, done="on"),
    "item-undone": posts("item-tick", lambda roadmap: [item_of(roadmap, "1.2").pk], done="off"),
    "item-removed": posts("item-remove", lambda roadmap: [item_of(roadmap, "1.2").pk]),
    "item-renamed": posts("item-edit", on_item, text="Another text", seen="Item 1.1"),
    "milestone-skipped": posts("milestone-skip", on_milestone, skipped="on"),
    "milestone-taken-back": posts("milestone-skip", lambda roadmap: [milestone_of(roadmap, 2).pk], skipped="off"),
    "milestone-removed": posts("milestone-remove", on_milestone),
    "milestone-renamed": posts("milestone-edit", on_milestone, text="Another title", seen="Milestone 1"),
    "notes-changed": posts("milestone-notes", on_milestone, text="Other notes", seen=NOTES),
    "roadmap-renamed": posts("roadmap-edit", on_roadmap, text="Another name", seen="Towards applied research"),
    "roadmap-archived": posts("roadmap-archive", on_roadmap, archived="on"),
}
ADDS: dict[str, Change] = {
    "item-added": posts("item-add", on_milestone, text="An item of my own"),
    "milestone-added": lambda client, roadmap: client.post(
        reverse("milestone-add", args=[roadmap.pk]),
        {
            "title": "My own",
            "phase": roadmap.phases.all()[0].pk,
            "items": "One",
            "hours": 5,
            "starts_on": "2026-12-01",
            "ends_on": "2026-12-02",
        },
    ),
}


@pytest.fixture
def walked(roadmap: Roadmap) -> Roadmap:
    """The roadmap after a while: something is ticked, noted and skipped, in both languages there is a text."""
    item_of(roadmap, "1.2").tick(at=LONG_AGO)
    milestone_of(roadmap, 2).skip(at=LONG_AGO)
    Milestone.objects.filter(pk=milestone_of(roadmap).pk).update(notes=NOTES)
    return roadmap


def undo_last(send: Callable[..., Any], roadmap: Roadmap) -> Any:
    return send("roadmap-undo", roadmap.pk, event=roadmap.events.last().pk)  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", CHANGES)
def test_undo_restores_what_was_before(
    walked: Roadmap, ana_client: Client, send: Callable[..., Any], kind: str
) -> None:
    before = rows_of(walked)
    CHANGES[kind](ana_client, walked)
    assert kinds(walked) == [kind]
    assert rows_of(walked) != before
    changed = walked.events.get()
    for _ in range(2):  # Twice is harmless.
        response = send("roadmap-undo", walked.pk, event=changed.pk)
        assert response.status_code in {200, 302}
        assert rows_of(walked) == before
    assert walked.events.count() == 2


@pytest.mark.parametrize("kind", CHANGES)
def test_undoing_an_undo_is_doing_it_again(
    walked: Roadmap, ana_client: Client, send: Callable[..., Any], kind: str
) -> None:
    CHANGES[kind](ana_client, walked)
    before = without_moments(rows_of(walked))
    undo_last(send, walked)
    undo_last(send, walked)
    assert without_moments(rows_of(walked)) == before
    undo_last(send, walked)
    assert walked.events.count() == 4


def without_moments(rows: list[Any]) -> list[Any]:
    """Rows of which each moment is only there or not: what is done again is done now."""
    return [
        [{name: bool(value) if name.endswith("_at") else value for name, value in row.items()} for row in part]
        for part in rows
    ]


@pytest.mark.parametrize("kind", ADDS)
def test_undo_takes_away_what_was_added(
    walked: Roadmap, ana_client: Client, send: Callable[..., Any], kind: str
) -> None:
    before = seen_by(walked)
    ADDS[kind](ana_client, walked)
    assert kinds(walked) == [kind]
    assert seen_by(walked) != before
    added = walked.events.get()
    for _ in range(2):
        assert send("roadmap-undo", walked.pk, event=added.pk).status_code in {200, 302}
        assert seen_by(walked) == before


def seen_by(roadmap: Roadmap) -> tuple[Any, ...]:
    """What is on a roadmap for its owner."""
    items = ChecklistItem.objects.owned_by(roadmap.owner).filter(roadmap=roadmap)
    return (
        list(Milestone.objects.on(roadmap).values_list("title_en", flat=True)),
        list(items.order_by("pk").values_list("text_en", flat=True)),
        route_of(roadmap, today=roadmap.starts_on).progress,
    )


def test_every_kind_of_change_can_be_undone() -> None:
    tried = {*CHANGES, *ADDS}
    taken_back = {"item-restored", "milestone-restored", "roadmap-unarchived"}
    assert tried | taken_back == set(Kind)


@pytest.mark.parametrize("kind", ["item-renamed", "milestone-renamed", "notes-changed", "roadmap-renamed"])
def test_undo_does_not_write_over_a_later_text(
    walked: Roadmap, ana_client: Client, send: Callable[..., Any], kind: str
) -> None:
    CHANGES[kind](ana_client, walked)
    event = walked.events.get()
    name, row, seen = {
        "item-renamed": ("item-edit", event.item, "Another text"),
        "milestone-renamed": ("milestone-edit", event.milestone, "Another title"),
        "notes-changed": ("milestone-notes", event.milestone, "Other notes"),
        "roadmap-renamed": ("roadmap-edit", walked, "Another name"),
    }[kind]
    assert row is not None
    ana_client.post(reverse(name, args=[row.pk]), {"text": "The latest", "seen": seen})
    latest = rows_of(walked)
    response = send("roadmap-undo", walked.pk, event=event.pk)
    assert rows_of(walked) == latest
    if response.status_code == 302:
        response = ana_client.get(response["Location"])
        assert "It was changed again meanwhile, so it cannot be undone." in text_of(response)
    assert response.status_code == 200


def test_undo_keeps_a_tick_that_was_made_meanwhile(
    walked: Roadmap, ana_client: Client, send: Callable[..., Any]
) -> None:
    CHANGES["item-renamed"](ana_client, walked)
    renamed = walked.events.get()
    item = ChecklistItem.objects.get(text_en="Another text")
    ana_client.post(reverse("item-tick", args=[item.pk]), {"done": "on"})
    send("roadmap-undo", walked.pk, event=renamed.pk)
    assert item_of(walked).done_at is not None


def test_an_undo_is_offered_for_a_while(roadmap: Roadmap, ana_client: Client) -> None:
    assert 'id="undo-button"' not in page_of(ana_client.get(roadmap.get_absolute_url()))
    ana_client.post(reverse("item-tick", args=[item_of(roadmap).pk]), {"done": "on"})
    event = roadmap.events.get()
    assert f'name="event" value="{event.pk}"' in page_of(ana_client.get(roadmap.get_absolute_url()))
    Event.objects.update(at=timezone.now() - timedelta(minutes=16))
    roadmap.touch()
    assert 'id="undo-button"' not in page_of(ana_client.get(roadmap.get_absolute_url()))


@pytest.mark.parametrize("event", ["", "0", "-1", "abc", "9" * 5000, "٣", "1e3"])
def test_an_undo_of_nothing_is_404(roadmap: Roadmap, send: Callable[..., Any], event: str) -> None:
    assert send("roadmap-undo", roadmap.pk, event=event).status_code == 404


# Two at a time


@pytest.mark.parametrize(
    ("name", "stored", "column"),
    [
        ("item-edit", "Item 1.1", "text_en"),
        ("milestone-edit", "Milestone 1", "title_en"),
        ("milestone-notes", "", "notes"),
        ("roadmap-edit", "Towards applied research", "title"),
    ],
)
def test_a_text_that_was_changed_meanwhile_answers_with_both(
    roadmap: Roadmap, ana_client: Client, send: Callable[..., Any], name: str, stored: str, column: str
) -> None:
    row = {"item-edit": item_of(roadmap), "roadmap-edit": roadmap}.get(name) or milestone_of(roadmap)
    address = reverse(name, args=[row.pk])
    ana_client.post(address, {"text": "Theirs <b>", "seen": stored})
    response = send(name, row.pk, text="Mine <i>", seen=stored)
    text = page_of(response)
    assert response.status_code == 409
    for kept in ("Theirs &lt;b&gt;", "Mine &lt;i&gt;"):
        assert kept in text
    if "HX-Retarget" in response.headers:
        assert response["HX-Retarget"] == "body"
    row.refresh_from_db()
    assert getattr(row, column) == "Theirs <b>"
    assert roadmap.events.count() == 1
    seen = re.search(r'name="seen"[^>]* value="([^"]*)"', text)
    assert seen
    assert f'action="{address}"' in text
    again = send(name, row.pk, text="Mine <i>", seen=unescape(seen[1]))
    assert again.status_code in {200, 302}
    row.refresh_from_db()
    assert getattr(row, column) == "Mine <i>"


def test_notes_with_lines_are_not_stale_because_of_how_a_browser_sends_them(
    roadmap: Roadmap, ana_client: Client
) -> None:
    address = reverse("milestone-notes", args=[milestone_of(roadmap).pk])
    ana_client.post(address, {"text": "one\r\n\r\n  two  \r\n", "seen": ""})
    stored = milestone_of(roadmap).notes
    assert "\r" not in stored
    page = page_of(ana_client.get(address))
    seen = re.search(r'name="seen"[^>]* value="([^"]*)"', page)
    assert seen
    response = ana_client.post(address, {"text": "three", "seen": unescape(seen[1]).replace("\n", "\r\n")})
    assert response.status_code == 302
    assert milestone_of(roadmap).notes == "three"


@pytest.mark.parametrize("name", ["item-edit", "item-tick"])
def test_a_tick_beside_a_rename_loses_neither(
    roadmap: Roadmap, ana: User, ana_client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """One request has read the row when the other comes, is answered, and has written."""
    sent = {"item-edit": {"text": "Another text", "seen": "Item 1.1"}, "item-tick": {"done": "on"}}
    (beside,) = sent.keys() - {name}
    answers: list[Any] = []
    reader = {"item-edit": "_item", "item-tick": "_find"}[name]
    found = getattr(item_views, reader)

    def read(*arguments: Any) -> Any:
        item_found = found(*arguments)
        if not answers:
            answers.append(None)  # Its own reading is not the one that waits.
            client = Client()
            client.force_login(ana)
            answers[0] = client.post(reverse(beside, args=[item.pk]), sent[beside])
        return item_found

    item = item_of(roadmap)
    monkeypatch.setattr(item_views, reader, read)
    answers.append(ana_client.post(reverse(name, args=[item.pk]), sent[name]))
    assert [answer.status_code for answer in answers] == [302, 302]
    item.refresh_from_db()
    assert (item.text_ko, item.text_en, item.done_at is not None) == ("Another text", "Another text", True)
    assert sorted(kinds(roadmap)) == ["item-done", "item-renamed"]


def test_a_tick_between_reading_a_form_and_sending_it_is_kept(
    roadmap: Roadmap, ana_client: Client, send: Callable[..., Any]
) -> None:
    item = item_of(roadmap)
    form = page_of(ana_client.get(reverse("item-edit", args=[item.pk]), headers=HTMX))
    send("item-tick", item.pk, done="on")
    seen = re.search(r'name="seen"[^>]* value="([^"]*)"', form)
    assert seen
    assert send("item-edit", item.pk, text="Another text", seen=seen[1]).status_code in {200, 302}
    item.refresh_from_db()
    assert (item.text, item.done_at is not None) == ("Another text", True)


# Notes


def test_notes_are_shown_as_markdown_and_made_harmless(roadmap: Roadmap, ana_client: Client) -> None:
    notes = (
        "# Head\n\n**bold** <script>alert(1)</script> <b onclick=x>\n\n[bad](javascript:alert(1)) "
        "[good](https://example.org/) ![pixel](https://example.org/p.gif)\n"
    )
    milestone = milestone_of(roadmap)
    ana_client.post(reverse("milestone-notes", args=[milestone.pk]), {"text": notes, "seen": ""})
    text = page_of(ana_client.get(milestone.get_absolute_url()))
    shown = text[text.index('class="prose notes"') :].split("</div>")[0]
    assert "<strong>bold</strong>" in shown
    assert '<a href="https://example.org/" rel="nofollow ugc noopener">good</a>' in shown
    for harmful in ("<script", "<b ", "<img", 'href="javascript'):
        assert harmful not in shown


def test_notes_are_never_on_the_mentors_page(roadmap: Roadmap, ana_client: Client) -> None:
    milestone, link = milestone_of(roadmap), make_link(roadmap)
    ana_client.post(reverse("milestone-notes", args=[milestone.pk]), {"text": "Secret thoughts", "seen": ""})
    assert "Secret thoughts" in page_of(ana_client.get(milestone.get_absolute_url()))
    for address in (reverse("shared", args=[token_of(link)]), reverse("link-preview", args=[link.pk])):
        assert "Secret thoughts" not in page_of(ana_client.get(address))
    assert "Secret thoughts" not in page_of(Client().get(reverse("shared", args=[token_of(link)])))


# The roadmap as a whole


def test_an_archived_roadmap_moves_to_the_end_of_the_list_and_back(roadmap: Roadmap, ana_client: Client) -> None:
    address = reverse("roadmap-archive", args=[roadmap.pk])
    assert "Archive this roadmap?" in text_of(ana_client.get(address))
    response = ana_client.post(address, {"archived": "on"}, follow=True)
    text = text_of(response)
    assert "Archived." in text
    assert text.index("Archived", text.index("My roadmaps")) < text.index(roadmap.title)
    assert "Take it back from the archive?" in text_of(ana_client.get(address))
    first = Roadmap.objects.get(pk=roadmap.pk).archived_at
    ana_client.post(address, {"archived": "on"})
    assert Roadmap.objects.get(pk=roadmap.pk).archived_at == first is not None
    response = ana_client.post(address, {"archived": "off"})
    assert response["Location"] == roadmap.get_absolute_url()
    assert Roadmap.objects.get(pk=roadmap.pk).archived_at is None


def test_deleting_says_what_is_lost_and_loses_nothing_else(walked: Roadmap, ana: User, ana_client: Client) -> None:
    other, link = make_roadmap(ana), make_link(walked)
    make_link(walked, revoked_at=timezone.now())
    address = reverse("roadmap-delete", args=[walked.pk])
    text = text_of(ana_client.get(address))
    for lost in ("2 milestones", "1 ticked item,", "your notes on 1 milestone", "1 open link,"):
        assert lost in text, lost
    assert Roadmap.objects.count() == 2
    others = rows_of(other)
    response = ana_client.post(address, follow=True)
    assert response.redirect_chain == [(reverse("roadmaps"), 302)]
    assert "The roadmap is deleted." in text_of(response)
    assert rows_of(other) == others
    for model in (Phase, Milestone, ChecklistItem, Event, ShareLink):
        assert not model.objects.filter(roadmap=walked.pk).exists()
    assert Client().get(reverse("shared", args=[token_of(link)])).status_code == 404
    assert ana_client.post(address).status_code == 404


def test_the_list_shows_ones_own_roadmaps_with_their_progress(
    roadmap: Roadmap, ana: User, ana_client: Client, ben: User
) -> None:
    make_roadmap(ana, title="Older", at=LONG_AGO)
    make_roadmap(ben, title="Somebody else's")
    item_of(roadmap).tick(at=LONG_AGO)
    text = text_of(ana_client.get(reverse("roadmaps")))
    assert text.index(roadmap.title) < text.index("Older")
    assert "1 of 6 items" in text
    assert "0 of 6 items" in text
    assert "Somebody else's" not in text


def test_the_empty_list_says_how_to_begin(ana_client: Client) -> None:
    response = ana_client.get(reverse("roadmaps"))
    assert "There is no roadmap yet." in text_of(response)
    assert f'href="{reverse("roadmap-new")}"' in page_of(response)


def test_home_is_the_only_roadmap_or_the_list(ana: User, ana_client: Client) -> None:
    assert ana_client.get(reverse("home"))["Location"] == reverse("roadmaps")
    first = make_roadmap(ana)
    assert ana_client.get(reverse("home"))["Location"] == first.get_absolute_url()
    second = make_roadmap(ana)
    assert ana_client.get(reverse("home"))["Location"] == reverse("roadmaps")
    second.archive(at=LONG_AGO)
    assert ana_client.get(reverse("home"))["Location"] == first.get_absolute_url()


def test_the_language_switch_shows_the_roadmap_in_the_other_language(roadmap: Roadmap, ana_client: Client) -> None:
    address = milestone_of(roadmap).get_absolute_url()
    changes.add_item(milestone_of(roadmap), "My own words", at=timezone.now())
    english = page_of(ana_client.get(address))
    response = ana_client.post(reverse("preferences-display"), {"language": "ko", "next": address}, follow=True)
    korean = page_of(response)
    assert response.redirect_chain == [(address, 302)]
    assert '<html lang="ko"' in korean
    for en, ko in (
        ("Milestone 1", "이정표 1"),
        ("Item 1.1", "할 일 1.1"),
        ("Phase 1", "단계 1"),
        ("Outcome 1", "결과 1"),
    ):
        assert en in english
        assert ko not in english
        assert ko in korean
        assert en not in korean
    assert "My own words" in english
    assert "My own words" in korean


def test_a_milestone_comes_alone_for_htmx(roadmap: Roadmap, ana_client: Client) -> None:
    address = milestone_of(roadmap, 2).get_absolute_url()
    alone, page = page_of(ana_client.get(address, headers=HTMX)), page_of(ana_client.get(address))
    assert "<html" not in alone
    assert alone.strip().startswith('<section id="panel"')
    assert 'id="route"' not in alone
    for text in (alone, page):
        assert "Item 2.1" in text
        assert "Item 1.1" not in text
        assert "data-focus" in text
    assert page.count("<h1>") == 1


def test_the_roadmap_opens_on_what_is_now(ana: User, ana_client: Client) -> None:
    roadmap = make_roadmap(ana, starts_on=timezone.localdate() - timedelta(days=20))
    item_of(roadmap, "1.1").tick(at=LONG_AGO)
    ChecklistItem.objects.filter(milestone=milestone_of(roadmap)).update(done_at=LONG_AGO)
    text = page_of(ana_client.get(roadmap.get_absolute_url()))
    assert "Item 2.1" in text
    assert "Item 1.1" not in text


# A page that the browser has already


def test_a_page_that_did_not_change_is_not_sent_again(roadmap: Roadmap, ana_client: Client) -> None:
    etag = etag_of(roadmap, ana_client)
    again = ana_client.get(roadmap.get_absolute_url(), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in again["Cache-Control"]


def etag_of(roadmap: Roadmap, client: Client) -> str:
    """The tag of a page that the browser keeps; the visit before it set the cookie that its forms go with."""
    client.get(roadmap.get_absolute_url())
    response = client.get(roadmap.get_absolute_url())
    assert response.status_code == 200
    return response["ETag"]


@pytest.mark.parametrize("kind", [*CHANGES, *ADDS])
def test_every_change_makes_the_page_a_new_one(walked: Roadmap, ana_client: Client, kind: str) -> None:
    etag = etag_of(walked, ana_client)
    {**CHANGES, **ADDS}[kind](ana_client, walked)
    ana_client.get(reverse("roadmaps"))  # Shows what there is to say.
    response = ana_client.get(walked.get_absolute_url(), headers={"If-None-Match": etag})
    assert response.status_code == 200
    undone = ana_client.post(reverse("roadmap-undo", args=[walked.pk]), {"event": walked.events.get().pk})
    assert undone.status_code == 302
    again = ana_client.get(walked.get_absolute_url(), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 200


def test_somebody_else_in_the_same_browser_gets_a_page_of_their_own(
    roadmap: Roadmap, ana_client: Client, ben: User
) -> None:
    etag = etag_of(roadmap, ana_client)
    ana_client.force_login(ben)
    response = ana_client.get(roadmap.get_absolute_url(), headers={"If-None-Match": etag})
    assert response.status_code == 404


@pytest.mark.parametrize("switch", [{"language": "ko"}, {"theme": "dark"}])
def test_another_language_or_theme_is_another_page(
    roadmap: Roadmap, ana_client: Client, switch: dict[str, str]
) -> None:
    etag = etag_of(roadmap, ana_client)
    ana_client.post(reverse("preferences-display"), switch)
    assert ana_client.get(roadmap.get_absolute_url(), headers={"If-None-Match": etag}).status_code == 200


# Now and next, by the day


DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("today", "done", "skipped", "state"),
    [
        (date(2026, 3, 1), 0, False, "todo"),
        (date(2026, 3, 1), 1, False, "doing"),
        (date(2026, 3, 2), 0, False, "doing"),
        (date(2026, 3, 15), 2, False, "doing"),
        (date(2026, 3, 16), 2, False, "late"),
        (date(2026, 3, 16), 3, False, "done"),
        (date(2026, 3, 1), 3, False, "done"),
        (date(2026, 3, 16), 2, True, "skipped"),
        (date(2026, 3, 16), 3, True, "skipped"),
    ],
)
def test_where_a_milestone_stands(*, today: date, done: int, skipped: bool, state: str) -> None:
    days = {"starts_on": DAY, "ends_on": DAY + timedelta(days=13)}
    assert state_of(**days, done=done, total=3, skipped=skipped, today=today) == state


def test_a_milestone_without_items_is_never_done() -> None:
    days = {"starts_on": DAY, "ends_on": DAY}
    found = [state_of(**days, done=0, total=0, skipped=False, today=DAY + timedelta(days=n)) for n in (-1, 0, 1)]
    assert found == ["todo", "doing", "late"]


def titles(stops: tuple[Stop, ...]) -> list[str]:
    return [stop.title.removeprefix("Milestone ") for stop in stops]


def told(route: Route) -> tuple[list[str], list[str]]:
    return titles(route.now), titles(route.next)


@pytest.mark.parametrize(
    ("today", "now", "following"),
    [
        (DAY - timedelta(days=60), ["1"], ["2", "3", "4"]),  # Long before: the first that waits.
        (DAY, ["1"], ["2", "3", "4"]),
        (DAY + timedelta(days=7), ["1"], ["2", "3", "4"]),
        (DAY + timedelta(days=8), ["1", "2"], ["3", "4", "5"]),  # The second starts within the week.
        (DAY + timedelta(days=14), ["1", "2"], ["3", "4", "5"]),  # The first is late now.
        (DAY + timedelta(days=60), ["1", "2", "3"], ["4", "5", "6"]),  # No more than three at once.
    ],
)
def test_now_is_late_or_starts_within_the_week_and_next_follows(
    ana: User, today: date, now: list[str], following: list[str]
) -> None:
    roadmap = make_roadmap(ana, milestones=7, starts_on=DAY)
    assert told(route_of(roadmap, today=today)) == (now, following)


def test_what_is_done_or_skipped_is_neither_now_nor_next(ana: User) -> None:
    roadmap = make_roadmap(ana, milestones=4, starts_on=DAY)
    milestone_of(roadmap, 2).skip(at=LONG_AGO)
    ChecklistItem.objects.filter(milestone=milestone_of(roadmap)).update(done_at=LONG_AGO)
    assert told(route_of(roadmap, today=DAY)) == (["3"], ["4"])
    ChecklistItem.objects.filter(roadmap=roadmap).update(done_at=LONG_AGO)
    assert told(route_of(roadmap, today=DAY)) == ([], [])


def test_what_is_late_comes_first_and_companions_last(ana: User) -> None:
    roadmap = make_roadmap(ana, milestones=3, starts_on=DAY)
    companion = milestone_of(roadmap, 1)
    Milestone.objects.filter(pk=companion.pk).update(companion=True, ends_on=DAY + timedelta(days=400))
    assert titles(route_of(roadmap, today=DAY + timedelta(days=30)).now) == ["2", "3", "1"]


@pytest.mark.parametrize(("language", "words"), [("en", "after the deadline"), ("ko", "마감일 이후")])
def test_what_ends_after_the_deadline_is_marked(ana: User, ana_client: Client, language: str, words: str) -> None:
    User.objects.filter(pk=ana.pk).update(language=language)
    day = timezone.localdate()
    roadmap = make_roadmap(ana, starts_on=day, deadline_on=day + timedelta(days=20))
    late = [stop.after_deadline for stretch in route_of(roadmap, today=day).stretches for stop in stretch.stops]
    assert late == [False, True]
    assert text_of(ana_client.get(roadmap.get_absolute_url())).count(words) == 1
    mentor = Client(headers={"Accept-Language": language})
    assert text_of(mentor.get(reverse("shared", args=[token_of(make_link(roadmap))]))).count(words) == 1


def test_a_route_speaks_the_readers_language(roadmap: Roadmap) -> None:
    with translation.override("ko"):
        assert titles(route_of(roadmap, today=DAY).now) == ["이정표 1"]


def test_what_the_catalogue_does_not_know_any_more_is_left_out(ana: User, ana_client: Client) -> None:
    roadmap = make_roadmap(ana, situation="long-gone", goal="long-gone", role_mix={"gone": 10})
    reason = {
        "closes": [{"skill": "gone", "from": 0, "to": 1, "roles": ["gone"]}],
        "unlocks": ["gone"],
        "proves": "gone",
    }
    Milestone.objects.filter(roadmap=roadmap).update(reason=reason, resources=["gone"], competency="gone")
    response = ana_client.get(roadmap.get_absolute_url())
    assert response.status_code == 200
    assert ana_client.get(reverse("shared", args=[token_of(make_link(roadmap))])).status_code == 200
    assert current_catalogue().roles.keys() != {"gone"}


# What stands between backticks


def test_code_in_a_title_is_shown_as_code_wherever_the_title_stands(roadmap: Roadmap, ana_client: Client) -> None:
    milestone = milestone_of(roadmap)
    Milestone.objects.filter(pk=milestone.pk).update(title_en="Read `argparse`")
    pages = [
        ana_client.get(roadmap.get_absolute_url()),
        ana_client.get(milestone.get_absolute_url()),
        ana_client.get(reverse("milestone-notes", args=[milestone.pk])),
        ana_client.get(reverse("milestone-edit", args=[milestone.pk])),
        ana_client.get(reverse("item-edit", args=[item_of(roadmap).pk])),
        ana_client.post(reverse("item-add", args=[milestone.pk]), {"text": ""}),
        Client().get(reverse("shared", args=[token_of(make_link(roadmap))])),
    ]
    for page in map(page_of, pages):
        assert "Read <code>argparse</code>" in page
        assert re.findall(r"[^\"]Read `argparse`", page.split("<main")[1]) == []
