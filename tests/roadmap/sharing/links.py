"""Links as tests open them: where they lead, what they show and count, and how time passes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse

from assessments.results import Given
from roadmap.models import Roadmap, ShareLink
from tests.factories import token_of
from tests.reading import page_of

Shown = tuple[ShareLink, str]
"""A link, and the address at which it shows what it does."""
PRIVATE = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store, private",
}
SAID = Given(
    "deed",
    "a-deed",
    "an-answer",
    {"ko": "무엇을 했나요?", "en": "What did you do?"},
    {"ko": "눈에 띄는 답", "en": "An answer to recognise"},
    shows=4,
)
"""An answer that can be recognised."""


def address_of(link: ShareLink) -> str:
    return reverse("shared", args=[token_of(link)])


def roadmap_of(link: ShareLink) -> Roadmap:
    assert link.roadmap
    return link.roadmap


def later(link: ShareLink, **delta: float) -> None:
    """Let time pass: the link was made, and opened, that much earlier."""
    link.refresh_from_db()
    moments = {name: getattr(link, name) for name in ("created_at", "expires_at", "opened_at", "since_at")}
    passed = {name: at - timedelta(**delta) for name, at in moments.items() if at}
    ShareLink.objects.filter(pk=link.pk).update(**passed)


def visits(link: ShareLink) -> int:
    link.refresh_from_db()
    return link.visits


def of_the_assessment(link: ShareLink) -> str:
    return reverse("shared-assessment", args=[token_of(link)])


def shows_assessment(response: Any) -> bool:
    return response.status_code == 200 and "An answer to recognise" in page_of(response)
