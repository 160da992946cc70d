"""The catalogue: everything that a page says about the field, in both languages.

Rows come from a content pack (`pack_loading`) and from editors in the admin. A key means one thing for ever: what
leaves the pack is retired, never deleted, so that nobody's roadmap loses what it was copied from.
The translated fields are named in `translation.py`.
"""

from content.models.activity import Activity, InterviewQuestion
from content.models.assessment import Choice, ChoiceOption, Deed, DeedOption, RatedLevel, Rating
from content.models.competency import Competency, Group, ScaleStep, Signal, Skill, SkillLevel
from content.models.entry import CURRENT, Entry, EntryQuerySet, Source, Sourced
from content.models.guide import PanelView, Question, Topic
from content.models.milestone import (
    ChecklistTemplate,
    Goal,
    MilestoneRole,
    MilestoneSkill,
    MilestoneTemplate,
    Phase,
    Situation,
)
from content.models.pack import Edit, Pack, Release
from content.models.resource import Resource
from content.models.role import EngineerClass, Expectation, ExpectedLevel, Role, RoleDifference

__all__ = [
    "CURRENT",
    "Activity",
    "ChecklistTemplate",
    "Choice",
    "ChoiceOption",
    "Competency",
    "Deed",
    "DeedOption",
    "Edit",
    "EngineerClass",
    "Entry",
    "EntryQuerySet",
    "Expectation",
    "ExpectedLevel",
    "Goal",
    "Group",
    "InterviewQuestion",
    "MilestoneRole",
    "MilestoneSkill",
    "MilestoneTemplate",
    "Pack",
    "PanelView",
    "Phase",
    "Question",
    "RatedLevel",
    "Rating",
    "Release",
    "Resource",
    "Role",
    "RoleDifference",
    "ScaleStep",
    "Signal",
    "Situation",
    "Skill",
    "SkillLevel",
    "Source",
    "Sourced",
    "Topic",
]
