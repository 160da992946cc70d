"""`manage.py messages`: collect, check or compile the translations."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.translations import compile_catalogue, merged, problems, write_catalogue


class Command(BaseCommand):
    """Works on files alone; the database is not asked."""

    help = "Collect the texts of templates and code into the Korean catalogue."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Without an option, collect."""
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--check", action="store_true", help="change nothing; fail where a translation is missing")
        group.add_argument("--compile", action="store_true", help="compile the catalogue for the app")

    def handle(self, *args: Any, check: bool, compile: bool, **options: Any) -> None:
        """Do what the option says."""
        if compile:
            compile_catalogue(settings.BASE_DIR)
            return
        if check:
            found = problems(settings.BASE_DIR)
            if found:
                raise CommandError("\n".join([f"{len(found)} translations need care", *found]))
            return
        write_catalogue(settings.BASE_DIR, merged(settings.BASE_DIR))
        self.stdout.write(f"collected; {len(problems(settings.BASE_DIR))} translations need care")
