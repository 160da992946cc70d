"""`manage.py prepare`: everything between an installation and its first request, in one process."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.translations import compile_catalogue
from content.rows.loading import WouldOverwrite


class Command(BaseCommand):
    """Safe to repeat: a second run finds nothing to do."""

    help = "Migrate the database, load the content pack, compile the translations and collect the static files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """An image is built with its static files and translations in it."""
        parser.add_argument("--no-static", action="store_true", help="leave the static files as they are")

    def handle(self, *args: Any, no_static: bool, verbosity: int, **options: Any) -> None:
        """Do each step, and say so in one line."""
        steps = {"stdout": self.stdout, "stderr": self.stderr}
        if compile_catalogue(settings.BASE_DIR):
            self.stdout.write("translations compiled")
        call_command("migrate", interactive=False, verbosity=0, **steps)
        call_command("createcachetable", verbosity=0, **steps)
        self.stdout.write("database ready")
        self._load()
        if not no_static:
            call_command("collectstatic", interactive=False, verbosity=0, **steps)
            self.stdout.write("static files ready")

    def _load(self) -> None:
        """Edits that the files do not know are no reason to serve nothing: the catalogue stays as it is."""
        try:
            call_command("load_pack", settings.CONTENT_PACK, stdout=self.stdout, stderr=self.stderr)
        except CommandError as error:
            if not isinstance(error.__cause__, WouldOverwrite):
                raise
            self.stderr.write(f"The content pack's files have changed, and so has the catalogue: {error}")
            self.stderr.write("Waymark goes on with the catalogue as its editors left it.")
