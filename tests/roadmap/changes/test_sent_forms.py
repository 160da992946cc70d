"""A form makes one thing, however often it is sent: by a double click, or again after an answer that was lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import SentForm, User
from assessments.questionnaire import questionnaire
from content.catalogue import current_catalogue
from roadmap.models import ChecklistItem, Milestone, Roadmap, ShareLink
from tests.factories import make_roadmap, milestone_of
from tests.reading import HTMX
from tests.visitor import TODAY, WISH

DRAWN, DRAWN_ANEW = "a" * 64, "b" * 64
"""The tokens that two drawn forms have."""


@pytest.fixture
def roadmap(ana: User) -> Roadmap:
    """What Ana puts things on."""
    current_catalogue()
    return make_roadmap(ana)


def own_milestone(roadmap: Roadmap) -> dict[str, Any]:
    return {
        "title": "A reading group",
        "phase": milestone_of(roadmap).phase_id,
        "items": "Meet once",
        "hours": "5",
        "starts_on": TODAY,
        "ends_on": TODAY,
    }


MAKES: dict[str, tuple[type[Model], Callable[[Roadmap], str], Callable[[Roadmap], dict[str, Any]]]] = {
    "a roadmap": (Roadmap, lambda _: reverse("roadmap-new"), lambda _: WISH),
    "the example": (Roadmap, lambda _: reverse("example"), lambda _: {}),
    "a milestone": (Milestone, lambda roadmap: reverse("milestone-add", args=[roadmap.pk]), own_milestone),
    "an item": (
        ChecklistItem,
        lambda roadmap: reverse("item-add", args=[milestone_of(roadmap).pk]),
        lambda _: {"text": "Read one paper"},
    ),
    "a link": (
        ShareLink,
        lambda roadmap: reverse("roadmap-share", args=[roadmap.pk]),
        lambda _: {"label": "Professor Kim", "owner_name": "Ana", "days": "30"},
    ),
}


@pytest.mark.parametrize("made", MAKES)
def test_a_form_that_is_sent_twice_makes_one_and_leads_to_it_both_times(
    roadmap: Roadmap, ana_client: Client, made: str
) -> None:
    model, address, values = MAKES[made]
    before = model._default_manager.count()
    form = {**values(roadmap), "csrfmiddlewaretoken": DRAWN}
    first, second = (ana_client.post(address(roadmap), form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    once = model._default_manager.count()
    assert once > before
    ana_client.post(address(roadmap), {**form, "csrfmiddlewaretoken": DRAWN_ANEW})
    assert model._default_manager.count() == once + (once - before)


def test_an_item_that_is_sent_twice_by_htmx_stands_there_once(roadmap: Roadmap, ana_client: Client) -> None:
    address = reverse("item-add", args=[milestone_of(roadmap).pk])
    form = {"text": "Read one paper", "csrfmiddlewaretoken": DRAWN}
    for _ in range(2):
        response = ana_client.post(address, form, headers=HTMX)
        assert "Read one paper" in response.content.decode()
        assert response["HX-Retarget"] == "#roadmap"
    assert milestone_of(roadmap).items.filter(text_en="Read one paper").count() == 1


def test_the_same_form_with_something_else_in_it_makes_another(roadmap: Roadmap, ana_client: Client) -> None:
    address = reverse("item-add", args=[milestone_of(roadmap).pk])
    for text in ("Read one paper", "Read two papers"):
        ana_client.post(address, {"text": text, "csrfmiddlewaretoken": DRAWN})
    assert milestone_of(roadmap).items.filter(template="").count() == 2


def test_what_was_removed_since_is_made_anew(roadmap: Roadmap, ana_client: Client) -> None:
    address = reverse("item-add", args=[milestone_of(roadmap).pk])
    form = {"text": "Read one paper", "csrfmiddlewaretoken": DRAWN}
    for number in (1, 2):
        ana_client.post(address, form)
        item = milestone_of(roadmap).items.on_checklist().get(text_en="Read one paper")
        ana_client.post(reverse("item-remove", args=[item.pk]))
        assert milestone_of(roadmap).items.filter(text_en="Read one paper").count() == number


def test_a_link_that_was_revoked_since_is_made_anew(roadmap: Roadmap, ana_client: Client) -> None:
    _model, address, values = MAKES["a link"]
    form = {**values(roadmap), "csrfmiddlewaretoken": DRAWN}
    ana_client.post(address(roadmap), form)
    first = ShareLink.objects.get()
    ana_client.post(reverse("link-revoke", args=[first.pk]))
    response = ana_client.post(address(roadmap), form)
    assert ShareLink.objects.live(timezone.now()).get() != first
    assert response["Location"].endswith(f"#link-{ShareLink.objects.live(timezone.now()).get().pk}")


def test_an_archived_roadmap_does_not_stand_for_a_new_one(ana: User, ana_client: Client) -> None:
    current_catalogue()
    form = {**WISH, "csrfmiddlewaretoken": DRAWN}
    for number in (1, 2):
        ana_client.post(reverse("roadmap-new"), form)
        assert Roadmap.objects.owned_by(ana).count() == number
        Roadmap.objects.owned_by(ana).update(archived_at=timezone.now())


@pytest.mark.parametrize(
    ("made", "limit"),
    [
        ("a milestone", "changes.limits.MAX_MILESTONES"),
        ("an item", "changes.limits.MAX_ITEMS"),
        ("a link", "sharing.links.MAX_LIVE"),
    ],
)
def test_a_form_that_made_the_last_one_allowed_may_be_sent_again(
    roadmap: Roadmap, ana_client: Client, monkeypatch: pytest.MonkeyPatch, made: str, limit: str
) -> None:
    _model, address, values = MAKES[made]
    there = {"a milestone": roadmap.milestones.count(), "an item": milestone_of(roadmap).items.count(), "a link": 0}
    monkeypatch.setattr(f"roadmap.{limit}", there[made] + 1)
    form = {**values(roadmap), "csrfmiddlewaretoken": DRAWN}
    assert [ana_client.post(address(roadmap), form).status_code for _ in range(2)] == [302, 302]
    assert ana_client.post(address(roadmap), {**form, "csrfmiddlewaretoken": DRAWN_ANEW}).status_code == 422
    assert SentForm.objects.count() == 1


def test_milestones_that_wait_for_a_roadmap_wait_until_they_are_asked_for(ana_client: Client) -> None:
    current_catalogue()
    ana_client.get(reverse("milestone-put"), {"milestone": "served-model-watched"})
    form = {**WISH, "csrfmiddlewaretoken": DRAWN}
    first, second = (ana_client.post(reverse("roadmap-new"), form)["Location"] for _ in range(2))
    assert first == second == f"{reverse('milestone-put')}?milestone=served-model-watched"


def test_somebody_elses_form_is_another_one(ana_client: Client, ben_client: Client, ana: User, ben: User) -> None:
    current_catalogue()
    for client in (ana_client, ben_client):
        client.post(reverse("roadmap-new"), {**WISH, "csrfmiddlewaretoken": DRAWN})
    assert [person.roadmaps.count() for person in (ana, ben)] == [1, 1]


def test_a_form_without_a_token_of_its_own_is_taken_as_it_comes(roadmap: Roadmap, ana_client: Client) -> None:
    address = reverse("item-add", args=[milestone_of(roadmap).pk])
    for token in ("", "a" * 32):
        for _ in range(2):
            ana_client.post(address, {"text": "Read one paper", "csrfmiddlewaretoken": token})
    assert milestone_of(roadmap).items.filter(text_en="Read one paper").count() == 4


def test_what_cannot_be_made_is_not_remembered(roadmap: Roadmap, ana_client: Client) -> None:
    address = reverse("item-add", args=[milestone_of(roadmap).pk])
    assert ana_client.post(address, {"text": "", "csrfmiddlewaretoken": DRAWN}).status_code == 422
    assert not SentForm.objects.exists()


def test_the_next_form_clears_those_of_the_day_before(
    roadmap: Roadmap, ana: User, ben: User, ana_client: Client
) -> None:
    now = timezone.now()
    for person, age in ((ana, timedelta(hours=25)), (ana, timedelta(hours=23)), (ben, timedelta(hours=25))):
        SentForm.objects.create(owner=person, digest=f"{person} {age}", made=1, at=now - age)
    address = reverse("item-add", args=[milestone_of(roadmap).pk])
    ana_client.post(address, {"text": "Read one paper", "csrfmiddlewaretoken": DRAWN})
    assert sorted(SentForm.objects.filter(owner=ana).values_list("at", flat=True))[0] > now - timedelta(hours=24)
    assert SentForm.objects.count() == 3


@pytest.mark.django_db
def test_visitors_who_never_come_back_leave_no_forms_behind() -> None:
    question = questionnaire(current_catalogue()).steps[0]
    address = reverse("assessment-ask", args=[question.kind, question.key])
    for token in (DRAWN, DRAWN_ANEW):
        Client().post(address, {"answer": question.options[0].value, "csrfmiddlewaretoken": token})
        assert SentForm.objects.count() == 1
        SentForm.objects.update(at=timezone.now() - timedelta(hours=25))


@pytest.mark.parametrize("sender", ["ana", "somebody else"])
def test_a_form_that_was_sent_before_the_upgrade_is_known_after_it(
    ana: User, ben: User, ana_client: Client, sender: str
) -> None:
    current_catalogue()
    form = {**WISH, "csrfmiddlewaretoken": DRAWN}
    made = make_roadmap(ana)
    before = sha256(f"{reverse('roadmap-new')}?{urlencode(form)}".encode()).hexdigest()
    owner = ana if sender == "ana" else ben
    SentForm.objects.create(owner=owner, digest=before, made=made.pk, at=timezone.now())
    import_module("accounts.migrations.0006_form_senders").name_the_sender(apps, None)
    response = ana_client.post(reverse("roadmap-new"), form)
    assert (response["Location"] == made.get_absolute_url()) is (sender == "ana")
    assert ana.roadmaps.count() == (1 if sender == "ana" else 2)
