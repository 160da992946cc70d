"""Read a content pack and find everything that is wrong with it.

Pure: no Django, no database. `read_pack` returns a `PackContent` or raises `PackErrors` with every problem
at once, each with the file, the path inside it and the reason.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml
from pydantic import ValidationError

from content.pack import format as fmt

E = TypeVar("E", bound=fmt.Entry)
NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
"""A character that no text can hold: a control but for tabs and line ends, or half a pair of UTF-16."""

ENOUGH_DEEDS = 2
"""So many deeds of a class make somebody of that class: one may have been luck."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: `file` is relative to the pack, `path` leads to the value inside the file."""

    file: str
    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.reason}" if self.path else f"{self.file}: {self.reason}"


class PackErrors(Exception):
    """A pack that cannot be used; `problems` holds all that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class PackContent:
    """A pack whose every rule holds. `entries` keeps the order of the files, which is the order on the pages."""

    pack: fmt.Pack
    entries: dict[str, tuple[fmt.Entry, ...]]
    files: dict[tuple[str, str], str]

    def of(self, kind: type[E]) -> tuple[E, ...]:
        """All entries of one kind, such as `content.of(Milestone)`."""
        return cast("tuple[E, ...]", self.entries.get(fmt.NAMES[kind], ()))

    def current(self, kind: type[E]) -> list[E]:
        """Those of one kind that are not retired."""
        return [entry for entry in self.of(kind) if not entry.retired]

    @staticmethod
    def kind_of(entry: fmt.Entry) -> str:
        """The name of the kind of an entry, such as `milestones`."""
        return fmt.NAMES[type(entry)]


class _Strict(yaml.constructor.SafeConstructor):
    """Refuses what YAML lets pass: a repeated key, which would silently win, and characters that no text can hold."""

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> Any:
        value = super().construct_scalar(node)
        # An escape such as "\0" brings in what the file itself must not contain, and no database keeps it.
        if isinstance(value, str) and NO_TEXT.search(value):
            raise yaml.constructor.ConstructorError(None, None, "a character that no text can hold", node.start_mark)
        return value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable):
                if key in seen:
                    raise yaml.constructor.ConstructorError(None, None, f"repeated key {key!r}", key_node.start_mark)
                seen.add(key)
        return super().construct_mapping(node, deep=deep)


class _QuickLoader(_Strict, yaml.CSafeLoader):
    """Ten times as quick as the other; its errors are short of words."""


class _TellingLoader(_Strict, yaml.SafeLoader):
    """Tells what is wrong and where, in words that a person can use."""


def _loaded(text: str) -> Any:
    """What a file says. Raises YAMLError, or RecursionError where it is nested beyond measure."""
    try:
        # The quick loader would go down with the whole process, the other one would take seconds.
        if _nested(text, 100):
            raise RecursionError
        return yaml.load(text, Loader=_QuickLoader)
    except yaml.YAMLError:
        return yaml.load(text, Loader=_TellingLoader)


def _nested(text: str, levels: int) -> bool:
    """Whether that many lists and mappings stand in each other somewhere."""
    now = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            now += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            now -= 1
        if now == levels:
            return True
    return False


def read_pack(folder: Path) -> PackContent:
    """Read and check the pack in `folder`. Raises PackErrors with every problem found."""
    problems: list[Problem] = []
    if not folder.is_dir():
        raise PackErrors([Problem(folder.name, "", "no such folder")])
    return check(_read_files(folder, problems), problems)


def check(files: Mapping[str, Any], problems: Iterable[Problem] = ()) -> PackContent:
    """Check what the files of a pack say, by their paths in it. Raises PackErrors with every problem found.

    `problems` were found before, such as files that could not be read.
    """
    found = list(problems)
    content = parse(files, found)
    # Entries that failed to parse are named; checking references against the rest would only repeat it.
    if found or content is None:
        raise PackErrors(found)
    found.extend(broken_rules(content))
    if found:
        raise PackErrors(found)
    return content


def parse(files: Mapping[str, Any], problems: list[Problem]) -> PackContent | None:
    """The shape alone, without the rules between entries; adds to `problems`. None without a `pack.yaml`."""
    pack: fmt.Pack | None = None
    entries: dict[str, list[fmt.Entry]] = {kind: [] for kind in fmt.KINDS}
    found: dict[tuple[str, str], str] = {}
    for file, raw in files.items():
        kind = kind_of(file)
        if file == "pack.yaml":
            try:
                pack = fmt.Pack.model_validate(raw)
            except ValidationError as error:
                problems.extend(_located(file, "", error))
        elif kind not in fmt.KINDS:
            problems.append(Problem(file, "", f"unknown kind of file; known are {', '.join(fmt.KINDS)}"))
        elif not isinstance(raw, list):
            problems.append(Problem(file, "", "expected a list of entries"))
        else:
            for index, value in enumerate(raw):
                name = value.get("id") if isinstance(value, dict) else None
                label = name if isinstance(name, str) else f"[{index}]"
                try:
                    entry = fmt.KINDS[kind].model_validate(value)
                except ValidationError as error:
                    problems.extend(_located(file, label, error))
                    continue
                if (kind, entry.id) in found:
                    problems.append(Problem(file, label, f"repeated id, first in {found[kind, entry.id]}"))
                    continue
                found[kind, entry.id] = file
                entries[kind].append(entry)
    if "pack.yaml" not in files and not any(problem.file == "pack.yaml" for problem in problems):
        problems.append(Problem("pack.yaml", "", "missing"))
    if pack is None:
        return None
    return PackContent(pack, {kind: tuple(each) for kind, each in entries.items()}, found)


def kind_of(file: str) -> str:
    """The kind of entries that a file of a pack holds, by its path in it."""
    return file.split("/")[0].removesuffix(".yaml")


def _read_files(folder: Path, problems: list[Problem]) -> dict[str, Any]:
    """What each file says, in the order of their paths; those that say nothing readable are added to `problems`."""
    found: dict[str, Any] = {}
    for path in sorted(folder.rglob("*.yaml")):
        file = path.relative_to(folder).as_posix()
        try:
            found[file] = _loaded(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            problems.append(Problem(file, "", f"not UTF-8 (byte {error.start})"))
        except OSError as error:
            problems.append(Problem(file, "", f"cannot be read: {error.strerror}"))
        except RecursionError:
            problems.append(Problem(file, "", "nested too deeply"))
        except yaml.MarkedYAMLError as error:
            line = f"line {error.problem_mark.line + 1}" if error.problem_mark else ""
            problems.append(Problem(file, line, error.problem or "not YAML"))
        except (yaml.YAMLError, ValueError) as error:
            problems.append(Problem(file, "", f"not YAML: {' '.join(str(error).split())}"))
    return found


def _located(file: str, label: str, error: ValidationError) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        path = label
        for part in detail["loc"]:
            if part != "[key]":  # The key itself is wrong; the part before is it.
                path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
        reason = detail["msg"].removeprefix("Value error, ")
        yield Problem(file, path, reason[:1].lower() + reason[1:])


class _Rules:
    """The rules that need more than one entry."""

    def __init__(self, content: PackContent) -> None:
        self.content = content
        self.by_id = {kind: {entry.id: entry for entry in found} for kind, found in content.entries.items()}
        self.found: list[Problem] = []

    def problems(self) -> list[Problem]:
        for kind, found in self.content.entries.items():
            if not found:
                self.found.append(Problem(f"{kind}.yaml", "", "missing or empty"))
        self._retirement()
        self._pack()
        self._small_kinds()
        self._skills()
        self._expectations()
        self._milestones()
        self._guide()
        self._role_mix()
        self._class()
        self._ratings()
        return self.found

    def _say(self, kind: str, entry: fmt.Entry, path: str, reason: str) -> None:
        where = f"{entry.id}.{path}" if path else entry.id
        self.found.append(Problem(self.content.files[kind, entry.id], where, reason))

    def _known(self, kind: str, entry: fmt.Entry, path: str, target: str, keys: Iterable[str]) -> None:
        for key in keys:
            other = self.by_id[target].get(key)
            if other is None:
                self._say(kind, entry, path, f"unknown id {key!r} in {target}")
            elif other.retired and not entry.retired:
                self._say(kind, entry, path, f"{key!r} in {target} is retired")

    def _once(self, kind: str, entry: fmt.Entry, path: str, keys: Sequence[str | int]) -> None:
        for key, times in Counter(keys).items():
            if times > 1:
                self._say(kind, entry, path, f"{key!r} stands there {times} times")

    def _current(self, kind: str) -> set[str]:
        return {key for key, entry in self.by_id[kind].items() if not entry.retired}

    def _retirement(self) -> None:
        for kind, found in self.content.entries.items():
            for entry in found:
                if isinstance(entry, fmt.Sourced):
                    self._known(kind, entry, "sources", "sources", entry.sources)
                    self._once(kind, entry, "sources", entry.sources)
                if entry.replaced_by is None:
                    continue
                if not entry.retired:
                    self._say(kind, entry, "replaced_by", "only a retired entry is replaced")
                if entry.replaced_by not in self.by_id[kind]:
                    self._say(kind, entry, "replaced_by", f"unknown id {entry.replaced_by!r} in {kind}")
            for cycle in cycles({entry.id: [entry.replaced_by] for entry in found if entry.replaced_by}):
                self._say(kind, self.by_id[kind][cycle[0]], "replaced_by", f"leads in a circle: {' → '.join(cycle)}")

    def _pack(self) -> None:
        example = self.content.pack.example
        for path, wrong in (
            ("example.role_mix", set(example.role_mix) ^ self._current("roles")),
            ("example.situation", {example.situation} - self._current("situations")),
            ("example.goal", {example.goal} - self._current("goals")),
        ):
            if wrong:
                names = ", ".join(sorted(wrong))
                self.found.append(Problem("pack.yaml", path, f"unknown, retired or missing: {names}"))
        if sum(example.role_mix.values()) != 10:
            self.found.append(Problem("pack.yaml", "example.role_mix", "the parts must add up to ten"))
        if [step.level for step in self.content.pack.scale] != [0, 1, 2, 3, 4]:
            self.found.append(Problem("pack.yaml", "scale", "expected the levels 0 to 4 in order"))

    def _small_kinds(self) -> None:
        competencies = self._current("competencies")
        for competency in self.content.of(fmt.Competency):
            self._known("competencies", competency, "group", "groups", [competency.group])
        letters = Counter(role.letter for role in self.content.of(fmt.Role) if not role.retired)
        for role in self.content.of(fmt.Role):
            others = [difference.role for difference in role.differs]
            self._known("roles", role, "differs", "roles", others)
            self._once("roles", role, "differs", others)
            if role.id in others:
                self._say("roles", role, "differs", "a role has no difference from itself")
            for key in sorted(self._current("roles") - {role.id, *others}) if not role.retired else ():
                self._say("roles", role, "differs", f"does not say what tells it from {key!r}")
            if letters[role.letter] > 1:
                self._say("roles", role, "letter", f"{role.letter!r} is another role's too")
        for activity in self.content.of(fmt.Activity):
            self._known("activities", activity, "proves", "competencies", activity.proves)
            self._once("activities", activity, "proves", activity.proves)
        for situation in self.content.of(fmt.Situation):
            for key in sorted(competencies ^ set(situation.levels)) if not situation.retired else ():
                self._say("situations", situation, "levels", f"unknown or missing competency {key!r}")
        numbers = Counter(entry.number for entry in self.content.of(fmt.EngineerClass) if not entry.retired)
        for engineer_class in self.content.of(fmt.EngineerClass):
            if numbers[engineer_class.number] > 1:
                self._say("classes", engineer_class, "number", f"{engineer_class.number} is another class's too")

    def _guide(self) -> None:
        for question in self.content.of(fmt.Question):
            self._known("questions", question, "topic", "topics", [question.topic])
            for path in ("situations", "goals", "roles", "competencies", "milestones"):
                self._known("questions", question, path, path, getattr(question, path))
                self._once("questions", question, path, getattr(question, path))
            if not question.sources:
                self._say("questions", question, "sources", "an answer names where it comes from")
            if len(question.views) == 1:
                self._say("questions", question, "views", "one view is no difference")
        for resource in self.content.of(fmt.Resource):
            self._known("resources", resource, "skills", "skills", resource.skills)
            self._once("resources", resource, "skills", resource.skills)

    def _skills(self) -> None:
        for skill in self.content.of(fmt.Skill):
            self._known("skills", skill, "competency", "competencies", [skill.competency])
            if [level.level for level in skill.levels] != [1, 2, 3, 4]:
                self._say("skills", skill, "levels", "expected the levels 1 to 4 in order")

    def _expectations(self) -> None:
        seen: dict[tuple[str, str], str] = {}
        for entry in self.content.of(fmt.Expectation):
            self._known("expectations", entry, "role", "roles", [entry.role])
            self._known("expectations", entry, "competency", "competencies", [entry.competency])
            self._known("expectations", entry, "skills", "skills", entry.skills)
            pair = (entry.role, entry.competency)
            if pair in seen and not entry.retired:
                self._say("expectations", entry, "", f"{seen[pair]!r} says the same role and competency")
            if not entry.retired:
                seen[pair] = entry.id
            for path, levels in [("levels", entry.levels)] + [(f"skills.{k}", v) for k, v in entry.skills.items()]:
                if set(levels) != {1, 2, 3}:
                    self._say("expectations", entry, path, "expected the classes 3, 2 and 1")
                elif not levels[3] <= levels[2] <= levels[1]:
                    self._say("expectations", entry, path, "a higher class must not expect less")
            for key in entry.skills:
                skill = self.by_id["skills"].get(key)
                if isinstance(skill, fmt.Skill) and skill.competency != entry.competency and not entry.retired:
                    self._say("expectations", entry, f"skills.{key}", f"belongs to {skill.competency!r}")
        for role in self.content.of(fmt.Role):
            for competency in self.content.of(fmt.Competency):
                if (role.id, competency.id) not in seen and not role.retired and not competency.retired:
                    self._say("roles", role, "", f"no expectation of {competency.id!r}")

    def _milestones(self) -> None:
        milestones = self.content.of(fmt.Milestone)
        phases = {phase.id: number for number, phase in enumerate(self.content.of(fmt.Phase))}
        for entry in milestones:
            say = ("milestones", entry)
            self._known(*say, "competency", "competencies", [entry.competency])
            self._known(*say, "phase", "phases", [entry.phase])
            self._known(*say, "raises", "skills", entry.raises)
            self._known(*say, "roles", "roles", entry.roles)
            self._known(*say, "goals", "goals", entry.goals)
            self._known(*say, "situations", "situations", entry.situations)
            self._known(*say, "activity", "activities", [entry.activity] if entry.activity else [])
            self._known(*say, "resources", "resources", entry.resources)
            self._known(*say, "requires", "milestones", entry.requires)
            self._once(*say, "checklist", [item.id for item in entry.checklist])
            for path in ("requires", "goals", "situations", "resources"):
                self._once(*say, path, getattr(entry, path))
            if entry.retired:
                continue  # Nobody is led to it any more, whatever has become of what it required.
            if not any(entry.roles.values()):
                self._say(*say, "roles", "matters to no role, so nobody can reach it")
            if entry.always and not (entry.goals or entry.situations):
                self._say(*say, "always", "only for a milestone of some goals or situations")
            for key in entry.requires:
                required = self.by_id["milestones"].get(key)
                if not isinstance(required, fmt.Milestone):
                    continue
                if phases.get(required.phase, 0) > phases.get(entry.phase, 0):
                    self._say(*say, "requires", f"{key!r} stands in a later phase")
                if entry.track == "main" and required.track == "companion":
                    self._say(*say, "requires", f"{key!r} is a companion; the main track must not wait for it")
                for path in ("goals", "situations"):
                    narrower = set(getattr(required, path))
                    wider = set(getattr(entry, path)) or {None}
                    if narrower and not wider <= narrower:
                        self._say(*say, "requires", f"{key!r} is for fewer {path}, so some cannot reach this one")
        for cycle in cycles({entry.id: entry.requires for entry in milestones}):
            first = self.by_id["milestones"][cycle[0]]
            self._say("milestones", first, "requires", f"a cycle of prerequisites: {' → '.join(cycle)}")

    def _role_mix(self) -> None:
        for choice in self.content.of(fmt.Choice):
            self._once("choices", choice, "options", [option.id for option in choice.options])
            for number, option in enumerate(choice.options):
                self._known("choices", choice, f"options[{number}].adds", "roles", option.adds)
        roles = self.content.current(fmt.Role)
        for role in roles:
            gained: Counter[str] = Counter()
            for choice in self.content.current(fmt.Choice):
                gained.update(_best_for(role.id, choice).adds)
            others = [other.id for other in roles if other is not role]
            rival = max(others, key=lambda key: gained[key], default=None)
            if rival is not None and gained[rival] >= gained[role.id]:
                points = f"{gained[role.id]} points and {rival!r} {gained[rival]}"
                self._say("roles", role, "", f"cannot come out first: the answers that favour it give it {points}")

    def _class(self) -> None:
        for deed in self.content.of(fmt.Deed):
            self._once("deeds", deed, "options", [option.id for option in deed.options])
        best = [min(option.shows for option in deed.options) for deed in self.content.current(fmt.Deed)]
        for number in (3, 2, 1):
            there = sum(1 for shown in best if shown <= number)
            if there < ENOUGH_DEEDS:
                reason = f"{there} of them can show class {number} or better; it takes {ENOUGH_DEEDS}"
                self.found.append(Problem("deeds.yaml", "", reason))

    def _ratings(self) -> None:
        rated: dict[str, str] = {}
        for rating in self.content.of(fmt.Rating):
            self._known("ratings", rating, "competency", "competencies", [rating.competency])
            if [level.level for level in rating.levels] != [0, 1, 2, 3, 4]:
                self._say("ratings", rating, "levels", "expected the levels 0 to 4 in order")
            if rating.retired:
                continue
            if rating.competency in rated:
                other = rated[rating.competency]
                self._say("ratings", rating, "competency", f"{other!r} rates the same competency")
            rated.setdefault(rating.competency, rating.id)
        for competency in self.content.current(fmt.Competency):
            if competency.id not in rated:
                self._say("competencies", competency, "", "no rating of it")


def _best_for(role: str, choice: fmt.Choice) -> fmt.ChoiceOption:
    """The option that adds most to a role; of several the one that adds least to the others."""
    return max(choice.options, key=lambda option: (option.adds.get(role, 0), -sum(option.adds.values())))


def broken_rules(content: PackContent) -> list[Problem]:
    """The rules between entries that a pack breaks."""
    return _Rules(content).problems()


def cycles(requires: dict[str, list[str]]) -> list[list[str]]:
    """The cycles of a prerequisite graph, one for each group of nodes that cannot be ordered."""
    graph = defaultdict(list, {node: list(needed) for node, needed in requires.items()})
    found = []
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            cycle = list(reversed(error.args[1]))
            found.append(cycle)
            graph[cycle[0]] = [key for key in graph[cycle[0]] if key not in cycle]
        else:
            return found
