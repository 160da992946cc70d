"""Lengths of time that a text tells of: "for six months", "8주 동안". Pure.

What goes on for so long is read; what is only named beside it is not: a deadline, a rate, a look back or ahead, such as
"within two weeks", "30 minutes a week", "the last three months". Of those, all but rates are `unread`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.problems import Problem

ENGLISH_NUMBERS: dict[str, float] = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
}
ENGLISH_NUMBERS |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "half a": 0.5}
KOREAN_NUMBERS: dict[str, float] = {
    "한": 1,
    "두": 2,
    "세": 3,
    "석": 3,
    "네": 4,
    "넉": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
}
KOREAN_NUMBERS |= {"아홉": 9, "열": 10, "열한": 11, "열두": 12, "스무": 20}
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "달": 1, "개월": 1, "분기": 3}

ENGLISH = re.compile(
    rf"\b(?:(?P<before>[\w'’-]+) )?(?P<number>\d+|{'|'.join(ENGLISH_NUMBERS)}) (?:full |different )?"
    r"(?:(?P<each>week|month|quarter)ly\b|(?P<unit>week|month|quarter|year)s?\b(?:(?= (?P<behind>\w+)))?)",
    re.IGNORECASE,
)
BESIDE = {"within", "most", "last", "in", "after", "next", "every", "each", "past"}
"""Before a length: something is due then, or was so long ago."""
AWAY = {"later", "ahead", "back", "ago", "from", "old"}
"""Behind a length: it lies so far from here."""
GOES_ON = {"for", "over", "than"}
"""Before "a week" these make a length of what else is a rate."""

KOREAN = re.compile(
    rf"(?P<before>지난 |최근 )?(?P<number>\d+|{'|'.join(sorted(KOREAN_NUMBERS, key=len, reverse=True))}) ?"
    r"(?P<unit>주|달|개월|분기)(?P<behind>간|동안|마다|만|를|을|의|에|짜리|)(?![가-힣])(?P<further> [가-힣]+)?"
)
KOREAN_BESIDE = ("안", "이내", "뒤", "후", "전", "사이", "예산")


@dataclass(frozen=True)
class Lengths:
    """What a text tells of: the longest, in `weeks` (0 for none), and what is there but `unread`."""

    weeks: int
    unread: tuple[str, ...]


def told_longer(content: PackContent) -> Iterator[Problem]:
    """The texts of milestones that tell of more weeks than the milestone takes: wrong, but no reason not to load it."""
    for entry in content.current(fmt.Milestone):
        weeks = entry.weeks.number if entry.weeks else 0
        for path, text in texts_of(entry):
            told = lengths_of(text).weeks
            if told > weeks:
                yield content.problem(entry, path, "told-longer", told=told, weeks=weeks)


def texts_of(entry: fmt.Milestone) -> Iterator[tuple[str, fmt.Bilingual]]:
    """The texts of a milestone that say what is done, by their path in it."""
    yield "title", entry.title
    yield "outcome", entry.outcome
    for number, item in enumerate(entry.checklist):
        yield f"checklist[{number}].text", item.text


def lengths_of(text: fmt.Bilingual) -> Lengths:
    """The lengths that a text tells of in either language."""
    weeks, unread = 0, []
    for match, read, count in (*_english(text.en), *_korean(text.ko)):
        if read:
            weeks = max(weeks, count)
        else:
            unread.append(f"{match.group()} {(match['behind'] or '')}".strip())
    return Lengths(weeks, tuple(unread))


def _weeks(number: float, unit: str) -> int:
    months = MONTHS_OF.get(unit)
    return int(number * months * 52 / 12) if months else int(number)


Found = Iterator[tuple[re.Match[str], bool, int]]


def _english(text: str) -> Found:
    for match in ENGLISH.finditer(text):
        before, behind = (match[name] or "" for name in ("before", "behind"))
        said, unit = match["number"].lower(), (match["each"] or match["unit"]).lower()
        if unit == "year" and said != "half a":
            continue  # Years are looked back on.
        if said == "a" and before.lower() not in GOES_ON and match.start("number") and behind not in AWAY:
            continue  # A rate.
        read = before.lower() not in BESIDE and behind not in AWAY
        yield match, read, _weeks(_number(said, ENGLISH_NUMBERS.get), unit)


def _korean(text: str) -> Found:
    for match in KOREAN.finditer(text):
        further = (match["further"] or "").strip()
        if match["behind"] == "마다" or (match["behind"] == "에" and match["unit"] != "분기"):
            continue  # A rate.
        read = not match["before"] and not further.startswith(KOREAN_BESIDE) and match["behind"] != "만"
        yield match, read, _weeks(_number(match["number"], KOREAN_NUMBERS.get), match["unit"])


def _number(said: str, word: Callable[[str], float | None]) -> float:
    return word(said) or float(said)
