"""How forms are drawn: lists of choices say what Django's own template says."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from config.forms import PageRenderer

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
