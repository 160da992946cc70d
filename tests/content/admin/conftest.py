"""The editor, and a small catalogue to edit."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from content.rows.loading import load_pack
from tests import PASSWORD
from tests.conftest import signed_in
from tests.packs import BAKING


@pytest.fixture
def editor(db: None) -> User:
    """Somebody who may change everything."""
    return User.objects.create_superuser("edna@example.org", PASSWORD, name="Edna", language="en")


@pytest.fixture
def edna(editor: User) -> Client:
    """The editor, signed in."""
    return signed_in(editor)


@pytest.fixture
def baking(empty_catalogue: None) -> Path:
    """The small pack, and nothing else in the catalogue."""
    load_pack(BAKING, at=timezone.now())
    return BAKING
