"""Whose an assessment is: a visitor's, theirs once they signed up, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment
from tests import PASSWORD
from tests.assessments.questions import address, step, stored
from tests.sheets import middle, post_sheet, sheet

pytestmark = pytest.mark.django_db


def test_a_visitors_answers_become_theirs_on_signing_up(client: Client) -> None:
    made = post_sheet(client, sheet(middle))
    client.post(address(step(0)), {"answer": step(0).options[1].value})
    client.post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD})
    person = User.objects.get(email="new@example.org")
    assert {each.owner for each in Assessment.objects.all()} == {person}
    assert client.get(made.get_absolute_url()).status_code == 200


def test_of_two_answers_to_one_question_the_later_one_stays_on_signing_in(ana: User) -> None:
    first, second, third = step(0), step(1), step(2)
    mine = Client()
    mine.post("/accounts/login/", {"login": ana.email, "password": PASSWORD})
    for question in (first, second):
        mine.post(address(question), {"answer": question.options[0].value})
    visitor = Client()
    for question in (second, third):
        visitor.post(address(question), {"answer": question.options[1].value})
    visitor.post("/accounts/login/", {"login": ana.email, "password": PASSWORD})
    assert stored(first) == [first.options[0].value]
    assert stored(second) == [second.options[1].value]
    assert stored(third) == [third.options[1].value]
    assert Assessment.objects.get().owner == ana


def test_nobody_sees_anothers_result(ana_client: Client, ben_client: Client, client: Client) -> None:
    made = post_sheet(ana_client, sheet(middle))
    visited = post_sheet(client, sheet(middle))
    for path in (made.get_absolute_url(), f"{made.get_absolute_url()}delete/"):
        assert ben_client.get(path).status_code == 404
        assert client.get(path).status_code == 404
        assert ana_client.get(path).status_code == 200
    assert ana_client.get(visited.get_absolute_url()).status_code == 404
    assert Client().get(visited.get_absolute_url()).status_code == 404


def test_what_visitors_abandoned_is_pruned_and_nothing_else(ana_client: Client, client: Client) -> None:
    post_sheet(ana_client, sheet(middle))
    post_sheet(client, sheet(middle))
    long_ago = timezone.now() - timedelta(days=31)
    Assessment.objects.update(touched_at=long_ago)
    Client().post(address(step(0)), {"answer": step(0).options[0].value})
    left = list(Assessment.objects.values_list("owner", flat=True))
    assert sorted(owner > 0 for owner in left) == [False, True]
    assert Assessment.objects.abandoned(timezone.now()).count() == 0


def test_deleting_says_what_is_lost_and_deletes(ana_client: Client) -> None:
    made = post_sheet(ana_client, sheet(middle))
    assert "cannot be undone" in ana_client.get(f"{made.get_absolute_url()}delete/").content.decode()
    ana_client.post(f"{made.get_absolute_url()}delete/")
    assert not Assessment.objects.exists()
