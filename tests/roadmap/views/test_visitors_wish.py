"""What a visitor wished for waits until they have an account, and becomes theirs once."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from roadmap.models import Roadmap
from roadmap.responses.new_roadmaps import PENDING
from tests import PASSWORD
from tests.factories import MIX
from tests.reading import page_of
from tests.roadmap.views.wishes import sign_up, values

pytestmark = pytest.mark.django_db


def test_a_visitors_wish_survives_signing_up_and_becomes_theirs_once(visitor: Client) -> None:
    response = visitor.post(reverse("roadmap-new"), values(hours_per_week=17))
    assert response["Location"] == f"{reverse('account_signup')}?next={reverse('roadmap-keep')}"
    assert not Roadmap.objects.exists()
    response = sign_up(visitor, response["Location"])
    roadmap = Roadmap.objects.get()
    assert response.redirect_chain[-1] == (roadmap.get_absolute_url(), 302)
    assert roadmap.owner.email == "new@example.org"
    assert (roadmap.hours_per_week, roadmap.role_mix) == (17, MIX)
    for _ in range(2):
        assert visitor.get(reverse("roadmap-keep"))["Location"] == roadmap.get_absolute_url()
    assert Roadmap.objects.count() == 1
    assert PENDING not in visitor.session


def test_a_visitors_wish_survives_signing_in(visitor: Client, ana: User) -> None:
    response = visitor.post(reverse("roadmap-new"), values())
    page = page_of(visitor.get(response["Location"]))
    link = re.search(r'href="(/accounts/login/[^"]*)"', page[page.index("<main") :])
    assert link
    sent = {"login": "ana@example.org", "password": PASSWORD, "next": reverse("roadmap-keep")}
    assert "next=" in link[1]
    response = visitor.post(unescape(link[1]), sent, follow=True)
    assert Roadmap.objects.get().owner == ana
    assert response.redirect_chain[-1][0] == Roadmap.objects.get().get_absolute_url()


def test_the_last_wish_of_a_visitor_counts(visitor: Client) -> None:
    visitor.post(reverse("roadmap-new"), values(hours_per_week=5))
    response = visitor.post(reverse("roadmap-new"), values(hours_per_week=6))
    sign_up(visitor, response["Location"])
    assert Roadmap.objects.get().hours_per_week == 6


def test_a_visitors_wish_is_nobody_elses(visitor: Client, ana_client: Client) -> None:
    visitor.post(reverse("roadmap-new"), values())
    assert ana_client.get(reverse("roadmap-keep"))["Location"] == reverse("home")
    assert not Roadmap.objects.exists()


@pytest.mark.parametrize(
    "older",
    [
        {"situation": "gone"},
        {"goal": "gone"},
        {"target_class": 9},
        {"role_mix": {"gone": 10}},
        {"role_mix": {**MIX, "researcher": 9}},
        {"levels": {"gone": 1}},
        {"levels": {}},
        {"no_longer": "a field"},
        {"starts_on": "yesterday"},
    ],
)
def test_a_wish_of_an_older_catalogue_leads_home_and_is_forgotten(
    visitor: Client, ana: User, older: dict[str, Any]
) -> None:
    visitor.post(reverse("roadmap-new"), values())
    session = visitor.session
    session[PENDING] = {**session[PENDING], **older}
    session.save()
    visitor.force_login(ana)
    assert PENDING in visitor.session
    response = visitor.get(reverse("roadmap-keep"))
    assert (response.status_code, response["Location"]) == (302, reverse("home"))
    assert not Roadmap.objects.exists()
    assert PENDING not in visitor.session
