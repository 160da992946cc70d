"""A roadmap gets another size after it was made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from content.catalogue import Catalogue, current_catalogue
from roadmap import changes
from roadmap.changes.creating import create_from_plan
from roadmap.changes.history import undo
from roadmap.changes.sizes import differences, resize
from roadmap.models import Event, Milestone, Roadmap
from roadmap.planning.from_catalogue import plan_for
from roadmap.planning.sizes import Size
from roadmap.planning.wishes import example_wish
from tests.moments import MONDAY, NOON
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue() -> Catalogue:
    """What the plans are made from."""
    return current_catalogue()


def made(owner: User, catalogue: Catalogue, size: Size) -> Roadmap:
    wish = replace(example_wish(catalogue, today=MONDAY), size=size)
    return create_from_plan(owner, wish, plan_for(wish, catalogue), catalogue, at=NOON)


def templates(roadmap: Roadmap) -> set[str]:
    return set(Milestone.objects.on(roadmap).values_list("template", flat=True))


def planned(catalogue: Catalogue, size: Size) -> set[str]:
    wish = replace(example_wish(catalogue, today=MONDAY), size=size)
    return {planned.step.key for planned in plan_for(wish, catalogue).steps}


@pytest.mark.parametrize(
    ("before", "after"),
    [(Size.SOLID, Size.ESSENTIAL), (Size.ESSENTIAL, Size.THOROUGH), (Size.THOROUGH, Size.SOLID)],
)
def test_another_size_has_what_a_new_roadmap_of_it_would_have(
    ana: User, catalogue: Catalogue, before: Size, after: Size
) -> None:
    roadmap = made(ana, catalogue, before)
    came, went = resize(roadmap, after, catalogue, at=NOON, today=MONDAY)
    assert templates(roadmap) == planned(catalogue, after)
    assert (came, went) == (
        len(planned(catalogue, after) - planned(catalogue, before)),
        len(planned(catalogue, before) - planned(catalogue, after)),
    )
    assert Roadmap.objects.get().size == after
    again = differences(Roadmap.objects.get(), catalogue)[after]
    assert (again.missing, again.spare) == ((), ())


def test_what_was_begun_stays_and_undo_brings_back_the_rest(ana: User, catalogue: Catalogue) -> None:
    roadmap = made(ana, catalogue, Size.THOROUGH)
    whole = templates(roadmap)
    spare = differences(roadmap, catalogue)[Size.ESSENTIAL].spare
    ticked, noted, skipped, own = spare[:4]
    changes.set_done(ticked.items.all()[0], done=True, at=NOON)
    changes.write_notes(noted, "Half of it stands", seen="", at=NOON)
    changes.set_skipped(skipped, skipped=True, at=NOON)
    resize(roadmap, Size.ESSENTIAL, catalogue, at=NOON + timedelta(minutes=1), today=MONDAY)
    left = templates(roadmap)
    assert {ticked.template, noted.template, skipped.template} <= left
    assert own.template not in left
    assert len(left) == len(planned(catalogue, Size.ESSENTIAL)) + 3
    for event in Event.objects.filter(roadmap=roadmap, kind="milestone-removed").order_by("-pk"):
        undo(event, at=NOON + timedelta(minutes=2))
    assert templates(roadmap) == whole


def test_a_milestone_of_ones_own_stays_in_every_size(ana: User, catalogue: Catalogue) -> None:
    roadmap = made(ana, catalogue, Size.SOLID)
    days = {"starts_on": date(2026, 1, 5), "ends_on": date(2026, 1, 9)}
    changes.add_milestone(roadmap.phases.all()[0], "My own", ["One"], hours=5, at=NOON, **days)
    resize(roadmap, Size.ESSENTIAL, catalogue, at=NOON, today=MONDAY)
    assert Milestone.objects.on(roadmap).filter(title_en="My own").exists()


def test_the_page_says_what_would_come_and_go_and_does_it(ana_client: Client, ana: User, catalogue: Catalogue) -> None:
    roadmap = made(ana, catalogue, Size.SOLID)
    address = reverse("roadmap-size", args=[roadmap.pk])
    text = text_of(ana_client.get(address))
    assert "milestones would be added" in text
    assert "milestones would be taken off" in text
    assert "Solid chosen" in text
    response = ana_client.post(address, {"size": "thorough"})
    assert response["Location"] == roadmap.get_absolute_url()
    assert templates(roadmap) == planned(catalogue, Size.THOROUGH)
    assert "taken off: 0" in text_of(ana_client.get(roadmap.get_absolute_url()))


def test_a_size_that_is_none_changes_nothing_and_is_told(ana_client: Client, ana: User, catalogue: Catalogue) -> None:
    roadmap = made(ana, catalogue, Size.SOLID)
    before = templates(roadmap)
    response = ana_client.post(reverse("roadmap-size", args=[roadmap.pk]), {"size": "huge"})
    assert response.status_code == 422
    assert "Choose one of the sizes." in text_of(response)
    assert templates(roadmap) == before


def test_what_the_catalogue_knows_no_more_is_not_compared(ana_client: Client, ana: User, catalogue: Catalogue) -> None:
    roadmap = made(ana, catalogue, Size.SOLID)
    Roadmap.objects.update(goal="gone")
    text = text_of(ana_client.get(reverse("roadmap-size", args=[roadmap.pk])))
    assert "no longer knows" in text
    response = ana_client.post(reverse("roadmap-size", args=[roadmap.pk]), {"size": "thorough"})
    assert "no longer knows" in text_of(response)
