"""What answers say of a person: role mix, engineer class, levels. Pure.

What was not answered is unknown: it is None or not there, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.role_mix import PARTS
from content.pack.rules.assessment import ENOUGH_DEEDS

BEST, WORST = 1, 4
Needs = Mapping[int, Mapping[str, int]]
"""What each class needs: the level by competency below which nobody is of it, whatever they have done."""

NEEDED = ENOUGH_DEEDS
"""So many deeds of a class or a better one make somebody of that class; a pack makes sure that there can be."""


@dataclass(frozen=True)
class Weighed:
    """How far one answer moved the role mix: the role that gained most by it, and by what share of the whole."""

    question: str
    role: str
    share: Fraction


@dataclass(frozen=True)
class CompetencyLevel:
    """The level in a competency. `tenths` are tenths of a level, 0 to 40.

    `known` of `asked` skills have a level; `precise` of them were answered one by one.
    """

    tenths: int
    known: int = 1
    asked: int = 1
    precise: int = 0

    @property
    def level(self) -> int:
        """The whole level, rounded half up."""
        return (self.tenths + 5) // 10

    @property
    def whole(self) -> bool:
        """Whether all of its skills are known."""
        return self.known == self.asked


def role_mix(points: Sequence[Mapping[str, int]], roles: Sequence[str]) -> dict[str, int] | None:
    """The role mix that the chosen options' points add up to, or None where nothing was chosen.

    Each element of `points` is what one option adds, role → points. The shares are rounded to whole tenths by the
    largest remainder; of equal remainders the role with more points goes first, then the earlier one of `roles`.
    """
    totals = totals_of(points, roles)
    whole = sum(totals.values())
    if not whole:
        return None
    parts = {role: totals[role] * PARTS // whole for role in roles}
    rest = PARTS - sum(parts.values())
    order = sorted(roles, key=lambda role: (-(totals[role] * PARTS % whole), -totals[role], roles.index(role)))
    for role in order[:rest]:
        parts[role] += 1
    return parts


def totals_of(points: Sequence[Mapping[str, int]], roles: Sequence[str]) -> dict[str, int]:
    """All points of each of `roles`; what names another role, such as a retired one, does not count."""
    return {role: sum(each.get(role, 0) for each in points) for role in roles}


def what_moved(answers: Mapping[str, Mapping[str, int]], roles: Sequence[str]) -> list[Weighed]:
    """Which answers moved the role mix most, and towards which role: what the shares would be without each.

    `answers` maps a question to what the chosen option adds. The first one moved it most; ties keep the order given.
    Where an answer moves nothing, since all say the same, it is the role that it adds most to.
    """
    totals = totals_of(list(answers.values()), roles)
    whole = sum(totals.values())
    found = []
    for question, added in answers.items():
        own = sum(added.get(role, 0) for role in roles)
        if not own or whole == own:
            continue
        gained = {
            role: Fraction(totals[role], whole) - Fraction(totals[role] - added.get(role, 0), whole - own)
            for role in roles
        }
        best = max(roles, key=lambda role: (gained[role], added.get(role, 0)))
        found.append(Weighed(question, best, gained[best]))
    return sorted(found, key=lambda weighed: -weighed.share)


def engineer_class(shown: Mapping[str, int], cap: int = BEST) -> int | None:
    """The class that somebody's deeds show, no better than `cap`, or None with fewer than `NEEDED` answers.

    `shown` maps each answered question to the class that the answer is typical of. It is the best class that at
    least `NEEDED` answers show or surpass; a lower number is better. Where `cap` is the worst there is, no deed is
    needed to know it.
    """
    if cap == WORST:
        return WORST
    return max(cap, sorted(shown.values())[NEEDED - 1]) if len(shown) >= NEEDED else None


def best_class(levels: Mapping[str, CompetencyLevel], needs: Needs) -> int:
    """The best class of whose `needs`, and of those of the classes below, nothing is missing.

    A competency of which nothing is known is not missing.
    """
    for number in range(WORST - 1, BEST - 1, -1):
        if missing_levels(levels, needs, number):
            return number + 1
    return BEST


def missing_levels(levels: Mapping[str, CompetencyLevel], needs: Needs, number: int) -> dict[str, int]:
    """What a class needs and is known to be missing: the level by competency."""
    return {key: level for key, level in needs.get(number, {}).items() if key in levels and levels[key].level < level}


def settled(shown: Mapping[str, int], left: int, cap: int) -> bool:
    """Whether no answer to `left` more questions can change the class any more."""
    worst, best = (
        engineer_class({**shown, **{f"more-{n}": number for n in range(left)}}, cap) for number in (WORST, BEST)
    )
    return worst == best


def deciding(shown: Mapping[str, int], reached: int) -> list[str]:
    """The questions whose answers made somebody of the class `reached`, the best first."""
    found = [question for question in shown if shown[question] <= reached]
    return sorted(found, key=lambda question: shown[question])


def missing_deeds(shown: Mapping[str, int], number: int) -> int:
    """How many more deeds of the class `number` it takes to be of that class."""
    return max(0, NEEDED - sum(1 for each in shown.values() if each <= number))


def skill_levels(
    ratings: Mapping[str, int], precise: Mapping[str, int], rated: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """The level in each skill that is known: as answered for the skill, else as its rating was answered.

    `ratings` maps ratings to levels, `precise` skills, and `rated` each rating to the skills that it is about.
    """
    found = {}
    for rating, keys in rated.items():
        for key in keys:
            level = precise.get(key, ratings.get(rating))
            if level is not None:
                found[key] = level
    return found


def competency_levels(
    levels: Mapping[str, int], precise: Mapping[str, int], skills: Mapping[str, Sequence[str]]
) -> dict[str, CompetencyLevel]:
    """The standing in each competency of which anything is known: the mean of its skills that are known.

    `levels` are those of all known skills, `precise` those answered one by one; `skills` are each competency's.
    """
    found = {}
    for competency, keys in skills.items():
        known = [levels[key] for key in keys if key in levels]
        if known:
            tenths = mean_tenths(known)
            found[competency] = CompetencyLevel(tenths, len(known), len(keys), sum(1 for key in keys if key in precise))
    return found


def mean_tenths(levels: Sequence[int | Fraction]) -> int:
    """The mean of some levels in whole tenths of a level, rounded half up."""
    return int(Fraction(20 * sum(levels, Fraction(0)) + len(levels), 2 * len(levels)) // 1)


def expected_tenths(
    expected: Mapping[str, Mapping[str, int]], mix: Mapping[str, int], skills: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """What a target expects of each competency, in tenths of a level: the mean over its skills.

    `expected[role][skill]` are levels at the target's class, weighted by the parts of `mix`.
    """

    def of(skill: str) -> Fraction:
        asked = (parts * expected.get(role, {}).get(skill, 0) for role, parts in mix.items())
        return Fraction(sum(asked), PARTS)

    return {competency: mean_tenths([of(key) for key in keys]) for competency, keys in skills.items() if keys}
