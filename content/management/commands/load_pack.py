"""`manage.py load_pack PATH`: load a content pack into the catalogue."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from content.pack.problems import PackErrors
from content.rows.loading import WouldOverwrite, load_pack


class Command(BaseCommand):
    """Atomic and idempotent: a bad pack changes nothing, and loading twice is loading once."""

    help = "Load a content pack into the database; a bad pack changes nothing, and no edit is undone unasked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """PATH is the pack's folder."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--overwrite", action="store_true", help="undo the edits that differ from the files")

    def handle(self, *args: Any, path: Path, overwrite: bool, **options: Any) -> None:
        """Load, and say what happened."""
        try:
            changed = load_pack(path, at=timezone.now(), overwrite=overwrite)
        except WouldOverwrite as error:
            raise CommandError(
                f"nothing was loaded; {len(error.lost)} edits would be undone\n{error}\n"
                "Write them into the files with dump_pack, or load with --overwrite."
            ) from error
        except PackErrors as error:
            raise CommandError(f"nothing was loaded; {len(error.problems)} problems\n{error}") from error
        self.stdout.write("content pack loaded" if changed else "content pack unchanged")
