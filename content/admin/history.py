"""Who changed what in an entry, so that it can be read."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from content import models
from content.admin.differences import differences
from content.admin.words import label

EDITS_ON_A_PAGE = 30


def page_of_edits(kind: str, key: str, number: str | None) -> Page[models.Edit]:
    """The edits of an entry, newest first; the last page where there are fewer."""
    edits = models.Edit.objects.filter(kind=kind, key=key).select_related("by")
    return Paginator(edits, EDITS_ON_A_PAGE).get_page(number)


def editor_of(edit: models.Edit | None) -> str:
    """Whoever made an edit, as far as they are still known."""
    if edit is None or edit.by is None:
        return _("somebody who has left")
    return edit.by.name or edit.by.email


def told_differences(edit: models.Edit) -> list[tuple[str, Any]]:
    """What an edit changed, with the way to it in the reader's words."""
    found = differences(edit.before, edit.after)
    return [(" › ".join(str(label(step)) for step in each.path), each.texts) for each in found]
