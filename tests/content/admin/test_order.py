"""An entry is moved among those of its file."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from content import models
from content.catalogue import current_catalogue
from content.edits import KIND_OF
from content.rows.loading import refresh_digest
from tests.conftest import signed_in
from tests.content.admin.editing import edit, errors_of, filled, form_of, refused, told
from tests.packs import copy_of, files_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def order_of(model: Any) -> list[str]:
    """The ids of a kind as the pages have them."""
    return [entry.id for entry in current_catalogue().content.entries[KIND_OF[model]]]


def moves() -> list[tuple[str, str, Any, Any]]:
    """Every edit that tells of a place: the entry, who, from where to where."""
    found = models.Edit.objects.order_by("pk")
    return [
        (each.key, each.by.name if each.by else "", (each.before or {}).get("place"), each.after.get("place"))
        for each in found
    ]


def test_a_move_is_on_the_pages_at_once_and_in_the_history(edna: Client, baking: Path) -> None:
    keys = order_of(models.Role)
    assert len(keys) > 2
    row, last = models.Role.objects.get(key=keys[0]), len(keys)
    page = edna.get(form_of(row))
    assert page.context["adminform"].form["place"].value() == 1
    assert edit(edna, row, place=str(last)).status_code == 302
    assert order_of(models.Role) == [*keys[1:], keys[0]]
    assert list(models.Role.objects.values_list("position", flat=True)) == list(range(last))
    assert moves() == [(keys[0], "Edna", 1, last)]
    text = edna.get(form_of(row).replace("/change/", "/history/")).content.decode()
    assert "Place in the order" in text
    assert f'<del>1</del></td>\n                <td class="after"><ins>{last}</ins>' in text
    listed = edna.get(reverse("admin:content_role_changelist")).content.decode()
    assert re.findall(r'class="field-place">(\d+)', listed) == [str(n + 1) for n in range(last)]
    assert edit(edna, row, place="1", name_en="Moved and renamed").status_code == 302
    assert order_of(models.Role) == keys
    assert [path for path, _ in told(models.Edit.objects.all()[0])] == ["Name", "Place in the order"]


def test_an_entry_moves_within_its_file_and_the_others_keep_their_places(edna: Client, baking: Path) -> None:
    first, *_others, last = models.Question.objects.order_by("position")
    models.Question.objects.filter(pk=first.pk).update(file=last.file)
    refresh_digest()
    keys = order_of(models.Question)
    files = dict(models.Question.objects.values_list("key", "file"))
    file = last.file
    own = [key for key in keys if files[key] == file]
    assert 1 < len(own) < len(keys)
    row = models.Question.objects.get(key=own[-1])
    assert edit(edna, row, place="1").status_code == 302
    assert order_of(models.Question) == [*(k for k in keys if files[k] != file), own[-1], *own[:-1]]
    assert list(models.Question.objects.order_by("position").values_list("key", flat=True)) == order_of(models.Question)
    for wrong in ("0", str(len(own) + 1), "", "x"):
        assert set(errors_of(edit(edna, row, place=wrong))) == {"place"}


def test_a_move_that_breaks_a_rule_is_told_and_undone(edna: Client, baking: Path) -> None:
    needed = models.MilestoneTemplate.objects.exclude(requires=None).order_by("-phase__position")[0]
    row = needed.phase
    keys = order_of(models.Phase)
    assert keys.index(row.key) > 0
    said = refused(edna, row, place="1")
    assert any("stands in a later phase" in reason for reason in said[""])
    assert order_of(models.Phase) == keys


def test_nobody_moves_an_entry_back_unseen(edna: Client, ben: User, baking: Path) -> None:
    keys = order_of(models.Role)
    row = models.Role.objects.get(key=keys[0])
    mine, renamed = (filled(edna.get(form_of(row))) for _ in range(2))
    User.objects.filter(pk=ben.pk).update(is_staff=True, is_superuser=True)
    assert edit(signed_in(ben), row, place="2").status_code == 302
    assert edna.post(form_of(row), {**renamed, "name_en": "Another name"}).status_code == 302
    assert order_of(models.Role).index(row.key) == 1
    mine["_seen"] = mine["_seen"].replace(mine["_seen"].partition(".")[0], edna_sees(edna, row))
    response = edna.post(form_of(row), {**mine, "name_en": "Another name", "place": str(len(keys))})
    assert "stands at place 2" in errors_of(response)["place"][0]
    again = {**filled(response), "place": str(len(keys))}
    assert edna.post(form_of(row), again).status_code == 302
    assert order_of(models.Role)[-1] == row.key
    assert [each[1:] for each in moves()] == [("Ben", 1, 2), ("Edna", None, None), ("Edna", 2, len(keys))]


def edna_sees(client: Client, row: Any) -> str:
    """What the entry says now, in short, as its form has it."""
    return str(client.get(form_of(row)).context["seen"]).partition(".")[0]


def test_the_order_outlasts_the_files_and_is_never_undone_unseen(edna: Client, baking: Path, tmp_path: Path) -> None:
    folder = copy_of(baking, tmp_path / "baking")
    keys = order_of(models.Role)
    assert edit(edna, models.Role.objects.get(key=keys[0]), place=str(len(keys))).status_code == 302
    moved = [*keys[1:], keys[0]]
    call_command("load_pack", folder, stdout=StringIO())
    assert order_of(models.Role) == moved
    goals = folder / "goals.yaml"
    old = goals.read_text()
    goals.write_text(old.replace("A job", "Employment"))
    with pytest.raises(CommandError, match="edits would be undone") as caught:
        call_command("load_pack", folder, stdout=StringIO())
    assert f"roles: {keys[0]}: place" in str(caught.value)
    assert order_of(models.Role) == moved
    goals.write_text(old)
    call_command("dump_pack", folder, stdout=StringIO())
    assert [entry["id"] for entry in files_of(folder)["roles.yaml"]] == moved
    goals.write_text(goals.read_text().replace("A job", "Employment"))
    call_command("load_pack", folder, stdout=StringIO())
    assert order_of(models.Role) == moved
