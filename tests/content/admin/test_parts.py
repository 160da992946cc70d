"""Parts of an entry are edited with it: checklist items, levels with their signals, options."""

from __future__ import annotations

import pytest
from django.test import Client

from content import models
from content.rows.loading import refresh_digest
from tests.content.admin.editing import edit, errors_of, filled, form_of, milestone, new_form, option_forms, told

pytestmark = [pytest.mark.django_db, pytest.mark.once]


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


def test_a_save_that_is_refused_takes_no_part_out_and_adds_none(edna: Client) -> None:
    row = models.Deed.objects.order_by("position")[0]
    keys, forms = list(row.options.values_list("key", flat=True)), option_forms(edna, row)
    start, count = forms[keys[0]].rpartition("-")[0], len(keys)
    sent = {
        f"{forms[keys[0]]}-DELETE": "on",
        f"{start}-TOTAL_FORMS": str(count + 1),
        f"{start}-{count}-key": "another-deed",
        f"{start}-{count}-text_ko": "다른 일",
        f"{start}-{count}-text_en": "Another deed",
        f"{start}-{count}-shows": "3",
    }
    response = edit(edna, row, question_ko="", **sent)
    assert errors_of(response) == {"question_ko": ["this text is missing"]}
    assert list(row.options.values_list("key", flat=True)) == keys
    again = {**filled(response), "question_ko": "무엇을 해 봤어요?"}
    assert again[f"{start}-{count}-key"] == "another-deed"
    assert edna.post(form_of(row), again).status_code == 302
    assert list(row.options.values_list("key", flat=True)) == [*keys[1:], "another-deed"]
