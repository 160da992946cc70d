"""What an edit changed, and that the files and an edit do not undo each other unseen."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from content import models
from content.admin.differences import differences
from tests.content.admin.editing import edit, form_of, milestone
from tests.packs import BAKING, copy_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_history_shows_before_and_after_in_both_languages(edna: Client) -> None:
    row = milestone()
    edit(edna, row, title_en="Look first", title_ko="먼저 보기")
    edit(edna, row, hours="17")
    page = edna.get(form_of(row).replace("/change/", "/history/")).content.decode()
    for text in ("Edna", "Looking at data before modelling", "Look first", "먼저 보기", "Hours"):
        assert text in re.sub(r"</?(?:del|ins)>", "", page)
    assert page.index(">Hours<") < page.index(">Title<")
    index = edna.get(reverse("admin:index")).content.decode()
    assert "/admin/entry/milestones/first-data-look/?history" in index
    listed = edna.get(reverse("admin:content_edit_changelist")).content.decode()
    assert "first-data-look" in listed


def test_the_history_of_an_edit_is_that_of_its_entry(edna: Client) -> None:
    row = milestone()
    edit(edna, row, hours="17")
    made = models.Edit.objects.get()
    assert edna.get(form_of(made)).status_code == 200
    answer = edna.get(form_of(made).replace("/change/", "/history/"), follow=True)
    assert answer.redirect_chain[-1][0] == form_of(row).replace("/change/", "/history/")
    assert edna.get(form_of(made).replace(f"/{made.pk}/change/", "/0/history/")).status_code == 404


def test_differences_name_both_languages_and_only_what_differs() -> None:
    before = {
        "title": {"ko": "가 나", "en": "a b"},
        "hours": 3,
        "checklist": [{"id": "x", "text": {"ko": "1", "en": "1"}}],
    }
    after = {
        **before,
        "title": {"ko": "가 나", "en": "a c"},
        "checklist": [{"id": "x", "text": {"ko": "2", "en": "1"}}],
    }
    found = differences(before, after)
    assert [each.path for each in found] == [("title",), ("checklist", "x", "text")]
    assert found[0].texts[1].before == ((False, "a "), (True, "b"))
    assert differences(before, before) == []
    assert {each.path[0] for each in differences(None, after)} == {"title", "hours", "checklist"}


@pytest.fixture
def loaded(tmp_path: Path) -> Callable[[], Path]:
    """A copy of the small pack, loaded."""

    def load() -> Path:
        folder = copy_of(BAKING, tmp_path / "baking")
        call_command("load_pack", folder, stdout=StringIO())
        return folder

    return load


def test_an_edit_is_written_into_the_files_and_never_undone_unseen(
    edna: Client, loaded: Callable[[], Path], tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = loaded()
    assert edit(edna, models.Goal.objects.get(key="a-job"), name_en="A post").status_code == 302
    call_command("load_pack", folder, stdout=StringIO())
    assert models.Goal.objects.get(key="a-job").name_en == "A post"  # type: ignore[attr-defined]
    goals = folder / "goals.yaml"
    goals.write_text(goals.read_text().replace("A job", "Employment"))
    with pytest.raises(CommandError, match="edits would be undone"):
        call_command("load_pack", folder, stdout=StringIO())
    settings.CONTENT_PACK = str(folder)
    out, err = StringIO(), StringIO()
    call_command("prepare", "--no-static", stdout=out, stderr=err)
    assert "goes on with the catalogue" in err.getvalue()
    assert models.Goal.objects.get(key="a-job").name_en == "A post"  # type: ignore[attr-defined]
    assert Client().get("/en/roles/").status_code == 200
    said = StringIO()
    call_command("dump_pack", folder, stdout=said)
    assert "goals.yaml" in said.getvalue()
    assert "A post" in goals.read_text()
    call_command("load_pack", folder, stdout=StringIO())
