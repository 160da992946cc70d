"""Loading a content pack: once or not at all, and nothing is ever deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from content.catalogue import current_catalogue
from content.models import (
    Activity,
    ChecklistTemplate,
    Choice,
    ChoiceOption,
    Competency,
    Deed,
    DeedOption,
    EngineerClass,
    Expectation,
    ExpectedLevel,
    Goal,
    InterviewQuestion,
    MilestoneTemplate,
    Pack,
    PanelView,
    Question,
    RatedLevel,
    Rating,
    Release,
    Resource,
    Role,
    RoleDifference,
    ScaleStep,
    Signal,
    Skill,
    SkillLevel,
)
from content.pack import format as fmt
from content.pack.problems import PackErrors
from content.pack.reading import check, read_pack
from content.rows.loading import WouldOverwrite, digest_of, load_pack, refresh_digest
from content.rows.reading import stored_content, stored_files
from roadmap.changes.creating import create_from_plan
from roadmap.planning.from_catalogue import plan_for
from roadmap.planning.wishes import example_wish
from tests.packs import BAKING, GONE, change, copy_of, files_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_catalogue")]

START = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def baking(tmp_path: Path) -> Path:
    """A copy of the small pack, to be changed."""
    return copy_of(BAKING, tmp_path / "baking")


class Loads:
    """Loads packs one after the other, each a day later."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self, folder: Path) -> bool:
        self.at += timedelta(days=1)
        return load_pack(folder, at=self.at)


@pytest.fixture
def load() -> Loads:
    return Loads()


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the catalogue, between the tables too."""
    models = apps.get_app_config("content").get_models(include_auto_created=True)
    return {model._meta.db_table: list(model._default_manager.order_by("pk").values()) for model in models}


# Loaded is what the files say


def test_the_tables_hold_what_the_files_say(load: Loads) -> None:
    assert load(BAKING) is True
    assert list(Role.objects.current().values_list("key", flat=True)) == ["bread-baker", "pastry-chef", "shopkeeper"]
    loaf = MilestoneTemplate.objects.get(key="first-loaf")
    assert (loaf.title_ko, loaf.title_en, loaf.hours) == ("첫 빵 굽기", "Bake a first loaf", 8)  # type: ignore[attr-defined]
    assert (loaf.phase.key, loaf.competency.key, loaf.activity) == ("kitchen", "kneading", None)
    assert list(loaf.requires.values_list("key", flat=True)) == ["feed-starter"]
    assert list(loaf.resources.values_list("key", flat=True)) == ["bread-book", "dough-video"]
    assert dict(loaf.role_weights.values_list("role__key", "weight")) == {
        "bread-baker": 3,
        "pastry-chef": 2,
        "shopkeeper": 1,
    }
    assert dict(loaf.raises.values_list("skill__key", "level")) == {"shaping": 2}
    assert list(loaf.checklist.values_list("key", "position")) == [("prepare", 0), ("do", 1), ("look", 2)]
    room = MilestoneTemplate.objects.get(key="find-a-room")
    assert (room.always, list(room.goals.values_list("key", flat=True))) == (True, ["own-shop"])
    assert MilestoneTemplate.objects.get(key="bread-diary").track == "companion"
    assert SkillLevel.objects.filter(skill__key="pricing").count() == 4
    assert Signal.objects.filter(skill_level__skill__key="pricing").count() == 12
    priced = SkillLevel.objects.get(skill__key="pricing", level=2)
    assert (priced.evidence_ko, priced.evidence_en) == ("빵 세 가지의 원가표", "A cost sheet of three breads")  # type: ignore[attr-defined]
    assert Role.objects.get(key="shopkeeper").day_ko.startswith("일곱 시에 문을 열고")  # type: ignore[attr-defined]
    assert RoleDifference.objects.filter(role__in=Role.objects.current()).count() == 6
    assert ScaleStep.objects.count() == 5
    proved = Activity.objects.get(key="market-stall").proves
    assert list(proved.values_list("key", flat=True)) == ["kneading", "selling"]
    asked = InterviewQuestion.objects.filter(activity__key="market-stall")
    assert next(row.question_en for row in asked) == "What was left over?"  # type: ignore[attr-defined]
    yeast = Question.objects.get(key="yeast-or-starter")
    assert (yeast.topic.key, yeast.file) == ("starting", "questions/kitchen.yaml")
    assert list(yeast.milestones.values_list("key", flat=True)) == ["feed-starter", "cold-proof"]
    assert [view.who_ko for view in PanelView.objects.filter(question=yeast)] == ["제빵사", "제과사"]  # type: ignore[attr-defined]
    assert list(Competency.objects.get(key="chemistry").sources.values_list("key", flat=True)) == ["grandmother"]
    assert ExpectedLevel.objects.filter(skill__key="fermentation").count() == 3
    book = Resource.objects.get(key="bread-book")
    assert (book.kind, book.cost, book.hours, str(book.reviewed_on)) == ("book", "paid", 10, "2026-01-05")
    assert set(book.skills.values_list("key", flat=True)) == {"fermentation", "shaping"}
    leaflet = Resource.objects.get(key="oven-leaflet")
    assert (leaflet.retired, leaflet.replaced_by) == (True, "bread-book")


def test_the_tables_hold_the_questions_of_the_assessment(load: Loads) -> None:
    load(BAKING)
    burnt = Choice.objects.get(key="a-burnt-tray")
    assert (burnt.position, burnt.question_en) == (1, "What do you do about the burnt bread?")  # type: ignore[attr-defined]
    assert list(burnt.options.values_list("key", "position", "adds")) == [
        ("find-the-cause", 0, {"bread-baker": 2, "pastry-chef": 1}),
        ("dress-it-up", 1, {"pastry-chef": 2, "shopkeeper": 1}),
        ("tell-the-customers", 2, {"shopkeeper": 3}),
    ]
    learned = Deed.objects.get(key="who-learned")
    assert learned.lead_ko == "가르쳐 보면 무엇을 아는지 드러나요."  # type: ignore[attr-defined]
    assert list(learned.options.values_list("key", "shows")) == [
        ("nobody-yet", 4),
        ("a-friend", 3),
        ("an-apprentice", 2),
        ("other-bakers", 1),
    ]
    rating = Rating.objects.current().get(competency__key="kneading")
    assert (rating.key, list(rating.levels.values_list("level", flat=True))) == ("by-hand", [0, 1, 2, 3, 4])
    assert rating.levels.get(level=0).text_en == "I have never touched one."  # type: ignore[attr-defined]


def test_the_catalogue_follows_what_is_loaded(load: Loads, baking: Path, pack: Path) -> None:
    load(pack)
    before = current_catalogue()
    assert before is current_catalogue()
    load(baking)
    loaded = current_catalogue()
    assert (loaded.pack.id, list(loaded.roles)) == ("baking", ["bread-baker", "pastry-chef", "shopkeeper"])
    assert loaded.expected[3]["bread-baker"] == {"fermentation": 1, "shaping": 2, "pricing": 1}
    assert loaded.expected[1]["pastry-chef"] == {"fermentation": 3, "shaping": 2, "pricing": 3}
    assert list(loaded.templates["sell-ten"].raises) == ["shaping", "pricing"]
    change(baking, "goals.yaml", "a-job.name.en", "A post")
    load(baking)
    assert current_catalogue().goals["a-job"].name.en == "A post"
    assert loaded.goals["a-job"].name.en == "A job"


def test_a_catalogue_that_was_read_costs_one_query(load: Loads) -> None:
    load(BAKING)
    current_catalogue()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        current_catalogue()
    assert len(queries) == 1


def test_a_plan_can_be_made_and_kept_right_after_a_new_pack(load: Loads, ana: User) -> None:
    load(BAKING)
    catalogue = current_catalogue()
    wish = replace(example_wish(catalogue, today=START.date()), size="thorough")
    assert wish.fits(catalogue)
    made = plan_for(wish, catalogue)
    assert [planned.step.key for planned in made.steps] == ["feed-starter", "first-loaf", "find-a-room", "sell-ten"]
    assert create_from_plan(ana, wish, made, catalogue, at=START).milestones.count() == 4


# Again, and changed


def test_loading_twice_writes_once(load: Loads) -> None:
    assert load(BAKING) is True
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        assert load(BAKING) is False
    assert everything() == before
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []


def test_a_pack_that_is_moved_or_dumped_anew_is_the_same_pack(load: Loads, tmp_path: Path) -> None:
    load(BAKING)
    moved = copy_of(BAKING, tmp_path / "elsewhere")
    change(moved, "goals.yaml", "a-job.name.en", "A job")  # Writes the file anew, in another style.
    assert load(moved) is False


def test_changed_texts_and_numbers_are_updated_in_their_rows(load: Loads, baking: Path) -> None:
    load(baking)
    loaf = MilestoneTemplate.objects.get(key="first-loaf")
    change(baking, "milestones.yaml", "first-loaf.title.ko", "둘째 빵 굽기")
    change(baking, "milestones.yaml", "first-loaf.hours", 9)
    change(baking, "milestones.yaml", "first-loaf.resources", ["dough-video"])
    change(baking, "milestones.yaml", "first-loaf.raises", {"fermentation": 1})
    change(baking, "milestones.yaml", "first-loaf.checklist.1.text.en", "Bake it")
    change(baking, "skills.yaml", "pricing.levels.0.signals.1.en", "I ask")
    change(baking, "skills.yaml", "pricing.levels.0.signals.3", {"ko": "셀 수 있어요.", "en": "I can count."})
    change(baking, "expectations.yaml", "0.skills", GONE)
    assert load(baking) is True
    now = MilestoneTemplate.objects.get(key="first-loaf")
    assert (now.pk, now.title_ko, now.hours) == (loaf.pk, "둘째 빵 굽기", 9)  # type: ignore[attr-defined]
    assert list(now.resources.values_list("key", flat=True)) == ["dough-video"]
    assert dict(now.raises.values_list("skill__key", "level")) == {"fermentation": 1}
    assert [item.text_en for item in now.checklist.all()][1] == "Bake it"  # type: ignore[attr-defined]
    signals = Signal.objects.filter(skill_level__skill__key="pricing", skill_level__level=1)
    said = [signal.text_en for signal in signals]  # type: ignore[attr-defined]
    assert said[1:] == ["I ask", "I can count what was sold and what was left.", "I can count."]
    assert not ExpectedLevel.objects.filter(skill__key="fermentation").exists()
    assert current_catalogue().expected[3]["bread-baker"]["fermentation"] == 2


def test_answers_of_the_assessment_change_their_places_their_words_and_their_ids(load: Loads, baking: Path) -> None:
    load(baking)
    stays = ChoiceOption.objects.get(choice__key="a-burnt-tray", key="find-the-cause")
    choices = files_of(baking)["choices.yaml"]
    for option, key in zip(choices[0]["options"], ("a-new-cake", "the-books", "one-more-dough"), strict=True):
        option["id"] = key
    choices[1]["options"][0]["adds"] = {"bread-baker": 3}
    choices[2]["options"].reverse()
    change(baking, "choices.yaml", "", choices)
    change(baking, "deeds.yaml", "who-learned.options.0.shows", 3)
    change(baking, "deeds.yaml", "sold-to-strangers.options.2.id", "a-good-year")
    change(baking, "ratings.yaml", "by-hand.levels.0.text.en", "Never.")
    assert load(baking) is True
    keys = ChoiceOption.objects.filter(choice__key="a-free-saturday").values_list("key", flat=True)
    assert list(keys) == ["a-new-cake", "the-books", "one-more-dough"]
    praise = ChoiceOption.objects.filter(choice__key="the-best-praise").values_list("key", "adds")
    assert dict(praise) == {
        "you-remembered": {"shopkeeper": 2},
        "too-pretty": {"pastry-chef": 3},
        "every-day": {"bread-baker": 3},
    }
    stays.refresh_from_db()
    assert stays.adds == {"bread-baker": 3}
    assert DeedOption.objects.get(deed__key="who-learned", key="nobody-yet").shows == 3
    assert not DeedOption.objects.filter(key="a-year").exists()
    assert RatedLevel.objects.get(rating__key="by-hand", level=0).text_en == "Never."  # type: ignore[attr-defined]


def test_two_ratings_may_change_their_competencies(load: Loads, baking: Path) -> None:
    load(baking)
    change(baking, "ratings.yaml", "by-hand.competency", "selling")
    change(baking, "ratings.yaml", "selling-it.competency", "kneading")
    assert load(baking) is True
    assert dict(Rating.objects.current().values_list("key", "competency__key")) == {
        "inside-the-dough": "chemistry",
        "by-hand": "selling",
        "selling-it": "kneading",
    }


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (DeedOption, {"shows": 5}),
        (RatedLevel, {"level": 5}),
        (ChoiceOption, {"key": "the-old-starter"}),
        (DeedOption, {"position": 1}),
    ],
)
def test_the_database_refuses_answers_that_no_question_may_have(load: Loads, model: Any, wrong: Any) -> None:
    load(BAKING)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=model.objects.order_by("-pk")[0].pk).update(**wrong)


def test_the_order_of_the_files_is_the_order_on_the_pages(load: Loads, baking: Path) -> None:
    load(baking)
    assert list(current_catalogue().goals) == ["own-shop", "a-job"]
    job = {"ko": "빵", "en": "Bread"}
    change(baking, "goals.yaml", "own-shop", GONE)
    change(baking, "goals.yaml", "1", {"id": "own-shop", "name": job, "summary": job, "advice": job})
    load(baking)
    assert list(current_catalogue().goals) == ["a-job", "own-shop"]


# What leaves, and comes back


def test_what_leaves_the_pack_is_retired_and_never_deleted(load: Loads, baking: Path) -> None:
    before = {
        model: set(model._default_manager.values_list("pk", flat=True))
        for model in (Role, Competency, Skill, MilestoneTemplate, ChecklistTemplate, Resource, Goal, Activity)
    }
    load(baking)
    for model, rows in before.items():
        assert rows <= set(model._default_manager.values_list("pk", flat=True))
        if model is not ChecklistTemplate:  # Those of a retired milestone stand as they stood.
            assert not model._default_manager.filter(pk__in=rows, retired=False).exists()
    assert "deep-learning" not in current_catalogue().competencies


def test_what_has_left_the_pack_can_still_be_told_in_full(load: Loads, baking: Path, pack: Path) -> None:
    load(pack)
    before = stored_content()
    load(baking)
    after = stored_content()
    still = read_pack(baking).files
    left = {(kind, entry.id): entry for kind, found in before.entries.items() for entry in found} | dict.fromkeys(still)
    assert len(left) > 500
    for kind, found in after.entries.items():
        for entry in found:
            told = left.pop((kind, entry.id))
            assert told is None or entry == told.model_copy(update={"retired": True})
    assert left == {}
    assert check(stored_files()) == after


def test_a_whole_pack_that_was_retired_comes_back_as_it_was(load: Loads, pack: Path) -> None:
    def current() -> str:
        content = current_catalogue().content
        entries = {
            kind: tuple(entry for entry in found if not entry.retired) for kind, found in content.entries.items()
        }
        return digest_of(replace(content, entries=entries))

    load(pack)
    before = current()
    assert [load(BAKING), load(pack)] == [True, True]
    assert current() == before


def test_an_item_that_was_retired_stays_so_when_its_milestone_leaves_and_comes_back(load: Loads, baking: Path) -> None:
    load(baking)
    words = {"ko": "사진 찍기", "en": "Take a picture"}
    change(baking, "milestones.yaml", "bread-diary.checklist.2", {"id": "picture", "text": words})
    load(baking)
    with_diary = copy_of(baking, baking.parent / "with diary")
    change(baking, "milestones.yaml", "bread-diary", GONE)
    load(baking)
    load(with_diary)
    assert [item.id for item in current_catalogue().templates["bread-diary"].checklist] == ["begin", "ten", "picture"]


def test_rules_of_the_route_hold_no_more_for_what_has_left_it(load: Loads, baking: Path) -> None:
    load(baking)
    change(baking, "milestones.yaml", "croissant-layers", GONE)
    change(baking, "milestones.yaml", "cold-proof.goals", ["own-shop"])
    change(baking, "questions/kitchen.yaml", "yeast-or-starter.milestones", ["feed-starter"])
    load(baking)
    assert check(stored_files()).pack.id == "baking"


def test_a_single_entry_and_a_single_item_are_retired_and_come_back(load: Loads, baking: Path, tmp_path: Path) -> None:
    load(baking)
    diary = MilestoneTemplate.objects.get(key="bread-diary")
    look = ChecklistTemplate.objects.get(milestone__key="first-loaf", key="look")
    change(baking, "milestones.yaml", "bread-diary", GONE)
    words = {"ko": "사진 찍기", "en": "Take a picture"}
    change(baking, "milestones.yaml", "first-loaf.checklist.2", {"id": "picture", "text": words})
    load(baking)
    diary.refresh_from_db()
    look.refresh_from_db()
    assert (diary.retired, look.retired) == (True, True)
    assert "bread-diary" not in current_catalogue().templates
    assert current_catalogue().get(fmt.Milestone, "bread-diary").title.en == "Keep a bread diary"
    assert [item.id for item in current_catalogue().templates["first-loaf"].checklist] == ["prepare", "do", "picture"]
    load(BAKING)
    diary.refresh_from_db()
    look.refresh_from_db()
    assert (diary.retired, look.retired) == (False, False)
    assert current_catalogue().templates["bread-diary"].raises == {"shaping": 3}
    assert ChecklistTemplate.objects.get(milestone__key="first-loaf", key="picture").retired


def test_a_pack_that_another_one_replaced_can_be_loaded_again(load: Loads, baking: Path) -> None:
    change(baking, "pack.yaml", "id", "cakes")
    change(baking, "milestones.yaml", "bread-diary", GONE)
    assert [load(BAKING), load(baking), load(BAKING), load(BAKING)] == [True, True, True, False]
    assert current_catalogue().pack.id == "baking"
    assert "bread-diary" in current_catalogue().templates


def test_a_new_entry_may_take_the_place_of_a_retired_one(load: Loads, baking: Path) -> None:
    load(baking)
    change(baking, "classes.yaml", "class-4.id", "beginners")
    change(baking, "expectations.yaml", "0.id", "bread-baker-of-chemistry")
    assert load(baking) is True
    assert EngineerClass.objects.current().get(number=4).key == "beginners"
    assert Expectation.objects.current().filter(role__key="bread-baker").count() == 3
    assert set(current_catalogue().classes) == {4, 3, 2, 1}


# Not at all


def test_check_errors_change_nothing(load: Loads, baking: Path) -> None:
    load(baking)
    before, catalogue = everything(), current_catalogue()
    change(baking, "goals.yaml", "a-job.name.en", "A post")
    change(baking, "resources.yaml", "bread-book.url", "bread")
    with pytest.raises(PackErrors):
        load(baking)
    with pytest.raises(CommandError, match="nothing was loaded; 1 problems"):
        call_command("load_pack", baking)
    assert everything() == before
    assert current_catalogue() is catalogue


def test_a_load_that_the_database_stops_halfway_changes_nothing(load: Loads, baking: Path) -> None:
    load(baking)
    before, catalogue = everything(), current_catalogue()
    words = "The database refuses this one"
    change(baking, "goals.yaml", "a-job.name.en", "A post")
    change(baking, "roles.yaml", "bread-baker.letter", "Q")
    change(baking, "milestones.yaml", "bread-diary", GONE)
    change(baking, "milestones.yaml", "first-loaf.checklist.0.text.en", words)
    change(baking, "milestones.yaml", "sell-ten.checklist.0.text.en", words)
    connection.check_constraints()  # PostgreSQL changes no table that has checks waiting.
    with connection.cursor() as cursor:
        table = ChecklistTemplate._meta.db_table
        cursor.execute(f"CREATE UNIQUE INDEX refuses ON {table} (text_en) WHERE text_en = '{words}'")
    with CaptureQueriesContext(connection) as queries, pytest.raises(IntegrityError):
        load(baking)
    assert any(query["sql"].startswith("UPDATE") and Goal._meta.db_table in query["sql"] for query in queries)
    assert everything() == before
    assert current_catalogue() is catalogue
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX refuses")
    assert load(baking) is True
    assert current_catalogue().goals["a-job"].name.en == "A post"
    assert Pack.objects.filter(key="baking").count() == 1


def of_an_older_release() -> None:
    """As a catalogue is after an upgrade that brought the questions of the assessment: it has none of them yet."""
    for model in (ChoiceOption, DeedOption, RatedLevel, Rating.skills.through, Choice, Deed, Rating):
        model._default_manager.all()._raw_delete(using="default")
    for release in Release.objects.all():
        for kind in ("choices", "deeds", "ratings"):
            (release.entries or {}).pop(kind, None)
        release.digest = "of other files"
        release.save()
    refresh_digest()


def test_kinds_that_an_upgrade_brings_come_in_beside_edits(load: Loads, baking: Path, tmp_path: Path) -> None:
    load(baking)
    of_an_older_release()
    Goal.objects.filter(key="a-job").update(name_en="A post")  # type: ignore[misc]
    refresh_digest()
    before = list(Goal.objects.current().values_list("key", flat=True))
    with pytest.raises(WouldOverwrite, match=r"^goals: a-job: name$"):
        load(baking)
    assert current_catalogue().goals["a-job"].name.en == "A post"
    assert [entry.id for entry in current_catalogue().content.current(fmt.Rating)] == [
        "inside-the-dough",
        "by-hand",
        "selling-it",
    ]
    assert list(Goal.objects.current().values_list("key", flat=True)) == before
    call_command("dump_pack", baking, stdout=StringIO())
    assert "A post" in (baking / "goals.yaml").read_text()
    assert (baking / "choices.yaml").read_bytes() == (BAKING / "choices.yaml").read_bytes()
    assert load(baking) is True


def test_kinds_that_an_upgrade_brings_stay_out_where_they_do_not_fit(load: Loads, baking: Path) -> None:
    load(baking)
    of_an_older_release()
    Goal.objects.filter(key="a-job").update(name_en="A post")  # type: ignore[misc]
    Competency.objects.filter(key="kneading").update(retired=True)
    refresh_digest()
    before = everything()
    with pytest.raises(WouldOverwrite):
        load(baking)
    assert everything() == before


def test_two_classes_may_change_their_numbers(load: Loads, baking: Path) -> None:
    load(baking)
    change(baking, "classes.yaml", "class-4.number", 3)
    change(baking, "classes.yaml", "class-3.number", 4)
    assert load(baking) is True
    assert dict(EngineerClass.objects.current().filter(number__gt=2).values_list("key", "number")) == {
        "class-4": 3,
        "class-3": 4,
    }
