"""The worker within the process of a test."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django_tasks_db.management.commands import db_worker


def work() -> None:
    """Do what is due. The connection, and so a test's transaction, stays open, as with Django's own test client."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db_worker, "close_old_connections", lambda: None)
        call_command("db_worker", "--batch")
