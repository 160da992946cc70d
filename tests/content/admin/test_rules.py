"""What breaks a rule of the pack is not stored; it is told where it stands on the form."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from content import models
from content.rows.loading import refresh_digest
from tests.content.admin.editing import edit, errors_of, form_of, milestone, new_form, option_forms, refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]


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
