"""The geometry of a radar chart. Pure: values in, coordinates out; templates draw it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

WIDTH, HEIGHT = 580, 370
CENTRE_X, CENTRE_Y = WIDTH / 2, HEIGHT / 2
RADIUS = 130
LABEL_AT = RADIUS + 16
LINE = 15
FULL = 40  # Tenths of the highest level.
LETTERS_IN_A_LINE = 15
WIDE = 1.8  # A Korean letter is so much wider than a Latin one.


@dataclass(frozen=True)
class Label:
    """The name of an axis: where its lines stand and from which side they are written."""

    x: str
    anchor: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Axis:
    """A spoke from the centre to its end, and its name."""

    x: str
    y: str
    label: Label


@dataclass(frozen=True)
class Series:
    """One outline. `points` is for a polygon and empty with fewer than three values; `marks` are the single values."""

    kind: str
    name: str
    points: str
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Radar:
    """A whole chart in a box of `width` to `height`; `rings` are the outlines of the levels 1 to 4."""

    rings: tuple[str, ...]
    axes: tuple[Axis, ...]
    series: tuple[Series, ...]
    width: int = WIDTH
    height: int = HEIGHT
    centre_x: int = WIDTH // 2
    centre_y: int = HEIGHT // 2


def radar(names: Sequence[str], series: Sequence[tuple[str, str, Mapping[int, int]]]) -> Radar:
    """A chart with an axis for each of `names`, clockwise from the top.

    Each of `series` is its kind, its name and its values: the number of an axis → tenths of a level, 0 to 40. An
    axis without a value has no corner.
    """
    count = len(names)
    rings = tuple(_joined(_at(number, count, level * 10) for number in range(count)) for level in range(1, 5))
    axes = tuple(_axis(number, count, name) for number, name in enumerate(names))
    drawn = []
    for kind, name, values in series:
        corners = [_at(number, count, values[number]) for number in range(count) if number in values]
        marks = tuple((_said(x), _said(y)) for x, y in corners)
        drawn.append(Series(kind, name, _joined(corners) if len(corners) > 2 else "", marks))
    return Radar(rings, axes, tuple(drawn))


def _at(number: int, count: int, tenths: float) -> tuple[float, float]:
    angle = 2 * pi * number / count - pi / 2
    reach = RADIUS * tenths / FULL
    return CENTRE_X + reach * cos(angle), CENTRE_Y + reach * sin(angle)


def _axis(number: int, count: int, name: str) -> Axis:
    x, y = _at(number, count, FULL)
    label_x, label_y = _at(number, count, FULL * LABEL_AT / RADIUS)
    lines = _wrapped(name)
    side = label_x - CENTRE_X
    anchor = "middle" if abs(side) < 10 else "start" if side > 0 else "end"
    # Above the chart lines grow upwards, below it downwards, beside it both ways.
    rise = (label_y - CENTRE_Y) / LABEL_AT
    first = label_y + LINE / 3 - LINE * (len(lines) - 1) * (1 - rise) / 2
    placed = tuple((_said(first + LINE * place), line) for place, line in enumerate(lines))
    return Axis(_said(x), _said(y), Label(_said(label_x), anchor, placed))


def _wrapped(name: str) -> list[str]:
    lines: list[str] = []
    for word in name.split():
        if lines and _length(f"{lines[-1]} {word}") <= LETTERS_IN_A_LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _length(text: str) -> float:
    return sum(WIDE if ord(letter) > 0x1100 else 1 for letter in text)


def _joined(corners: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_said(x)},{_said(y)}" for x, y in corners)


def _said(number: float) -> str:
    return f"{number:.1f}"
