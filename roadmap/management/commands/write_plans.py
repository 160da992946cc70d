"""`manage.py write_plans`: the plans of twelve people, for whoever wants to judge the planner and the pack."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from pydantic import BaseModel, ConfigDict, Field

from content.catalogue import Catalogue, catalogue_of
from content.pack import format as fmt
from content.pack.reading import read_pack
from roadmap.pages.reasons import SaidReason, say
from roadmap.planning.engine import Plan, Planned
from roadmap.planning.from_catalogue import plan_for, reason_as_data
from roadmap.planning.sizes import Size
from roadmap.planning.wishes import Wish, usual_skills

DOCS = settings.BASE_DIR / "docs"
FIRST_DAY = date(2027, 1, 4)


class Somebody(BaseModel):
    """One of those people: who they are, what they ask for, and what a mentor says of their plan."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    who: fmt.Title
    role_mix: dict[str, int]
    target_class: int
    situation: str
    goal: str
    hours_per_week: int
    weeks: Annotated[int, Field(ge=1)] | None = None
    size: Size = Size.SOLID
    comment: fmt.Text

    def wish(self, catalogue: Catalogue) -> Wish:
        """What they ask of a plan. Raises CommandError if the catalogue does not know all of it."""
        situation = catalogue.situations.get(self.situation)
        wish = Wish(
            role_mix=self.role_mix,
            target_class=self.target_class,
            situation=self.situation,
            goal=self.goal,
            hours_per_week=self.hours_per_week,
            starts_on=FIRST_DAY,
            deadline_on=FIRST_DAY + timedelta(weeks=self.weeks, days=-1) if self.weeks else None,
            levels=situation.levels if situation else {},
            skills=usual_skills(self.situation, catalogue.competencies, catalogue) if situation else {},
            size=self.size,
        )
        if not wish.fits(catalogue):
            raise CommandError(f"{self.who.en}: the pack does not know all that they ask for")
        return wish


class Command(BaseCommand):
    """Made from files alone; the database is not asked."""

    help = "Write docs/plans.md from docs/plans.yaml: the plan of each person there, with a mentor's comment."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """PACK is the folder of the pack to plan with."""
        parser.add_argument("pack", type=Path)
        parser.add_argument("--check", action="store_true", help="change nothing; fail if the file is out of date")

    def handle(self, *args: Any, pack: Path, check: bool, **options: Any) -> None:
        """Write, or compare."""
        catalogue = catalogue_of(read_pack(pack))
        people = [Somebody.model_validate(said) for said in yaml.safe_load((DOCS / "plans.yaml").read_text("utf-8"))]
        text = "\n".join(_document(people, catalogue)) + "\n"
        path = DOCS / "plans.md"
        if not check:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            raise CommandError(f"{path.name} is out of date; run: manage.py write_plans {pack}")


def _document(people: list[Somebody], catalogue: Catalogue) -> Iterator[str]:
    yield "# Plans of people"
    yield ""
    yield f"Made by `manage.py write_plans` from `plans.yaml` and {catalogue.pack.name.en} {catalogue.pack.version}, as"
    yield f"a mentor would read them. All begin on {FIRST_DAY}. `~` runs beside the main work."
    for number, person in enumerate(people, 1):
        made = plan_for(person.wish(catalogue), catalogue)
        yield from ("", f"## {number}. {person.who.en} · {person.who.ko}", "")
        yield _asked(person, made, catalogue)
        yield from ("", "| from | to | h | milestone | 이정표 | why |", "|---|---|---|---|---|---|")
        for planned in sorted(made.steps, key=lambda planned: (planned.starts_on, planned.ends_on, planned.step.key)):
            yield _row(planned, catalogue)
        if made.left_out:
            left = ", ".join(catalogue.templates[step.key].title.en for step in made.left_out)
            yield from ("", f"Left out: {left}.")
        yield from ("", f"> {_quoted(person.comment.en)}", ">", f"> {_quoted(person.comment.ko)}")


def _asked(person: Somebody, made: Plan, catalogue: Catalogue) -> str:
    mix = " : ".join(f"{catalogue.roles[key].letter} {parts}" for key, parts in person.role_mix.items())
    said = [
        mix,
        f"class {person.target_class}",
        catalogue.situations[person.situation].name.en,
        catalogue.goals[person.goal].name.en,
        f"{person.hours_per_week} hours a week",
        *([f"{person.weeks} weeks until the deadline"] if person.weeks else []),
        str(person.size),
    ]
    closed = f"{made.hours} h in {made.weeks} weeks, closes {made.share:.0%} of the gap"
    if made.left_out:
        closed += f" instead of {made.wished:.0%}"
        closed += f"; all would fit with {made.hours_to_fit} hours a week" if made.hours_to_fit else ""
    return f"{', '.join(said)}: **{closed}**."


def _row(planned: Planned, catalogue: Catalogue) -> str:
    template = catalogue.templates[planned.step.key]
    with translation.override("en"):
        why = _why(say(reason_as_data(planned.reason), catalogue))
    beside = "~ " if planned.step.beside else ""
    days = f"{planned.starts_on} | {planned.ends_on}"
    return f"| {days} | {template.hours} | {beside}{template.title.en} | {template.title.ko} | {why} |"


def _why(reason: SaidReason) -> str:
    said = [f"**proves class {reason.proof[0]}**"] if reason.proof else []
    said += [f"{gap.name} {gap.start} → {gap.to}" for gap in reason.closes]
    said += [f"for {name}" for name in (reason.goal, reason.situation) if name]
    if not said and reason.unlocks:
        said.append(f"opens {reason.unlocks[0]}")
    if reason.brings:
        said.append(f"bring: {', '.join(reason.brings)}")
    return "; ".join(said) or (f"portfolio: {reason.proves[0]}" if reason.proves else "")


def _quoted(text: str) -> str:
    return text.strip().replace("\n", "\n> ")
