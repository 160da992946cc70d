"""How tests ask as HTMX does, and how they read what was answered."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

HTMX = {"HX-Request": "true"}


def page_of(response: Any) -> str:
    """What was answered, as it came."""
    text: str = response.content.decode()
    return text


def text_of(response: Any) -> str:
    """What a reader sees: no tags, one space between words."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page_of(response))).split())


def page_at(client: Client, address: str, **headers: str) -> str:
    """The page at an address, which is there."""
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return page_of(response)
