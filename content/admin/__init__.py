"""Where editors change the catalogue: Django's admin, held to the rules of the content pack."""

from __future__ import annotations

from content.admin import kinds
from content.admin.site import site

__all__ = ["kinds", "site"]
