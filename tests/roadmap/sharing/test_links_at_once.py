"""Many clients make links at one moment: limits hold, also beside deleting what the links would show."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import LiteralString

import pytest

from tests.at_once import CLIENTS, at_once, counted, posts
from tests.browser import Server
from tests.visitor import Answer, Visitor

THERE = 27
"""The open links of each roadmap and of each assessment before the test; three more have room."""
MAKE = """
import json
from accounts.models import User
from tests.factories import make_assessment, make_link, make_roadmap
person = User.objects.get(email="{email}")
for _ in range({wanted}):
    roadmap, assessment = make_roadmap(person, milestones=1, items=1), make_assessment(person)
    for _ in range({there}):
        make_link(roadmap)
        make_link(assessment=assessment)
    print(json.dumps([roadmap.pk, assessment.pk]))
"""
TESTS = 4
FORM = {"owner_name": "Ana", "days": "30"}


class Sharer(Visitor):
    """Somebody signed in, with roadmaps and assessments to spend."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        script = MAKE.format(email=self.sign_up(), wanted=TESTS * len(CLIENTS), there=THERE)
        lines = server.manage("shell", "--no-imports", "-c", script).splitlines()
        self.things: list[tuple[int, int]] = [tuple(json.loads(line)) for line in lines]

    def making(self, path: str, count: int, **values: str) -> list[Callable[[], Answer]]:
        """So many forms of a new link, each another one."""
        return posts(self, path, [{**FORM, **values, "label": f"Mentor {number}"} for number in range(count)])

    def deleting(self, path: str) -> list[Callable[[], Answer]]:
        """Delete something, twice."""
        return posts(self, path, [{}, {}])


@pytest.fixture(scope="module")
def sharer(server: Server) -> Sharer:
    """Somebody with a server that others use too."""
    return Sharer(server)


def open_links(server: Server, condition: LiteralString, pk: int) -> int:
    """How many links a server's database holds that meet a condition, in which `{}` stands for a primary key."""
    query: LiteralString = "SELECT COUNT(*) FROM roadmap_sharelink WHERE revoked_at IS NULL AND " + condition
    return counted(server, query, pk)


@pytest.mark.parametrize("clients", CLIENTS)
def test_a_roadmap_has_thirty_open_links_and_no_more(sharer: Sharer, clients: int) -> None:
    roadmap, _assessment = sharer.things.pop()
    path = f"/roadmaps/{roadmap}/share/"
    both = [*sharer.making(path, clients // 2), *sharer.making(path, clients // 2, with_assessment="on")]
    assert sorted(at_once(clients, *both)) == [302] * 3 + [422] * (clients - 3)
    assert open_links(sharer.server, "roadmap_id = {}", roadmap) == 30


@pytest.mark.parametrize("clients", CLIENTS)
def test_an_assessment_has_thirty_open_links_and_no_more(sharer: Sharer, clients: int) -> None:
    _roadmap, assessment = sharer.things.pop()
    made = sharer.making(f"/roadmaps/assessments/{assessment}/share/", clients)
    assert sorted(at_once(clients, *made)) == [302] * 3 + [422] * (clients - 3)
    assert open_links(sharer.server, "assessment_id = {}", assessment) == 30


@pytest.mark.parametrize("clients", CLIENTS)
def test_links_that_are_made_beside_deleting_the_roadmap_are_gone_with_it(sharer: Sharer, clients: int) -> None:
    roadmap, _assessment = sharer.things.pop()
    path = f"/roadmaps/{roadmap}/share/"
    both = [*sharer.making(path, clients // 2), *sharer.making(path, clients // 2, with_assessment="on")]
    deleting = sharer.deleting(f"/roadmaps/{roadmap}/delete/")
    assert set(at_once(clients, *both[::2], *deleting, *both[1::2])) <= {302, 404, 422}
    assert sharer.get(path).status == 404
    assert open_links(sharer.server, "roadmap_id = {}", roadmap) == 0
    assert open_links(sharer.server, "roadmap_id IS NULL AND assessment_id IS NULL AND {} > 0", roadmap) == 0


@pytest.mark.parametrize("clients", CLIENTS)
def test_links_that_are_made_beside_deleting_the_assessment_go_on_showing_the_roadmap_or_go(
    sharer: Sharer, clients: int
) -> None:
    roadmap, assessment = sharer.things.pop()
    alone = sharer.making(f"/roadmaps/assessments/{assessment}/share/", clients // 2)
    beside = sharer.making(f"/roadmaps/{roadmap}/share/", clients // 2, with_assessment="on")
    deleting = sharer.deleting(f"/assessment/{assessment}/delete/")
    assert set(at_once(clients, *alone[::2], *beside[::2], *deleting, *alone[1::2], *beside[1::2])) <= {302, 404, 422}
    assert sharer.get(f"/assessment/{assessment}/").status == 404
    assert open_links(sharer.server, "assessment_id = {}", assessment) == 0
    assert THERE <= open_links(sharer.server, "roadmap_id = {}", roadmap) <= 30
