"""From a plan to a roadmap: a copy with provenance, made in as many statements whatever its size."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from accounts.models import User
from content.catalogue import Catalogue, current_catalogue
from content.rows.loading import load_pack
from roadmap.changes.creating import create_from_plan, title_for
from roadmap.models import ChecklistItem, Event, Milestone, Phase, Roadmap
from roadmap.pages.reasons import say
from roadmap.planning.engine import Plan
from roadmap.planning.from_catalogue import levels_by_skill, plan_for
from roadmap.planning.wishes import Wish, example_wish
from tests.moments import MONDAY, NOON
from tests.packs import BAKING, GONE, change, copy_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(pack: Path) -> Catalogue:
    return current_catalogue()


@pytest.fixture
def wish(catalogue: Catalogue) -> Wish:
    return replace(example_wish(catalogue, today=MONDAY), deadline_on=MONDAY + timedelta(days=100))


def made_by(owner: User, wish: Wish, catalogue: Catalogue) -> tuple[Roadmap, Plan]:
    made = plan_for(wish, catalogue)
    return create_from_plan(owner, wish, made, catalogue, at=NOON), made


def copied(roadmap: Roadmap) -> dict[str, Any]:
    """All that a roadmap is, as it is in the database."""
    return {
        "roadmap": Roadmap.objects.filter(pk=roadmap.pk).values().get(),
        "phases": list(Phase.objects.filter(roadmap=roadmap).order_by("pk").values()),
        "milestones": list(Milestone.objects.filter(roadmap=roadmap).order_by("pk").values()),
        "items": list(ChecklistItem.objects.filter(roadmap=roadmap).order_by("pk").values()),
    }


# Levels of single skills

LEVELS = st.lists(st.integers(0, 4), min_size=60, max_size=60)


@pytest.fixture(scope="module")
def in_memory(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Catalogue:
    """The catalogue, read once; plans of it need no database."""
    with django_db_blocker.unblock():
        return current_catalogue()


def asking(catalogue: Catalogue, numbers: list[int]) -> Wish:
    """A wish with these levels in the competencies."""
    levels = dict(zip(catalogue.competencies, numbers, strict=False))
    return replace(example_wish(catalogue, today=MONDAY), levels=levels)


@given(numbers=LEVELS)
@hypothesis_settings(max_examples=15)
def test_without_levels_of_single_skills_those_of_the_competencies_count(
    in_memory: Catalogue, numbers: list[int]
) -> None:
    wish = asking(in_memory, numbers)
    whole = {key: wish.levels[skill.competency] for key, skill in in_memory.skills.items()}
    assert wish.skills == {}
    assert levels_by_skill(wish.levels, {}, in_memory) == whole
    # Saying the same of every skill is saying nothing new.
    assert plan_for(wish, in_memory) == plan_for(replace(wish, skills=whole), in_memory)


@given(numbers=LEVELS, precise=LEVELS)
@hypothesis_settings(max_examples=15)
def test_a_level_of_a_skill_counts_in_place_of_its_competencys(
    in_memory: Catalogue, numbers: list[int], precise: list[int]
) -> None:
    skills = dict(zip(in_memory.skills, precise, strict=False))
    wish = replace(asking(in_memory, numbers), skills=skills)
    first: dict[str, int] = {}
    for planned in plan_for(wish, in_memory).steps:
        for gap in planned.reason.closes:
            first.setdefault(gap.skill, gap.start)
    assert first == {skill: skills[skill] for skill in first}
    assert plan_for(wish, in_memory) == plan_for(replace(asking(in_memory, [0] * 60), skills=skills), in_memory)


def test_a_skill_that_the_catalogue_does_not_know_counts_for_nothing(wish: Wish, catalogue: Catalogue) -> None:
    assert plan_for(replace(wish, skills={"gone": 4}), catalogue) == plan_for(wish, catalogue)


def test_a_wish_comes_back_from_a_session_also_from_an_older_one(wish: Wish) -> None:
    precise = replace(wish, skills={"calculus": 3})
    assert Wish.from_json(precise.to_json()) == precise
    older = wish.to_json()
    del older["skills"]
    assert Wish.from_json(older) == wish


def test_levels_of_single_skills_are_kept(ana: User, wish: Wish, catalogue: Catalogue) -> None:
    skills = {next(iter(catalogue.skills)): 3}
    assert made_by(ana, wish, catalogue)[0].skill_levels == {}
    roadmap, _ = made_by(ana, replace(wish, skills=skills), catalogue)
    roadmap.refresh_from_db()
    assert roadmap.skill_levels == skills
    assert roadmap.levels == wish.levels


# A copy


def test_the_target_and_the_start_are_kept(ana: User, wish: Wish, catalogue: Catalogue) -> None:
    roadmap = Roadmap.objects.get(pk=made_by(ana, wish, catalogue)[0].pk)
    assert (roadmap.owner, roadmap.created_at, roadmap.archived_at, roadmap.version) == (ana, NOON, None, 1)
    assert (roadmap.role_mix, roadmap.levels) == (wish.role_mix, wish.levels)
    assert (roadmap.target_class, roadmap.situation, roadmap.goal) == (wish.target_class, wish.situation, wish.goal)
    assert (roadmap.hours_per_week, roadmap.starts_on) == (wish.hours_per_week, MONDAY)
    assert roadmap.deadline_on == wish.deadline_on
    assert (roadmap.pack, roadmap.pack_version) == (catalogue.pack.id, catalogue.pack.version)


def test_the_title_is_there_in_both_languages(ana: User, wish: Wish, catalogue: Catalogue) -> None:
    roadmap, _ = made_by(ana, wish, catalogue)
    assert title_for(wish, catalogue).en == "Applied researcher · Employment"
    for language in ("ko", "en"):
        with translation.override(language):
            assert roadmap.title == str(title_for(wish, catalogue))


def test_milestones_carry_texts_days_reasons_and_where_they_come_from(
    ana: User, wish: Wish, catalogue: Catalogue
) -> None:
    roadmap, made = made_by(ana, wish, catalogue)
    rows = list(Milestone.objects.on(roadmap).select_related("phase"))
    assert [row.template for row in rows] == [planned.step.key for planned in made.steps]
    phases = list(catalogue.phases)
    for row, planned in zip(rows, made.steps, strict=True):
        template = catalogue.templates[row.template]
        assert (row.owner_id, row.pack_version, row.phase.key) == (
            ana.pk,
            catalogue.pack.version,
            phases[planned.step.phase],
        )
        assert (row.title_ko, row.title_en) == (template.title.ko, template.title.en)
        assert (row.outcome_ko, row.outcome_en) == (template.outcome.ko, template.outcome.en)
        assert (row.competency, row.activity) == (template.competency, template.activity or "")
        assert (row.hours, row.companion) == (template.hours, template.companion)
        assert (row.starts_on, row.ends_on) == (planned.starts_on, planned.ends_on)
        assert row.resources == list(template.resources)
        assert (row.notes, row.skipped_at, row.removed_at, row.own) == ("", None, None, False)
        reason = say(row.reason, catalogue)
        assert [(gap.start, gap.to) for gap in reason.closes] == [(c.start, c.to) for c in planned.reason.closes]
        assert len(reason.unlocks) == len(planned.reason.unlocks)


def test_checklists_are_copied_in_order_and_nothing_is_ticked(ana: User, wish: Wish, catalogue: Catalogue) -> None:
    roadmap, _ = made_by(ana, wish, catalogue)
    for milestone in Milestone.objects.on(roadmap):
        rows = milestone.items.on_checklist()
        wanted = [(i.id, i.text.ko, i.text.en) for i in catalogue.templates[milestone.template].checklist]
        assert [(row.template, row.text_ko, row.text_en) for row in rows] == wanted
        assert {(row.owner_id, row.roadmap_id, row.done_at) for row in rows} == {(ana.pk, roadmap.pk, None)}


def test_all_phases_are_there_in_order_the_empty_ones_too(ana: User, wish: Wish, catalogue: Catalogue) -> None:
    roadmap, _ = made_by(ana, wish, catalogue)
    rows = list(Phase.objects.filter(roadmap=roadmap))
    assert [(row.key, row.name_ko, row.name_en) for row in rows] == [
        (phase.id, phase.name.ko, phase.name.en) for phase in catalogue.phases.values()
    ]
    assert {row.owner_id for row in rows} == {ana.pk}
    assert not Event.objects.filter(roadmap=roadmap).exists()


def test_two_roadmaps_of_one_plan_share_nothing(ana: User, ben: User, wish: Wish, catalogue: Catalogue) -> None:
    first, made = made_by(ana, wish, catalogue)
    second = create_from_plan(ben, wish, made, catalogue, at=NOON)
    before = copied(first)
    ChecklistItem.objects.filter(roadmap=second).update(done_at=NOON)
    second.delete()
    assert copied(first) == before


def test_a_plan_with_nothing_to_do_is_a_roadmap_too(ana: User, wish: Wish, catalogue: Catalogue) -> None:
    empty = replace(plan_for(wish, catalogue), steps=())
    roadmap = create_from_plan(ana, wish, empty, catalogue, at=NOON)
    assert (roadmap.milestones.count(), roadmap.phases.count()) == (0, len(catalogue.phases))


# As many statements, whatever its size


def statements(owner: User, wish: Wish, made: Plan, catalogue: Catalogue) -> int:
    """How many it takes, each bulk insert counted once: SQLite splits a long one by its number of values."""
    with CaptureQueriesContext(connection) as queries:
        roadmap = create_from_plan(owner, wish, made, catalogue, at=NOON)
    split = 0
    many: list[type[models.Model]] = [Phase, Milestone, ChecklistItem]
    for model in many:
        rows = list(model._default_manager.filter(roadmap=roadmap))
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        split += -(-len(rows) // connection.ops.bulk_batch_size(fields, rows)) - 1
    return len(queries) - split


def test_a_large_plan_takes_as_many_statements_as_a_small_one(ana: User, wish: Wish, catalogue: Catalogue) -> None:
    whole = plan_for(
        replace(wish, target_class=1, situation="high-school", deadline_on=None, size="thorough"), catalogue
    )
    small = replace(whole, steps=whole.steps[:1])
    assert len(whole.steps) > 40
    create_from_plan(ana, wish, whole, catalogue, at=NOON)  # What the templates say is kept by now.
    assert statements(ana, wish, whole, catalogue) == statements(ana, wish, small, catalogue)


# The ground of a roadmap does not move


def test_a_change_of_the_content_leaves_roadmaps_alone(ana: User, tmp_path: Path) -> None:
    baking = copy_of(BAKING, tmp_path / "baking")
    load_pack(baking, at=NOON + timedelta(days=36500))
    catalogue = current_catalogue()
    roadmap, _ = made_by(ana, replace(example_wish(catalogue, today=MONDAY), size="thorough"), catalogue)
    before = copied(roadmap)
    change(baking, "pack.yaml", "version", "2026.2.0")
    change(baking, "milestones.yaml", "first-loaf.title.en", "Bake another loaf")
    change(baking, "milestones.yaml", "first-loaf.hours", 99)
    change(baking, "milestones.yaml", "first-loaf.checklist.0.text.ko", "다른 일")
    change(baking, "milestones.yaml", "first-loaf.checklist.2.id", "another")
    change(baking, "milestones.yaml", "sell-ten", GONE)
    change(baking, "phases.yaml", "kitchen.name.en", "Cellar")
    load_pack(baking, at=NOON + timedelta(days=36501))
    assert copied(roadmap) == before
    assert current_catalogue().templates["first-loaf"].hours == 99
    assert Milestone.objects.on(roadmap).filter(template="sell-ten").exists()


def test_reasons_and_titles_of_what_was_retired_can_still_be_said(ana: User, tmp_path: Path) -> None:
    baking = copy_of(BAKING, tmp_path / "baking")
    load_pack(baking, at=NOON + timedelta(days=36500))
    catalogue = current_catalogue()
    roadmap, _ = made_by(ana, replace(example_wish(catalogue, today=MONDAY), size="thorough"), catalogue)
    change(baking, "milestones.yaml", "sell-ten", GONE)
    load_pack(baking, at=NOON + timedelta(days=36501))
    loaf = Milestone.objects.get(roadmap=roadmap, template="first-loaf")
    with translation.override("en"):
        assert "Sell ten loaves" in say(loaf.reason, current_catalogue()).unlocks
