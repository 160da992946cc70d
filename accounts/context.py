"""What every page needs beside its own content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from accounts import claims

OTHER_LANGUAGE = {"ko": ("en", "English"), "en": ("ko", "한국어")}


def page(request: HttpRequest) -> dict[str, Any]:
    """The theme, and the language that the page's switch offers."""
    other, other_name = OTHER_LANGUAGE[get_language() or settings.LANGUAGE_CODE]
    return {
        "theme": getattr(request, "theme", "system"),
        "other_language": other,
        "other_language_name": other_name,
        "mail_configured": settings.MAIL_CONFIGURED,
        "waiting": lambda: claims.waiting(request),
    }
