"""Where editors change the catalogue: Django's admin, held to the rules of the content pack."""

from __future__ import annotations

from content.admin import kinds
from content.admin.site import site
from content.admin.words import name_everything

name_everything()

__all__ = ["kinds", "site"]
