"""A result as its page reads it: against a target, with gaps, strengths and three values apart. No queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assessments import scoring
from assessments.results import Given, Result
from assessments.role_mix import PARTS, even_mix
from assessments.scoring import CompetencyLevel
from assessments.summary import sentence
from assessments.targets import RELEVANT, Gap, gaps, mastered, reached, relevance
from content.catalogue import Catalogue
from content.pack import format as fmt

ENOUGH_CHOICES, CLEARLY = 3, 4
"""A sentence names a role from so many choices on, and where it has so many of ten parts."""
SHOWN_GAPS = 3
SHOWN_STRENGTHS = 3
SHOWN_ANSWERS = 5
SHOWN_SKILLS = 2
MET = 0.9
"""The share of what a class expects from which on its levels are met: nobody has all of it, and little is missing."""


@dataclass(frozen=True)
class Aim:
    """A target: a role mix and a class, 3 to 1."""

    mix: Mapping[str, int]
    number: int


@dataclass(frozen=True)
class SkillRow:
    """A skill with what the target expects, in whole levels, and the three values, each None where there is none."""

    key: str
    name: fmt.Bilingual
    said: int | None
    precise: bool
    evidence: int | None
    mentor: int | None
    target: int


@dataclass(frozen=True)
class CompetencyRow:
    """A competency with its skills. `values` are tenths of a level: said, evidence, mentor.

    Each is the mean of the skills of which something is known; `counts` says how many those are.
    """

    competency: fmt.Competency
    said: CompetencyLevel | None
    values: Mapping[str, int]
    counts: Mapping[str, int]
    target: int
    skills: tuple[SkillRow, ...]


@dataclass(frozen=True)
class CompetencyGap:
    """What is missing in one competency: the skills that miss most, the roles that ask, the milestone that closes it.

    `at_once` says whether one can begin with that milestone now, or something else comes before it.
    `now` and `target` are means over the skills below the target, in tenths of a level.
    """

    competency: fmt.Competency
    now: int
    target: int
    skills: tuple[fmt.Skill, ...]
    roles: tuple[fmt.Role, ...]
    first: fmt.Milestone | None
    at_once: bool


@dataclass(frozen=True)
class Moved:
    """One of the answers that moved the role mix most, and the role that it moved it to."""

    answer: Given
    role: fmt.Role | None


@dataclass(frozen=True)
class Reading:
    """All of it. `mix` holds the roles' numbers from 1, the roles and their parts, and is empty while unknown."""

    result: Result
    aim: Aim
    mix: tuple[tuple[int, fmt.Role, int], ...]
    leading: tuple[fmt.Role, ...]
    sentence: str
    engineer_class: fmt.EngineerClass | None
    next_class: fmt.EngineerClass | None
    missing_deeds: int
    missing_levels: tuple[tuple[fmt.Competency, int], ...]
    deciding: tuple[Given, ...]
    moved: tuple[Moved, ...]
    rows: tuple[CompetencyRow, ...]
    gaps: tuple[CompetencyGap, ...]
    strengths: tuple[CompetencyRow, ...]
    unknown: tuple[fmt.Competency, ...]


@dataclass(frozen=True)
class Backed:
    """The levels by skill that others than the person speak for, and the keys of the milestones they finished."""

    evidence: Mapping[str, int] = field(default_factory=dict)
    mentor: Mapping[str, int] = field(default_factory=dict)
    finished: frozenset[str] = frozenset()


def aim_of(result: Result, catalogue: Catalogue) -> Aim:
    """The target that a result suggests: more of what one is, and the lowest class that is not yet met.

    One is met by whose deeds reach it and whose levels are, as far as they are known, most of what it expects.
    """
    mix = {key: result.own_mix.get(key, 0) for key in catalogue.roles}
    if sum(mix.values()) != PARTS:  # The roles are others by now.
        mix = scoring.role_mix([result.own_mix], list(catalogue.roles)) or even_mix(list(catalogue.roles))
    levels = {key: level for key, level in result.skill_levels.items() if key in catalogue.skills}

    def met(number: int) -> bool:
        known = (gap for skill, gap in gaps(catalogue.expected[number], mix, levels).items() if skill in levels)
        return (result.engineer_class or scoring.WORST) <= number and reached(known) >= MET

    numbers = sorted(catalogue.expected, reverse=True)
    return Aim(mix, next((number for number in numbers if not met(number)), numbers[-1]))


def read(result: Result, aim: Aim, catalogue: Catalogue, backed: Backed = Backed()) -> Reading:  # Frozen.
    """A result against `aim`, in the words of the catalogue."""
    expected = catalogue.expected[aim.number]
    levels = {key: level for key, level in result.skill_levels.items() if key in catalogue.skills}
    every = gaps(expected, aim.mix, levels)
    missing = {skill: gap for skill, gap in every.items() if skill in levels}
    rows = _rows(result, aim, every, catalogue, backed)
    number = result.engineer_class
    mix = result.role_mix or {}
    following = catalogue.classes.get(number - 1) if number and number > 1 else None
    leading = _leading(mix, catalogue)
    missing_deeds = scoring.missing_deeds(result.shown, following.number) if following else 0
    return Reading(
        result=result,
        aim=aim,
        mix=mix_of(result, catalogue),
        leading=leading,
        sentence=sentence(
            leading if sum(each.kind == "choice" for each in result.given) >= ENOUGH_CHOICES else (),
            number,
            missing_deeds + len(result.missing),
            mixed=max(mix.values(), default=0) < CLEARLY,
        ),
        engineer_class=catalogue.classes.get(number) if number else None,
        next_class=following,
        missing_deeds=missing_deeds,
        missing_levels=tuple(
            (catalogue.competencies[key], level)
            for key, level in result.missing.items()
            if following and key in catalogue.competencies
        ),
        deciding=tuple(result.deciding),
        moved=tuple(
            Moved(given, catalogue.roles.get(weighed.role)) for weighed, given in result.what_moved[:SHOWN_ANSWERS]
        ),
        rows=rows,
        gaps=tuple(_largest(rows, missing, result, aim, catalogue, backed)),
        strengths=tuple(_strengths(rows)),
        unknown=tuple(row.competency for row in rows if row.said is None),
    )


def mix_of(result: Result, catalogue: Catalogue) -> tuple[tuple[int, fmt.Role, int], ...]:
    """The role mix for a bar; empty while it is unknown, or when the roles are others by now."""
    mix = result.role_mix or {}
    found = tuple((n, role, mix.get(key, 0)) for n, (key, role) in enumerate(catalogue.roles.items(), 1))
    return found if sum(parts for _n, _role, parts in found) == PARTS else ()


def _leading(mix: Mapping[str, int], catalogue: Catalogue) -> tuple[fmt.Role, ...]:
    """The role with most parts, and the next one where it has at least half as many."""
    found = sorted((key for key in catalogue.roles if mix.get(key)), key=lambda key: -mix[key])[:2]
    return tuple(catalogue.roles[key] for key in found if 2 * mix[key] >= mix[found[0]])


def _rows(
    result: Result, aim: Aim, every: Mapping[str, Gap], catalogue: Catalogue, backed: Backed
) -> tuple[CompetencyRow, ...]:
    skills = {key: [s.id for s in catalogue.skills.values() if s.competency == key] for key in catalogue.competencies}
    asked = {key for found in result.skills.values() for key in found} | {
        key for by_role in catalogue.expected[aim.number].values() for key in by_role
    }
    current = {key: [each for each in found if each in asked] for key, found in skills.items()}
    targets = scoring.expected_tenths(catalogue.expected[aim.number], aim.mix, current)
    levels = result.competency_levels
    rows = []
    for key, competency in catalogue.competencies.items():
        values = {"said": levels[key].tenths} if key in levels else {}
        counts = {"said": levels[key].known} if key in levels else {}
        for kind, by_skill in (("evidence", backed.evidence), ("mentor", backed.mentor)):
            backing = [by_skill[each] for each in current[key] if each in by_skill]
            if backing:
                values[kind], counts[kind] = scoring.mean_tenths(backing), len(backing)
        found = tuple(_skill(each, every.get(each), result, catalogue, backed) for each in current[key])
        rows.append(CompetencyRow(competency, levels.get(key), values, counts, targets.get(key, 0), found))
    return tuple(rows)


def _skill(key: str, gap: Gap | None, result: Result, catalogue: Catalogue, backed: Backed) -> SkillRow:
    return SkillRow(
        key,
        catalogue.skills[key].name,
        result.skill_levels.get(key),
        key in result.precise,
        backed.evidence.get(key),
        backed.mentor.get(key),
        gap.to if gap else 0,
    )


def _largest(
    rows: Sequence[CompetencyRow],
    missing: Mapping[str, Gap],
    result: Result,
    aim: Aim,
    catalogue: Catalogue,
    backed: Backed,
) -> list[CompetencyGap]:
    """The competencies that miss most, weighted by what the roles expect, the largest first.

    Only the skills below the target count: being above it in another one makes up for nothing.
    """
    found = []
    for row in rows:
        below = [missing[skill.key] for skill in row.skills if skill.key in missing]
        most = sorted((gap for gap in below if gap.to > gap.level), key=lambda gap: -gap.size)
        if not most:
            continue
        keys = [gap.skill for gap in most]
        closing = (_first(gap, result, aim, catalogue, backed) for gap in most)
        first, at_once = next((pair for pair in closing if pair[0]), (None, False))
        told = CompetencyGap(
            competency=catalogue.competencies[row.competency.id],
            now=scoring.mean_tenths([gap.level for gap in most]),
            target=scoring.expected_tenths(catalogue.expected[aim.number], aim.mix, {"": keys})[""],
            skills=tuple(catalogue.skills[key] for key in keys[:SHOWN_SKILLS]),
            roles=tuple(catalogue.roles[key] for key in most[0].roles),
            first=first,
            at_once=at_once,
        )
        found.append((sum(gap.size for gap in most), told))
    return [gap for _size, gap in sorted(found, key=lambda pair: -pair[0])[:SHOWN_GAPS]]


def _first(
    gap: Gap, result: Result, aim: Aim, catalogue: Catalogue, backed: Backed
) -> tuple[fmt.Milestone | None, bool]:
    """The milestone that closes a gap first, and whether one can begin with it at today's levels.

    It is the lowest one above today's level that suits the person, matters to the mix and is not finished; of those
    at one level, one that can be begun now.
    """

    def suits(template: fmt.Milestone) -> bool:
        return (
            relevance(template.roles, aim.mix) >= RELEVANT
            and template.raises.get(gap.skill, 0) > gap.level
            and template.id not in backed.finished
            and (not template.goals or result.goal in template.goals)
            and (not template.situations or result.situation in template.situations)
        )

    def waits(template: fmt.Milestone) -> bool:
        needed = (catalogue.templates[key] for key in template.requires if key in catalogue.templates)
        return any(each.id not in backed.finished and not mastered(each.raises, result.skill_levels) for each in needed)

    def rank(template: fmt.Milestone) -> tuple[int, bool, int, int, str]:
        matters = relevance(template.roles, aim.mix)
        return template.raises[gap.skill], waits(template), -matters, template.hours, template.id

    found = min(filter(suits, catalogue.templates.values()), key=rank, default=None)
    return found, found is not None and not waits(found)


def _strengths(rows: Sequence[CompetencyRow]) -> list[CompetencyRow]:
    """Where one stands at or above the target, the most above first: from level 2 on, or from 1 if there is none.

    A competency of which a skill is unknown is none.
    """
    above = [row for row in rows if row.said and row.said.whole and row.said.tenths >= max(row.target, 10)]
    found = [row for row in above if row.values["said"] >= 20] or above
    return sorted(found, key=lambda row: (row.target - row.values["said"], -row.values["said"]))[:SHOWN_STRENGTHS]
