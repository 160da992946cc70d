"""What the format declares that entries name: each such place is checked, stored, read back and listed among uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import pytest

from content.admin.uses import uses_of
from content.catalogue import catalogue_of
from content.pack import format as fmt
from content.pack.changes import PACK
from content.pack.content import PackContent
from content.pack.problems import Problem
from content.pack.reading import read_pack
from content.pack.references import EACH, Reference, references
from content.pack.rules import broken_rules
from content.pack.writing import pack_files, write_pack
from content.rows.loading import load_pack
from content.rows.reading import stored_content
from content.rows.tables import MODELS, table_of
from tests.packs import BAKING

pytestmark = pytest.mark.once

BREAD = read_pack(BAKING)

Place = tuple[str, Reference]
"""A kind, or `pack`, and where it names something."""

PLACES: list[Place] = [(kind, each) for kind, model in fmt.KINDS.items() for each in references(model)]
PLACES += [(PACK, each) for each in references(fmt.Pack)]
LISTS = [
    (kind, each)
    for kind, each in PLACES
    if any(isinstance(keys, list) for entry in BREAD.entries.get(kind, ()) for _path, keys in each.groups(entry))
]


def called(place: Place) -> str:
    return ".".join((place[0], *place[1].steps))


def put(said: Any, steps: tuple[str, ...], key: str, *, beside: bool = False) -> Any:
    """What is said, but that it names `key` where it named something first, or beside that in the same list."""
    match steps:
        case ():
            return key
        case ("[]",) if isinstance(said, dict):
            return dict(zip([key, *list(said)[1:]], said.values(), strict=True))
        case ("[]", *rest):
            first = put(said[0], tuple(rest), key) if rest else key
            return [first, *said] if beside and len(rest) < 2 else [first, *said[1:]]
        case (name, *rest):
            return said.model_copy(update={name: put(getattr(said, name), tuple(rest), key, beside=beside)})


def naming(content: PackContent, place: Place, key: str, **how: bool) -> tuple[PackContent, Any]:
    """The content in which one entry, or the pack, names `key` at a place, and that entry."""
    kind, reference = place
    if kind == PACK:
        return replace(content, pack=put(content.pack, reference.steps, key, **how)), content.pack
    found = content.entries[kind]
    entry = next((each for each in found if reference.keys(each)), found[0])
    changed = put(entry, reference.steps, key, **how)
    if reference.field == "replaced_by":
        changed = changed.model_copy(update={"retired": True})
    entries = tuple(changed if each is entry else each for each in found)
    return replace(content, entries={**content.entries, kind: entries}), changed


def about(content: PackContent, place: Place, entry: Any) -> Iterator[Problem]:
    """The broken rules at a place of an entry."""
    start = place[1].field if place[0] == PACK else f"{entry.id}.{place[1].field}"
    return (each for each in broken_rules(content) if each.path.startswith(start))


@pytest.fixture(scope="module")
def baking() -> PackContent:
    """The small pack."""
    return BREAD


def ids_in(schema: dict[str, Any], shared: dict[str, Any], steps: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every place in a JSON Schema at which the id of something may stand."""
    schema = {**schema, **shared.get(schema.get("$ref", "").removeprefix("#/$defs/"), {})}
    if "[a-z]" in schema.get("pattern", ""):
        yield steps
    if any("[a-z]" in name for name in (*schema.get("patternProperties", {}), str(schema.get("propertyNames", "")))):
        yield (*steps, EACH)
    for each in schema.get("anyOf", ()):
        yield from ids_in(each, shared, steps)
    if "items" in schema:
        yield from ids_in(schema["items"], shared, (*steps, EACH))
    for name, inner in schema.get("properties", {}).items():
        yield from ids_in(inner, shared, (*steps, name))


@pytest.mark.parametrize("model", [*fmt.KINDS.values(), fmt.Pack], ids=lambda model: model.__name__)
def test_every_field_that_holds_ids_says_whose_they_are(model: type[fmt.Strict]) -> None:
    schema = model.model_json_schema()
    found = set(ids_in(schema, schema.get("$defs", {})))
    assert {steps for steps in found if steps[-1] != "id"} == {each.steps for each in references(model)}
    assert {each.kind for each in references(model)} <= set(fmt.KINDS)


@pytest.mark.parametrize("place", PLACES, ids=called)
def test_whoever_is_named_must_be_there(place: Place, baking: PackContent) -> None:
    content, entry = naming(baking, place, "nobody-of-that-id")
    assert [each for each in about(content, place, entry) if "nobody-of-that-id" in each.reason]


@pytest.mark.parametrize("place", [each for each in PLACES if each[1].field != "replaced_by"], ids=called)
def test_whoever_is_named_must_not_be_retired(place: Place, baking: PackContent) -> None:
    kind = place[1].kind
    old = baking.entries[kind][0].model_copy(update={"id": "an-old-one", "retired": True})
    files = {**baking.files, (kind, old.id): f"{kind}.yaml"}
    grown = replace(baking, entries={**baking.entries, kind: (*baking.entries[kind], old)}, files=files)
    content, entry = naming(grown, place, old.id)
    assert [each for each in about(content, place, entry) if old.id in each.reason]


@pytest.mark.parametrize("place", LISTS, ids=called)
def test_whoever_is_named_in_a_list_is_named_once(place: Place, baking: PackContent) -> None:
    key = baking.entries[place[1].kind][0].id
    once, _entry = naming(baking, place, key)
    content, entry = naming(once, place, key, beside=True)
    assert [each for each in about(content, place, entry) if each.reason == f"{key!r} stands there 2 times"]


@pytest.mark.parametrize("place", PLACES, ids=called)
def test_who_names_an_entry_is_found_from_it(place: Place, baking: PackContent) -> None:
    kind, reference = place
    key = baking.entries[reference.kind][-1].id
    content, entry = naming(baking, place, key)
    found = [(use.kind, use.key, use.field) for use in uses_of(content, reference.kind, key)]
    assert found.count((kind, entry.id, reference.field)) == 1
    if kind != PACK:
        listed = list(catalogue_of(content).naming(fmt.KINDS[kind], reference.field, key))
        assert listed.count(entry) == (0 if entry.retired else 1)


@pytest.mark.django_db
def test_everything_that_is_named_is_stored_and_read_back(baking: PackContent, tmp_path: Path) -> None:
    entries, files = dict(baking.entries), dict(baking.files)
    for kind, found in baking.entries.items():  # So that something of each kind is replaced, and has a source.
        said = {"id": "an-old-one", "retired": True, "replaced_by": found[0].id}
        said |= {"sources": ["grandmother"]} if isinstance(found[0], fmt.Sourced) else {}
        old = found[0].model_copy(update=said)
        entries[kind], files[kind, old.id] = (*found, old), f"{kind}.yaml"
    content = PackContent(baking.pack, entries, files)
    write_pack(content, tmp_path)
    load_pack(tmp_path, at=datetime(2100, 1, 1, tzinfo=UTC))
    read = stored_content()
    wrong, empty = [], []
    for kind, reference in PLACES:
        for entry in content.entries.get(kind, (content.pack,)):
            other = read.pack if kind == PACK else read.by_id[kind][entry.id]
            if sorted(reference.keys(entry)) != sorted(reference.keys(other)):
                wrong.append((called((kind, reference)), entry.id))
        if not any(reference.keys(entry) for entry in content.entries.get(kind, (content.pack,))):
            empty.append(called((kind, reference)))
    assert wrong == []
    assert empty == []


def test_every_kind_has_a_table_that_can_be_loaded_after_what_it_names() -> None:
    assert [fmt.NAMES[kind] for kind in MODELS] == list(fmt.KINDS)
    order: list[Any] = list(MODELS.values())
    for kind, model in MODELS.items():
        assert table_of(kind).model is model
        named = [target for _column, target in table_of(kind).one.values()]
        assert all(order.index(target) < order.index(model) for target in named)


class Tray(fmt.Strict):
    """A part of a kind that is made up here."""

    id: fmt.Key
    holds: dict[fmt.GoalId, int]


class Snack(fmt.Sourced):
    """A kind that is made up here; nothing else knows of it."""

    taught_by: fmt.RoleId | None = None
    eaten_with: list[Annotated[fmt.Key, fmt.Names("snacks")]] = []
    trays: list[Tray] = []


def test_a_new_kind_is_checked_written_and_listed_by_what_its_fields_declare(
    baking: PackContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(fmt.KINDS, "snacks", Snack)
    names: dict[Any, str] = {**fmt.NAMES, Snack: "snacks"}
    monkeypatch.setattr(fmt, "NAMES", names)
    tray = {"id": "left", "holds": {"a-job": 2, "own-shop": 1}}
    said = {"id": "rusk", "taught_by": "x", "eaten_with": ["rusk"] * 2, "trays": [tray, tray], "sources": ["y"]}
    rusk = Snack.model_validate(said)
    files = {**baking.files, ("snacks", "rusk"): "snacks.yaml"}
    content = PackContent(baking.pack, {**baking.entries, "snacks": (rusk,)}, files)
    assert sorted(str(each).removeprefix("snacks.yaml: rusk.") for each in broken_rules(content)) == [
        "eaten_with: 'rusk' stands there 2 times",
        "sources: unknown id 'y' in sources",
        "taught_by: unknown id 'x' in roles",
        "trays: 'left' stands there 2 times",
    ]
    assert [use.field for use in uses_of(content, "goals", "a-job") if use.kind == "snacks"] == ["trays"]
    assert "holds:\n        own-shop: 1\n        a-job: 2" in pack_files(content)["snacks.yaml"]


def test_the_values_of_a_mapping_that_name_something_are_refused() -> None:
    class Shelf(fmt.Strict):
        """Not a kind."""

        holds: dict[str, fmt.GoalId]

    with pytest.raises(TypeError, match="values of a mapping"):
        references(Shelf)
