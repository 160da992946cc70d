"""What finished milestones prove, and where a person is asked about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from assessments.finished import SOURCES, finished_by
from assessments.proposals import proven
from content.catalogue import current_catalogue
from content.rows.loading import load_pack
from roadmap import changes
from roadmap.models import ChecklistItem, Milestone, Roadmap
from roadmap.pages.finished import finished_milestones
from tests.factories import item_of, make_link, make_roadmap, milestone_of, token_of
from tests.moments import NOON
from tests.packs import BAKING, GONE, change, copy_of
from tests.reading import HTMX

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def keys(db: None) -> list[str]:
    """The milestones of the catalogue that raise a skill."""
    return [key for key, template in current_catalogue().templates.items() if template.raises]


def finished(owner: User, keys: list[str], *, at: datetime = NOON, **fields: Any) -> Roadmap:
    """A roadmap on which these milestones are finished, with two items each; the second one `at`, the first before."""
    roadmap = make_roadmap(owner, milestones=len(keys), items=2, **fields)
    for number, key in enumerate(keys, 1):
        Milestone.objects.filter(pk=milestone_of(roadmap, number).pk).update(template=key)
    items = ChecklistItem.objects.filter(roadmap=roadmap)
    items.filter(position=0).update(done_at=at - HOUR)
    items.filter(position=1).update(done_at=at)
    return roadmap


# What counts


def test_a_finished_milestone_is_evidence_of_what_it_raises(ana: User, keys: list[str]) -> None:
    roadmap = finished(ana, keys[:2])
    found = finished_milestones(ana)
    assert [(each.key, each.title, each.at) for each in found] == [
        (keys[0], "Milestone 1", NOON),
        (keys[1], "Milestone 2", NOON),
    ]
    assert [each.raises for each in found] == [current_catalogue().templates[key].raises for key in keys[:2]]
    changes.set_archived(roadmap, archived=True, at=NOON)
    assert len(finished_milestones(ana)) == 2


def test_the_assessment_asks_here(ana: User, ben: User, keys: list[str]) -> None:
    assert SOURCES.count(finished_milestones) == 1
    finished(ana, keys[:1])
    assert [each.key for each in finished_by(ana)] == keys[:1]
    assert proven(finished_by(ana)) == current_catalogue().templates[keys[0]].raises
    assert finished_by(ben) == []


def unticked(milestone: Milestone) -> None:
    milestone.items.filter(position=0).update(done_at=None)


def without_items(milestone: Milestone) -> None:
    milestone.items.update(removed_at=NOON)


def skipped(milestone: Milestone) -> None:
    milestone.skip(at=NOON)


def removed(milestone: Milestone) -> None:
    milestone.remove(at=NOON)


def own(milestone: Milestone) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(template="")


def unknown(milestone: Milestone) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(template="of-another-pack")


@pytest.mark.parametrize("without", [unticked, without_items, skipped, removed, own, unknown])
def test_what_is_not_finished_or_not_of_the_catalogue_proves_nothing(
    ana: User, keys: list[str], without: Callable[[Milestone], None]
) -> None:
    roadmap = finished(ana, keys[:2])
    without(milestone_of(roadmap, 1))
    assert [each.key for each in finished_milestones(ana)] == [keys[1]]


def test_an_item_that_was_taken_off_the_checklist_is_not_asked_for(ana: User, keys: list[str]) -> None:
    roadmap = finished(ana, keys[:1])
    milestone = milestone_of(roadmap)
    milestone.items.filter(position=1).update(removed_at=NOON)
    assert [each.at for each in finished_milestones(ana)] == [NOON - HOUR]
    milestone.items.filter(position=1).update(done_at=None)
    assert [each.at for each in finished_milestones(ana)] == [NOON - HOUR]


def test_what_is_finished_on_two_roadmaps_counts_once_from_the_first_time(ana: User, keys: list[str]) -> None:
    finished(ana, keys[:1], at=NOON + HOUR)
    finished(ana, keys[:2], at=NOON)
    finished(ana, keys[:1], at=NOON + 2 * HOUR)
    assert [(each.key, each.at) for each in finished_milestones(ana)] == [(keys[0], NOON), (keys[1], NOON)]


def test_what_somebody_else_finished_is_nobodys(ana: User, ben: User, keys: list[str]) -> None:
    finished(ben, keys[:1])
    assert finished_milestones(ana) == []


@pytest.mark.parametrize(("language", "title"), [("ko", "이정표 1"), ("en", "Milestone 1")])
def test_it_is_called_what_the_person_calls_it_in_their_language(
    ana: User, keys: list[str], language: str, title: str
) -> None:
    finished(ana, keys[:1])
    with translation.override(language):
        assert [each.title for each in finished_milestones(ana)] == [title]


def test_a_milestone_that_left_the_catalogue_still_proves_what_it_proved(ana: User, tmp_path: Path) -> None:
    baking = copy_of(BAKING, tmp_path / "baking")
    load_pack(baking, at=NOON + timedelta(days=36500))
    raises = dict(current_catalogue().templates["sell-ten"].raises)
    finished(ana, ["sell-ten", "first-loaf"])
    change(baking, "milestones.yaml", "sell-ten", GONE)
    load_pack(baking, at=NOON + timedelta(days=36501))
    assert "sell-ten" not in current_catalogue().templates
    assert {each.key: each.raises for each in finished_milestones(ana)}["sell-ten"] == raises


def test_thirty_milestones_take_as_many_queries_as_one(ana: User, keys: list[str]) -> None:
    counts = []
    for number in (1, 30):
        finished(ana, keys[:number])
        with CaptureQueriesContext(connection) as queries:
            assert len(finished_milestones(ana)) == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Where a person is asked


@pytest.fixture
def roadmap(ana: User) -> Roadmap:
    """Ana's roadmap; its first milestone closes a gap, its second does not."""
    roadmap = make_roadmap(ana, items=2)
    skill = next(iter(current_catalogue().skills))
    closes = [{"skill": skill, "from": 0, "to": 1, "roles": []}]
    Milestone.objects.filter(pk=milestone_of(roadmap).pk).update(reason={"closes": closes})
    return roadmap


ASKED = "You finished this."


def level_line(response: Any, milestone: Milestone) -> str | None:
    """The place below the checklist, if there is one."""
    found = re.search(rf'<p id="level-{milestone.pk}"[^>]*>(.*?)</p>', response.content.decode())
    return found[1] if found else None


def tick(client: Client, item: ChecklistItem, *, done: bool = True, htmx: bool = True) -> Any:
    sent = {"done": "on" if done else "off"}
    return client.post(reverse("item-tick", args=[item.pk]), sent, headers=HTMX if htmx else {}, follow=not htmx)


@pytest.mark.parametrize("htmx", [True, False])
def test_the_tick_that_finishes_a_milestone_asks_whether_the_level_is_a_new_one(
    roadmap: Roadmap, ana_client: Client, *, htmx: bool
) -> None:
    milestone = milestone_of(roadmap)
    assert level_line(ana_client.get(milestone.get_absolute_url()), milestone) == ""
    assert level_line(tick(ana_client, item_of(roadmap, "1.1"), htmx=htmx), milestone) == ""
    line = level_line(tick(ana_client, item_of(roadmap, "1.2"), htmx=htmx), milestone)
    assert line is not None
    assert ASKED in line
    assert f'href="{reverse("assessment-levels")}"' in line
    for headers in ({}, HTMX):
        page = ana_client.get(milestone.get_absolute_url(), headers=headers)
        assert level_line(page, milestone) == line
    assert level_line(tick(ana_client, item_of(roadmap, "1.1"), done=False, htmx=htmx), milestone) == ""


def test_a_milestone_that_raises_nothing_asks_nothing(roadmap: Roadmap, ana_client: Client) -> None:
    milestone = milestone_of(roadmap, 2)
    for number in ("2.1", "2.2"):
        assert level_line(tick(ana_client, item_of(roadmap, number)), milestone) is None
    assert ASKED not in ana_client.get(milestone.get_absolute_url()).content.decode()


def test_a_skipped_milestone_asks_nothing(roadmap: Roadmap, ana_client: Client) -> None:
    milestone = milestone_of(roadmap)
    milestone.items.update(done_at=timezone.now())
    milestone.skip(at=timezone.now())
    assert level_line(ana_client.get(milestone.get_absolute_url()), milestone) == ""


def test_only_the_owner_is_asked(roadmap: Roadmap, ana_client: Client) -> None:
    milestone_of(roadmap).items.update(done_at=timezone.now())
    link = make_link(roadmap)
    assert ASKED in ana_client.get(milestone_of(roadmap).get_absolute_url()).content.decode()
    for address in (reverse("shared", args=[token_of(link)]), reverse("link-preview", args=[link.pk])):
        assert ASKED not in ana_client.get(address).content.decode()
    assert ASKED not in Client().get(reverse("example")).content.decode()


def test_asking_costs_no_query(roadmap: Roadmap, ana_client: Client) -> None:
    def queries(number: int) -> list[int]:
        page, found = milestone_of(roadmap, number).get_absolute_url(), []
        asks: list[Callable[[], Any]] = [
            lambda: ana_client.get(page),
            lambda: ana_client.get(page, headers=HTMX),
            lambda: tick(ana_client, item_of(roadmap, f"{number}.1")),
        ]
        milestone_of(roadmap, number).items.filter(position=1).update(done_at=timezone.now())
        for ask in reversed(asks):
            with CaptureQueriesContext(connection) as asked:
                assert ask().status_code == 200
            found.append(len(asked))
        return found

    ana_client.get(reverse("roadmap-new"))  # The catalogue is read once per process.
    asking, silent = queries(1), queries(2)
    assert asking == silent


def test_a_person_finds_the_level_proposed_where_the_line_leads(ana: User, ana_client: Client, keys: list[str]) -> None:
    finished(ana, keys[:1])
    page = ana_client.get(reverse("assessment-levels")).content.decode()
    skill, level = next(iter(current_catalogue().templates[keys[0]].raises.items()))
    assert f"level.{skill}.{level}" in page
    assert "Milestone 1" in page
