"""Where a content pack is thin: what no rule forbids and an editor should see. Pure: no Django, no clock.

`pack/rules/` says what a pack may not be; this says what it lacks. What must not be is few enough to mend at once;
the rest is worth a look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.lengths import lengths_of, texts_of
from content.pack.vocabulary import misused_words

Severity = Literal["must not be", "worth a look"]

STALE_AFTER = timedelta(days=365)
SHORT = 40
LONG = 200
"""Of fewer letters of English the ratio of lengths says nothing; from `LONG` on it hardly varies."""
RATIOS, RATIOS_OF_LONG = (0.25, 0.85), (0.36, 0.7)
"""Letters of Korean for one of English: the same facts take about half as many."""


@dataclass(frozen=True)
class Finding:
    """One thin place: `about` is the entry as `kind/id`, with the path inside it where there is one."""

    severity: Severity
    about: str
    reason: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.about}: {self.reason}"


def thin_places(content: PackContent, *, today: date) -> list[Finding]:
    """Everything thin in a pack whose rules hold, what must not be first."""
    report = _Report(content, today)
    found = [
        *report.skills(),
        *report.resources(),
        *report.milestones(),
        *report.questions(),
        *report.sources(),
        *report.activities(),
        *report.languages(),
        *report.vocabulary(),
    ]
    return sorted(found, key=lambda finding: finding.severity != "must not be")


class _Report:
    """One reading; retired entries are nobody's concern."""

    def __init__(self, content: PackContent, today: date) -> None:
        self.content = content
        self.today = today
        self.entries = {
            kind: [entry for entry in found if not entry.retired] for kind, found in content.entries.items()
        }

    def skills(self) -> Iterator[Finding]:
        reached = {(key, level) for entry in self.content.current(fmt.Milestone) for key, level in entry.raises.items()}
        for skill in self.content.current(fmt.Skill):
            for level in (1, 2, 3, 4):
                if (skill.id, level) not in reached:
                    yield Finding("must not be", f"skills/{skill.id}", f"no milestone leads to level {level}")

    def resources(self) -> Iterator[Finding]:
        used = {key for entry in self.content.current(fmt.Milestone) for key in entry.resources}
        for resource in self.content.current(fmt.Resource):
            about = f"resources/{resource.id}"
            if resource.hours is None:
                yield Finding("must not be", about, "no hours")
            if not resource.skills:
                yield Finding("must not be", about, "no skill that one learns from it")
            if resource.note is None:
                yield Finding("must not be", about, "no note on what it is good for")
            if resource.id not in used:
                yield Finding("worth a look", about, "no milestone uses it")
            if resource.reviewed_on is None:
                yield Finding("worth a look", about, "never reviewed")
            elif resource.reviewed_on > self.today:
                yield Finding("must not be", about, f"reviewed on {resource.reviewed_on}, which is yet to come")
            elif self.today - resource.reviewed_on > STALE_AFTER:
                yield Finding("worth a look", about, f"last reviewed on {resource.reviewed_on}")

    def milestones(self) -> Iterator[Finding]:
        needed = {key for entry in self.content.current(fmt.Milestone) for key in entry.requires}
        ways = Counter(
            (key, level) for entry in self.content.current(fmt.Milestone) for key, level in entry.raises.items()
        )
        named = self._named_in_questions("milestones")
        for entry in self.content.current(fmt.Milestone):
            about = f"milestones/{entry.id}"
            if not entry.resources:
                yield Finding("must not be", about, "no resources")
            hours, key = min(self._lengths(entry.finishes), default=(0, ""))
            if entry.hours < hours:
                reason = f"{entry.hours} hours are less than the {hours} of {key}, the shortest that it finishes"
                yield Finding("must not be", about, reason)
            for path, text in texts_of(entry) if entry.weeks is None else ():
                for length in lengths_of(text).unread:
                    yield Finding("worth a look", f"{about}.{path}", f"a length that no rule reads: {length!r}")
            alone = all(ways[step] > 1 for step in entry.raises.items())
            reached = entry.id in needed or entry.id in named or entry.activity or entry.goals or entry.situations
            if alone and not reached:
                reason = "nothing leads here: others reach its levels, and nothing names or needs it"
                yield Finding("worth a look", about, reason)

    def questions(self) -> Iterator[Finding]:
        for question in self.content.current(fmt.Question):
            if not question.sources:
                yield Finding("must not be", f"questions/{question.id}", "no source")
            if question.since_2018 is None:
                yield Finding("worth a look", f"questions/{question.id}", "says nothing of what changed since 2018")
        for kind in ("situations", "goals", "competencies"):
            named = self._named_in_questions(kind)
            for entry in self.entries[kind]:
                if entry.id not in named:
                    yield Finding("must not be", f"{kind}/{entry.id}", "no question is about it")

    def sources(self) -> Iterator[Finding]:
        cited = {key for found in self.entries.values() for entry in found for key in getattr(entry, "sources", ())}
        for source in self.content.current(fmt.Source):
            if source.id not in cited:
                yield Finding("must not be", f"sources/{source.id}", "cited nowhere")

    def activities(self) -> Iterator[Finding]:
        made = {entry.activity for entry in self.content.current(fmt.Milestone)}
        for activity in self.content.current(fmt.Activity):
            if activity.id not in made:
                yield Finding("must not be", f"activities/{activity.id}", "no milestone is made of it")

    def languages(self) -> Iterator[Finding]:
        for kind, found in self.entries.items():
            for entry in found:
                for path, text in fmt.texts_in(entry, f"{kind}/{entry.id}"):
                    low, high = RATIOS_OF_LONG if len(text.en) >= LONG else RATIOS
                    ratio = len(text.ko) / len(text.en)
                    if len(text.en) >= SHORT and not low <= ratio <= high:
                        reason = f"{len(text.ko)} letters of Korean for {len(text.en)} of English"
                        yield Finding("worth a look", path, reason)

    def vocabulary(self) -> Iterator[Finding]:
        for path, misuse in misused_words(self.content):
            yield Finding("must not be", path, f"{misuse.context!r}: say {misuse.use!r}, not {misuse.word!r}")

    def _lengths(self, resources: Iterable[str]) -> Iterator[tuple[int, str]]:
        """The hours of those resources that say any, each with its id."""
        for key in resources:
            found = self.content.find(fmt.Resource, key)
            if found is not None and found.hours is not None:
                yield found.hours, key

    def _named_in_questions(self, field: str) -> Set[str]:
        return {key for question in self.content.current(fmt.Question) for key in getattr(question, field)}
