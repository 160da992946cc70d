"""Many clients at one moment: limits hold, positions stay apart, and a roadmap that is deleted meanwhile is a 404."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import pytest

from tests.at_once import CLIENTS, at_once, counted, posts
from tests.browser import Server
from tests.visitor import TODAY, Visitor

ROOMY, ITEMS_37, ITEMS_40, MILESTONES_297 = (2, 10), (1, 37), (1, 40), (297, 1)
"""Roadmaps by their milestones, and the items in each."""
WANTED = [
    ROOMY,
    ROOMY,
    ROOMY,
    ROOMY,
    ROOMY,
    ROOMY,
    ITEMS_37,
    ITEMS_37,
    ITEMS_40,
    ITEMS_40,
    MILESTONES_297,
    MILESTONES_297,
]
MAKE = """
import json
from accounts.models import User
from roadmap.models import ChecklistItem, Milestone
from tests.factories import make_roadmap
for milestones, items in {wanted}:
    roadmap = make_roadmap(User.objects.get(email="{email}"), milestones=milestones, items=items)
    on_it = list(Milestone.objects.on(roadmap).values_list("pk", flat=True))
    ticks = list(ChecklistItem.objects.filter(roadmap=roadmap).order_by("pk").values_list("pk", flat=True))
    print(json.dumps([[milestones, items], roadmap.pk, roadmap.phases.get().pk, on_it, ticks]))
"""
TABLES = ("phase", "milestone", "checklistitem", "event", "sharelink")


@dataclass(frozen=True)
class Made:
    """A roadmap on the server, by its keys."""

    kind: tuple[int, int]
    pk: int
    phase: int
    milestones: list[int]
    items: list[int]


class Person(Visitor):
    """Somebody signed in, with roadmaps to spend."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        email = self.sign_up()
        lines = server.manage("shell", "--no-imports", "-c", MAKE.format(email=email, wanted=WANTED)).splitlines()
        self.roadmaps = [Made(tuple(kind), *rest) for kind, *rest in map(json.loads, lines)]

    def spend(self, kind: tuple[int, int]) -> Made:
        """A roadmap of that kind that no test had yet."""
        found = next(each for each in self.roadmaps if each.kind == kind)
        self.roadmaps.remove(found)
        return found


@pytest.fixture(scope="module")
def person(server: Server) -> Person:
    """Somebody with a server that others use too."""
    return Person(server)


def items_on(server: Server, made: Made) -> int:
    return counted(
        server, "SELECT COUNT(*) FROM roadmap_checklistitem WHERE roadmap_id = {} AND removed_at IS NULL", made.pk
    )


def milestones_on(server: Server, made: Made) -> int:
    return counted(
        server, "SELECT COUNT(*) FROM roadmap_milestone WHERE roadmap_id = {} AND removed_at IS NULL", made.pk
    )


@pytest.mark.parametrize("clients", CLIENTS)
def test_a_checklist_takes_forty_items_and_no_more(person: Person, clients: int) -> None:
    made = person.spend(ITEMS_37)
    path = f"/roadmaps/milestones/{made.milestones[0]}/items/add/"
    statuses = at_once(clients, *posts(person, path, [{"text": f"Item {number}"} for number in range(clients)]))
    assert sorted(statuses) == [302] * 3 + [422] * (clients - 3)
    assert items_on(person.server, made) == 40


@pytest.mark.parametrize("clients", CLIENTS)
def test_a_roadmap_takes_three_hundred_milestones_and_no_more(person: Person, clients: int) -> None:
    made = person.spend(MILESTONES_297)
    form = {"phase": str(made.phase), "items": "One", "hours": "1", "starts_on": TODAY, "ends_on": TODAY}
    forms = [{**form, "title": f"Own {number}"} for number in range(clients)]
    statuses = at_once(clients, *posts(person, f"/roadmaps/{made.pk}/milestones/add/", forms))
    assert sorted(statuses) == [302] * 3 + [422] * (clients - 3)
    assert milestones_on(person.server, made) == 300


@pytest.mark.parametrize("clients", CLIENTS)
def test_undo_beside_adding_holds_the_limit_too(person: Person, clients: int) -> None:
    made = person.spend(ITEMS_40)
    removed = []
    for item in made.items[: clients // 2]:
        person.post(f"/roadmaps/items/{item}/remove/", {})
        page = person.get(f"/roadmaps/{made.pk}/").text
        removed += re.findall(r'name="event" value="(\d+)"', page)[:1]
    assert len(set(removed)) == clients // 2
    add = f"/roadmaps/milestones/{made.milestones[0]}/items/add/"
    at_once(
        clients,
        *posts(person, add, [{"text": f"New {number}"} for number in range(clients // 2)]),
        *posts(person, f"/roadmaps/{made.pk}/undo/", [{"event": event} for event in removed]),
    )
    assert items_on(person.server, made) == 40


@pytest.mark.parametrize("clients", CLIENTS)
def test_the_same_milestones_put_at_once_are_put_once(person: Person, clients: int) -> None:
    made = person.spend(ROOMY)
    form = {"roadmap": str(made.pk), "milestone": "kaggle-first"}
    assert set(at_once(clients, *posts(person, "/roadmaps/put/", [form] * clients))) == {302}
    assert milestones_on(person.server, made) == 3


@pytest.mark.parametrize("clients", CLIENTS)
def test_a_size_that_is_chosen_many_times_at_once_brings_each_milestone_once(person: Person, clients: int) -> None:
    made = person.spend(ROOMY)
    assert set(at_once(clients, *posts(person, f"/roadmaps/{made.pk}/size/", [{"size": "essential"}] * clients))) == {
        302
    }
    of_it = "FROM roadmap_milestone WHERE roadmap_id = {} AND removed_at IS NULL AND template <> ''"
    brought = counted(person.server, f"SELECT COUNT(*) {of_it}", made.pk)
    assert brought == counted(person.server, f"SELECT COUNT(DISTINCT template) {of_it}", made.pk) > 10


@pytest.mark.parametrize("clients", CLIENTS)
def test_a_roadmap_that_is_deleted_beside_changes_is_gone_whole(person: Person, clients: int) -> None:
    made = person.spend(ROOMY)
    milestone, item = made.milestones[0], made.items[0]
    ticked = person.tick(str(made.items[-1])).text
    event = re.search(r'name="event" value="(\d+)"', ticked)
    assert event
    changes = [
        *(lambda item=item: person.tick(str(item)) for item in made.items[:5]),
        *posts(person, f"/roadmaps/milestones/{milestone}/skip/", [{"skipped": "on"}]),
        *posts(person, f"/roadmaps/milestones/{milestone}/items/add/", [{"text": "New"}] * 2),
        *posts(person, f"/roadmaps/milestones/{milestone}/notes/", [{"text": "A note", "seen": ""}]),
        *posts(person, f"/roadmaps/milestones/{made.milestones[1]}/remove/", [{}]),
        *posts(person, f"/roadmaps/items/{item}/edit/", [{"text": "Other", "seen": "Item 1.1"}]),
        *posts(person, f"/roadmaps/{made.pk}/undo/", [{"event": event[1]}]),
        *posts(person, f"/roadmaps/{made.pk}/edit/", [{"text": "Other", "seen": "Towards applied research"}]),
        *posts(person, "/roadmaps/put/", [{"roadmap": str(made.pk), "milestone": "kaggle-first"}]),
        lambda: person.get(f"/roadmaps/{made.pk}/"),
    ]
    delete = posts(person, f"/roadmaps/{made.pk}/delete/", [{}])
    statuses = at_once(clients, *changes[:7], *delete, *changes[7:], *delete)
    assert set(statuses) <= {200, 302, 404}
    assert person.get(f"/roadmaps/{made.pk}/").status == 404
    for table in TABLES:
        assert counted(person.server, f"SELECT COUNT(*) FROM roadmap_{table} WHERE roadmap_id = {{}}", made.pk) == 0
