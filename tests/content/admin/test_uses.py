"""Where an entry is used, on its form."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from content.admin.uses import uses_of
from content.catalogue import current_catalogue
from content.pack.changes import PACK
from tests.content.admin.editing import form_of, milestone

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_form_lists_who_names_the_entry(edna: Client) -> None:
    required = milestone().unlocks.all()[0]
    page = edna.get(form_of(milestone())).content.decode()
    assert reverse("admin:entry", args=["milestones", required.key]) in page
    assert "/en/milestones/first-data-look/" in page
    assert edna.get(reverse("admin:entry", args=["milestones", required.key]))["Location"] == form_of(required)


def test_uses_are_found_in_every_field() -> None:
    content = current_catalogue().content
    found = {(use.kind, use.field) for use in uses_of(content, "roles", "engineer")}
    assert {("roles", "differs"), ("expectations", "role"), ("milestones", "roles"), (PACK, "example")} <= found
    assert ("choices", "options") in found
    rated = uses_of(content, "competencies", "mathematics")
    assert ("ratings", "competency") in {(use.kind, use.field) for use in rated}
