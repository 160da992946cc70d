"""`manage.py dump_pack PATH`: write the catalogue as the files of a content pack."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.catalogue import NoCatalogue
from content.pack.problems import PackErrors
from content.pack.reading import check
from content.pack.writing import write_pack
from content.rows.reading import stored_files


class Command(BaseCommand):
    """What editors changed goes back to files; the same catalogue gives the same bytes."""

    help = "Write the catalogue in the database as a content pack; files that it does not need any more are removed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """PATH is the pack's folder; it is made if it is missing."""
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        """Write, and name the files that changed."""
        files = stored_files()
        if not files:
            raise CommandError(str(NoCatalogue.__doc__))
        if path.exists() and not path.is_dir():
            raise CommandError(f"{path} is no folder; nothing was written")
        if path.is_dir() and any(path.iterdir()) and not (path / "pack.yaml").is_file():
            raise CommandError(f"{path} holds something else than a content pack; nothing was written")
        try:
            touched = write_pack(check(files), path)
        except PackErrors as error:
            raise CommandError(f"nothing was written; {len(error.problems)} problems\n{error}") from error
        self.stdout.write("\n".join(touched) if touched else "the files say the same already")
