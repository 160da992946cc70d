"""How much a page asks of the database: as often for a large roadmap as for a small one, and by an index alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import SentForm, User
from content.models import Activity, Competency, MilestoneTemplate
from roadmap.models import ChecklistItem, Event, Milestone, Phase, Roadmap, ShareLink
from roadmap.models.event import Kind
from tests.factories import item_of, make_link, make_roadmap, milestone_of, token_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
SIZES = {
    "small": {"milestones": 1, "items": 1},
    "many items": {"milestones": 1, "items": 30},
    "many": {"milestones": 40},
}
PEOPLES = {model._meta.db_table for model in (Roadmap, Phase, Milestone, ChecklistItem, Event, SentForm, ShareLink)}

Ask = Callable[[Client, Roadmap], Any]


def shared(client: Client, roadmap: Roadmap) -> Any:
    client.cookies.clear()  # A mentor is nobody's account.
    return client.get(reverse("shared", args=[token_of(roadmap.share_links.get())]))


def tick(client: Client, roadmap: Roadmap) -> Any:
    return client.post(reverse("item-tick", args=[item_of(roadmap).pk]), {"done": "on"}, headers=HTMX)


# Every request for something on a roadmap.
ASKS: dict[str, Ask] = {
    "roadmap": lambda client, roadmap: client.get(roadmap.get_absolute_url()),
    "milestone": lambda client, roadmap: client.get(milestone_of(roadmap).get_absolute_url()),
    "panel": lambda client, roadmap: client.get(milestone_of(roadmap).get_absolute_url(), headers=HTMX),
    "tick": tick,
    "plain tick": lambda client, roadmap: client.post(reverse("item-tick", args=[item_of(roadmap).pk]), {"done": "on"}),
    "rename": lambda client, roadmap: client.post(
        reverse("item-edit", args=[item_of(roadmap).pk]), {"text": "Another", "seen": "Item 1.1"}, headers=HTMX
    ),
    "skip": lambda client, roadmap: client.post(
        reverse("milestone-skip", args=[milestone_of(roadmap).pk]), {"skipped": "on"}, headers=HTMX
    ),
    "add an item": lambda client, roadmap: client.post(
        reverse("item-add", args=[milestone_of(roadmap).pk]),
        {"text": "Another", "csrfmiddlewaretoken": "a" * 64},
        headers=HTMX,
    ),
    "undo": lambda client, roadmap: client.post(
        reverse("roadmap-undo", args=[roadmap.pk]), {"event": roadmap.events.get().pk}, headers=HTMX
    ),
    "add a milestone": lambda client, roadmap: client.get(reverse("milestone-add", args=[roadmap.pk])),
    "share": lambda client, roadmap: client.get(reverse("roadmap-share", args=[roadmap.pk])),
    "delete": lambda client, roadmap: client.get(reverse("roadmap-delete", args=[roadmap.pk])),
    "mentor": shared,
    "preview": lambda client, roadmap: client.get(reverse("link-preview", args=[roadmap.share_links.get().pk])),
    "list": lambda client, roadmap: client.get(reverse("roadmaps")),
}


def prepared(owner: User, *, milestones: int = 2, items: int = 3, phases: int = 1) -> Roadmap:
    """A roadmap with a link, and with a change that can be undone."""
    roadmap = make_roadmap(owner, milestones=milestones, items=items, phases=phases)
    make_link(roadmap)
    Event.objects.create(
        roadmap=roadmap,
        owner=owner,
        milestone=milestone_of(roadmap),
        kind=Kind.MILESTONE_RENAMED,
        at=timezone.now(),
        before={"title_ko": "옛 이정표", "title_en": "Old milestone"},
        after={"title_ko": "이정표 1", "title_en": "Milestone 1"},
    )
    return roadmap


class Asking(Client):
    """A client that notes what its last request asked of the database."""

    asked: list[str]

    def request(self, **request: Any) -> Any:
        with CaptureQueriesContext(connection) as found:
            response = super().request(**request)
        self.asked = [query["sql"] for query in found.captured_queries]
        return response


def queries_of(ask: Ask, person: Client, roadmap: Roadmap) -> list[str]:
    """What one request of that person's asks."""
    client = Asking()
    client.cookies.load({name: cookie.value for name, cookie in person.cookies.items()})
    response = ask(client, roadmap)
    assert response.status_code in {200, 302}
    assert "login" not in response.headers.get("Location", "")
    return client.asked


@pytest.mark.parametrize("name", ASKS)
def test_a_large_roadmap_asks_as_often_as_a_small_one(ana: User, ana_client: Client, name: str) -> None:
    ana_client.get(reverse("roles"))  # The catalogue is read once per process.
    ana_client.get(reverse("roadmap-new"))
    asked = {}
    for size, numbers in SIZES.items():
        roadmap = prepared(ana, **numbers)
        asked[size] = queries_of(ASKS[name], ana_client, roadmap)
        roadmap.delete()
    counts = {size: len(queries) for size, queries in asked.items()}
    assert len(set(counts.values())) == 1, (counts, asked)


def test_thirty_roadmaps_are_listed_with_as_many_queries_as_one(ana: User, ana_client: Client) -> None:
    ana_client.get(reverse("roadmaps"))
    make_roadmap(ana)
    one = queries_of(ASKS["list"], ana_client, Roadmap.objects.get())
    for _ in range(29):
        make_roadmap(ana)
    many = queries_of(ASKS["list"], ana_client, Roadmap.objects.all()[0])
    assert len(one) == len(many)


def test_thirty_links_are_listed_with_as_many_queries_as_one(ana: User, ana_client: Client) -> None:
    roadmap = make_roadmap(ana)
    make_link(roadmap)
    one = queries_of(ASKS["share"], ana_client, roadmap)
    for _ in range(29):
        make_link(roadmap)
    assert len(queries_of(ASKS["share"], ana_client, roadmap)) == len(one)


CATALOGUE = ["roles", "competencies", "activities", "classes", "sources", "front", "example", "roadmap-new"]


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_catalogues_pages_ask_the_same_again(name: str) -> None:
    client = Client()
    client.get(reverse(name))
    counts = set()
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(name)).status_code == 200
        counts.add(len(found))
    assert len(counts) == 1


def test_a_competencys_page_asks_as_often_whatever_it_has() -> None:
    counts = {}
    for key in Competency.objects.values_list("key", flat=True):
        with CaptureQueriesContext(connection) as found:
            assert Client().get(reverse("competency", args=[key])).status_code == 200
        counts[key] = len(found)
    milestones = {MilestoneTemplate.objects.filter(competency__key=key).count() for key in counts}
    assert len(milestones) > 1
    assert max(counts.values()) - min(counts.values()) <= 1, counts  # Sources that nobody has are not fetched again.


def test_an_activitys_page_asks_as_often_whatever_it_has() -> None:
    counts = {}
    for key in Activity.objects.values_list("key", flat=True):
        with CaptureQueriesContext(connection) as found:
            assert Client().get(reverse("activity", args=[key])).status_code == 200
        counts[key] = len(found)
    assert max(counts.values()) - min(counts.values()) <= 1, counts


def test_the_catalogues_lists_do_not_grow_with_what_they_list() -> None:
    """Half of the catalogue asks as often as all of it."""
    names = ["roles", "competencies", "activities", "classes", "sources"]

    def counts() -> list[int]:
        found = []
        for name in names:
            with CaptureQueriesContext(connection) as asked:
                assert Client().get(reverse(name)).status_code == 200
            found.append(len(asked))
        return found

    whole = counts()
    for model in (Competency, Activity):
        kept = list(model._default_manager.values_list("pk", flat=True))[::2]
        model._default_manager.exclude(pk__in=kept).update(retired=True)
    assert counts() == whole


# By an index alone


@pytest.fixture
def crowd(ana: User) -> Roadmap:
    """Ana's roadmap among those of two hundred other people, as PostgreSQL's planner knows them."""
    if connection.vendor == "postgresql":
        people = User.objects.bulk_create(User(email=f"person-{number}@example.org") for number in range(200))
        fill(people[0], timezone.now())
        give_the_same_to(people[1:], people[0])
        assert ChecklistItem.objects.count() == Event.objects.count() == 200 * 20 * 6
    roadmap = prepared(ana, milestones=20, items=6, phases=4)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return roadmap


def fill(person: User, now: datetime) -> None:
    """A roadmap of somebody's, with a history, two links and the forms of a day."""
    roadmap = make_roadmap(person, milestones=20, items=6, phases=4)
    items = ChecklistItem.objects.filter(roadmap=roadmap).select_related("milestone")
    Event.objects.bulk_create(
        Event(
            roadmap=roadmap,
            owner=person,
            milestone=item.milestone,
            item=item,
            kind=Kind.ITEM_DONE,
            at=now - timedelta(days=number),
        )
        for number, item in enumerate(items)
    )
    for _ in range(2):
        make_link(roadmap)
    SentForm.objects.bulk_create(
        SentForm(owner=person, digest=f"{person.pk} {number}", made=number, at=now) for number in range(20)
    )


def give_the_same_to(people: list[User], giver: User) -> None:
    """A copy of all that the giver has for each of them, by one query for each table."""
    models = (Roadmap, Phase, Milestone, ChecklistItem, Event, SentForm, ShareLink)
    for model in models:
        values = {field.column: f't."{field.column}"' for field in model._meta.concrete_fields}
        for field in model._meta.concrete_fields:
            if field.primary_key or field.related_model in models:
                values[field.column] += " + 1000000 * person.number"
        values["owner_id"] = "person.id"
        if model in {ShareLink, SentForm}:
            values["digest"] = "md5(t.digest || ' of ' || person.id)"
        columns = ", ".join(f'"{column}"' for column in values)
        with connection.cursor() as cursor:
            cursor.execute(
                f"""INSERT INTO {model._meta.db_table} ({columns}) SELECT {", ".join(values.values())}
                FROM {model._meta.db_table} t, unnest(%s) WITH ORDINALITY person(id, number)
                WHERE t.owner_id = %s ORDER BY person.number, t.id""",
                [[person.pk for person in people], giver.pk],
            )


def explained(queries: list[str]) -> list[str]:
    """PostgreSQL's plan of each query that touches people's tables."""
    plans = []
    with connection.cursor() as cursor:
        for sql in queries:
            kind = sql.split(maxsplit=1)[0]
            if kind in {"SELECT", "UPDATE", "INSERT", "DELETE", "WITH"} and any(name in sql for name in PEOPLES):
                cursor.execute(f"EXPLAIN {sql}")
                plan = "\n".join(line for (line,) in cursor.fetchall())
                plans.append(f"{sql}\n{plan}")
    return plans


def scans(plans: list[str]) -> list[str]:
    """The plans that read a whole table of people's."""
    return [plan for plan in plans if re.search(rf"Seq Scan on ({'|'.join(PEOPLES)})\b", plan)]


@pytest.mark.parametrize("vendor", [connection.vendor])
def test_no_request_reads_a_whole_table_of_peoples(ana: User, ana_client: Client, crowd: Roadmap, vendor: str) -> None:
    """On SQLite there is nothing to explain: a tick and a page are asked for there by the tests above."""
    asked: dict[str, list[str]] = {}
    for name, ask in ASKS.items():
        asked[name] = queries_of(ask, ana_client, crowd)
        crowd.delete()
        crowd = prepared(ana, milestones=20, items=6, phases=4)
    if vendor == "postgresql":
        plans = {name: explained(queries) for name, queries in asked.items()}
        assert all(plans[name] for name in ASKS)
        found = {name: scans(each) for name, each in plans.items() if scans(each)}
        assert not found, "\n\n".join(plan for each in found.values() for plan in each)


@pytest.mark.parametrize("vendor", [connection.vendor])
def test_a_query_without_an_index_would_be_noticed(crowd: Roadmap, vendor: str) -> None:
    if vendor == "postgresql":
        table = ChecklistItem._meta.db_table
        assert scans(explained([f"SELECT * FROM \"{table}\" WHERE text_en = 'Item 1.1'"]))
