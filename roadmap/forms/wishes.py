"""The form of a new roadmap: a target, a start and the time there is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.reading import Aim
from assessments.results import Result
from assessments.role_mix import even_mix, is_mix, stepped
from content.catalogue import Catalogue
from content.pack import format as fmt
from roadmap.planning.sizes import Size
from roadmap.planning.wishes import Wish, usual_skills

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2200, 12, 31)
DAYS = [
    MinValueValidator(FIRST_DAY, _("Choose a day from 1970 on.")),
    MaxValueValidator(LAST_DAY, _("Choose a day up to 2200.")),
]


SIZES = {
    Size.ESSENTIAL: (_("Essential"), _("what proves the class, and the shortest way there")),
    Size.SOLID: (_("Solid"), _("most of what you miss")),
    Size.THOROUGH: (_("Thorough"), _("all that you miss, as far as milestones lead there")),
}
"""What each size is called, and what it means."""


class DayInput(forms.DateInput):
    """A date as the browser's own date field, in every language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()})


class NewRoadmapForm(forms.Form):
    """Built from the catalogue: its roles, classes, situations, goals and competencies.

    `assessed` is the result that it was opened with; what that knows skill by skill counts for every competency whose
    level is left as it came from there.

    The role mix is not typed: a stepper's button sends `step=<role>+1` or `<role>-1`, and `stepped` answers with
    the mix that is meant, whose parts always add up to ten.
    """

    hours_per_week = forms.IntegerField(
        label=_("Hours a week"),
        help_text=_("What you can keep up for months, not what a good week allows."),
        min_value=1,
        max_value=60,
        initial=10,
    )
    starts_on = forms.DateField(label=_("Start"), widget=DayInput, validators=DAYS)
    size = forms.ChoiceField(
        label=_("Size"),
        help_text=_("Each size holds all of the smaller ones. The preview says how long each takes."),
        choices=[(size, format_lazy("{}: {}", name, meaning)) for size, (name, meaning) in SIZES.items()],
        initial=Size.SOLID,
        required=False,
        widget=forms.RadioSelect,
    )
    deadline_on = forms.DateField(
        label=_("Deadline (optional)"),
        help_text=_("An application, a graduation, an interview. The plan keeps what closes most until then."),
        widget=DayInput,
        validators=DAYS,
        required=False,
    )

    def __init__(
        self, catalogue: Catalogue, *args: Any, today: date, assessed: Result | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.catalogue = catalogue
        self.assessed = assessed
        self.fields["starts_on"].initial = today
        mix = even_mix(list(catalogue.roles))
        for key in catalogue.roles:
            self.fields[f"mix_{key}"] = forms.IntegerField(
                min_value=0, max_value=10, initial=mix[key], widget=forms.HiddenInput
            )
        self.fields["target_class"] = forms.TypedChoiceField(
            label=_("Target class"),
            coerce=int,
            initial=max(catalogue.expected),
            choices=[
                (number, f"{number} · {catalogue.classes[number].name}")
                for number in sorted(catalogue.expected, reverse=True)
            ],
            widget=forms.RadioSelect,
        )
        self.fields["situation"] = forms.ChoiceField(
            label=_("Where you start"),
            initial=next(iter(catalogue.situations)),
            choices=[(key, str(found.name)) for key, found in catalogue.situations.items()],
        )
        self.fields["goal"] = forms.ChoiceField(
            label=_("Where you want to be next"),
            initial=next(iter(catalogue.goals)),
            choices=[(key, str(found.name)) for key, found in catalogue.goals.items()],
            widget=forms.RadioSelect,
        )
        scale = [(str(step.level), f"{step.level} · {step.name}") for step in catalogue.pack.scale]
        for key, competency in catalogue.competencies.items():
            self.fields[f"level_{key}"] = forms.TypedChoiceField(
                label=str(competency.name),
                coerce=int,
                empty_value=None,
                required=False,
                choices=[("", gettext("As usual for my start")), *scale],
            )

    @property
    def levels(self) -> list[forms.BoundField]:
        """The fields of today's levels."""
        return [self[f"level_{key}"] for key in self.catalogue.competencies]

    @property
    def steppers(self) -> list[tuple[int, fmt.Role, int]]:
        """Each role's number (from 1), role and parts."""
        mix = self.mix
        return [(number, role, mix[key]) for number, (key, role) in enumerate(self.catalogue.roles.items(), 1)]

    @property
    def mix(self) -> dict[str, int]:
        """The mix that the form holds, or the one it starts with where what was sent is none."""
        roles = list(self.catalogue.roles)
        try:
            mix = {key: int(self[f"mix_{key}"].value()) for key in roles}
        except (TypeError, ValueError):
            return even_mix(roles)
        return mix if is_mix(mix, roles) else even_mix(roles)

    def stepped(self, wanted: str) -> dict[str, int]:
        """The form's mix after a stepper's `<role>+1` or `<role>-1`; what is no stepper's changes nothing."""
        return stepped(self.mix, wanted)

    def clean_size(self) -> str:
        """Links and older pages do not say it."""
        return str(self.cleaned_data["size"] or Size.SOLID)

    def clean(self) -> dict[str, Any]:
        """Rules between fields."""
        cleaned: dict[str, Any] = super().clean() or {}
        roles = list(self.catalogue.roles)
        mix = {key: cleaned.get(f"mix_{key}") for key in roles}
        if None in mix.values() or not is_mix({key: parts or 0 for key, parts in mix.items()}, roles):
            self.add_error(None, gettext("The parts of the role mix must add up to ten."))
        starts_on, deadline_on = cleaned.get("starts_on"), cleaned.get("deadline_on")
        if starts_on and deadline_on and deadline_on < starts_on:
            self.add_error("deadline_on", gettext("The deadline must not be before the start."))
        return cleaned

    def wish(self) -> Wish:
        """What a valid form asks for."""
        cleaned = self.cleaned_data
        usual = self.catalogue.situations[cleaned["situation"]].levels
        given = {key: cleaned[f"level_{key}"] for key in self.catalogue.competencies}
        left_open = [key for key, level in given.items() if level is None]
        return Wish(
            role_mix={key: cleaned[f"mix_{key}"] for key in self.catalogue.roles},
            target_class=cleaned["target_class"],
            situation=cleaned["situation"],
            goal=cleaned["goal"],
            hours_per_week=cleaned["hours_per_week"],
            starts_on=cleaned["starts_on"],
            deadline_on=cleaned["deadline_on"],
            levels={key: usual[key] if level is None else level for key, level in given.items()},
            skills={**usual_skills(cleaned["situation"], left_open, self.catalogue), **self._precise(given)},
            size=cleaned["size"],
        )

    def _precise(self, given: Mapping[str, int | None]) -> dict[str, int]:
        if self.assessed is None:
            return {}
        skills = self.catalogue.skills
        came = {key: level.level if level.whole else None for key, level in self.assessed.competency_levels.items()}
        kept = {key for key, level in given.items() if key in came and came[key] == level}
        return {
            key: level
            for key, level in self.assessed.single.items()
            if key in skills and skills[key].competency in kept
        }


def start_of(result: Result, catalogue: Catalogue) -> dict[str, Any]:
    """What a result says of the start and the time, as fields of the form, as far as the catalogue still knows it."""
    found: dict[str, Any] = {}
    if result.situation in catalogue.situations:
        found["situation"] = result.situation
    if result.goal in catalogue.goals:
        found["goal"] = result.goal
    if result.hours_per_week:
        found["hours_per_week"] = result.hours_per_week
    return found


def fields_of(result: Result, aim: Aim, catalogue: Catalogue) -> dict[str, int]:
    """The target and the levels of a result as fields of the form."""
    whole = {key: level.level for key, level in result.competency_levels.items() if level.whole}
    levels = {key: level for key, level in whole.items() if key in catalogue.competencies}
    return {
        **{f"mix_{key}": parts for key, parts in aim.mix.items()},
        "target_class": aim.number,
        **{f"level_{key}": level for key, level in levels.items()},
    }
