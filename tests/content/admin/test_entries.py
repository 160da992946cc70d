"""An entry is edited, added and retired, and never deleted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from content import models
from content.catalogue import current_catalogue
from content.edits import KIND_OF
from content.pack.changes import PACK
from content.rows.loading import refresh_digest
from content.rows.reading import content_after, stored_content
from tests import PASSWORD
from tests.conftest import signed_in
from tests.content.admin.editing import ENTRIES, edit, errors_of, filled, form_of, milestone, new_form, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model._meta.model_name)
def test_saving_without_a_change_changes_nothing(model: Any, edna: Client) -> None:
    before = current_catalogue()
    for row in model._default_manager.order_by("position")[:1]:
        response = edit(edna, row)
        assert response.status_code == 302, errors_of(response)
    assert not models.Edit.objects.exists()
    assert current_catalogue().digest == before.digest


@pytest.mark.parametrize("model", [*ENTRIES, models.Pack], ids=lambda model: model._meta.model_name)
def test_what_an_edit_leaves_alone_need_not_be_read_again(model: Any, baking: Path) -> None:
    before, kind = current_catalogue().content, KIND_OF.get(model, PACK)
    last = model._default_manager.latest("loaded_at" if kind == PACK else "position")
    text = next(name for name in ("name_en", "title_en", "title", "question_en", "reason_en") if hasattr(last, name))
    changed = {text: "Another"} | ({} if kind == PACK else {"file": f"{kind}/last.yaml"})
    model._default_manager.filter(pk=last.pk).update(**changed)
    after = content_after(before, kind)
    assert after == stored_content()
    assert after != before


def test_a_new_title_is_on_the_public_page_at_once(edna: Client) -> None:
    row, reader = milestone(), Client()
    public = "/en/milestones/first-data-look/"
    assert "Looking at data" in reader.get(public).content.decode()
    response = edit(edna, row, title_en="Look before you model")
    assert response.status_code == 302
    assert "Look before you model" in reader.get(public).content.decode()
    (made,) = models.Edit.objects.all()
    assert made.before is not None
    assert (made.kind, made.key, made.by) == ("milestones", "first-data-look", User.objects.get())
    assert made.before["title"]["en"] == "Looking at data before modelling"
    assert made.after == {**made.before, "title": {**made.before["title"], "en": "Look before you model"}}


def test_lines_end_as_in_a_file(edna: Client) -> None:
    row = models.Goal.objects.get(key="employment")
    assert edit(edna, row, advice_en="One.\r\n\r\nTwo.\r\n").status_code == 302
    row.refresh_from_db()
    assert row.advice_en == "One.\n\nTwo."  # type: ignore[attr-defined]


def test_a_character_that_no_file_holds_is_told_at_its_field(edna: Client) -> None:
    assert set(errors_of(edit(edna, milestone(), title_en="a\x0bb"))) == {"title_en"}


def test_aliases_are_typed_one_in_each_line(edna: Client) -> None:
    row = milestone()
    assert edit(edna, row, aliases=" 데이터  보기\r\n\r\nEDA\r\n").status_code == 302
    row.refresh_from_db()
    assert row.aliases == ["데이터 보기", "EDA"]
    assert edna.get(form_of(row)).context["adminform"].form["aliases"].value() == "데이터 보기\nEDA"
    (hit, *_others) = Client().get("/ko/search/", {"q": "데이터보기"}).context["rows"]
    assert hit.address.endswith("/milestones/first-data-look/")
    ((path, _texts),) = told(models.Edit.objects.get())
    assert path == "Also called"
    assert edit(edna, row, aliases="").status_code == 302
    row.refresh_from_db()
    assert row.aliases == []


def test_an_alias_that_leads_nowhere_new_is_told_at_its_field_and_stays_typed(edna: Client) -> None:
    assert refused(edna, milestone(), aliases="EDA\ne.d.a\nE D A") == {
        "aliases": ["'E D A' is the same as e.d.a, as the search reads it"]
    }
    assert refused(edna, milestone(), aliases="x" * 61) == {"aliases": ["at most 60 characters"]}
    assert refused(edna, milestone(), aliases="a\x0bb") == {
        "aliases": ["There is a character in it that no text can hold."]
    }


def test_an_id_is_given_once(edna: Client) -> None:
    row = milestone()
    edit(edna, row, key="another-id")
    row.refresh_from_db()
    assert row.key == "first-data-look"
    item = row.checklist.all()[0]
    edit(edna, row, **{"checklist-0-key": "another"})
    item.refresh_from_db()
    assert item.key == "choose-a-table"


def test_nothing_is_deleted(edna: Client) -> None:
    row = milestone()
    assert edna.post(form_of(row).replace("/change/", "/delete/"), {"post": "yes"}).status_code == 403
    edit(edna, row, **{"checklist-0-DELETE": "on"})
    assert row.checklist.filter(key="choose-a-table", retired=False).exists()
    address = reverse("admin:content_milestonetemplate_changelist")
    edna.post(address, {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"})
    assert milestone() == row


def test_an_entry_is_retired_and_its_readers_are_led_on(edna: Client) -> None:
    resource = models.Resource.objects.order_by("position")[0]
    for linked in (resource.milestones, resource.skills):
        linked.clear()
    refresh_digest()
    other = models.Resource.objects.exclude(pk=resource.pk).order_by("position")[0]
    response = edit(edna, resource, retired="on", replaced_by=other.key)
    assert response.status_code == 302, errors_of(response)
    resource.refresh_from_db()
    assert (resource.retired, resource.replaced_by) == (True, other.key)


def test_a_usual_level_of_a_situation_is_a_field(edna: Client) -> None:
    row = models.Situation.objects.order_by("position")[0]
    assert edit(edna, row, levels_mathematics="3").status_code == 302
    row.refresh_from_db()
    assert row.levels["mathematics"] == 3


def test_a_usual_level_of_a_skill_of_a_situation_is_a_field_that_may_stay_open(edna: Client) -> None:
    row = models.Situation.objects.get(key="field-expert")
    before = dict(row.skills)
    assert "domain-data" in before
    assert edit(edna, row, **{"skills_domain-data": "", "skills_serving": "0"}).status_code == 302
    row.refresh_from_db()
    assert row.skills == {**{key: level for key, level in before.items() if key != "domain-data"}, "serving": 0}


def test_a_new_entry_stands_last_in_the_file_of_its_kin(edna: Client) -> None:
    competency = models.Competency.objects.get(key="tools")
    address = new_form(models.Resource)
    sent = {
        **filled(edna.get(address)),
        "key": "a-new-tool",
        "title": "A new tool",
        "url": "https://example.org/tool",
        "kind": "tool",
        "language": "en",
        "cost": "free",
        "skills": [competency.skills.all()[0].pk],
        "note_ko": "좋아요.",
        "note_en": "It is good.",
    }
    response = edna.post(address, sent)
    assert response.status_code == 302, errors_of(response)
    row = models.Resource.objects.get(key="a-new-tool")
    assert row.file == "resources/tools.yaml"
    assert row.position == models.Resource.objects.count() - 1
    assert models.Edit.objects.get().before is None


def test_a_scale_step_is_an_edit_of_the_pack(edna: Client) -> None:
    row = models.ScaleStep.objects.get(level=0)
    assert edit(edna, row, meaning_en="Not yet met.").status_code == 302
    made = models.Edit.objects.get()
    assert (made.kind, made.after["scale"][0]["meaning"]["en"]) == (PACK, "Not yet met.")
    assert set(errors_of(edit(edna, row, meaning_ko=""))) == {"meaning_ko"}


def test_the_vocabulary_is_an_edit_of_the_pack_and_held_to_its_rules(edna: Client) -> None:
    pack = models.Pack.objects.get()
    assert edit(edna, pack, vocabulary="").status_code == 302
    term = {"language": "ko", "use": "테스트", "instead_of": ["시험"], "except": ["시험 기간"]}
    assert edit(edna, pack, vocabulary=json.dumps([term])).status_code == 302
    pack.refresh_from_db()
    assert pack.vocabulary == [term]
    wrong = json.dumps([{**term, "except": ["기간"]}])
    assert errors_of(edit(edna, pack, vocabulary=wrong)) == {
        "vocabulary": ["'기간' holds no word that is replaced here, or nothing else"]
    }
    assert "vocabulary" in errors_of(edit(edna, pack, vocabulary="[{"))
    assert {path for path, _texts in told(models.Edit.objects.latest("pk"))} == {
        f"Vocabulary › 1 › {name}" for name in ("Language", "What is said", "What is not said", "Except in")
    }
    assert edit(edna, pack, vocabulary="").status_code == 302
    pack.refresh_from_db()
    assert pack.vocabulary == []


def test_what_a_class_needs_is_edited_and_held_to_its_rules(edna: Client) -> None:
    number = {3: 1, 2: 2, 1: 2}
    rows = {n: models.EngineerClass.objects.get(number=n) for n in number}
    assert {n: row.needs["deep-learning"] for n, row in rows.items()} == number
    assert edit(edna, rows[1], **{"needs_deep-learning": "3", "needs_mathematics": "2"}).status_code == 302
    rows[1].refresh_from_db()
    assert rows[1].needs == {"mathematics": 2, "deep-learning": 3, "tools": 1}
    assert "class 2 needs more of" in str(errors_of(edit(edna, rows[1], **{"needs_deep-learning": ""})))


def test_no_two_editors_overwrite_each_other_unseen(edna: Client, ben: User) -> None:
    row = milestone()
    mine = filled(edna.get(form_of(row)))
    User.objects.filter(pk=ben.pk).update(is_staff=True, is_superuser=True)
    assert edit(signed_in(ben), row, title_en="Ben's").status_code == 302
    response = edna.post(form_of(row), {**mine, "title_en": "Edna's"})
    assert "Ben" in errors_of(response)[""][0]
    assert milestone().title_en == "Ben's"  # type: ignore[attr-defined]
    again = {**filled(response), "title_en": "Edna's"}
    assert edna.post(form_of(row), again).status_code == 302
    assert milestone().title_en == "Edna's"  # type: ignore[attr-defined]


def test_what_was_typed_while_the_session_ended_is_in_the_form_again(editor: User, baking: Path) -> None:
    goal, client, ours = models.Goal.objects.order_by("position")[0], signed_in(editor), {"Origin": "http://testserver"}
    typed = {**filled(client.get(form_of(goal))), "name_en": "Typed, not saved"}
    out = Client()
    asked = out.post(form_of(goal), typed, headers=ours)
    assert asked["Location"] == f"{reverse('account_login')}?next={form_of(goal)}"
    page = out.post(asked["Location"], {"login": editor.email, "password": PASSWORD}, follow=True)
    assert "You signed in again" in page.content.decode()
    assert {**filled(page), "csrfmiddlewaretoken": ""} == {**typed, "csrfmiddlewaretoken": ""}
    assert not models.Edit.objects.exists()
    assert models.Goal.objects.get(pk=goal.pk).name_en == goal.name_en  # type: ignore[attr-defined]
    assert out.post(form_of(goal), filled(page)).status_code == 302
    assert models.Goal.objects.get(pk=goal.pk).name_en == "Typed, not saved"  # type: ignore[attr-defined]


def test_a_new_entry_with_parts_that_was_typed_is_in_its_form_again(editor: User, baking: Path) -> None:
    client, out, ours = signed_in(editor), Client(enforce_csrf_checks=True), {"Origin": "http://testserver"}
    empty = filled(client.get(new_form(models.Choice)))
    typed = {
        **empty,
        "key": "typed-anew",
        "options-TOTAL_FORMS": "3",
        "options-0-key": "first",
        "options-0-text_en": "One",
    }
    out.force_login(editor)
    assert out.post(new_form(models.Choice), typed, headers=ours)["Location"] == new_form(models.Choice)
    assert filled(out.get(new_form(models.Choice))) == typed
    assert not models.Choice.objects.filter(key="typed-anew").exists()


def test_a_milestone_is_bound_to_weeks_and_freed(edna: Client) -> None:
    row, reader = milestone("kaggle-in-earnest"), Client()
    public = {"en": "at least 14 weeks", "ko": "적어도 14주"}
    assert edit(edna, row).status_code == 302
    assert not models.Edit.objects.exists()
    assert edit(edna, row, weeks_at_least="14").status_code == 302
    for language, said in public.items():
        assert said in reader.get(f"/{language}/milestones/{row.key}/").content.decode()
    assert milestone(row.key).weeks == {"at_least": 14}
    assert edit(edna, row, weeks_at_least="", weeks_exactly="13", hours_a_week="8").status_code == 302
    assert (milestone(row.key).weeks, milestone(row.key).hours_a_week) == ({"exactly": 13}, 8)
    assert edit(edna, row, weeks_exactly="", hours_a_week="").status_code == 302
    assert (milestone(row.key).weeks, milestone(row.key).hours_a_week) == (None, None)


def test_weeks_are_either_at_least_or_exactly_so_many(edna: Client) -> None:
    row = milestone()
    assert refused(edna, row, weeks_at_least="2", weeks_exactly="3") == {
        "": ["Weeks: either at least or exactly so many weeks"]
    }
    assert refused(edna, row, weeks_at_least="0") == {"weeks_at_least": ["at least 1"]}
