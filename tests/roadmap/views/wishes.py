"""The form of a new roadmap, as tests fill it in and read it, and signing up where it leads there."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from tests import PASSWORD
from tests.factories import MIX
from tests.reading import page_of


def values(**changed: Any) -> dict[str, Any]:
    """A form that is filled in well."""
    mix = {f"mix_{role}": parts for role, parts in MIX.items()}
    form = {
        "target_class": 3,
        "situation": "cs-undergraduate",
        "goal": "employment",
        "hours_per_week": 10,
        "starts_on": "2026-11-24",
        "deadline_on": "",
    }
    return {**mix, **form, **changed}


def mix_of(text: str) -> dict[str, int]:
    """The role mix that a page's form holds."""
    return {role: int(parts) for role, parts in re.findall(r'type="hidden" name="mix_([\w-]+)" value="(\d+)"', text)}


def sign_up(client: Client, address: str, email: str = "new@example.org") -> Any:
    """Send the form of a new account where a redirect led to it, as the page would, and follow."""
    page = page_of(client.get(address))
    following = re.search(r'name="next" value="([^"]*)"', page)
    assert following, "the sign-up page forgets where it leads to"
    sent = {"email": email, "password1": PASSWORD, "next": unescape(following[1])}
    return client.post(address, sent, follow=True)
