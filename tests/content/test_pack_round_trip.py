"""Files → database → files: the same bytes, and nobody's edit is lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.models import QuerySet
from django.test import Client

from content.catalogue import current_catalogue
from content.models import Goal, Group, Pack, Release, Resource, Signal, Skill, Topic
from content.pack import format as fmt
from content.pack.changes import state_of
from content.pack.reading import read_pack
from content.pack.writing import write_pack
from content.rows.loading import WouldOverwrite, digest_of, load_pack, refresh_digest
from content.rows.reading import stored_content
from tests.addresses import address
from tests.conftest import PACK
from tests.packs import BAKING, GONE, change, copy_of

AT = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def baking(empty_catalogue: None, tmp_path: Path) -> Path:
    """A copy of the small pack, loaded."""
    pack = copy_of(BAKING, tmp_path / "baking")
    load_pack(pack, at=AT)
    return pack


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, byte by byte."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of the catalogue."""
    models = apps.get_app_config("content").get_models(include_auto_created=True)
    return {model._meta.db_table: list(model._default_manager.order_by("pk").values()) for model in models}


def change_rows(found: QuerySet[Any], **columns: object) -> None:
    """Set columns of one row, of either language."""
    assert found.update(**columns) == 1


def dump(folder: Path) -> list[str]:
    """Dump the catalogue and return the files that are named."""
    said = StringIO()
    call_command("dump_pack", folder, stdout=said)
    return said.getvalue().splitlines()


# Files alone


@pytest.mark.parametrize("pack", [BAKING, PACK], ids=["baking", "deep-learning"])
def test_a_pack_is_written_in_one_form_only(pack: Path, tmp_path: Path) -> None:
    written = copy_of(pack, tmp_path / "pack")
    assert write_pack(read_pack(pack), written) == []
    assert bytes_of(written) == bytes_of(pack)


def test_whatever_its_form_was_a_pack_is_written_in_the_same_one(tmp_path: Path) -> None:
    pack = copy_of(BAKING, tmp_path / "pack")
    change(pack, "activities.yaml", "market-stall.name.en", "Market stall")  # Writes the file anew, in another style.
    change(pack, "milestones.yaml", "first-loaf.roles", {"shopkeeper": 1, "pastry-chef": 2, "bread-baker": 3})
    change(pack, "expectations.yaml", "0.levels", {1: 4, 3: 2, 2: 3})
    change(pack, "choices.yaml", "a-month-with-anybody.options.2.adds", {"shopkeeper": 2, "bread-baker": 1})
    assert bytes_of(pack) != bytes_of(BAKING)
    assert write_pack(read_pack(pack), pack) == [
        "activities.yaml",
        "choices.yaml",
        "expectations.yaml",
        "milestones.yaml",
    ]
    assert bytes_of(pack) == bytes_of(BAKING)


# There and back


def test_the_small_pack_comes_back_byte_for_byte(baking: Path, tmp_path: Path) -> None:
    assert dump(tmp_path / "dumped")[0] == "pack.yaml"
    assert bytes_of(tmp_path / "dumped") == bytes_of(BAKING)
    assert load_pack(tmp_path / "dumped", at=AT) is False
    assert Pack.objects.get().digest == Release.objects.get().digest == digest_of(read_pack(BAKING))


@pytest.mark.django_db
def test_the_real_pack_comes_back_byte_for_byte(tmp_path: Path) -> None:
    dump(tmp_path / "dumped")
    pack = bytes_of(PACK)
    assert bytes_of(tmp_path / "dumped") == {name: text for name, text in pack.items() if name.endswith(".yaml")}
    before = Pack.objects.get().digest
    assert load_pack(tmp_path / "dumped", at=AT) is False
    assert before == Pack.objects.get().digest == Release.objects.get().digest == digest_of(stored_content())


ALIASED = {
    "competencies.yaml": "kneading",
    "skills.yaml": "shaping",
    "roles.yaml": "bread-baker",
    "classes.yaml": "class-3",
    "activities.yaml": "market-stall",
    "milestones.yaml": "first-loaf",
    "questions/shop.yaml": "when-to-open",
    "resources.yaml": "bread-book",
}
"""An entry of each kind that may have aliases, by the file in which it stands."""


def test_aliases_come_back_in_their_order_and_byte_for_byte(baking: Path, tmp_path: Path) -> None:
    assert {file.split(".")[0].split("/")[0] for file in ALIASED} == {
        kind for kind, model in fmt.KINDS.items() if "aliases" in model.model_fields
    }
    for file, key in ALIASED.items():
        change(baking, file, f"{key}.aliases", ["사워 도우", "Levain", "C++, 또는 #1"])
    write_pack(read_pack(baking), baking)
    assert "  aliases: [사워 도우, Levain, 'C++, 또는 #1']\n" in (baking / "milestones.yaml").read_text("utf-8")
    assert load_pack(baking, at=AT) is True
    assert current_catalogue().content == read_pack(baking)
    dump(tmp_path / "dumped")
    assert bytes_of(tmp_path / "dumped") == bytes_of(baking)
    assert load_pack(BAKING, at=AT) is True
    dump(tmp_path / "again")
    assert bytes_of(tmp_path / "again") == bytes_of(BAKING)


VOCABULARY = [
    {"language": "ko", "use": "반죽", "instead_of": ["도우", "피"], "except": ["사워도우", "피자"]},
    {"language": "en", "use": "dough", "instead_of": ["paste"]},
]


def test_a_vocabulary_comes_back_in_its_order_and_byte_for_byte(baking: Path, tmp_path: Path) -> None:
    change(baking, "pack.yaml", "vocabulary", VOCABULARY)
    write_pack(read_pack(baking), baking)
    assert "    instead_of: [도우, 피]\n    except: [사워도우, 피자]\n" in (baking / "pack.yaml").read_text("utf-8")
    assert load_pack(baking, at=AT) is True
    assert Pack.objects.get().vocabulary == VOCABULARY
    assert current_catalogue().content == read_pack(baking)
    dump(tmp_path / "dumped")
    assert bytes_of(tmp_path / "dumped") == bytes_of(baking)
    assert load_pack(BAKING, at=AT) is True
    assert Pack.objects.get().vocabulary == []


def test_a_pack_without_aliases_and_vocabulary_says_nothing_of_them_and_its_digest_is_what_it_was() -> None:
    for entries in state_of(read_pack(BAKING)).values():
        assert not any({"aliases", "vocabulary"} & set(entry) for entry in entries.values())


def test_a_second_installation_makes_the_same_of_what_the_first_one_dumped(baking: Path, tmp_path: Path) -> None:
    dump(tmp_path / "dumped")
    first = Pack.objects.get().digest
    for model in apps.get_app_config("content").get_models(include_auto_created=True):
        model._default_manager.all()._raw_delete(using="default")
    assert load_pack(tmp_path / "dumped", at=AT) is True
    assert Pack.objects.get().digest == first
    assert dump(tmp_path / "dumped") == ["the files say the same already"]


def test_what_has_left_the_pack_is_dumped_as_retired_and_stays_so(baking: Path, tmp_path: Path) -> None:
    change(baking, "milestones.yaml", "bread-diary", GONE)
    load_pack(baking, at=AT)
    dump(tmp_path / "dumped")
    diary = next(each for each in read_pack(tmp_path / "dumped").entries["milestones"] if each.id == "bread-diary")
    assert diary.retired
    assert load_pack(tmp_path / "dumped", at=AT) is True
    assert "bread-diary" not in current_catalogue().templates
    assert dump(tmp_path / "dumped") == ["the files say the same already"]


# Where it may be dumped


def test_a_folder_that_holds_something_else_is_left_alone(baking: Path, tmp_path: Path) -> None:
    folder = tmp_path / "photographs"
    folder.mkdir()
    (folder / "album.yaml").write_text("- summer\n")
    before = bytes_of(folder)
    with pytest.raises(CommandError, match="photographs holds something else than a content pack; nothing was written"):
        call_command("dump_pack", folder)
    assert bytes_of(folder) == before


def test_a_file_is_no_folder_to_dump_into(baking: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("A file.")
    with pytest.raises(CommandError, match="file is no folder; nothing was written"):
        call_command("dump_pack", tmp_path / "file")
    assert (tmp_path / "file").read_text() == "A file."


def test_an_empty_folder_and_a_new_one_are_filled(baking: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "new" / "deeper"):
        assert len(dump(folder)) == len(bytes_of(BAKING))
        assert bytes_of(folder) == bytes_of(BAKING)


def test_an_older_pack_is_brought_up_to_date_and_what_is_no_pack_file_stays(baking: Path) -> None:
    (baking / "README.md").write_text("About bread.")
    (baking / "goals").mkdir()
    (baking / "goals.yaml").rename(baking / "goals" / "all.yaml")
    assert dump(baking) == ["goals.yaml", "goals/all.yaml"]
    assert bytes_of(baking) == {**bytes_of(BAKING), "README.md": b"About bread."}


def test_without_a_catalogue_nothing_is_dumped(empty_catalogue: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No content pack is loaded"):
        call_command("dump_pack", tmp_path / "dumped")
    assert not (tmp_path / "dumped").exists()


def test_rows_that_no_pack_may_hold_are_named_and_not_dumped(baking: Path, tmp_path: Path) -> None:
    change_rows(Goal.objects.filter(key="a-job"), name_ko="")
    with pytest.raises(CommandError, match="nothing was written; 1 problems") as caught:
        call_command("dump_pack", tmp_path / "dumped")
    assert "goals.yaml: a-job.name.ko: string should have at least 1 character" in str(caught.value)
    assert not (tmp_path / "dumped").exists()


# All of it or nothing


COLLISIONS: dict[str, tuple[str, str, Callable[[Path], None]]] = {
    "at the beginning": (
        "content_group",
        "name_en",
        lambda pack: change(pack, "groups.yaml", "craft.name.en", "Basics"),
    ),
    "in the middle": (
        "content_panelview",
        "text_ko",
        lambda pack: change(
            pack,
            "questions/kitchen.yaml",
            "yeast-or-starter.views.0.text.ko",
            "이스트로 시작해야 실패가 적어 계속하게 돼요.",
        ),
    ),
    "at the very end": ("content_release", "version", lambda pack: None),
}


@pytest.mark.parametrize("when", COLLISIONS)
def test_a_load_that_a_row_collides_with_changes_nothing(when: str, baking: Path) -> None:
    table, column, collide = COLLISIONS[when]
    before, catalogue = rows(), current_catalogue()
    client, page = Client(), address("roles")
    client.get(page)  # The first visit brings a cookie.
    etag = client.get(page)["ETag"]
    collide(baking)
    change(baking, "sources.yaml", "grandmother.note.en", "Another notebook.")
    change(baking, "milestones.yaml", "bread-diary", GONE)
    change(baking, "skills.yaml", "pricing.levels.0.signals.3", {"ko": "셀 수 있어요.", "en": "I can count."})
    connection.check_constraints()  # PostgreSQL changes no table that has checks waiting.
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE UNIQUE INDEX once ON {table} ({column})")
    with pytest.raises(IntegrityError):
        load_pack(baking, at=AT)
    assert rows() == before
    assert current_catalogue() is catalogue
    assert client.get(page, headers={"If-None-Match": etag}).status_code == 304
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX once")
    assert load_pack(baking, at=AT) is True
    assert Group.objects.count() == 2


# Edits between two loads


def edit(key: str = "a-job", **columns: object) -> None:
    """What an editor does to a goal."""
    change_rows(Goal.objects.filter(key=key), **columns)
    refresh_digest()


def test_an_edit_beside_changed_files_is_named_and_nothing_is_loaded(baking: Path) -> None:
    edit(name_en="A post", advice_ko="빵을 들고 가세요.")
    signals = Signal.objects.filter(skill_level__skill__key="pricing", skill_level__level=1)
    change_rows(signals.filter(position=0), text_en="I count.")
    change(baking, "milestones.yaml", "first-loaf.hours", 9)
    before = rows()
    with pytest.raises(WouldOverwrite) as caught:
        load_pack(baking, at=AT)
    assert str(caught.value).splitlines() == ["skills: pricing: levels", "goals: a-job: name, advice"]
    with pytest.raises(CommandError) as said:
        call_command("load_pack", baking)
    assert str(said.value).splitlines() == [
        "nothing was loaded; 2 edits would be undone",
        "skills: pricing: levels",
        "goals: a-job: name, advice",
        "Write them into the files with dump_pack, or load with --overwrite.",
    ]
    assert rows() == before


def test_an_edit_that_the_files_change_too_is_named(baking: Path) -> None:
    edit(name_en="A post")
    change(baking, "goals.yaml", "a-job.name.en", "Employment")
    with pytest.raises(WouldOverwrite, match=r"^goals: a-job: name$"):
        load_pack(baking, at=AT)
    assert current_catalogue().goals["a-job"].name.en == "A post"


def test_an_edit_that_the_files_have_taken_out_is_named(baking: Path) -> None:
    edit(name_en="A post")
    change(baking, "milestones.yaml", "trial-shift", GONE)
    change(baking, "goals.yaml", "a-job", GONE)
    with pytest.raises(WouldOverwrite, match=r"^goals: a-job: removed$"):
        load_pack(baking, at=AT)


def test_an_entry_that_an_editor_added_is_named(baking: Path) -> None:
    words = {"name_ko": "밀가루", "name_en": "Flour", "summary_ko": "밀가루 이야기예요.", "summary_en": "About flour."}
    Topic.objects.create(**{"key": "flour", "position": 2, "file": "topics.yaml", **words})
    refresh_digest()
    change(baking, "goals.yaml", "own-shop.name.en", "My shop")
    with pytest.raises(WouldOverwrite, match=r"^topics: flour: removed$"):
        load_pack(baking, at=AT)


def test_an_edit_of_the_pack_itself_is_named(baking: Path) -> None:
    change_rows(Pack.objects.all(), summary_en="The way of bread.")
    refresh_digest()
    change(baking, "goals.yaml", "own-shop.name.en", "My shop")
    with pytest.raises(WouldOverwrite, match=r"^pack: baking: summary$"):
        load_pack(baking, at=AT)


def test_what_an_editor_retired_does_not_come_back_unseen(baking: Path) -> None:
    Resource.objects.filter(key="oven-leaflet").update(retired=False, replaced_by="")
    Skill.objects.filter(key="pricing").update(retired=True)
    refresh_digest()
    change(baking, "goals.yaml", "own-shop.name.en", "My shop")
    with pytest.raises(WouldOverwrite) as caught:
        load_pack(baking, at=AT)
    assert str(caught.value).splitlines() == [
        "skills: pricing: retired",
        "resources: oven-leaflet: retired, replaced_by",
    ]


def test_overwriting_takes_the_files(baking: Path, tmp_path: Path) -> None:
    edit(name_en="A post")
    change(baking, "milestones.yaml", "first-loaf.hours", 9)
    said = StringIO()
    call_command("load_pack", baking, overwrite=True, stdout=said)
    assert said.getvalue() == "content pack loaded\n"
    assert (current_catalogue().goals["a-job"].name.en, current_catalogue().templates["first-loaf"].hours) == (
        "A job",
        9,
    )
    write_pack(read_pack(baking), baking)
    dump(tmp_path / "dumped")
    assert bytes_of(tmp_path / "dumped") == bytes_of(baking)


def test_overwriting_takes_files_that_were_loaded_already(baking: Path) -> None:
    edit(name_en="A post")
    assert load_pack(baking, at=AT, overwrite=True) is True
    assert current_catalogue().goals["a-job"].name.en == "A job"
    assert Release.objects.count() == 1
    assert load_pack(baking, at=AT, overwrite=True) is False


def test_an_edit_that_the_files_contain_is_no_loss(baking: Path) -> None:
    edit(name_en="A post")
    assert dump(baking) == ["goals.yaml"]
    change(baking, "milestones.yaml", "first-loaf.hours", 9)
    assert load_pack(baking, at=AT) is True
    assert (current_catalogue().goals["a-job"].name.en, current_catalogue().templates["first-loaf"].hours) == (
        "A post",
        9,
    )
    told = Release.objects.all()[0].changes
    assert [(each["kind"], each["id"], each["fields"]) for each in told] == [
        ("goals", "a-job", ["name"]),
        ("milestones", "first-loaf", ["hours"]),
    ]


def test_files_that_were_loaded_already_leave_edits_alone(baking: Path) -> None:
    edit(name_en="A post")
    before = rows()
    said = StringIO()
    call_command("load_pack", baking, stdout=said)
    assert said.getvalue() == "content pack unchanged\n"
    assert rows() == before


def test_an_edit_that_was_taken_back_is_no_edit(baking: Path) -> None:
    edit(name_en="A post")
    edit(name_en="A job")
    change(baking, "milestones.yaml", "first-loaf.hours", 9)
    assert load_pack(baking, at=AT) is True


def test_after_an_edit_was_loaded_the_next_load_compares_with_that(baking: Path) -> None:
    edit(name_en="A post")
    dump(baking)
    load_pack(baking, at=AT)
    change(baking, "goals.yaml", "a-job.name.en", "Employment")
    assert load_pack(baking, at=AT) is True
    assert current_catalogue().goals["a-job"].name.en == "Employment"


# The command that compares


def test_the_command_names_what_differs_between_two_packs(tmp_path: Path) -> None:
    new = copy_of(BAKING, tmp_path / "new")
    words = {"ko": "빵", "en": "Bread"}
    change(new, "goals.yaml", "2", {"id": "bread", "name": words, "summary": words, "advice": words})
    change(new, "milestones.yaml", "first-loaf.hours", 9)
    change(new, "skills.yaml", "pricing.aliases", ["원가"])
    change(new, "milestones.yaml", "bread-diary.retired", True)
    change(new, "milestones.yaml", "bread-diary.replaced_by", "baguette-week")
    change(new, "resources.yaml", "oven-leaflet", GONE)
    said = StringIO()
    call_command("pack_changes", BAKING, new, stdout=said)
    assert said.getvalue().splitlines() == [
        "changed skills pricing: Pricing (aliases)",
        "added goals bread: Bread",
        "changed milestones first-loaf: Bake a first loaf (hours)",
        "retired milestones bread-diary: Keep a bread diary (retired, replaced_by) → baguette-week",
    ]
