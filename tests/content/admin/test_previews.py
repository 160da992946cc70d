"""What was typed is shown as readers will meet it, and nothing is stored for it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from content import models
from content.catalogue import current_catalogue
from content.rows.loading import refresh_digest
from tests.content.admin.editing import ENTRIES, errors_of, filled, form_of, milestone

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("language", "field", "text"), [("en", "title_en", "Not saved yet"), ("ko", "title_ko", "아직 저장 전")]
)
def test_a_preview_shows_the_unsaved_text_and_stores_nothing(
    edna: Client, language: str, field: str, text: str
) -> None:
    row, before = milestone(), current_catalogue().digest
    sent = {**filled(edna.get(form_of(row))), field: text, "_preview": language}
    page = edna.post(form_of(row), sent)
    assert page.status_code == 200
    assert f"<h1>{text}</h1>" in page.content.decode()
    assert f'<html lang="{language}"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert current_catalogue().digest == before
    assert not models.Edit.objects.exists()
    assert set(errors_of(edna.post(form_of(row), {**sent, "title_ko": ""}))) == {"title_ko"}


def preview(client: Client, row: Any, language: str, **changed: str) -> str:
    """The page that readers would see, in that language; nothing may be stored for it."""
    before = current_catalogue().digest
    page = client.get(form_of(row))
    assert language in dict(page.context["preview_languages"])
    answer = client.post(form_of(row), {**filled(page), **changed, "_preview": language})
    assert answer.status_code == 200, errors_of(answer)
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    assert f'<html lang="{language}"' in text
    assert (current_catalogue().digest, models.Edit.objects.count()) == (before, 0)
    return text


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model._meta.model_name)
def test_every_entry_can_be_previewed_with_what_was_typed(edna: Client, baking: Path, model: Any) -> None:
    row = model._default_manager.order_by("position")[0]
    columns = {field.name for field in model._meta.fields}
    field = next(each for each in ("name_ko", "title_ko", "question_ko", "reason_ko", "title") if each in columns)
    assert "아직 저장 전" in preview(edna, row, "ko", **{field: "아직 저장 전"})


@pytest.mark.parametrize(("language", "other"), [("en", "ko"), ("ko", "en")])
@pytest.mark.parametrize("model", [models.Situation, models.Goal, models.Phase, models.Topic, models.Group])
def test_a_preview_of_a_heading_shows_its_words_in_one_language(
    edna: Client, baking: Path, model: Any, language: str, other: str
) -> None:
    row = model._default_manager.order_by("position")[0]
    names = [name for name in ("name", "summary", "advice") if hasattr(row, f"{name}_ko")]
    typed = {f"{name}_{code}": f"typed-{name}-{code}" for name in names for code in ("ko", "en")}
    text = preview(edna, row, language, **typed)
    heading = {models.Group: "h2", models.Situation: "b", models.Goal: "b"}.get(model, "h1")
    assert f"<{heading}>typed-name-{language}</{heading}>" in text
    for name in names:
        assert f"typed-{name}-{language}" in text
        assert f"typed-{name}-{other}" not in text


@pytest.mark.parametrize(("language", "other"), [("en", "ko"), ("ko", "en")])
@pytest.mark.parametrize(
    ("model", "option"), [(models.Choice, "options"), (models.Deed, "options"), (models.Rating, "levels")]
)
def test_a_preview_of_a_question_shows_it_as_the_assessment_asks_it_and_cannot_be_answered(
    edna: Client, baking: Path, model: Any, option: str, language: str, other: str
) -> None:
    row = model._default_manager.order_by("position")[0]
    typed = {f"{name}_{code}": f"typed-{name}-{code}" for name in ("lead", "question") for code in ("ko", "en")}
    typed |= {f"{option}-0-text_{code}": f"typed `answer` {code}" for code in ("ko", "en")}
    text = preview(edna, row, language, **typed)
    asked = text[text.index('<div class="ask') : text.index("</main>")]
    assert f'<p class="ask-lead">typed-lead-{language}</p>' in asked
    assert f"<h1>typed-question-{language}</h1>" in asked
    assert f"typed <code>answer</code> {language}" in asked
    assert asked.count('class="button answer"') == getattr(row, option).count()
    assert f" {other}<" not in asked
    assert f"-{other}<" not in asked
    assert not re.search("<(?:form|input|button|a)[ >]", asked)


def test_a_preview_of_the_pack_and_of_its_scale_shows_what_was_typed(edna: Client, baking: Path) -> None:
    step, pack = models.ScaleStep.objects.get(level=2), models.Pack.objects.get()
    assert "typed meaning" in preview(edna, step, "en", meaning_en="typed meaning")
    text = preview(edna, pack, "ko", news_ko="새로 온 것", news_en="What came", name_ko="빵")
    assert "<h1>빵</h1>" in text
    assert "새로 온 것" in text


def test_a_retired_heading_says_so_in_its_preview(edna: Client, baking: Path) -> None:
    row = models.Phase.objects.order_by("-position")[0]
    added = {"key": "never-used", "position": 99, "pk": None, "retired": True}
    for name, value in added.items():
        setattr(row, name, value)
    row.save()
    refresh_digest()
    assert "no longer part of the catalogue" in preview(edna, row, "en")


def test_a_preview_of_a_resource_shows_that_stretch_of_the_list_where_it_stands(edna: Client) -> None:
    row = models.Resource.objects.current().last()
    assert row is not None
    assert "Typed, not saved" in preview(edna, row, "en", title="Typed, not saved")
