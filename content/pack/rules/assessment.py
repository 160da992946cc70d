"""The questions of the assessment: every role, class and competency can come out of those that everybody is asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.problems import Problem

ENOUGH_DEEDS = 2
"""So many deeds of a class make somebody of that class: one may have been luck."""


def broken(content: PackContent) -> Iterator[Problem]:
    """The role mix, the class, and the levels."""
    yield from _role_mix(content)
    yield from _class(content)
    yield from _ratings(content)


def _role_mix(content: PackContent) -> Iterator[Problem]:
    roles = content.current(fmt.Role)
    for role in roles:
        gained: Counter[str] = Counter()
        for choice in (each for each in content.current(fmt.Choice) if each.quick):
            gained.update(_best_for(role.id, choice).adds)
        others = [other.id for other in roles if other is not role]
        rival = max(others, key=lambda key: gained[key], default=None)
        if rival is not None and gained[rival] >= gained[role.id]:
            points = {"own": gained[role.id], "others": gained[rival]}
            yield content.problem(role, "", "role-never-first", key=rival, **points)


def _best_for(role: str, choice: fmt.Choice) -> fmt.ChoiceOption:
    """The option that adds most to a role; of several the one that adds least to the others."""
    return max(choice.options, key=lambda option: (option.adds.get(role, 0), -sum(option.adds.values())))


def _class(content: PackContent) -> Iterator[Problem]:
    best = [min(option.shows for option in deed.options) for deed in content.current(fmt.Deed) if deed.quick]
    for number in (3, 2, 1):
        there = sum(1 for shown in best if shown <= number)
        if there < ENOUGH_DEEDS:
            params = {"there": there, "number": number, "least": ENOUGH_DEEDS}
            yield Problem("deeds.yaml", "", "class-out-of-reach", params)


def _ratings(content: PackContent) -> Iterator[Problem]:
    rated: dict[str, str] = {}
    skills: dict[str, list[fmt.Skill]] = defaultdict(list)
    for skill in content.current(fmt.Skill):
        skills[skill.competency].append(skill)
    for rating in content.of(fmt.Rating):
        if [level.level for level in rating.levels] != [0, 1, 2, 3, 4]:
            yield content.problem(rating, "levels", "levels-not-in-order", first=0, last=4)
        if rating.retired:
            continue
        for key in rating.skills:
            named = content.find(fmt.Skill, key)
            if named is not None and named.competency != rating.competency:
                yield content.problem(rating, "skills", "of-another-competency", key=named.competency)
        about = rating.skills or [skill.id for skill in skills[rating.competency]]
        other = next((rated[key] for key in about if key in rated), None)
        if other is not None:
            yield content.problem(rating, "skills" if rating.skills else "competency", "rated-twice", key=other)
        rated = dict.fromkeys(about, rating.id) | rated
    asked = {rating.competency for rating in content.current(fmt.Rating)}
    for competency in content.current(fmt.Competency):
        if competency.id not in asked:
            yield content.problem(competency, "", "not-rated")
        else:
            unrated = (skill for skill in skills[competency.id] if skill.id not in rated)
            yield from (content.problem(skill, "", "not-rated") for skill in unrated)
