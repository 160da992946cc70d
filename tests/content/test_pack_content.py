"""The content pack itself: how much there is, and that both languages are whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from pydantic import BaseModel

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.reading import read_pack
from tests.conftest import PACK

HANGUL = re.compile(r"[\uac00-\ud7a3]")
JAMO = re.compile(r"[\u1100-\u11ff\u3130-\u318f]")
FORMAL = re.compile(r"(습니다|습니까|[입합됩킵줍깁봅]니다|십시오)")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


@lru_cache(maxsize=1)
def content() -> PackContent:
    return read_pack(PACK)


def current(kind: type[Any]) -> list[Any]:
    return [entry for entry in content().of(kind) if not entry.retired]


def pairs(value: object, path: str) -> Iterator[tuple[str, str, str]]:
    """Every text that stands there in both languages: its path, the Korean and the English."""
    if isinstance(value, fmt.Title | fmt.Line | fmt.Text):
        yield path, value.ko, value.en
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from pairs(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from pairs(inner, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from pairs(inner, f"{path}[{number}]")


def texts() -> list[tuple[str, str, str]]:
    """All of them in the pack."""
    found = list(pairs(content().pack, "pack"))
    for kind, entries in content().entries.items():
        for entry in entries:
            found.extend(pairs(entry, f"{kind}.{entry.id}"))
    return found


# How much there is


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        (fmt.Skill, 36),
        (fmt.Milestone, 120),
        (fmt.Role, 4),
        (fmt.Competency, 9),
        (fmt.EngineerClass, 4),
        (fmt.Activity, 8),
        (fmt.Situation, 7),
        (fmt.Goal, 3),
        (fmt.Question, 45),
        (fmt.Choice, 12),
        (fmt.Deed, 6),
        (fmt.Rating, 9),
    ],
)
def test_there_is_enough_of_each_kind(kind: type[fmt.Entry], least: int) -> None:
    assert len(current(kind)) >= least


def test_there_are_checklists_for_years_of_work() -> None:
    assert sum(len(milestone.checklist) for milestone in current(fmt.Milestone)) >= 600


def test_two_hundred_resources_were_reviewed_and_say_what_they_take() -> None:
    reviewed = [resource for resource in current(fmt.Resource) if resource.reviewed_on]
    assert len([resource for resource in reviewed if resource.hours]) >= 200
    assert [resource.id for resource in current(fmt.Resource) if not resource.hours] == []


def test_addresses_are_well_formed() -> None:
    entries = [*current(fmt.Resource), *current(fmt.Source)]
    addresses = [(entry.id, urlsplit(entry.url)) for entry in entries if entry.url]
    assert [key for key, address in addresses if not address.hostname or address.username or address.port] == []
    assert [key for key, address in addresses if not address.geturl().isascii()] == []


def test_every_level_of_every_skill_says_what_a_mentor_could_see() -> None:
    for skill in current(fmt.Skill):
        assert [level.level for level in skill.levels] == [1, 2, 3, 4]
        assert all(len(level.signals) >= 3 for level in skill.levels)
        assert all(level.evidence.ko and level.evidence.en for level in skill.levels)


def test_every_competency_has_skills_and_milestones_and_is_proved_by_an_activity() -> None:
    competencies = {competency.id for competency in current(fmt.Competency)}
    assert {skill.competency for skill in current(fmt.Skill)} == competencies
    assert {milestone.competency for milestone in current(fmt.Milestone)} == competencies


def test_every_skill_is_raised_by_some_milestone() -> None:
    raised = {key for milestone in current(fmt.Milestone) for key in milestone.raises}
    assert {skill.id for skill in current(fmt.Skill)} - raised == set()


def test_every_milestone_has_something_to_learn_from_and_everything_to_learn_from_is_used() -> None:
    assert [milestone.id for milestone in current(fmt.Milestone) if not milestone.resources] == []
    used = {key for milestone in current(fmt.Milestone) for key in milestone.resources}
    assert {resource.id for resource in current(fmt.Resource)} - used == set()


def test_every_activity_phase_and_group_is_used() -> None:
    milestones = current(fmt.Milestone)
    assert {entry.id for entry in current(fmt.Activity)} == {m.activity for m in milestones if m.activity}
    assert {entry.id for entry in current(fmt.Phase)} == {m.phase for m in milestones}
    assert {entry.id for entry in current(fmt.Group)} == {c.group for c in current(fmt.Competency)}


def test_an_address_is_learned_from_once() -> None:
    addresses = Counter(resource.url.rstrip("/") for resource in current(fmt.Resource))
    assert [address for address, times in addresses.items() if times > 1] == []


def test_every_situation_and_every_goal_asks_for_something_of_its_own() -> None:
    asked = [m for m in current(fmt.Milestone) if m.always]
    assert {entry.id for entry in current(fmt.Goal)} == {key for m in asked for key in m.goals}
    assert {entry.id for entry in current(fmt.Situation)} == {key for m in asked for key in m.situations}


def test_everything_that_the_assessment_says_is_said_in_both_languages() -> None:
    said = [(path, ko, en) for path, ko, en in texts() if path.startswith(("choices.", "deeds.", "ratings."))]
    paths = {path for path, _, _ in said}
    for choice in current(fmt.Choice):
        assert {f"choices.{choice.id}.options[{n}].text" for n in range(len(choice.options))} <= paths
    for deed in current(fmt.Deed):
        assert {f"deeds.{deed.id}.options[{n}].text" for n in range(len(deed.options))} <= paths
    for rating in current(fmt.Rating):
        assert {f"ratings.{rating.id}.levels[{n}].text" for n in range(5)} <= paths
    assert [path for path, ko, en in said if not HANGUL.search(ko) or not re.search("[a-z]{2}", en)] == []


def test_no_answer_of_a_question_is_there_twice() -> None:
    for kind in (fmt.Choice, fmt.Deed):
        for asked in current(kind):
            for language in ("ko", "en"):
                words = [getattr(option.text, language) for option in asked.options]
                assert len(set(words)) == len(words), asked.id


# Both languages


def test_ids_are_plain_ascii() -> None:
    ids = [entry.id for found in content().entries.values() for entry in found]
    ids += [item.id for milestone in content().of(fmt.Milestone) for item in milestone.checklist]
    asked = [*current(fmt.Choice), *current(fmt.Deed)]
    ids += [option.id for question in asked for option in question.options]
    assert len(ids) > 800
    assert [key for key in ids if not key.isascii()] == []


def test_no_korean_text_is_without_hangul() -> None:
    assert [path for path, ko, _ in texts() if not HANGUL.search(ko) and not _is_a_name(path)] == []


def _is_a_name(path: str) -> bool:
    """GitHub and arXiv are called just that in Korean too."""
    return re.fullmatch(r"activities\.[a-z-]+\.name", path) is not None


def test_no_english_text_has_hangul_in_it() -> None:
    assert [path for path, _, en in texts() if HANGUL.search(en) or JAMO.search(en)] == []


def test_no_text_is_the_same_in_both_languages() -> None:
    assert [path for path, ko, en in texts() if ko == en and not _is_a_name(path)] == []


def test_both_languages_have_the_same_paragraphs() -> None:
    assert [path for path, ko, en in texts() if ko.count("\n\n") != en.count("\n\n")] == []


def test_korean_prose_speaks_politely_and_warmly_and_never_formally() -> None:
    formal = [(path, FORMAL.findall(CODE.sub("", ko))) for path, ko, _ in texts()]
    assert [(path, found) for path, found in formal if found] == []


def test_korean_sentences_end_in_haeyo() -> None:
    """Descriptions and advice are whole sentences; each ends in 요 or 죠, or asks oneself (-는가)."""
    wrong = []
    for path, ko, _ in texts():
        if not path.endswith((".description", ".advice", ".choose", ".do_well", ".tell")):
            continue
        for sentence in re.findall(r"[^.!?\n]*[\uac00-\ud7a3][.!?](?=\s|$)", CODE.sub("", ko)):
            if not re.search(r"([요죠]|[는한]가)[.!?]$", sentence):
                wrong.append((path, sentence))
    assert wrong == []
