"""The format of a content pack: what each YAML file of it may say.

A pack is a folder. `pack.yaml` is one mapping; every other kind of thing is a list, in `<kind>.yaml`
or spread over `<kind>/*.yaml`. The JSON Schema of all of it is published as `docs/pack.schema.json`.

This module knows shapes only. Rules that need two entries at once are in `pack/rules/`. What an id names is declared
here, with the field, and nowhere else: `pack/references.py` tells it to whoever checks, stores, lists or follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.json_schema import JsonSchemaMode, models_json_schema


@dataclass(frozen=True)
class Names:
    """Says of an id whose it is: that of an entry of `kind`, which must be there and not be retired.

    With `every` the list or mapping names all entries of the kind that are not retired. Nothing is named twice in one.
    """

    kind: str
    every: bool = False


OWN = ""
"""Instead of a kind: that of the entry itself."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
SourceId = Annotated[Key, Names("sources")]
GroupId = Annotated[Key, Names("groups")]
CompetencyId = Annotated[Key, Names("competencies")]
EveryCompetencyId = Annotated[Key, Names("competencies", every=True)]
SkillId = Annotated[Key, Names("skills")]
RoleId = Annotated[Key, Names("roles")]
EveryRoleId = Annotated[Key, Names("roles", every=True)]
PhaseId = Annotated[Key, Names("phases")]
ActivityId = Annotated[Key, Names("activities")]
SituationId = Annotated[Key, Names("situations")]
GoalId = Annotated[Key, Names("goals")]
ResourceId = Annotated[Key, Names("resources")]
MilestoneId = Annotated[Key, Names("milestones")]
TopicId = Annotated[Key, Names("topics")]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Alias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^\S+( \S+)*$")]
Aliases = Annotated[list[Alias], Field(max_length=12)]
"""What else people call an entry when they search for it, in whichever language or script."""
Wording = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^\S+( \S+)*$")
]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=6000)]
Level = Annotated[int, Field(ge=0, le=4, strict=True)]
ReachedLevel = Annotated[int, Field(ge=1, le=4, strict=True)]
TargetClass = Literal[1, 2, 3]
EngineerClassNumber = Annotated[int, Field(ge=1, le=4, strict=True)]
Weight = Annotated[int, Field(ge=0, le=3, strict=True)]
Parts = Annotated[int, Field(ge=1, le=3, strict=True)]
Hours = Annotated[int, Field(ge=1, le=400, strict=True)]
NumberOfWeeks = Annotated[int, Field(ge=1, le=104, strict=True)]
HoursAWeek = Annotated[int, Field(ge=1, le=60, strict=True)]


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or "." not in parts.netloc or any(c.isspace() for c in value):
        raise ValueError("no-web-address")
    return value


WebAddress = Annotated[str, StringConstraints(max_length=500), AfterValidator(_web_address)]


class Strict(BaseModel):
    """Refuses keys that the format does not know: a misspelt key must not pass in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Strict):
    """One text in both languages; as a string it is the one that `reader` asks for."""

    reader: ClassVar[Callable[[], str | None]] = staticmethod(lambda: "en")

    ko: str
    en: str

    def __str__(self) -> str:
        return self.ko if Bilingual.reader() == "ko" else self.en


class Title(Bilingual):
    """One short text in both languages."""

    ko: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    en: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class Line(Bilingual):
    """One sentence or two in both languages."""

    ko: Sentence
    en: Sentence


class Text(Bilingual):
    """Paragraphs in both languages, plain Markdown without HTML."""

    ko: Prose
    en: Prose


class Entry(Strict):
    """What every thing in a pack has: an id that means one thing for ever."""

    id: Key
    retired: bool = False
    replaced_by: Annotated[Key, Names(OWN)] | None = None


class Pack(Strict):
    """`pack.yaml`: the pack itself, the scale of levels and the example roadmap.

    `news` says in a sentence what this version brings; the list of changes is made from the difference of two packs.
    `vocabulary` is what its texts call things; `pack/vocabulary.py` holds them to it.
    """

    id: Key
    version: Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d{1,2}\.\d{1,3}$")]
    name: Title
    summary: Line
    news: Line | None = None
    scale: Annotated[list[ScaleStep], Field(min_length=5, max_length=5)]
    example: ExampleProfile
    vocabulary: list[Term] = []


class ScaleStep(Strict):
    """What a level from 0 to 4 means in any skill, in a few words for the forms."""

    level: Level
    name: Title
    meaning: Line


class ExampleProfile(Strict):
    """Whose roadmap a visitor sees before signing up."""

    name: Title
    role_mix: dict[EveryRoleId, Annotated[int, Field(ge=0, le=10, strict=True)]]
    target_class: TargetClass
    situation: SituationId
    goal: GoalId
    hours_per_week: Annotated[int, Field(ge=1, le=60, strict=True)]
    done_items: Annotated[int, Field(ge=0, le=100, strict=True)]


class Term(Strict):
    """What texts in one language say, and what they do not say instead but in the phrases of `unless`."""

    model_config = ConfigDict(serialize_by_alias=True)

    language: Literal["ko", "en"]
    use: Wording
    instead_of: Annotated[list[Wording], Field(min_length=1)]
    unless: Annotated[list[Wording], Field(alias="except")] = []


class Source(Entry):
    """Where an idea comes from."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    author: Annotated[str, StringConstraints(max_length=200)] = ""
    url: WebAddress | None = None
    licence: Annotated[str, StringConstraints(max_length=60)] = ""
    note: Line


class Sourced(Entry):
    """An entry whose ideas have a source."""

    sources: list[SourceId] = []


class Role(Sourced):
    """One of the kinds of player; `letter` tells it apart where colour cannot, `day` tells a working day of it.

    `someone` and `alongside` say in a sentence who somebody is: "An applied researcher", "with an engineer's hands".
    """

    letter: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
    name: Title
    someone: Title | None = None
    alongside: Title | None = None
    aliases: Aliases = []
    summary: Line
    description: Text
    day: Text
    contributes: Line
    differs: Annotated[list[Difference], Field(min_length=1)]


class Difference(Strict):
    """The tell-tale difference between a role and a neighbour of it."""

    role: RoleId
    text: Line


class Group(Entry):
    """A group of competencies."""

    name: Title
    summary: Line


class Competency(Sourced):
    """One of the competencies; its level is what its skills add up to."""

    group: GroupId
    name: Title
    aliases: Aliases = []
    summary: Line
    description: Text


class SkillLevel(Strict):
    """One level of a skill: what a mentor could see somebody do who is there, and one thing that would prove it."""

    level: ReachedLevel
    signals: Annotated[list[Line], Field(min_length=3, max_length=6)]
    evidence: Line


class Skill(Sourced):
    """A part of a competency that can be learned and judged by itself."""

    competency: CompetencyId
    name: Title
    aliases: Aliases = []
    summary: Line
    levels: Annotated[list[SkillLevel], Field(min_length=4, max_length=4)]


class EngineerClass(Sourced):
    """One of the engineer classes, 4 (builds worse than what exists) to 1 (defines problems nobody had named).

    `needs` says below which level in a competency nobody is of that class, whatever they have done.
    """

    number: EngineerClassNumber
    name: Title
    aliases: Aliases = []
    summary: Line
    description: Text
    training: Line
    needs: dict[CompetencyId, ReachedLevel] = {}


class Expectation(Sourced):
    """What a role expects of a competency at class 3, 2 and 1; `skills` overrides it for single skills."""

    role: RoleId
    competency: CompetencyId
    levels: dict[TargetClass, Level]
    reason: Line
    skills: dict[SkillId, dict[TargetClass, Level]] = {}


class Activity(Sourced):
    """Portfolio work that proves a competency: how to choose it, do it well, show it and speak of it."""

    name: Title
    aliases: Aliases = []
    summary: Line
    description: Text
    choose: Text
    do_well: Text
    portfolio: Text
    tell: Text
    interview: Annotated[list[InterviewQuestion], Field(min_length=3, max_length=10)]
    proves: Annotated[list[CompetencyId], Field(min_length=1)]


class InterviewQuestion(Strict):
    """What an interviewer asks about such work, and what they listen for in the answer."""

    question: Line
    listens_for: Line


class Situation(Sourced):
    """Where a person starts. `levels` is what is usual there in each competency, until they say otherwise.

    `skills` is what is usual in single skills, where the level of their competency would mislead.
    """

    name: Title
    summary: Line
    advice: Text
    levels: dict[EveryCompetencyId, Level]
    skills: dict[SkillId, Level] = {}


class Goal(Sourced):
    """Where a person wants to be next."""

    name: Title
    summary: Line
    advice: Text


class Phase(Entry):
    """A stretch of the route; the order in the file is the order on the route."""

    name: Title
    summary: Line


class Topic(Entry):
    """A chapter of the guide."""

    name: Title
    summary: Line


class PanelView(Strict):
    """What one of those who differ says; `who` names them as far as the source does."""

    who: Title
    text: Line


class Question(Sourced):
    """A question of the guide with its answer.

    `short` is the answer in one sentence. `since_2018` says what has changed since the seminar, `views` where its
    panel differed. `milestones` are what one can do about it.
    """

    topic: TopicId
    question: Title
    aliases: Aliases = []
    short: Line
    answer: Text
    since_2018: Text | None = None
    views: list[PanelView] = []
    situations: list[SituationId] = []
    goals: list[GoalId] = []
    roles: list[RoleId] = []
    competencies: list[CompetencyId] = []
    milestones: list[MilestoneId] = []


class Resource(Entry):
    """Something real to learn from.

    `title` is the work's own title, never translated; `note` says what it is good for. `hours` is what working
    through it takes, or for a reference what finding one's way in it does. `reviewed_on` is the day on which an
    editor last held the entry against the work or a stored copy of it.
    """

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    aliases: Aliases = []
    by: Annotated[str, StringConstraints(max_length=200)] = ""
    url: WebAddress
    kind: Literal["course", "book", "paper", "article", "video", "docs", "tool", "dataset", "community", "venue"]
    language: Literal["ko", "en"]
    cost: Literal["free", "paid", "partly-free"]
    hours: Hours | None = None
    skills: list[SkillId] = []
    note: Line | None = None
    reviewed_on: date | None = None


class ChecklistItem(Strict):
    """The smallest thing to tick: something one can be seen doing. Its id is unique within its milestone."""

    id: Key
    text: Line


class Weeks(Strict):
    """How long a milestone takes, whatever time there is: a habit `at_least`, an internship `exactly` so many weeks."""

    at_least: NumberOfWeeks | None = None
    exactly: NumberOfWeeks | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.at_least is None) is (self.exactly is None):
            raise ValueError("one-length")
        return self

    @property
    def number(self) -> int:
        """How many there are at least."""
        return self.exactly or self.at_least or 0


class Milestone(Sourced):
    """A piece of a roadmap that can be finished.

    `hours` are what an honest learner needs; `weeks` and `hours_a_week` bind it to time, so that it runs beside the
    rest at a pace of its own. `raises` maps a skill to the level that finishing leads to.
    It comes after what it `requires`, which is planned with it, and `after` what is planned anyway.
    `roles` says how much it matters to each role, 0 (not at all) to 3 (essential); `proof_for` which class it proves of
    a role. Of its `resources` one of those that it `finishes` is worked through to its end.
    A milestone with `goals` or `situations` belongs to the plans of those alone, and is always in them when `always` is
    set. Before a deadline it is done `weeks_before_deadline` ahead.
    """

    competency: CompetencyId
    title: Title
    aliases: Aliases = []
    outcome: Line
    hours: Hours
    weeks: Weeks | None = None
    hours_a_week: HoursAWeek | None = None
    phase: PhaseId
    track: Literal["main", "companion"] = "main"
    raises: Annotated[dict[SkillId, ReachedLevel], Field(min_length=1)]
    requires: list[MilestoneId] = []
    after: list[MilestoneId] = []
    roles: dict[RoleId, Weight]
    proof_for: dict[RoleId, TargetClass] = {}
    goals: list[GoalId] = []
    situations: list[SituationId] = []
    always: bool = False
    weeks_before_deadline: NumberOfWeeks | None = None
    activity: ActivityId | None = None
    checklist: Annotated[list[ChecklistItem], Field(min_length=3, max_length=8)]
    resources: list[ResourceId] = []
    finishes: list[ResourceId] = []

    @property
    def companion(self) -> bool:
        """Whether it runs beside the main track."""
        return self.track == "companion"

    @property
    def proofs(self) -> dict[int, list[str]]:
        """The roles of which it proves each class."""
        found: dict[int, list[str]] = {}
        for role, number in self.proof_for.items():
            found.setdefault(number, []).append(role)
        return found


class Asked(Entry):
    """A question of the assessment; `lead` is what a good senior says before asking it."""

    lead: Line
    question: Line


class Choice(Asked):
    """A question for the role mix: a choice between concrete behaviours, each as respectable as the others.

    One that is not `quick` is asked of those who want it more exactly.
    """

    quick: bool = True
    options: Annotated[list[ChoiceOption], Field(min_length=3, max_length=5)]


class ChoiceOption(Strict):
    """One behaviour. `adds` says how many points it gives to which roles. Its id is unique within its question."""

    id: Key
    text: Line
    adds: Annotated[dict[RoleId, Parts], Field(min_length=1)]


class Deed(Asked):
    """A question for the engineer class: what somebody has really done, not what they think of themselves.

    One that is not `quick` is asked of those who want it more exactly.
    """

    quick: bool = True
    options: Annotated[list[DeedOption], Field(min_length=3, max_length=5)]


class DeedOption(Strict):
    """One thing that somebody has done. `shows` is the class of which it is typical."""

    id: Key
    text: Line
    shows: EngineerClassNumber


class Rating(Asked):
    """The quick question about a competency: one statement for each level from 0 to 4.

    With `skills` it is about these of them alone, and another one is about the others.
    """

    competency: CompetencyId
    skills: list[SkillId] = []
    levels: Annotated[list[RatedLevel], Field(min_length=5, max_length=5)]


class RatedLevel(Strict):
    """What somebody says of themselves who is at a level of a competency."""

    level: Level
    text: Line


KINDS: dict[str, type[Entry] | type[Expectation]] = {
    "sources": Source,
    "groups": Group,
    "competencies": Competency,
    "skills": Skill,
    "roles": Role,
    "classes": EngineerClass,
    "expectations": Expectation,
    "phases": Phase,
    "activities": Activity,
    "situations": Situation,
    "goals": Goal,
    "resources": Resource,
    "milestones": Milestone,
    "topics": Topic,
    "questions": Question,
    "choices": Choice,
    "deeds": Deed,
    "ratings": Rating,
}
"""Every kind of entry by the name of its file or folder, in the order in which they can be loaded."""


def name_of(entry: Entry) -> Bilingual | str:
    """What an entry is called; its id where it has no name of its own."""
    found = (getattr(entry, field, None) for field in ("name", "title", "question"))
    return next((name for name in found if name), entry.id)


def texts_in(value: Any, path: str) -> Iterator[tuple[str, Bilingual]]:
    """Every text that stands there in both languages, with the way to it, which begins with `path`."""
    if isinstance(value, Bilingual):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from texts_in(inner, f"{path}[{number}]")


NAMES: dict[type[Entry], str] = {model: name for name, model in KINDS.items()}


def json_schema() -> dict[str, Any]:
    """The whole format as one JSON Schema: a property for each file, named as in `KINDS`, and `pack`."""
    models: list[type[BaseModel]] = [Pack, *KINDS.values()]
    asked: list[tuple[type[BaseModel], JsonSchemaMode]] = [(model, "validation") for model in models]
    references, shared = models_json_schema(asked)
    refs = {model: references[model, "validation"] for model in models}
    lists = {kind: {"type": "array", "minItems": 1, "items": refs[model]} for kind, model in KINDS.items()}
    properties = {"pack": refs[Pack], **lists}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Waymark content pack",
        "description": "Each property is a file of the pack: pack.yaml is one mapping, every other file a list.",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "$defs": shared["$defs"],
    }
