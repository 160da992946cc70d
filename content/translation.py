"""Which fields of the catalogue exist once per language."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, translator

from content import models

TRANSLATED: dict[type, tuple[str, ...]] = {
    models.Pack: ("name", "summary", "news"),
    models.Source: ("note",),
    models.Role: ("name", "someone", "alongside", "summary", "description", "day", "contributes"),
    models.RoleDifference: ("text",),
    models.Group: ("name", "summary"),
    models.Competency: ("name", "summary", "description"),
    models.Skill: ("name", "summary"),
    models.SkillLevel: ("evidence",),
    models.Signal: ("text",),
    models.ScaleStep: ("name", "meaning"),
    models.EngineerClass: ("name", "summary", "description", "training"),
    models.Expectation: ("reason",),
    models.Activity: ("name", "summary", "description", "choose", "do_well", "portfolio", "tell"),
    models.InterviewQuestion: ("question", "listens_for"),
    models.Situation: ("name", "summary", "advice"),
    models.Goal: ("name", "summary", "advice"),
    models.Phase: ("name", "summary"),
    models.MilestoneTemplate: ("title", "outcome"),
    models.ChecklistTemplate: ("text",),
    models.Resource: ("note",),
    models.Topic: ("name", "summary"),
    models.Question: ("question", "short", "answer", "since_2018"),
    models.PanelView: ("who", "text"),
    models.Choice: ("lead", "question"),
    models.ChoiceOption: ("text",),
    models.Deed: ("lead", "question"),
    models.DeedOption: ("text",),
    models.Rating: ("lead", "question"),
    models.RatedLevel: ("text",),
    models.Release: ("news",),
}

for model, fields in TRANSLATED.items():
    translator.register(model, type(f"{model.__name__}Translation", (TranslationOptions,), {"fields": fields}))
