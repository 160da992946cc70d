"""How forms are drawn: what is written at once says what Django's own templates say."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.template.loader import get_template
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from config.forms import WRITERS, PageRenderer
from content import models
from content.admin.site import site

pytestmark = pytest.mark.once

STRANGE = "\"'<b>&amp;"
CHOICES: list[Any] = [
    ("", "---"),
    (STRANGE, STRANGE),
    (1234567, 1234567),
    (STRANGE, [("x", mark_safe("<i>")), ("y", gettext_lazy("Korean"))]),
    (None, 3.5),
]
ATTRIBUTES = {"required": True, "disabled": False, "data-strange": STRANGE, "data-number": 1234}


@pytest.mark.parametrize("chosen", [[], [""], ["1234567"], [STRANGE, "y"], ["x"]])
@pytest.mark.parametrize("kind", [forms.Select, forms.SelectMultiple])
def test_a_list_of_choices_is_what_django_makes_of_it(kind: type[forms.Select], chosen: list[str]) -> None:
    widget = kind(attrs=ATTRIBUTES, choices=CHOICES)
    said = widget.render(STRANGE, chosen, renderer=PageRenderer())
    djangos = widget.render(STRANGE, chosen, renderer=TemplatesSetting())
    assert said.replace("\n", "") == "".join(line.strip() for line in djangos.splitlines())
    assert parse_html(said) == parse_html(djangos)


BOTH = (PageRenderer, TemplatesSetting)
INPUTS: list[forms.Widget] = [
    *(kind(attrs=ATTRIBUTES) for kind in (forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput)),
    *(kind(attrs=ATTRIBUTES) for kind in (forms.HiddenInput, forms.DateInput, forms.TimeInput, forms.Textarea)),
    forms.CheckboxInput(attrs=ATTRIBUTES),
    forms.PasswordInput(attrs=ATTRIBUTES, render_value=True),
    *(
        kind(attrs={"id": "x", **ATTRIBUTES}, choices=CHOICES)
        for kind in (forms.RadioSelect, forms.CheckboxSelectMultiple)
    ),
]


@pytest.mark.parametrize("value", [None, "", STRANGE, "\nSecond line\n", 1234567, True, mark_safe("<i>")])
@pytest.mark.parametrize("widget", INPUTS, ids=lambda widget: type(widget).__name__)
def test_a_field_is_what_django_makes_of_it(widget: forms.Widget, value: Any) -> None:
    said, djangos = (widget.render(STRANGE, value, {"id": "y"}, each()) for each in BOTH)
    assert parse_html(said) == parse_html(djangos)
    if isinstance(widget, forms.Textarea):
        assert said.strip() == djangos.strip()


@pytest.mark.parametrize("errors", [[], [STRANGE], [mark_safe("<b>"), gettext_lazy("Korean")]])
@pytest.mark.parametrize("field_id", [None, "id_x"])
def test_mistakes_and_labels_are_what_django_makes_of_them(errors: list[Any], field_id: str | None) -> None:
    lists = [ErrorList(errors, "nonfield", each(), field_id) for each in BOTH]
    assert parse_html(lists[0].as_ul()) == parse_html(lists[1].as_ul())
    for attributes in (None, {"class": STRANGE}):
        for use in (True, False):
            context = {"use_tag": use, "tag": "legend", "label": STRANGE, "attrs": attributes}
            said, djangos = (
                each().render("django/forms/label.html", context) for each in (PageRenderer, TemplatesSetting)
            )
            assert parse_html(said) == parse_html(djangos)


@pytest.mark.parametrize("may", [True, False])
def test_the_links_beside_a_list_are_what_the_admin_makes_of_them(may: bool) -> None:
    relation = models.Skill._meta.get_field("competency").remote_field
    list_of = forms.Select(choices=CHOICES)
    widget = RelatedFieldWidgetWrapper(
        list_of, relation, site, can_add_related=may, can_change_related=may, can_view_related=True
    )
    said, djangos = (widget.render("skills-0-x", "", {"id": "y"}, each()) for each in BOTH)
    assert parse_html(said) == parse_html(djangos)


def test_every_template_that_is_written_at_once_is_one_of_djangos() -> None:
    for name in WRITERS:
        assert get_template(name)
