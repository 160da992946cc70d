"""The quick way: short, asking nothing that could change nothing, and fair about who is of which class."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from assessments.completion import result_of
from assessments.questionnaire import Question, Questionnaire, questionnaire
from assessments.reading import aim_of, read
from assessments.results import Result
from content.catalogue import Catalogue, catalogue_of
from content.pack import format as fmt
from content.pack.reading import read_pack
from tests.sheets import A, D, E, R

pytestmark = pytest.mark.once

PACK = Path("content/packs/deep-learning")
MOST_QUESTIONS, MOST_WORDS = 20, 1500


@cache
def catalogue() -> Catalogue:
    return catalogue_of(read_pack(PACK))


@cache
def asked() -> Questionnaire:
    return questionnaire(catalogue())


def words(question: Question, language: str) -> int:
    """What is to be read of a question with all its answers."""
    said = [question.lead, question.text]
    said += [text for option in question.options for text in (option.text, *option.details)]
    return sum(len((getattr(each, language, None) or str(each)).split()) for each in said)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_quick_way_is_read_in_seven_minutes(language: str) -> None:
    steps = asked().steps
    assert len(steps) <= MOST_QUESTIONS
    assert sum(words(question, language) for question in steps) <= MOST_WORDS


# What is not asked


def draw(random_: random.Random, questions: list[Question]) -> dict[str, str]:
    return {each.name: random_.choice(each.options).value for each in questions if random_.random() < 0.9}


def result(answers: dict[str, str]) -> Result:
    return result_of(answers, asked(), catalogue())


def test_no_answer_to_what_is_left_out_would_change_the_class() -> None:
    random_ = random.Random(20261128)
    others = [each for each in asked().steps if each.kind != "deed"]
    deeds = [each for each in asked().steps if each.kind == "deed"]
    left_out = 0
    for _sheet in range(10_000):
        answers = draw(random_, others)
        for deed in deeds:  # In the order in which they are asked.
            if deed.name in asked().needless(answers):
                left_out += 1
                known = result(answers).engineer_class
                changed = {**answers, deed.name: random_.choice(deed.options).value}
                assert known is not None
                assert result(changed).engineer_class == known
            else:
                answers[deed.name] = random_.choice(deed.options).value
        assert asked().unanswered(answers) == [
            each for each in others if each.name not in answers and each.name not in asked().needless(answers)
        ]
    assert left_out > 5_000


def test_whoever_lacks_what_a_class_needs_is_not_of_it() -> None:
    random_ = random.Random(20181128)
    questions = [*asked().steps, *asked().more]
    for _sheet in range(10_000):
        found = result(draw(random_, questions))
        levels, number = found.competency_levels, found.engineer_class
        if "deep-learning" in levels and levels["deep-learning"].level < 2:
            assert number is None or number >= 3
        if "deep-learning" in levels and levels["deep-learning"].level < 1:
            assert number == 4
        for competency, level in found.missing.items():
            assert levels[competency].level < level


def test_a_beginner_is_not_asked_for_deeds() -> None:
    beginner = {"rating.deep-learning": "0"}
    assert {each.name for each in asked().steps if each.kind == "deed"} <= asked().needless(beginner)
    assert {each.name for each in asked().more if each.kind == "deed"} <= asked().needless(beginner)
    assert not asked().needless({"rating.deep-learning": "3"})
    deeds = [section for section in asked().sections(None, beginner) if section.part == "deed"]
    assert deeds == []


def test_the_precise_way_asks_the_rest_and_ends() -> None:
    quick = {each.name: each.options[0].value for each in asked().steps}
    left = asked().more_unanswered(quick)
    assert {each.kind for each in left} == {"choice"}  # Of somebody at level 0 no deed would count.
    question, seen = left[0], [left[0]]
    while (following := asked().around(question, quick)[1]) is not None:
        question = following
        seen.append(question)
    assert seen == left
    assert asked().more_unanswered({**quick, **{each.name: each.options[0].value for each in left}}) == []


# Who is of which class: the people of docs/plans.yaml, as a senior who knows them would say

RATED = (
    "mathematics",
    "computing",
    "rate-english-on-paper",
    "rate-english-aloud",
    "deep-learning",
    "tools",
    "domain",
    "problem-solving",
    "communication",
    "curiosity",
)
PEOPLE: dict[str, tuple[str, str, tuple[str, ...], str, tuple[int, ...], int, int]] = {
    "A pupil who likes mathematics": ("high-school", "university", (R, R, A, R), "1110000001", (4, 4), 4, 3),
    "A CS undergraduate on the way to graduate school": (
        "cs-undergraduate",
        "graduate-school",
        (R, A, R, E),
        "2221110111",
        (4, 4),
        4,
        3,
    ),
    "A CS undergraduate on the way to a job": (
        "cs-undergraduate",
        "employment",
        (E, A, E, A),
        "1221110111",
        (4, 3, 4),
        4,
        3,
    ),
    "A linguistics student": ("non-cs-undergraduate", "employment", (A, D, R, A), "0121001121", (4, 4), 4, 3),
    "A self-taught backend engineer with a year's time": (
        "working-engineer",
        "employment",
        (E, E, A, E),
        "1321120121",
        (4, 3, 4),
        4,
        3,
    ),
    "A master's student who wants a doctorate": (
        "masters-student",
        "graduate-school",
        (R, R, A, R),
        "2232221222",
        (3, 3),
        3,
        2,
    ),
    "A PhD student in the field": ("phd-student", "research-job", (R, R, A, R), "3333331333", (2, 3, 2), 2, 1),
    "A physician who stays one": ("field-expert", "where-i-am", (D, D, D, A), "1032003132", (3, 4, 3), 4, 3),
    "A physicist on the way to a research job in industry": (
        "scientist",
        "research-job",
        (R, R, A, R),
        "3233013232",
        (2, 2),
        4,
        3,
    ),
    "A founder": ("working-engineer", "founding", (E, A, E, A), "1221111121", (3, 3), 3, 3),
    "A chemist who becomes an applied researcher": (
        "field-expert",
        "employment",
        (A, A, D, A),
        "2132113222",
        (3, 4, 3),
        3,
        3,
    ),
    "Somebody coming back after a break": ("career-break", "employment", (E, A, E, A), "1221121121", (3, 4, 4), 4, 3),
}


def sheet_of(name: str) -> dict[str, str]:
    """What one of those people answers in the quick way."""
    situation, goal, roles, levels, shown, _class, _target = PEOPLE[name]
    answers = {"start.situation": situation, "start.goal": goal, "start.hours": "8"}
    answers |= leaning_to(*roles)
    answers |= {f"rating.{key}": level for key, level in zip(RATED, levels, strict=True)}
    for question in (each for each in asked().steps if each.kind == "deed"):
        if question.name in asked().needless(answers):
            continue
        number = shown[sum(name.startswith("deed.") for name in answers)]
        answers[question.name] = next(option.value for option in question.options if option.shows == number)
    return answers


@pytest.mark.parametrize("name", PEOPLE)
def test_people_get_the_class_and_the_target_that_a_senior_would_give_them(name: str) -> None:
    found = result(sheet_of(name))
    assert (found.engineer_class, aim_of(found, catalogue()).number) == PEOPLE[name][-2:]


def test_deeds_in_another_science_make_no_class_of_this_one() -> None:
    """Asked about models, a physicist without any may still think of a famous paper."""
    answers = sheet_of("A physicist on the way to a research job in industry") | {"rating.deep-learning": "1"}
    deeds = [each for each in asked().steps if each.kind == "deed"]
    answers |= {each.name: next(o.value for o in each.options if o.shows == 1) for each in deeds}
    found = result(answers)
    assert found.engineer_class == 3
    assert found.missing == {"deep-learning": 2}


# What is said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("A founder", "An applied researcher with an engineer's hands, class 3, three steps from class 2."),
        ("A physician who stays one", "A domain expert, class 4, four steps from class 3."),
        ("A PhD student in the field", "A researcher, class 2, two steps from class 1."),
    ],
)
def test_the_result_begins_with_a_sentence_that_one_could_repeat(name: str, said: str) -> None:
    found = result(sheet_of(name))
    assert read(found, aim_of(found, catalogue()), catalogue()).sentence == said


def leaning_to(*roles: str) -> dict[str, str]:
    """What leans most to each of `roles` in turn, in the choices that everybody is asked."""
    choices = [each for each in asked().steps if each.kind == "choice"]
    return {
        question.name: max(question.options, key=lambda option: (option.adds or {}).get(role, 0)).value
        for question, role in zip(choices, roles, strict=True)
    }


def test_what_is_unknown_is_left_out_of_the_sentence() -> None:
    for answers, said in (
        ({"rating.deep-learning": "1"}, "Nothing is known of you yet."),
        ({"rating.deep-learning": "0"}, "Somebody, class 4, three steps from class 3."),
        ({"choice.free-saturday": "mend-a-thing"}, "Nothing is known of you yet."),
        (leaning_to(E, E, E, E), "An engineer."),
        (leaning_to(R, A, E, D), "An all-rounder."),
    ):
        found = result(answers)
        assert read(found, aim_of(found, catalogue()), catalogue()).sentence == said


def test_a_part_of_a_competency_is_asked_apart() -> None:
    found = result({"rating.rate-english-on-paper": "3", "rating.rate-english-aloud": "1"})
    assert found.competency_levels["english"].tenths == 20
    assert {key: level for key, level in found.single.items() if key.startswith("english")} == {
        "english-reading": 3,
        "english-writing": 3,
        "english-listening": 1,
        "english-speaking": 1,
    }
    half = result({"rating.rate-english-on-paper": "3"})
    assert not half.competency_levels["english"].whole


def test_every_choice_asks_for_something_that_leans_to_each_role_and_none_to_all() -> None:
    for choice in catalogue().content.current(fmt.Choice):
        for role in (R, A, E, D):
            assert any(option.adds.get(role) for option in choice.options), (choice.id, role)
