"""`manage.py check_pack PATH`: everything that is wrong with a content pack."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.pack.lengths import told_longer
from content.pack.problems import PackErrors
from content.pack.reading import read_pack


class Command(BaseCommand):
    """Checks files alone; the database is not asked."""

    help = "Report every problem of a content pack, with file, path and reason."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """PATH is the pack's folder."""
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        """Print the problems, or what the pack holds."""
        try:
            content = read_pack(path)
            if longer := list(told_longer(content)):
                raise PackErrors(longer)
        except PackErrors as error:
            raise CommandError(f"{len(error.problems)} problems\n{error}") from error
        counts = ", ".join(f"{len(found)} {kind}" for kind, found in content.entries.items())
        self.stdout.write(f"{content.pack.id} {content.pack.version}: {counts}")
