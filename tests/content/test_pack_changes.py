"""What differs between two states of a pack, and what loading one would undo."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.pack.changes import PACK, Change, changes, difference, overwritten, patched, state_of
from content.pack.reading import check
from tests.packs import BAKING, GONE, changed, files_of

pytestmark = pytest.mark.once

NAMES = st.fixed_dictionaries({"ko": st.sampled_from(["빵", "떡"]), "en": st.sampled_from(["Bread", "Rice cake"])})
ENTRIES = st.fixed_dictionaries(
    {"id": st.just("")},
    optional={
        "name": NAMES,
        "title": st.sampled_from(["A book", "반죽 영상"]),
        "hours": st.integers(1, 3),
        "levels": st.dictionaries(st.sampled_from("123"), st.integers(0, 4), max_size=2),
        "retired": st.just(True),
        "replaced_by": st.sampled_from("ab"),
    },
)
STATES = st.dictionaries(
    st.sampled_from([PACK, "goals", "milestones", "questions"]),
    st.dictionaries(st.sampled_from("abcd"), ENTRIES, max_size=4),
    max_size=4,
)

State = dict[str, dict[str, dict[str, Any]]]
Place = tuple[str, str]


def current(state: State) -> set[Place]:
    """What stands on the pages."""
    return {(kind, key) for kind, found in state.items() if kind != PACK for key in found if not retired(found[key])}


def retired(entry: dict[str, Any]) -> bool:
    return bool(entry.get("retired"))


def at(state: State, change: Change) -> dict[str, Any]:
    """The entry that a change is about; nothing where there is none."""
    return state.get(change.kind, {}).get(change.id, {})


# What happened


@given(STATES)
def test_nothing_differs_from_itself(state: State) -> None:
    assert changes(state, state) == []


@given(STATES, STATES)
def test_what_happened_leads_from_the_one_to_the_other(old: State, new: State) -> None:
    now = current(old)
    for change in changes(old, new):
        place = (change.kind, change.id)
        match change.what:
            case "added" | "returned":
                assert place not in now
                now.add(place)
            case "retired":
                now.remove(place)
            case "changed":
                assert (place in now) == (not retired(at(new, change)))
            case _:
                raise AssertionError(change.what)
    assert now == current(new)


@given(STATES, STATES)
def test_the_fields_of_a_change_are_all_that_differs(old: State, new: State) -> None:
    told = {(change.kind, change.id): change for change in changes(old, new)}
    for kind, found in new.items():
        for key in found if kind != PACK else ():
            before, after = old.get(kind, {}).get(key), found[key]
            if before is None:
                continue
            fields = told[kind, key].fields if (kind, key) in told else ()
            assert len(set(fields)) == len(fields)
            rest = {name: value for name, value in before.items() if name not in fields}
            assert rest | {name: after[name] for name in fields if name in after} == after
            assert all(before.get(name) != after.get(name) for name in fields)


@given(STATES, STATES)
def test_what_happened_is_told_once_and_the_other_way_round_too(old: State, new: State) -> None:
    back = {"added": {"retired"}, "returned": {"retired"}, "retired": {"added", "returned"}, "changed": {"changed"}}
    there, again = changes(old, new), changes(new, old)
    assert len({(change.kind, change.id) for change in there}) == len(there)
    assert {(each.kind, each.id) for each in there} == {(each.kind, each.id) for each in again}
    backwards = {(each.kind, each.id): each.what for each in again}
    assert all(backwards[each.kind, each.id] in back[each.what] for each in there)


# The way from one state to the other


@given(STATES, STATES)
def test_a_state_with_the_difference_is_the_other_state(state: State, other: State) -> None:
    found = difference(state, other)
    assert {kind: entries for kind, entries in patched(state, found).items() if entries} == {
        kind: entries for kind, entries in other.items() if entries
    }
    assert difference(state, state) == {}


# What would be undone


@given(STATES, STATES)
def test_nothing_is_undone_where_nobody_edited(base: State, theirs: State) -> None:
    assert overwritten(base, base, theirs) == []


@given(STATES, STATES)
def test_nothing_is_undone_where_the_files_say_the_same(base: State, mine: State) -> None:
    assert overwritten(base, mine, mine) == []


@given(STATES, STATES, STATES)
def test_exactly_the_edits_that_the_files_lack_would_be_undone(base: State, mine: State, theirs: State) -> None:
    lost = {(change.kind, change.id): change for change in overwritten(base, mine, theirs)}
    for kind, found in mine.items():
        for key, entry in found.items():
            edited, loaded = entry != base.get(kind, {}).get(key), theirs.get(kind, {}).get(key)
            gone_anyway = loaded is None and retired(entry)
            change = lost.pop((kind, key), None)
            assert (change is not None) == (edited and entry != loaded and not gone_anyway)
            if change is not None:
                assert change.what == ("removed" if loaded is None else "changed")
                assert bool(change.fields) == (loaded is not None)
    assert lost == {}


# Of a real pack


def state(*edits: tuple[str, str, object]) -> State:
    """The state of the small pack, with some values set."""
    files = files_of(BAKING)
    for file, where, value in edits:
        files[file] = changed(files[file], where, value)
    return state_of(check(files))


POST = ("goals.yaml", "a-job.name.en", "A post")
HOURS = ("milestones.yaml", "first-loaf.hours", 9)


@pytest.mark.parametrize(
    ("edit", "change"),
    [
        (POST, Change("goals", "a-job", "changed", "취직", "A post", ("name",))),
        (HOURS, Change("milestones", "first-loaf", "changed", "첫 빵 굽기", "Bake a first loaf", ("hours",))),
        (
            ("milestones.yaml", "bread-diary", GONE),
            Change("milestones", "bread-diary", "retired", "빵 일기", "Keep a bread diary"),
        ),
        (
            ("milestones.yaml", "bread-diary.retired", True),
            Change("milestones", "bread-diary", "retired", "빵 일기", "Keep a bread diary", ("retired",)),
        ),
        (
            ("expectations.yaml", "1.levels.1", 3),
            Change(
                "expectations",
                "bread-baker-kneading",
                "changed",
                "bread-baker-kneading",  # It has no name of its own.
                "bread-baker-kneading",
                ("levels",),
            ),
        ),
        (
            ("questions/shop.yaml", "when-to-open.short.ko", "아무 때나요."),
            Change(
                "questions",
                "when-to-open",
                "changed",
                "언제 가게를 열어도 되나요?",
                "When am I ready to open a shop?",
                ("short",),
            ),
        ),
    ],
)
def test_a_change_of_a_pack_is_named_in_both_languages(edit: tuple[str, str, object], change: Change) -> None:
    assert changes(state(), state(edit)) == [change]


def test_the_pack_itself_is_not_told_of_but_its_edits_are_not_undone_unseen() -> None:
    edit = ("pack.yaml", "summary.en", "The way of bread.")
    assert changes(state(), state(edit)) == []
    (lost,) = overwritten(state(), state(edit), state(HOURS))
    assert (lost.kind, lost.id, lost.fields) == ("pack", "baking", ("summary",))


def test_moving_an_entry_changes_nothing_that_is_told() -> None:
    files = files_of(BAKING)
    files["goals.yaml"].reverse()
    assert changes(state(), state_of(check(files))) == []
