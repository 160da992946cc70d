"""How an edit is told in a list."""

from __future__ import annotations

from django import template

from content.models import Edit

register = template.Library()


@register.filter
def editor(edit: Edit) -> str:
    """Whoever made it."""
    from content.admin.history import editor_of

    return editor_of(edit)


@register.filter
def kind_of_edit(edit: Edit) -> str:
    """The kind of its entry in the reader's words."""
    from content.admin.words import kind_label

    return kind_label(edit.kind)
