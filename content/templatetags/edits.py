"""How an edit is told in a list."""

from __future__ import annotations

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

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


@register.filter
def without_empty_headers(table: SafeString) -> SafeString:
    """A table whose columns without a name have a plain cell on top, as there is nothing to be read out."""
    # Only the tag's name is changed: what was safe stays so.
    return mark_safe(re.sub(r"<th( [^>]*)?></th>", r"<td\1></td>", table))
