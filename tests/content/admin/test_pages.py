"""The pages of every kind: lists with their filters and search, forms, and who names an entry."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from content import models
from content.admin.site import MODEL_OF, site
from content.edits import KIND_OF
from content.pack import format as fmt
from content.pack.changes import PACK
from tests.content.admin.editing import ENTRIES, form_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("model", site._registry, ids=lambda model: model._meta.model_name)
def test_every_kinds_pages_open_in_both_languages(model: Any, language: str, editor: User, edna: Client) -> None:
    User.objects.filter(pk=editor.pk).update(language=language)
    address = reverse(f"admin:content_{model._meta.model_name}_changelist")
    found = edna.get(address)
    assert found.status_code == 200
    assert edna.get(address, {"q": "a"}).status_code == 200
    assert 'style="' not in found.content.decode()
    assert "<style" not in found.content.decode()
    fixed = model in {models.Pack, models.ScaleStep, models.Edit}
    assert edna.get(address + "add/").status_code == (403 if fixed else 200)
    row = model._default_manager.first()
    if row is not None:
        page = edna.get(form_of(row))
        assert page.status_code == 200
        assert 'style="' not in page.content.decode()
        assert edna.get(form_of(row).replace("/change/", "/history/")).status_code == 200
        assert edna.get(form_of(row).replace("/change/", "/delete/")).status_code == 403


def test_every_table_of_entries_can_be_edited() -> None:
    assert set(KIND_OF) <= set(site._registry)
    assert json.dumps(sorted(MODEL_OF)) == json.dumps(sorted([PACK, *fmt.KINDS]))


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model._meta.model_name)
def test_lists_are_filtered_by_everything_they_offer(model: Any, edna: Client) -> None:
    address = reverse(f"admin:content_{model._meta.model_name}_changelist")
    page = edna.get(address)
    offered = {unescape(query) for query in re.findall(r'href="(\?[^"]+)"', page.content.decode())}
    assert offered
    for query in {query.split("=")[0]: query for query in sorted(offered)}.values():
        assert edna.get(address + query).status_code == 200


def test_both_languages_and_the_id_are_searched(edna: Client) -> None:
    address = reverse("admin:content_milestonetemplate_changelist")
    for asked in ("first-data-look", "데이터를 눈으로 먼저", "Looking at data before"):
        assert "first-data-look" in edna.get(address, {"q": asked}).content.decode()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_column_is_called_the_same_in_every_table(language: str) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    with translation.override(language):
        for table in set(apps.get_app_config("content").get_models()) - {models.Edit}:
            for column in (*table._meta.fields, *table._meta.many_to_many):
                names[column.name].add(str(column.verbose_name))
    assert {name: said for name, said in names.items() if len(said) > 1} == {}
    assert {"Title (English)", "제목 (영어)"} & names["title_en"]
