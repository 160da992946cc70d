"""The route: where a milestone stands by the day, what is now, and what is next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from content.catalogue import current_catalogue
from roadmap.models import ChecklistItem, Milestone, Roadmap
from roadmap.pages.route import Route, Stop, route_of, state_of
from tests.factories import make_link, make_roadmap, milestone_of, token_of
from tests.moments import LONG_AGO
from tests.reading import text_of

pytestmark = pytest.mark.django_db

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
        (DAY + timedelta(days=60), ["1", "2", "3", "4", "5"], ["6", "7"]),  # All that has begun.
        (DAY + timedelta(days=90), ["1", "2", "3", "4", "5"], []),  # No more than five; what is late is never next.
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


def test_what_has_begun_comes_before_what_starts_soon(ana: User) -> None:
    roadmap = make_roadmap(ana, milestones=4, starts_on=DAY)
    for number, (starts, ends) in enumerate([(2, 4), (3, 5), (5, 6), (0, 56)], 1):
        Milestone.objects.filter(pk=milestone_of(roadmap, number).pk).update(
            starts_on=DAY + timedelta(days=starts), ends_on=DAY + timedelta(days=ends)
        )
    assert told(route_of(roadmap, today=DAY)) == (["4", "1", "2"], ["3"])
