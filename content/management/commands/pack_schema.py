"""`manage.py pack_schema`: publish the format of a content pack as a JSON Schema."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from content.pack.format import json_schema


class Command(BaseCommand):
    """Made from the code alone; the database is not asked."""

    help = "Write the JSON Schema of content packs to docs/pack.schema.json."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """PATH is the file to write, if another one."""
        parser.add_argument("path", type=Path, nargs="?", default=settings.BASE_DIR / "docs" / "pack.schema.json")
        parser.add_argument("--check", action="store_true", help="change nothing; fail if the file is out of date")

    def handle(self, *args: Any, path: Path, check: bool, **options: Any) -> None:
        """Write, or compare."""
        text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
        if not check:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            raise CommandError(f"{path.name} is out of date; run: manage.py pack_schema")
