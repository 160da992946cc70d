"""How a form is drawn on every page."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class PageRenderer(TemplatesSetting):
    """Label above, help before the mistake, the message at the field."""

    field_template_name = "forms/field.html"
