"""`manage.py pack_report PATH`: where a content pack is thin."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.pack import format as fmt
from content.pack.problems import PackErrors
from content.pack.reading import read_pack
from content.pack.report import thin_places


class Command(BaseCommand):
    """Reads files alone; the database is not asked."""

    help = "List where a content pack is thin: what must not be, and what is worth a look."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """PATH is the pack's folder."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--strict", action="store_true", help="fail if something is there that must not be")

    def handle(self, *args: Any, path: Path, strict: bool, **options: Any) -> None:
        """One line for each thin place; a clean pack says so."""
        try:
            content = read_pack(path)
        except PackErrors as error:
            raise CommandError(f"{len(error.problems)} problems\n{error}") from error
        found = thin_places(content, today=date.today())
        for finding in found:
            self.stdout.write(str(finding))
        asked = (f"{len(content.current(kind))} {fmt.NAMES[kind]}" for kind in (fmt.Choice, fmt.Deed, fmt.Rating))
        self.stdout.write(f"the assessment asks {', '.join(asked)}")
        wrong = sum(finding.severity == "must not be" for finding in found)
        if wrong and strict:
            raise CommandError(f"{content.pack.id} {content.pack.version}: {wrong} must not be")
        state = f"{wrong} must not be" if wrong else "pack_report clean"
        self.stdout.write(f"{content.pack.id} {content.pack.version}: {state}, {len(found) - wrong} worth a look")
