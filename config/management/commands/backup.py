"""`manage.py backup FILE`: the whole database in one file, while people work."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    """SQLite by its backup API, PostgreSQL by `pg_dump`; both see one moment and stop nobody."""

    help = "Write the whole database into one new file; docs/hosting.md says how to restore it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE must not exist: a backup never replaces another."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Write beside the name and rename at the end: a file of that name is whole."""
        if file.exists():
            raise CommandError(f"{file} exists already")
        unfinished = file.with_name(f"{file.name}.unfinished")
        # Passwords and addresses of people are in it.
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        try:
            if connection.vendor == "sqlite":
                self._sqlite(unfinished)
            else:
                self._postgresql(unfinished)
            unfinished.rename(file)
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(f"{file}: {file.stat().st_size} bytes")

    def _sqlite(self, target: Path) -> None:
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
            closing(sqlite3.connect(target)) as to,
        ):
            source.backup(to)

    def _postgresql(self, target: Path) -> None:
        settings = connection.settings_dict
        names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
        # In the environment, since everybody on the machine can read a command's arguments.
        place = {variable: str(settings[name]) for variable, name in names.items() if settings[name]}
        try:
            subprocess.run(
                ["pg_dump", "--format=custom", "--no-owner", f"--file={target}"],
                check=True,
                env={**os.environ, **place},
            )
        except FileNotFoundError as error:
            raise CommandError("pg_dump is not here: install PostgreSQL's client programs") from error
        except subprocess.CalledProcessError as error:
            raise CommandError("pg_dump failed; nothing was written") from error
