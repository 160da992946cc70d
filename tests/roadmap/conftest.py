"""Ana's roadmap, new or after a while, and her forms, with HTMX and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from roadmap.models import Milestone, Roadmap
from tests.factories import item_of, make_roadmap, milestone_of
from tests.moments import LONG_AGO
from tests.reading import HTMX
from tests.roadmap.every_change import NOTES


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


@pytest.fixture
def walked(roadmap: Roadmap) -> Roadmap:
    """The roadmap after a while: something is ticked, noted and skipped, in both languages there is a text."""
    item_of(roadmap, "1.2").tick(at=LONG_AGO)
    milestone_of(roadmap, 2).skip(at=LONG_AGO)
    Milestone.objects.filter(pk=milestone_of(roadmap).pk).update(notes=NOTES)
    return roadmap
