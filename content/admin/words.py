"""What tables and columns are called in the admin, in both languages.

Set at start rather than in the models: a name on a form is no matter of the database, and there it would be one
migration after the other.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Field, Model
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from content import models

KINDS: dict[type[Model], tuple[Any, Any]] = {
    models.Pack: (_("content pack"), _("content pack")),
    models.ScaleStep: (_("step of the scale"), _("scale of levels")),
    models.Source: (_("source"), _("sources")),
    models.Group: (_("group of competencies"), _("groups of competencies")),
    models.Competency: (_("competency"), _("competencies")),
    models.Skill: (_("skill"), _("skills")),
    models.SkillLevel: (_("level"), _("levels")),
    models.Role: (_("role"), _("roles")),
    models.RoleDifference: (_("difference"), _("differences from the other roles")),
    models.EngineerClass: (_("engineer class"), _("engineer classes")),
    models.Expectation: (_("expectation"), _("expectations")),
    models.ExpectedLevel: (_("expected level"), _("expected levels")),
    models.Activity: (_("activity"), _("activities")),
    models.InterviewQuestion: (_("interview question"), _("interview questions")),
    models.Situation: (_("situation"), _("situations")),
    models.Goal: (_("goal"), _("goals")),
    models.Phase: (_("phase"), _("phases")),
    models.MilestoneTemplate: (_("milestone"), _("milestones")),
    models.MilestoneSkill: (_("skill that it raises"), _("skills that it raises")),
    models.MilestoneRole: (_("weight for a role"), _("weights for the roles")),
    models.ChecklistTemplate: (_("checklist item"), _("checklist")),
    models.Resource: (_("resource"), _("resources")),
    models.Topic: (_("topic"), _("topics")),
    models.Question: (_("question"), _("questions")),
    models.PanelView: (_("view of the panel"), _("views of the panel")),
    models.Choice: (_("assessment question: role mix"), _("assessment questions: role mix")),
    models.ChoiceOption: (_("option"), _("options")),
    models.Deed: (_("assessment question: engineer class"), _("assessment questions: engineer class")),
    models.DeedOption: (_("option"), _("options")),
    models.Rating: (_("assessment question: competency"), _("assessment questions: competencies")),
    models.RatedLevel: (_("level"), _("levels")),
    models.Edit: (_("edit"), _("edits")),
}

FIELDS: dict[str, Any] = {
    "key": _("Id"),
    "id": _("Id"),
    "position": _("Order"),
    "place": _("Place in the order"),
    "order": _("Order"),
    "retired": _("Retired"),
    "replaced_by": _("Replaced by"),
    "file": _("File"),
    "sources": _("Sources"),
    "name": _("Name"),
    "title": _("Title"),
    "summary": _("Summary"),
    "description": _("Description"),
    "text": _("Text"),
    "note": _("Note"),
    "url": _("Web address"),
    "author": _("Author"),
    "licence": _("Licence"),
    "group": _("Group"),
    "competency": _("Competency"),
    "competencies": _("Competencies"),
    "skill": _("Skill"),
    "skills": _("Skills"),
    "level": _("Level"),
    "levels": _("Levels"),
    "evidence": _("Evidence"),
    "signals": _("Signals"),
    "meaning": _("Meaning"),
    "letter": _("Letter"),
    "day": _("A working day"),
    "contributes": _("What they contribute"),
    "differs": _("Differences from the other roles"),
    "other": _("The other role"),
    "number": _("Number"),
    "training": _("What leads there"),
    "role": _("Role"),
    "roles": _("Roles"),
    "reason": _("Reason"),
    "engineer_class": _("Class"),
    "choose": _("How to choose one"),
    "do_well": _("How to do it well"),
    "portfolio": _("What goes into a portfolio"),
    "tell": _("How to tell an interviewer about it"),
    "proves": _("Proves"),
    "interview": _("Interview questions"),
    "question": _("Question"),
    "listens_for": _("What they listen for"),
    "advice": _("Advice"),
    "situations": _("Situations"),
    "goals": _("Goals"),
    "phase": _("Phase"),
    "activity": _("Activity"),
    "outcome": _("Outcome"),
    "hours": _("Hours"),
    "track": _("Track"),
    "always": _("In every plan of its goals and situations"),
    "requires": _("Prerequisites"),
    "raises": _("Skills that it raises"),
    "weight": _("Weight"),
    "checklist": _("Checklist"),
    "resources": _("Resources"),
    "by": _("By"),
    "kind": _("Kind"),
    "language": _("Language"),
    "cost": _("Cost"),
    "reviewed_on": _("Reviewed on"),
    "topic": _("Topic"),
    "short": _("Short answer"),
    "answer": _("Answer"),
    "since_2018": _("Since 2018"),
    "views": _("Views of the panel"),
    "who": _("Who"),
    "milestones": _("Milestones"),
    "lead": _("What is said first"),
    "options": _("Options"),
    "adds": _("Points for the roles"),
    "shows": _("Class that it shows"),
    "version": _("Version"),
    "news": _("What is new"),
    "example": _("Example profile"),
    "scale": _("Scale of levels"),
    "at": _("When"),
}

HELP: dict[str, Any] = {
    "key": _("Small letters, digits and hyphens. It means this one thing for ever and cannot be changed later."),
    "retired": _("It leaves the pages and new plans; roadmaps that have it keep it. Nothing is ever deleted."),
    "replaced_by": _("Readers of the retired entry are led there."),
    "version": _("Year, month and number, such as 2026.11.3"),
    "always": _("For a milestone of some goals or situations alone"),
    "hours": _("What an honest learner needs, 1 to 400"),
    "reviewed_on": _("The day on which somebody last held the entry against the work"),
    "shows": _("The class of which this is typical, 1 to 4"),
    "example": _("Whose roadmap a visitor sees, as in pack.yaml"),
}

LANGUAGES = {"ko": _("Korean"), "en": _("English")}


def label(name: str) -> Any:
    """What a column or a field of the format is called; a column of one language says which."""
    base, _underscore, language = name.rpartition("_")
    if base in FIELDS and language in LANGUAGES:
        return format_lazy("{} ({})", FIELDS[base], LANGUAGES[language])
    return FIELDS.get(name, name)


def kind_label(kind: str) -> str:
    """A kind as the pack calls it, in the reader's words."""
    from content.admin.site import MODEL_OF

    return str(KINDS[MODEL_OF[kind]][0]) if kind in MODEL_OF else kind


def kinds_label(kind: str) -> str:
    """The same for all entries of a kind."""
    from content.admin.site import MODEL_OF

    return str(KINDS[MODEL_OF[kind]][1]) if kind in MODEL_OF else kind


def name_everything() -> None:
    """Give every table of the catalogue and its columns these names."""
    for model, (one, many) in KINDS.items():
        model._meta.verbose_name, model._meta.verbose_name_plural = one, many
        for field in (*model._meta.fields, *model._meta.many_to_many):
            if isinstance(field, Field):
                field.verbose_name = label(field.name)
    models.Edit._meta.get_field("by").verbose_name = _("Who")


def both(*names: str) -> list[tuple[str, str]]:
    """The columns of texts, Korean beside English, as rows of a fieldset."""
    return [(f"{name}_ko", f"{name}_en") for name in names]


def columns(*names: str) -> tuple[str, ...]:
    """The same in one list, to search them."""
    return tuple(f"{name}_{language}" for name in names for language in LANGUAGES)


def called(row: Any) -> str:
    """What an entry is called in a list to choose from."""
    return str(row) if str(row) == row.key else f"{row} ({row.key})"


class NamedFilter(admin.RelatedFieldListFilter):
    """Entries by what they are called, in the order of the pack."""

    def field_choices(self, field: Any, request: Any, model_admin: Any) -> Any:
        """All of the kind."""
        return [(row.pk, str(row)) for row in field.related_model._default_manager.order_by("position")]
