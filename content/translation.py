"""Which fields of the catalogue exist once per language."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, translator

from content import models

TRANSLATED: dict[type, tuple[str, ...]] = {
    models.Pack: ("name", "summary"),
    models.Source: ("note",),
    models.Role: ("name", "summary", "description", "contributes"),
    models.RoleDifference: ("text",),
    models.Group: ("name", "summary"),
    models.Competency: ("name", "summary", "description"),
    models.Skill: ("name", "summary"),
    models.SkillLevel: ("evidence",),
    models.Signal: ("text",),
    models.ScaleStep: ("name", "meaning"),
    models.EngineerClass: ("name", "summary", "description", "training"),
    models.Expectation: ("reason",),
    models.Activity: ("name", "summary", "description", "choose", "do_well", "tell"),
    models.Situation: ("name", "summary", "advice"),
    models.Goal: ("name", "summary", "advice"),
    models.Phase: ("name", "summary"),
    models.MilestoneTemplate: ("title", "outcome"),
    models.ChecklistTemplate: ("text",),
}

for model, fields in TRANSLATED.items():
    translator.register(model, type(f"{model.__name__}Translation", (TranslationOptions,), {"fields": fields}))
