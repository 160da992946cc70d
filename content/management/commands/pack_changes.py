"""`manage.py pack_changes OLD NEW`: what differs between two content packs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.pack.changes import changes, state_of
from content.pack.problems import PackErrors
from content.pack.reading import read_pack


class Command(BaseCommand):
    """Compares files alone; the database is not asked."""

    help = "List what was added, changed and retired between two versions of a content pack."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """OLD and NEW are folders of packs."""
        parser.add_argument("old", type=Path)
        parser.add_argument("new", type=Path)

    def handle(self, *args: Any, old: Path, new: Path, **options: Any) -> None:
        """One line for each entry that differs."""
        try:
            found = changes(state_of(read_pack(old)), state_of(read_pack(new)))
        except PackErrors as error:
            raise CommandError(f"{len(error.problems)} problems\n{error}") from error
        for change in found:
            fields = f" ({', '.join(change.fields)})" if change.fields else ""
            follower = f" → {change.replaced_by}" if change.replaced_by else ""
            self.stdout.write(f"{change.what} {change.kind} {change.id}: {change.en}{fields}{follower}")
