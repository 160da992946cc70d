"""The questions of the assessment as they are asked: in order, each with its options, in the words of the pack."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import Literal

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments import scoring
from assessments.scoring import CompetencyLevel, Needs
from content.catalogue import Catalogue
from content.pack import format as fmt

Kind = Literal["start", "choice", "deed", "rating", "skill"]
Said = fmt.Bilingual | Promise | str

Part = Literal["start", "choice", "rating", "deed", "next"]
"""A section of the conversation; they are asked in this order."""

SECTIONS: dict[Part, Promise] = {
    "start": _("You"),
    "choice": _("How you work"),
    "rating": _("What you can do"),
    "deed": _("What you have done"),
    "next": _("What comes next"),
}
"""What each section is called."""

HOURS = (4, 8, 12, 20, 40)
SITUATION, GOAL, TIME = "situation", "goal", "hours"


@dataclass(frozen=True)
class Option:
    """One possible answer. `details` say it more closely; `adds` and `shows` are what it counts."""

    value: str
    text: Said
    details: tuple[fmt.Bilingual, ...] = ()
    adds: Mapping[str, int] | None = None
    shows: int | None = None


@dataclass(frozen=True)
class Question:
    """One question. Kind and key name it for ever; `part` is the section of the conversation it belongs to.

    `rates` are the skills whose level a rating gives.
    """

    kind: Kind
    key: str
    lead: Said
    text: Said
    options: tuple[Option, ...]
    part: Part
    rates: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in a form that asks several."""
        return f"{self.kind}.{self.key}"

    @cached_property
    def edition(self) -> str:
        """A short digest of what is asked: a form that was shown before a change is told from one after it."""
        said = [_words(self.text), [[each.value, *map(_words, (each.text, *each.details))] for each in self.options]]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:12]

    def option(self, value: str) -> Option | None:
        """The option with that value."""
        return next((each for each in self.options if each.value == value), None)


@dataclass(frozen=True)
class Section:
    """How far a section of the conversation has come: `answered` of `total` questions that it still takes."""

    part: Part
    answered: int
    total: int

    @property
    def name(self) -> Promise:
        """What it is called."""
        return SECTIONS[self.part]


@dataclass(frozen=True, eq=False)
class Questionnaire:
    """All questions. `steps` are those that everybody is asked, in order; `more` make the result more exact.

    `skills` open a competency up. `needs` is what each engineer class needs, as scoring knows it.
    """

    steps: tuple[Question, ...]
    more: tuple[Question, ...]
    skills: Mapping[str, tuple[Question, ...]]
    by_name: Mapping[str, Question]
    competencies: Mapping[str, str]
    needs: Needs

    def get(self, kind: str, key: str) -> Question | None:
        """The question of that kind and key."""
        return self.by_name.get(f"{kind}.{key}")

    def competency_of(self, question: Question) -> str:
        """The competency that a question rates, or of whose skills it asks; empty for the others."""
        return self.competencies.get(question.name, "")

    def around(self, question: Question, answered: Mapping[str, str]) -> tuple[Question | None, Question | None]:
        """What is asked before and after `question`. The skills of a rating stand between it and the next one."""
        if question.kind == "skill":
            rating = next(each for each in self.steps if question.key in each.rates)
            siblings = self.skills_of(rating)
            place = siblings.index(question)
            before = siblings[place - 1] if place else rating
            return before, _at(siblings, place + 1) or self.around(rating, answered)[1]
        needless = self.needless(answered) - {question.name}
        asked = [each for each in self._beside(question) if each.name not in needless]
        place = asked.index(question)
        return (asked[place - 1] if place else None, _at(asked, place + 1))

    def skills_of(self, question: Question) -> list[Question]:
        """The questions that open a rating up; none of the others."""
        return [self.by_name[f"skill.{key}"] for key in question.rates]

    def needless(self, answered: Mapping[str, str]) -> frozenset[str]:
        """The questions without an answer whose answers could not change the engineer class any more.

        Whether those of `more` could is another matter than whether those could that everybody is asked.
        """
        cap = scoring.best_class(self.levels(answered), self.needs)
        found: list[str] = []
        shown: dict[str, int] = {}
        for asked in (self.steps, self.more):
            shown |= self._shown(asked, answered)
            left = [each.name for each in asked if each.kind == "deed" and each.name not in answered]
            if scoring.settled(shown, len(left), cap):
                found += left
        return frozenset(found)

    def is_answered(self, question: Question, answered: Mapping[str, str]) -> bool:
        """Whether a step has its answer; a rating also has it once each of its skills has. `answered` is by name."""
        if question.name in answered:
            return True
        return bool(question.rates) and all(f"skill.{key}" in answered for key in question.rates)

    def unanswered(self, answered: Mapping[str, str]) -> list[Question]:
        """The steps that are still open and could tell something."""
        return self._open(self.steps, answered)

    def more_unanswered(self, answered: Mapping[str, str]) -> list[Question]:
        """The same of those that make the result more exact."""
        return self._open(self.more, answered)

    def sections(self, question: Question | None, answered: Mapping[str, str]) -> list[Section]:
        """The sections of all that is asked together with `question`, everybody's by default, in order."""
        needless = self.needless(answered)
        parts: dict[Part, list[bool]] = {}
        for each in self._beside(question):
            if each.name not in needless:
                parts.setdefault(each.part, []).append(self.is_answered(each, answered))
        return [Section(part, sum(done), len(done)) for part, done in parts.items()]

    def _beside(self, question: Question | None) -> tuple[Question, ...]:
        return self.more if question in self.more else self.steps

    def _open(self, asked: Sequence[Question], answered: Mapping[str, str]) -> list[Question]:
        needless = self.needless(answered)
        return [each for each in asked if not self.is_answered(each, answered) and each.name not in needless]

    def _shown(self, asked: Sequence[Question], answered: Mapping[str, str]) -> dict[str, int]:
        """The class that each answered deed among those shows."""
        chosen = ((each.key, each.option(answered[each.name])) for each in asked if each.name in answered)
        return {key: option.shows for key, option in chosen if option and option.shows is not None}

    def levels(self, answered: Mapping[str, str]) -> Mapping[str, CompetencyLevel]:
        """The level in each competency as far as the answers tell, each of which is one of its question's options."""
        ratings = {each.key: int(answered[each.name]) for each in self.steps if each.rates and each.name in answered}
        skills = {competency: [each.key for each in asked] for competency, asked in self.skills.items()}
        precise = {
            each.key: int(answered[each.name])
            for asked in self.skills.values()
            for each in asked
            if each.name in answered
        }
        levels = scoring.skill_levels(ratings, precise, self.rated)
        return scoring.competency_levels(levels, precise, skills)

    @cached_property
    def rated(self) -> Mapping[str, tuple[str, ...]]:
        """The skills that each rating is about, by its key."""
        return {each.key: each.rates for each in self.steps if each.kind == "rating"}


def _words(said: Said) -> list[str]:
    """The words of the pack in both languages; our own have no edition."""
    return [said.ko, said.en] if isinstance(said, fmt.Bilingual) else []


def _at(questions: Sequence[Question], place: int) -> Question | None:
    return questions[place] if place < len(questions) else None


@lru_cache(maxsize=2)
def questionnaire(catalogue: Catalogue) -> Questionnaire:
    """The questions of a catalogue: who one is, the role mix, the class, the levels, and what comes next."""
    content = catalogue.content
    skills = {key: _skills(key, catalogue) for key in catalogue.competencies}
    choices, deeds = content.current(fmt.Choice), content.current(fmt.Deed)
    ratings = [entry for entry in content.current(fmt.Rating) if entry.competency in catalogue.competencies]
    asked = [_rating(entry, skills[entry.competency]) for entry in ratings]
    steps = (
        _situation(catalogue),
        *(_choice(entry) for entry in choices if entry.quick),
        *asked,
        *(_deed(entry) for entry in deeds if entry.quick),
        _goal(catalogue),
        _hours(),
    )
    more = (
        *(_choice(entry) for entry in choices if not entry.quick),
        *(_deed(entry) for entry in deeds if not entry.quick),
    )
    return Questionnaire(
        steps=steps,
        more=more,
        skills=skills,
        by_name={each.name: each for each in chain(steps, more, *skills.values())},
        competencies={
            **{each.name: entry.competency for each, entry in zip(asked, ratings, strict=True)},
            **{each.name: competency for competency, found in skills.items() for each in found},
        },
        needs={number: entry.needs for number, entry in catalogue.classes.items()},
    )


def _situation(catalogue: Catalogue) -> Question:
    options = tuple(Option(key, entry.name, (entry.summary,)) for key, entry in catalogue.situations.items())
    lead = _("Everybody starts from somewhere, and the way looks different from each place.")
    return Question("start", SITUATION, lead, _("Where do you stand today?"), options, "start")


def _goal(catalogue: Catalogue) -> Question:
    options = tuple(Option(key, entry.name, (entry.summary,)) for key, entry in catalogue.goals.items())
    lead = _("Two things about what comes next, and we are through.")
    return Question("start", GOAL, lead, _("Where do you want to be next?"), options, "next")


def _hours() -> Question:
    options = tuple(Option(str(hours), _hours_a_week(hours)) for hours in HOURS)
    lead = _("A plan that asks for more time than there is gets dropped in the third week.")
    return Question("start", TIME, lead, _("How much time do you really have?"), options, "next")


def _said_hours(hours: int) -> str:
    return ngettext("%(hours)d hour a week", "%(hours)d hours a week", hours) % {"hours": hours}


_hours_a_week = lazy(_said_hours, str)


def _choice(entry: fmt.Choice) -> Question:
    options = tuple(Option(each.id, each.text, adds=each.adds) for each in entry.options)
    return Question("choice", entry.id, entry.lead, entry.question, options, "choice")


def _deed(entry: fmt.Deed) -> Question:
    options = tuple(Option(each.id, each.text, shows=each.shows) for each in entry.options)
    return Question("deed", entry.id, entry.lead, entry.question, options, "deed")


def _rating(entry: fmt.Rating, skills: Sequence[Question]) -> Question:
    """A rating of a whole competency goes by that one's key, so that answers stand when it is worded anew."""
    options = tuple(Option(str(each.level), each.text) for each in entry.levels)
    key = entry.id if entry.skills else entry.competency
    rates = tuple(entry.skills) or tuple(skill.key for skill in skills)
    return Question("rating", key, entry.lead, entry.question, options, "rating", rates)


def _skills(competency: str, catalogue: Catalogue) -> tuple[Question, ...]:
    nothing = Option("0", _("None of this yet"))
    return tuple(
        Question(
            "skill",
            entry.id,
            entry.summary,
            entry.name,
            (
                nothing,
                *(
                    Option(str(each.level), catalogue.pack.scale[each.level].name, tuple(each.signals))
                    for each in entry.levels
                ),
            ),
            "rating",
        )
        for entry in catalogue.current(fmt.Skill)
        if entry.competency == competency
    )
