"""Where everything stands on the map of the whole field. Pure: no Django, no database, no language.

A competency is a band, each of its skills a lane in it, each phase a stretch of columns. Every milestone stands right
of everything that it needs, and alone in its column on its lanes and on those between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import accumulate

from content.pack import format as fmt

WIDTH = 1136
NAMES = 196
"""Room on the left for the names of skills."""
TOP = 8
GROUP = 34
BAND = 30
LANE = 25
AFTER_BAND = 9
RADIUS = 12


@dataclass(frozen=True)
class Stretch:
    """A phase: `x` is where it begins, `middle` where its name stands."""

    phase: fmt.Phase
    x: int
    middle: int


@dataclass(frozen=True)
class Waymark:
    """A milestone. `level` is the highest that it leads to; `tied` are the heights of further lanes that it serves.

    `number` is its place in the order of the map, by which lines name it.
    """

    number: int
    milestone: fmt.Milestone
    x: int
    y: int
    level: int
    tied: tuple[int, ...]


@dataclass(frozen=True)
class Lane:
    """A skill; the trail is drawn from `start` to `end`."""

    skill: fmt.Skill
    y: int
    start: int
    end: int


@dataclass(frozen=True)
class Band:
    """A competency; `y` and `height` are those of its field, `name_y` is the foot of its name."""

    competency: fmt.Competency
    y: int
    height: int
    name_y: int
    lanes: tuple[Lane, ...]
    waymarks: tuple[Waymark, ...]

    @property
    def milestones(self) -> list[fmt.Milestone]:
        """Its milestones from left to right."""
        return [mark.milestone for mark in self.waymarks]


@dataclass(frozen=True)
class BandGroup:
    """A group of competencies; `name_y` is the foot of its name."""

    group: fmt.Group
    name_y: int
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Path:
    """A prerequisite: from the milestone `needed` to the one that it opens, as an SVG path."""

    needed: int
    opened: int
    d: str


@dataclass(frozen=True)
class FieldMap:
    """The whole map, in units of the drawing."""

    width: int
    height: int
    stretches: tuple[Stretch, ...]
    groups: tuple[BandGroup, ...]
    paths: tuple[Path, ...]

    @property
    def waymarks(self) -> list[Waymark]:
        """Every milestone, in the order of the map."""
        return [mark for group in self.groups for band in group.bands for mark in band.waymarks]


def field_map(
    groups: Sequence[fmt.Group],
    competencies: Sequence[fmt.Competency],
    skills: Sequence[fmt.Skill],
    phases: Sequence[fmt.Phase],
    milestones: Sequence[fmt.Milestone],
) -> FieldMap:
    """Lay the field out. All are in the order of the pack; what they name has to be among them."""
    columns = _columns(milestones, skills)
    wide = [1 + max([columns[m.id] for m in milestones if m.phase == phase.id], default=0) for phase in phases]
    before = [0, *accumulate(wide)]
    unit = (WIDTH - NAMES) / before[-1]
    edges = [round(NAMES + columns_before * unit) for columns_before in before]
    stretches = tuple(
        Stretch(phase, start, (start + end) // 2) for phase, start, end in zip(phases, edges, edges[1:], strict=False)
    )
    first = {phase.id: columns_before for phase, columns_before in zip(phases, before, strict=False)}
    at = {m.id: round(NAMES + (first[m.phase] + columns[m.id] + 0.5) * unit) for m in milestones}

    found: list[BandGroup] = []
    y, number = TOP, 0
    for group in groups:
        name_y = y + GROUP - 12
        y += GROUP
        bands = []
        for competency in (each for each in competencies if each.group == group.id):
            own = [skill for skill in skills if skill.competency == competency.id]
            heights = {skill.id: y + BAND + LANE // 2 + n * LANE for n, skill in enumerate(own)}
            here = sorted(
                (m for m in milestones if m.competency == competency.id),
                key=lambda m: (at[m.id], _served(m, heights)[0]),
            )
            marks = tuple(_waymark(number + n, m, at[m.id], heights) for n, m in enumerate(here))
            number += len(marks)
            lanes = tuple(_lane(skill, heights[skill.id], marks) for skill in own)
            height = BAND + len(own) * LANE + 4
            bands.append(Band(competency, y, height, y + BAND - 10, lanes, marks))
            y += height + AFTER_BAND
        found.append(BandGroup(group, name_y, tuple(bands)))
    placed = {mark.milestone.id: mark for group_of in found for band in group_of.bands for mark in band.waymarks}
    paths = tuple(
        _path(placed[key], mark) for mark in placed.values() for key in mark.milestone.requires if key in placed
    )
    return FieldMap(WIDTH, y, stretches, tuple(found), paths)


def _columns(milestones: Sequence[fmt.Milestone], skills: Sequence[fmt.Skill]) -> dict[str, int]:
    """Each milestone's column in its phase: right of what it needs there, and alone on its lanes."""
    lanes: dict[str, dict[str, int]] = defaultdict(dict)
    for skill in skills:
        lanes[skill.competency][skill.id] = len(lanes[skill.competency])
    by_id = {m.id: m for m in milestones}
    order = {m.id: n for n, m in enumerate(milestones)}
    graph = {m.id: [key for key in m.requires if key in by_id] for m in milestones}
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    found: dict[str, int] = {}
    taken: set[tuple[str, str, int, int]] = set()
    while sorter.is_active():
        for key in sorted(sorter.get_ready(), key=order.__getitem__):
            here = by_id[key]
            needed = [found[other] + 1 for other in graph[key] if by_id[other].phase == here.phase]
            column = max(needed, default=0)
            served = _served(here, lanes[here.competency])
            across = range(min(served), max(served) + 1)
            while any((here.competency, here.phase, lane, column) in taken for lane in across):
                column += 1
            taken.update((here.competency, here.phase, lane, column) for lane in across)
            found[key] = column
            sorter.done(key)
    return found


def _waymark(number: int, milestone: fmt.Milestone, x: int, heights: Mapping[str, int]) -> Waymark:
    """On the lane of the first skill of its own competency, tied to the others."""
    served = _served(milestone, heights)
    return Waymark(number, milestone, x, served[0], max(milestone.raises.values()), tuple(served[1:]))


def _served(milestone: fmt.Milestone, lanes: Mapping[str, int]) -> list[int]:
    """The lanes of the skills of its own competency that a milestone raises; without one, the first lane."""
    return [lanes[key] for key in milestone.raises if key in lanes] or [min(lanes.values(), default=0)]


def _lane(skill: fmt.Skill, y: int, marks: Sequence[Waymark]) -> Lane:
    on = [mark.x for mark in marks if y in (mark.y, *mark.tied)]
    return Lane(skill, y, min(on, default=NAMES), max(on, default=NAMES))


def _path(needed: Waymark, opened: Waymark) -> Path:
    """From edge to edge; a bow where both stand on one lane, so that it passes what lies between."""
    start, end = needed.x + RADIUS, opened.x - RADIUS
    half = (end - start) // 2
    if needed.y == opened.y and end - start > LANE:
        return Path(needed.number, opened.number, f"M{start} {needed.y}q{half} -{LANE - 6} {end - start} 0")
    bend, drop = max(half, 10), opened.y - needed.y
    d = f"M{start} {needed.y}c{bend} 0 {end - start - bend} {drop} {end - start} {drop}"
    return Path(needed.number, opened.number, d)
