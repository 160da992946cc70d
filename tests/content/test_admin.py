"""The admin: the rules of the pack, both languages, history, preview, uses, and a door for editors alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any, Literal

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from content import models
from content.admin.differences import differences
from content.admin.site import MODEL_OF, site
from content.admin.uses import uses_of
from content.catalogue import current_catalogue
from content.edits import KIND_OF
from content.pack import format as fmt
from content.pack.changes import PACK
from content.rows.loading import load_pack, refresh_digest
from content.rows.reading import content_after, stored_content
from tests import PASSWORD
from tests.browser import Pages, Server, axe, sign_up
from tests.conftest import signed_in
from tests.packs import BAKING, copy_of, files_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ENTRIES = [model for model in MODEL_OF.values() if model is not models.Pack]


@pytest.fixture
def editor(db: None) -> User:
    """Somebody who may change everything."""
    return User.objects.create_superuser("edna@example.org", PASSWORD, name="Edna", language="en")


@pytest.fixture
def edna(editor: User) -> Client:
    """The editor, signed in."""
    return signed_in(editor)


def form_of(row: Any) -> str:
    """The address of a row's form."""
    return reverse(f"admin:content_{row._meta.model_name}_change", args=[row.pk])


def new_form(model: Any) -> str:
    """The address of an empty form."""
    return reverse(f"admin:content_{model._meta.model_name}_add")


def filled(response: Any) -> dict[str, Any]:
    """What a browser would send if nothing were changed on the form."""
    forms = [response.context["adminform"].form]
    for parts in response.context["inline_admin_formsets"]:
        forms += [parts.formset.management_form, *parts.formset.forms]
    sent: dict[str, Any] = {"_seen": response.context.get("seen", "")}
    for form in forms:
        for field in form:
            value = field.value()
            if field.field.disabled or value is None or value is False:
                continue
            if isinstance(value, list | tuple):
                sent[field.html_name] = [getattr(each, "pk", each) for each in value]
            else:
                sent[field.html_name] = "on" if value is True else str(value)
    return sent


def edit(client: Client, row: Any, **changed: Any) -> Any:
    """Open the form, change some fields, save."""
    address = form_of(row)
    return client.post(address, {**filled(client.get(address)), **changed, "_continue": "1"})


def errors_of(response: Any) -> dict[str, list[str]]:
    """Every problem on a form by the name of its field; those above a form or a set have the prefix or nothing."""
    assert response.status_code == 200
    found: dict[str, list[str]] = {}
    forms = [response.context["adminform"].form]
    for parts in response.context["inline_admin_formsets"]:
        if parts.formset.non_form_errors():
            found[parts.formset.prefix] = list(parts.formset.non_form_errors())
        forms += parts.formset.forms
    for form in forms:
        for name, reasons in form.errors.items():
            found["" if name == "__all__" else form.add_prefix(name)] = list(reasons)
    return found


def milestone(key: str = "first-data-look") -> models.MilestoneTemplate:
    return models.MilestoneTemplate.objects.get(key=key)


# Pages


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


# Editing


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


def test_checklist_items_are_moved_added_and_retired(edna: Client) -> None:
    row = milestone()
    keys = list(row.checklist.values_list("key", flat=True))
    last = len(keys) - 1
    added = {
        "checklist-TOTAL_FORMS": str(len(keys) + 1),
        f"checklist-{len(keys)}-key": "write-it-down",
        f"checklist-{len(keys)}-text_ko": "적어 두기",
        f"checklist-{len(keys)}-text_en": "Write it down",
        f"checklist-{len(keys)}-milestone": row.pk,
    }
    response = edit(edna, row, **added, **{f"checklist-{last}-order": "1", "checklist-1-retired": "on"})
    assert response.status_code == 302, errors_of(response)
    expected = [keys[-1], *(key for key in keys[:-1] if key != keys[1]), "write-it-down"]
    assert list(row.checklist.filter(retired=False).values_list("key", flat=True)) == expected
    (made,) = models.Edit.objects.all()
    assert [item["id"] for item in made.after["checklist"]] == expected


def test_signals_of_a_level_are_changed_in_place(edna: Client) -> None:
    skill = models.Skill.objects.get(key="linear-algebra")
    response = edit(
        edna, skill, **{"levels-1-signal_2_en": "I can say it anew.", "levels-1-signal_2_ko": "새로 말해요."}
    )
    assert response.status_code == 302, errors_of(response)
    level = skill.levels.get(level=2)
    assert level.signals.get(position=1).text_en == "I can say it anew."  # type: ignore[attr-defined]
    assert [path for path, _ in told(models.Edit.objects.get())] == ["Levels › 2 › Signals › 2"]


def test_a_usual_level_of_a_situation_is_a_field(edna: Client) -> None:
    row = models.Situation.objects.order_by("position")[0]
    assert edit(edna, row, levels_mathematics="3").status_code == 302
    row.refresh_from_db()
    assert row.levels["mathematics"] == 3


def option_forms(client: Client, row: Any) -> dict[str, str]:
    """The prefix of each option's form by its id."""
    (options,) = client.get(form_of(row)).context["inline_admin_formsets"]
    return {form.instance.key: form.prefix for form in options.formset.forms if form.instance.pk}


def test_the_points_of_an_option_are_a_field_for_each_role(edna: Client) -> None:
    row = models.Choice.objects.order_by("position")[0]
    option = row.options.all()[0]
    prefix = option_forms(edna, row)[option.key]
    points = dict.fromkeys(models.Role.objects.current().values_list("key", flat=True), "")
    changed = {**points, **{key: str(value) for key, value in option.adds.items()}, "engineer": "2"}
    response = edit(edna, row, **{f"{prefix}-adds_{role}": value for role, value in changed.items()})
    assert response.status_code == 302, errors_of(response)
    before = option.adds
    option.refresh_from_db()
    assert option.adds == {**before, "engineer": 2}
    assert [path for path, _ in told(models.Edit.objects.get())] == [
        f"Options › {option.key} › Points for the roles › engineer"
    ]


def test_options_are_moved_added_and_taken_out(edna: Client) -> None:
    row = models.Deed.objects.order_by("position")[0]
    while row.options.count() > 4:
        row.options.last().delete()  # type: ignore[union-attr]
    refresh_digest()
    keys = list(row.options.values_list("key", flat=True))
    forms = option_forms(edna, row)
    start = forms[keys[0]].rpartition("-")[0]
    count = len(keys)
    added = {
        f"{start}-TOTAL_FORMS": str(count + 1),
        f"{start}-{count}-key": "none-of-it",
        f"{start}-{count}-text_ko": "아직 없어요.",
        f"{start}-{count}-text_en": "None of it yet.",
        f"{start}-{count}-shows": "4",
        f"{start}-{count}-order": "0",
    }
    response = edit(edna, row, **added)
    assert response.status_code == 302, errors_of(response)
    assert list(row.options.values_list("key", flat=True)) == ["none-of-it", *keys]
    response = edit(edna, row, **{f"{option_forms(edna, row)['none-of-it']}-DELETE": "on"})
    assert response.status_code == 302, errors_of(response)
    assert list(row.options.values_list("key", flat=True)) == keys
    assert list(row.options.values_list("position", flat=True)) == list(range(count))


def test_the_id_of_an_option_is_given_once(edna: Client) -> None:
    row = models.Choice.objects.order_by("position")[0]
    keys = list(row.options.values_list("key", flat=True))
    edit(edna, row, **{f"{option_forms(edna, row)[keys[0]]}-key": "another"})
    assert list(row.options.values_list("key", flat=True)) == keys


def test_a_new_choice_can_be_made(edna: Client) -> None:
    address = new_form(models.Choice)
    sent = {**filled(edna.get(address)), "key": "a-new-choice", "options-TOTAL_FORMS": "3"}
    sent |= {f"{name}_{language}": "가 a" for name in ("lead", "question") for language in ("ko", "en")}
    for number, role in enumerate(("researcher", "engineer", "domain-expert")):
        start = f"options-{number}"
        sent |= {f"{start}-key": f"o-{number}", f"{start}-text_ko": "가", f"{start}-text_en": "a"}
        sent |= {f"{start}-adds_{role}": "1"} if number else {}
    assert errors_of(edna.post(address, sent)) == {"options-0-adds_researcher": ["at least 1 are needed, there are 0"]}
    response = edna.post(address, {**sent, "options-0-adds_researcher": "3"})
    assert response.status_code == 302, errors_of(response)
    made = models.Choice.objects.get(key="a-new-choice")
    assert (made.file, made.options.get(key="o-0").adds) == ("choices.yaml", {"researcher": 3})


def test_a_rating_has_its_five_levels_and_no_other(edna: Client) -> None:
    row = models.Rating.objects.order_by("position")[0]
    page = edna.get(form_of(row))
    (levels,) = page.context["inline_admin_formsets"]
    assert [form["level"].value() for form in levels.formset.forms] == [0, 1, 2, 3, 4]
    sent = {"levels-1-level": "3", "levels-1-text_en": "I follow a recipe.", "levels-1-text_ko": "조리법을 따라 해요."}
    response = edit(edna, row, **sent)
    assert response.status_code == 302, errors_of(response)
    assert row.levels.get(level=1).text_en == "I follow a recipe."  # type: ignore[attr-defined]
    assert [path for path, _ in told(models.Edit.objects.get())] == ["Levels › 1 › Text"]
    page = edna.get(new_form(models.Rating))
    (levels,) = page.context["inline_admin_formsets"]
    assert [form["level"].value() for form in levels.formset.forms] == [0, 1, 2, 3, 4]


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


# Rules


def refused(client: Client, row: Any, **changed: Any) -> dict[str, list[str]]:
    """What is told when an edit breaks a rule; nothing may be stored."""
    digest, kept = current_catalogue().digest, {**type(row)._default_manager.filter(pk=row.pk).values()[0]}
    response = edit(client, row, **changed)
    assert current_catalogue().digest == digest
    assert type(row)._default_manager.filter(pk=row.pk).values()[0] == kept
    assert not models.Edit.objects.exists()
    page = response.context["adminform"].form
    for name, value in changed.items():
        if name in page.fields and isinstance(value, str) and value != "on":
            assert page[name].value() == value
    return errors_of(response)


def test_a_cycle_of_prerequisites_is_told_at_its_place(edna: Client) -> None:
    row = milestone()
    later = row.unlocks.all()[0]
    said = refused(edna, row, requires=[*(each.pk for each in row.requires.all()), later.pk], title_en="Kept as typed")
    assert any("a cycle of prerequisites" in reason for reasons in said.values() for reason in reasons)
    assert "requires" in said or "" in said
    assert later.pk not in row.requires.values_list("pk", flat=True)


def test_missing_korean_is_told_at_its_field(edna: Client) -> None:
    assert refused(edna, milestone(), title_ko="") == {"title_ko": ["this text is missing"]}
    assert refused(edna, milestone(), outcome_ko="", outcome_en="") == {
        "outcome_ko": ["this is missing"],
        "outcome_en": ["this is missing"],
    }


def test_missing_korean_of_a_part_is_told_at_its_field(edna: Client) -> None:
    assert refused(edna, milestone(), **{"checklist-1-text_ko": ""}) == {
        "checklist-1-text_ko": ["this text is missing"]
    }
    skill = models.Skill.objects.get(key="linear-algebra")
    changed = {
        "levels-0-signal_1_en": "",
        "levels-0-signal_1_ko": "",
        "levels-0-signal_3_ko": "",
        "levels-0-signal_6_en": "x",
    }
    said = refused(edna, skill, **changed)
    assert "levels-0-signal_3_ko" in said
    assert "levels-0-signal_6_ko" in said
    role = models.Role.objects.order_by("position")[0]
    assert refused(edna, role, **{"differences-0-text_ko": ""}) == {"differences-0-text_ko": ["this text is missing"]}


def test_an_unknown_reference_is_told_at_its_field(edna: Client) -> None:
    row = milestone()
    assert set(refused(edna, row, activity="987654")) == {"activity"}
    skill = models.MilestoneSkill.objects.filter(milestone=row)[0].skill
    said = refused(edna, skill, retired="on")
    assert any("milestones/" in reason for reason in said[""])
    assert any("/admin/entry/milestones/" in reason for reason in said[""])


def test_a_repeated_id_is_told_at_its_field(edna: Client) -> None:
    address = new_form(models.Topic)
    sent = {
        "key": models.Topic.objects.all()[0].key,
        "name_ko": "a",
        "name_en": "a",
        "summary_ko": "a",
        "summary_en": "a",
    }
    assert set(errors_of(edna.post(address, sent))) == {"key"}
    said = errors_of(edna.post(address, {**sent, "key": "Not An Id"}))
    assert set(said) == {"key"}
    assert not models.Topic.objects.filter(name_en="a").exists()  # type: ignore[misc]


def test_a_repeated_id_of_a_checklist_item_is_told(edna: Client) -> None:
    row = milestone()
    count = row.checklist.count()
    said = refused(
        edna,
        row,
        **{
            "checklist-TOTAL_FORMS": str(count + 1),
            f"checklist-{count}-key": "choose-a-table",
            f"checklist-{count}-text_ko": "가",
            f"checklist-{count}-text_en": "a",
        },
    )
    assert any("checklist" in place or place == "" for place in said)


def test_too_few_parts_are_told_at_their_list(edna: Client) -> None:
    row = milestone()
    total = row.checklist.count()
    said = refused(edna, row, **{f"checklist-{n}-retired": "on" for n in range(total)})
    assert said == {"checklist": ["at least 3 are needed, there are 0"]}


def test_a_lower_expectation_of_a_higher_class_is_told_at_its_list(edna: Client) -> None:
    row = models.Expectation.objects.filter(levels__level__gte=2).order_by("position")[0]
    page = edna.get(form_of(row))
    (levels,) = page.context["inline_admin_formsets"]
    top = next(f for f in levels.formset.forms if f.instance.engineer_class == 1 and f.instance.skill_id is None)
    assert refused(edna, row, **{f"{top.prefix}-level": "0"}) == {"levels": ["a higher class must not expect less"]}


def test_a_role_that_could_not_come_out_any_more_is_named_above_the_form(edna: Client) -> None:
    other = models.Choice.objects.order_by("position")[0]
    adds = {"engineer": 3, "researcher": 1}
    models.ChoiceOption.objects.exclude(choice=other).update(adds=adds)
    said = refused(edna, other, question_en="What now?")
    assert any("roles.yaml: researcher" in reason and "cannot come out first" in reason for reason in said[""])


def test_a_second_rating_of_a_competency_is_refused(edna: Client) -> None:
    row, other = models.Rating.objects.order_by("position")[:2]
    said = refused(edna, row, competency=str(other.competency_id))
    assert said
    assert "" in said or "competency" in said


def test_a_missing_text_of_an_answer_is_told_at_its_field(edna: Client) -> None:
    for model in (models.Choice, models.Deed):
        row = model._default_manager.order_by("position")[0]
        prefix = next(iter(option_forms(edna, row).values()))
        assert refused(edna, row, **{f"{prefix}-text_ko": ""}) == {f"{prefix}-text_ko": ["this text is missing"]}
    rating = models.Rating.objects.order_by("position")[0]
    assert refused(edna, rating, **{"levels-4-text_en": ""}) == {"levels-4-text_en": ["this text is missing"]}


def test_problems_elsewhere_are_shown_with_their_place(edna: Client) -> None:
    models.MilestoneTemplate.objects.filter(key="python-first-programs").update(replaced_by="nobody")
    refresh_digest()
    said = errors_of(edit(edna, models.Goal.objects.get(key="employment"), name_en="A job"))
    assert any(
        "python-first-programs.replaced_by" in reason and "only a retired entry" in reason for reason in said[""]
    )
    assert models.Goal.objects.get(key="employment").name_en != "A job"  # type: ignore[attr-defined]


def test_reasons_are_told_in_korean_too(editor: User, edna: Client) -> None:
    User.objects.filter(pk=editor.pk).update(language="ko")
    assert "missing" not in str(refused(edna, milestone(), title_ko=""))


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


# History, preview, uses


def told(made: models.Edit) -> list[tuple[str, Any]]:
    from content.admin.entries import told_differences

    return told_differences(made)


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


@pytest.mark.parametrize(
    ("language", "field", "text"), [("en", "title_en", "Not saved yet"), ("ko", "title_ko", "아직 저장 전")]
)
def test_a_preview_shows_the_unsaved_text_and_stores_nothing(
    edna: Client, language: str, field: str, text: str
) -> None:
    row, before = milestone(), current_catalogue().digest
    sent = {**filled(edna.get(form_of(row))), field: text, "_preview": language}
    page = edna.post(form_of(row), sent)
    assert page.status_code == 200
    assert f"<h1>{text}</h1>" in page.content.decode()
    assert f'<html lang="{language}"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert current_catalogue().digest == before
    assert not models.Edit.objects.exists()
    assert set(errors_of(edna.post(form_of(row), {**sent, "title_ko": ""}))) == {"title_ko"}


@pytest.fixture
def baking(empty_catalogue: None) -> Path:
    """The small pack, and nothing else in the catalogue."""
    load_pack(BAKING, at=timezone.now())
    return BAKING


def preview(client: Client, row: Any, language: str, **changed: str) -> str:
    """The page that readers would see, in that language; nothing may be stored for it."""
    before = current_catalogue().digest
    page = client.get(form_of(row))
    assert language in dict(page.context["preview_languages"])
    answer = client.post(form_of(row), {**filled(page), **changed, "_preview": language})
    assert answer.status_code == 200, errors_of(answer)
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    assert f'<html lang="{language}"' in text
    assert (current_catalogue().digest, models.Edit.objects.count()) == (before, 0)
    return text


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model._meta.model_name)
def test_every_entry_can_be_previewed_with_what_was_typed(edna: Client, baking: Path, model: Any) -> None:
    row = model._default_manager.order_by("position")[0]
    columns = {field.name for field in model._meta.fields}
    field = next(each for each in ("name_ko", "title_ko", "question_ko", "reason_ko", "title") if each in columns)
    assert "아직 저장 전" in preview(edna, row, "ko", **{field: "아직 저장 전"})


@pytest.mark.parametrize(("language", "other"), [("en", "ko"), ("ko", "en")])
@pytest.mark.parametrize("model", [models.Situation, models.Goal, models.Phase, models.Topic, models.Group])
def test_a_preview_of_a_heading_shows_its_words_in_one_language(
    edna: Client, baking: Path, model: Any, language: str, other: str
) -> None:
    row = model._default_manager.order_by("position")[0]
    names = [name for name in ("name", "summary", "advice") if hasattr(row, f"{name}_ko")]
    typed = {f"{name}_{code}": f"typed-{name}-{code}" for name in names for code in ("ko", "en")}
    text = preview(edna, row, language, **typed)
    heading = {models.Group: "h2", models.Situation: "b", models.Goal: "b"}.get(model, "h1")
    assert f"<{heading}>typed-name-{language}</{heading}>" in text
    for name in names:
        assert f"typed-{name}-{language}" in text
        assert f"typed-{name}-{other}" not in text


@pytest.mark.parametrize(("language", "other"), [("en", "ko"), ("ko", "en")])
@pytest.mark.parametrize(
    ("model", "option"), [(models.Choice, "options"), (models.Deed, "options"), (models.Rating, "levels")]
)
def test_a_preview_of_a_question_shows_it_as_the_assessment_asks_it_and_cannot_be_answered(
    edna: Client, baking: Path, model: Any, option: str, language: str, other: str
) -> None:
    row = model._default_manager.order_by("position")[0]
    typed = {f"{name}_{code}": f"typed-{name}-{code}" for name in ("lead", "question") for code in ("ko", "en")}
    typed |= {f"{option}-0-text_{code}": f"typed `answer` {code}" for code in ("ko", "en")}
    text = preview(edna, row, language, **typed)
    asked = text[text.index('<div class="ask') : text.index("</main>")]
    assert f'<p class="ask-lead">typed-lead-{language}</p>' in asked
    assert f"<h1>typed-question-{language}</h1>" in asked
    assert f"typed <code>answer</code> {language}" in asked
    assert asked.count('class="button answer"') == getattr(row, option).count()
    assert f" {other}<" not in asked
    assert f"-{other}<" not in asked
    assert not re.search("<(?:form|input|button|a)[ >]", asked)


def test_a_preview_of_the_pack_and_of_its_scale_shows_what_was_typed(edna: Client, baking: Path) -> None:
    step, pack = models.ScaleStep.objects.get(level=2), models.Pack.objects.get()
    assert "typed meaning" in preview(edna, step, "en", meaning_en="typed meaning")
    text = preview(edna, pack, "ko", news_ko="새로 온 것", news_en="What came", name_ko="빵")
    assert "<h1>빵</h1>" in text
    assert "새로 온 것" in text


def test_a_retired_heading_says_so_in_its_preview(edna: Client, baking: Path) -> None:
    row = models.Phase.objects.order_by("-position")[0]
    added = {"key": "never-used", "position": 99, "pk": None, "retired": True}
    for name, value in added.items():
        setattr(row, name, value)
    row.save()
    refresh_digest()
    assert "no longer part of the catalogue" in preview(edna, row, "en")


def test_a_preview_of_a_resource_shows_that_stretch_of_the_list_where_it_stands(edna: Client) -> None:
    row = models.Resource.objects.current().last()
    assert row is not None
    assert "Typed, not saved" in preview(edna, row, "en", title="Typed, not saved")


# The order


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


# The door


def test_an_editor_needs_a_permission(edna: Client, ben: User, ben_client: Client) -> None:
    User.objects.filter(pk=ben.pk).update(is_staff=True)
    assert ben_client.get(reverse("admin:index")).status_code == 200
    assert ben_client.get(form_of(milestone())).status_code == 403
    assert ben_client.get(form_of(milestone()).replace("/change/", "/history/")).status_code == 403
    call_command("editor", ben.email, stdout=StringIO())
    assert edit(ben_client, milestone(), title_en="By Ben").status_code == 302
    call_command("editor", ben.email, "--revoke", stdout=StringIO())
    assert ben_client.get(form_of(milestone())).status_code == 404
    with pytest.raises(CommandError, match="nobody"):
        call_command("editor", "nobody@example.org", stdout=StringIO())


def test_signing_in_is_that_of_everybody(edna: Client, ben_client: Client) -> None:
    assert Client().get("/admin/login/?next=/admin/content/role/")["Location"] == (
        "/accounts/login/?next=%2Fadmin%2Fcontent%2Frole%2F"
    )
    assert (
        Client().get("/admin/login/?next=https://elsewhere.example/")["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    )
    assert edna.get("/admin/login/")["Location"] == "/admin/"
    assert ben_client.get("/admin/login/").status_code == 404


# Back to files


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


def test_every_table_of_entries_can_be_edited() -> None:
    assert set(KIND_OF) <= set(site._registry)
    assert json.dumps(sorted(MODEL_OF)) == json.dumps(sorted([PACK, *fmt.KINDS]))


# In a browser


@pytest.mark.browser
@pytest.mark.parametrize(("language", "width", "dark"), [("ko", 360, True), ("en", 1280, False)])
def test_an_editor_reads_and_writes_without_a_barrier(
    new_page: Pages, server: Server, language: Literal["ko", "en"], *, width: int, dark: bool
) -> None:
    page = new_page(language=language, width=width, dark=dark)
    server.manage("editor", sign_up(page))
    for address in (
        "/admin/",
        "/admin/content/milestonetemplate/",
        "/admin/entry/milestones/paper-reproduction/",
        "/admin/entry/skills/linear-algebra/",
        "/admin/entry/questions/how-to-read-a-paper/?history",
        "/admin/entry/choices/free-saturday/",
        "/admin/entry/ratings/rate-mathematics/",
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        assert new_page.problems == []
        axe(page)
        # The checks of the browser read the sheets in a way that the page's policy refuses them.
        new_page.problems.clear()
