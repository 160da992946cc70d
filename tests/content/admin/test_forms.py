"""What a form costs, and that the admin's own scripts find on it what they look for."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.db.models import Count
from django.template import Context
from django.template.loader_tags import IncludeNode
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import SafeString
from playwright.sync_api import expect

from content import models
from content.rows.loading import refresh_digest
from tests.browser import Pages, Server, sign_up
from tests.content.admin.editing import form_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def longest(db: None) -> models.MilestoneTemplate:
    """The milestone with the longest checklist."""
    return models.MilestoneTemplate.objects.annotate(items=Count("checklist")).latest("items")


def test_a_form_is_drawn_with_a_dozen_includes_whatever_it_holds(
    edna: Client, longest: models.MilestoneTemplate, monkeypatch: pytest.MonkeyPatch
) -> None:
    included: list[IncludeNode] = []
    include = IncludeNode.render

    def counted(node: IncludeNode, context: Context) -> SafeString:
        included.append(node)
        return include(node, context)

    monkeypatch.setattr(IncludeNode, "render", counted)
    edna.get(form_of(longest))
    many = len(included)
    longest.checklist.filter(position__gte=3).delete()
    refresh_digest()
    included.clear()
    edna.get(form_of(longest))
    assert 0 < len(included) == many <= 12


def test_a_form_asks_as_often_for_many_parts_as_for_few(edna: Client, longest: models.MilestoneTemplate) -> None:
    asked = set()
    skills = models.Skill.objects.exclude(raised_by__milestone=longest).order_by("position")
    for count in (0, 10):
        for skill in skills[:count]:
            longest.raises.create(skill=skill, level=1)
        refresh_digest()
        edna.get(form_of(longest))
        with CaptureQueriesContext(connection) as queries:
            page = edna.get(form_of(longest)).content.decode()
        assert page.count('-skill" ') > count
        asked.add(len(queries))
    assert len(asked) == 1


@pytest.mark.browser
def test_rows_are_added_and_entries_chosen_by_the_admins_scripts(new_page: Pages, server: Server) -> None:
    page = new_page()
    server.manage("editor", sign_up(page))
    page.goto("/admin/entry/milestones/paper-reproduction/")
    rows = page.locator("#raises-group tr.form-row:not(.empty-form)")
    before = rows.count()
    page.locator("#raises-group .add-row a").click()
    expect(rows).to_have_count(before + 1)
    added = page.locator(f"#id_raises-{before}-skill")
    assert added.locator("option").count() == page.locator("#id_raises-__prefix__-skill option").count() > 5
    added.select_option(index=1)
    way = page.locator(f"#change_id_raises-{before}-skill")
    expect(way).to_have_attribute("href", re.compile("/skill/[0-9]+/change/"))
    rows.last.locator(".inline-deletelink").click()
    expect(rows).to_have_count(before)

    chosen = page.locator("#id_requires_to option")
    count = chosen.count()
    name = page.locator("#id_requires_from option").first.inner_text()
    page.locator("#id_requires_from").select_option(index=0)
    page.locator("#id_requires_add").click()
    expect(page.locator("#id_requires_to")).to_contain_text(name)
    assert chosen.count() == count + 1
    page.goto("/admin/entry/choices/free-saturday/")
    options = page.locator("#options-group .inline-related:not(.empty-form)")
    before = options.count()
    page.locator("#options-group .add-row a").click()
    expect(options).to_have_count(before + 1)
    assert new_page.problems == []
