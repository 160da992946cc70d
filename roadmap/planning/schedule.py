"""The steps of a plan laid on a line of weeks. Pure.

Main work is done one step after the other. Beside it run companions, and steps that are bound to time: a habit of eight
weeks, an internship. Those go at their own pace, never quicker, and all of it together never takes more than the hours
of a week.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roadmap.planning.sequence import Waits
from roadmap.planning.steps import CyclicPrerequisites, Step

COMPANION_SHARE = 1 / 5
"""What a companion without a pace of its own takes of the time while the main work goes on."""

BESIDE_SHARE = 1 / 2
"""What all that runs beside the main work may take of the time, but for what lasts exactly so many weeks."""

BESIDE = 3
"""So much runs beside the main work at a time."""

NOTHING = 1e-9
"""So few hours or weeks are what numbers of the machine leave over."""


@dataclass(frozen=True)
class Segment:
    """A stretch of work on one step: from `start` to `end` in weeks of the plan, at `rate` hours a week."""

    key: str
    start: float
    end: float
    rate: float


def schedule(ordered: Sequence[Step], waits: Waits, hours_per_week: int) -> list[Segment]:
    """When there is work on each step, for steps in a sequence in which what they wait for comes first.

    More hours a week never end the whole later: where starting something sooner would get in the way of what comes
    after it, the schedule of fewer hours is taken.
    """
    found = lay(ordered, waits, hours_per_week)
    hours = sum(step.hours for step in ordered)
    for fewer in range(hours_per_week - 1, 0, -1):
        if hours / fewer >= end_of(found):
            break  # So few hours cannot be done any sooner.
        other = lay(ordered, waits, fewer)
        if end_of(other) < end_of(found) - NOTHING:
            found = other
    return found


def end_of(segments: Iterable[Segment]) -> float:
    """When all of it is done, in weeks."""
    return max((segment.end for segment in segments), default=0.0)


def lay(ordered: Sequence[Step], waits: Waits, hours_per_week: int) -> list[Segment]:
    """The same with just these hours, whether fewer would end sooner or not."""
    line = _Line(ordered, waits, float(hours_per_week))
    while line.left:
        line.begin()
        line.work()
    return line.segments


class _Line:
    """The line while it is filled. `left` are the hours of what is not done; `main` and `beside` are under way."""

    def __init__(self, ordered: Sequence[Step], waits: Waits, capacity: float) -> None:
        self.capacity = capacity
        self.waits = waits
        self.left = {step.key: float(step.hours) for step in ordered}
        self.sequence = [step for step in ordered if not step.companion]
        self.companions = [step for step in ordered if step.companion]
        self.main: Step | None = None
        self.beside: list[Step] = []
        self.now = 0.0
        self.segments: list[Segment] = []

    def begin(self) -> None:
        """Take up the next main step, what is bound to time before it, and a companion."""
        for step in list(self.sequence):
            if step is self.main:
                break  # What comes after it is not taken up yet.
            if self._waits(step):
                continue
            if step.pace is None:
                if self.main is None:
                    self.main = step
                break
            if self._has_room(step):
                self.beside.append(step)
                self.sequence.remove(step)
        phase = min((step.phase for step in self.sequence), default=None)
        for step in list(self.companions):
            reached = phase is None or step.phase <= phase
            slow = step.pace is None and any(each.pace is None for each in self.beside)
            if reached and not slow and not self._waits(step) and self._has_room(step):
                self.beside.append(step)
                self.companions.remove(step)

    def work(self) -> None:
        """Go on until something is done. Raises CyclicPrerequisites where nothing can be worked on."""
        rates = self._rates()
        if not rates:
            raise CyclicPrerequisites(", ".join(sorted(self.left)))
        length = min(self.left[key] / rate for key, rate in rates.items())
        for key, rate in rates.items():
            self.segments.append(Segment(key, self.now, self.now + length, rate))
            self.left[key] -= length * rate
            if self.left[key] < NOTHING:
                del self.left[key]
        self.now += length
        self.beside = [step for step in self.beside if step.key in self.left]
        if self.main is not None and self.main.key not in self.left:
            self.sequence.remove(self.main)
            self.main = None

    def _waits(self, step: Step) -> bool:
        return any(key in self.left for key in self.waits[step.key])

    def _has_room(self, step: Step) -> bool:
        """Whether it can go at its own pace beside the others; what is alone beside the main work can be slower."""
        if not self.beside:
            return True
        wanted = sum(self._own(each) for each in [*self.beside, step])
        return len(self.beside) < BESIDE and wanted <= self.capacity * BESIDE_SHARE + NOTHING

    def _own(self, step: Step) -> float:
        """The hours a week at which a step would go, a companion without a pace slowly."""
        return step.pace.rate(step.hours) if step.pace else self.capacity * COMPANION_SHARE

    def _rates(self) -> dict[str, float]:
        """The hours a week of each step under way that gets any."""
        rates: dict[str, float] = {}
        room = self.capacity
        for step in self.beside:
            if step.pace and step.pace.exactly:
                rates[step.key] = min(step.pace.rate(step.hours), room)
                room -= rates[step.key]
        flexible = [step for step in self.beside if step.key not in rates]
        own = {step.key: self._own(step) for step in flexible}
        most = self.capacity if self.main is None else self.capacity * BESIDE_SHARE
        budget = max(0.0, most - (self.capacity - room))
        wanted = sum(own.values())
        for key, rate in own.items():
            rates[key] = rate if wanted <= budget else rate * budget / wanted
            room -= rates[key]
        if self.main is not None:
            rates[self.main.key] = room
        else:  # A companion without a pace has the time to itself.
            rates |= {step.key: rates[step.key] + room for step in flexible if step.pace is None}
        return {key: rate for key, rate in rates.items() if rate > NOTHING}
