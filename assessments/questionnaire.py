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

from content.catalogue import Catalogue
from content.pack import format as fmt

Kind = Literal["start", "choice", "deed", "rating", "skill"]
Said = fmt.Bilingual | Promise | str

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
    """One question. Kind and key name it for ever; `part` is the stretch of the conversation it belongs to."""

    kind: Kind
    key: str
    lead: Said
    text: Said
    options: tuple[Option, ...]
    part: Kind

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


@dataclass(frozen=True, eq=False)
class Questionnaire:
    """All questions. `steps` are those that everybody is asked, in order; `skills` open a rating up, by competency."""

    steps: tuple[Question, ...]
    skills: Mapping[str, tuple[Question, ...]]
    by_name: Mapping[str, Question]

    def get(self, kind: str, key: str) -> Question | None:
        """The question of that kind and key."""
        return self.by_name.get(f"{kind}.{key}")

    def competency_of(self, question: Question) -> str:
        """The competency that a question rates, or of whose skills it asks; empty for the others."""
        if question.kind == "rating":
            return question.key
        return next((key for key, asked in self.skills.items() if question in asked), "")

    def around(self, question: Question) -> tuple[Question | None, Question | None]:
        """What is asked before and after `question`. A competency's skills stand between its rating and the next."""
        if question.kind != "skill":
            place = self.steps.index(question)
            return (self.steps[place - 1] if place else None, _at(self.steps, place + 1))
        competency = self.competency_of(question)
        siblings, rating = self.skills[competency], self.by_name[f"rating.{competency}"]
        place = siblings.index(question)
        before = siblings[place - 1] if place else rating
        return before, _at(siblings, place + 1) or self.around(rating)[1]

    def is_answered(self, question: Question, answered: Mapping[str, str]) -> bool:
        """Whether a step has its answer; a rating also has it once each of its skills has. `answered` is by name."""
        if question.name in answered:
            return True
        skills = self.skills.get(question.key, ()) if question.kind == "rating" else ()
        return bool(skills) and all(skill.name in answered for skill in skills)

    def unanswered(self, answered: Mapping[str, str]) -> list[Question]:
        """The steps that are still open."""
        return [question for question in self.steps if not self.is_answered(question, answered)]


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
    steps = (
        _situation(catalogue),
        *(_choice(entry) for entry in content.current(fmt.Choice)),
        *(_deed(entry) for entry in content.current(fmt.Deed)),
        *(_rating(entry) for entry in content.current(fmt.Rating) if entry.competency in catalogue.competencies),
        _goal(catalogue),
        _hours(),
    )
    return Questionnaire(steps, skills, {each.name: each for each in chain(steps, *skills.values())})


def _situation(catalogue: Catalogue) -> Question:
    options = tuple(Option(key, entry.name, (entry.summary,)) for key, entry in catalogue.situations.items())
    lead = _("Everybody starts from somewhere, and the way looks different from each place.")
    return Question("start", SITUATION, lead, _("Where do you stand today?"), options, "start")


def _goal(catalogue: Catalogue) -> Question:
    options = tuple(Option(key, entry.name, (entry.summary,)) for key, entry in catalogue.goals.items())
    lead = _("Two things about what comes next, and we are through.")
    return Question("start", GOAL, lead, _("Where do you want to be next?"), options, "start")


def _hours() -> Question:
    options = tuple(Option(str(hours), _hours_a_week(hours)) for hours in HOURS)
    lead = _("A plan that asks for more time than there is gets dropped in the third week.")
    return Question("start", TIME, lead, _("How much time do you really have?"), options, "start")


def _said_hours(hours: int) -> str:
    return ngettext("%(hours)d hour a week", "%(hours)d hours a week", hours) % {"hours": hours}


_hours_a_week = lazy(_said_hours, str)


def _choice(entry: fmt.Choice) -> Question:
    options = tuple(Option(each.id, each.text, adds=each.adds) for each in entry.options)
    return Question("choice", entry.id, entry.lead, entry.question, options, "choice")


def _deed(entry: fmt.Deed) -> Question:
    options = tuple(Option(each.id, each.text, shows=each.shows) for each in entry.options)
    return Question("deed", entry.id, entry.lead, entry.question, options, "deed")


def _rating(entry: fmt.Rating) -> Question:
    options = tuple(Option(str(each.level), each.text) for each in entry.levels)
    return Question("rating", entry.competency, entry.lead, entry.question, options, "rating")


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
