"""Nothing about one field is in the code: with the pack of another, every page speaks of that one alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from assessments.questionnaire import questionnaire
from content.addresses import address_of
from content.catalogue import current_catalogue
from content.rows.loading import load_pack
from content.views.languages import LISTS
from tests.packs import BAKING

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FOREIGN = re.compile(
    "deep.?learning|machine.?learning|kaggle|arxiv|github|researcher|딥러닝|캐글|깃허브|연구자", re.IGNORECASE
)
ENTRIES = ("roles", "competencies", "activities", "milestones", "questions")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_speaks_of_the_field_of_the_pack_alone(language: str) -> None:
    load_pack(BAKING, at=datetime(2100, 1, 1, tzinfo=UTC))
    catalogue = current_catalogue()
    with translation.override(language):
        entries = [entry for kind in ENTRIES for entry in catalogue.by_id[kind].values() if not entry.retired]
        addresses = [*map(address_of, entries), *map(reverse, set(LISTS) - {"content-changes"})]
    # The changelog tells for ever what was taken out.
    asked = questionnaire(current_catalogue()).by_name.values()
    addresses += [reverse("assessment-ask", args=[question.kind, question.key]) for question in asked]
    client = Client(headers={"Accept-Language": language})
    answers = {question.name: question.options[-1].value for question in asked}
    result = client.post("/assessment/whole/", {**answers, "finish": "on"})["Location"]
    addresses += ["/assessment/", "/assessment/whole/", "/assessment/history/", result]
    for address in [*addresses, "/", "/example/", "/roadmaps/new/", f"/{language}/search/", "/accounts/signup/"]:
        response = client.get(address)
        assert response.status_code == 200, address
        page = response.content.decode()
        found = FOREIGN.search(page)
        assert found is None, f"{address}: …{page[max(0, found.start() - 80) : found.end() + 40]}"
    front = client.get("/").content.decode()
    assert str(getattr(catalogue.content.pack.name, language)) in front
    assert all(getattr(role.name, language) in front for role in catalogue.by_id["roles"].values() if not role.retired)  # type: ignore[attr-defined]
