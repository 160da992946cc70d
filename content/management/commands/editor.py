"""`manage.py editor E-MAIL`: let somebody edit the catalogue, or no longer."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User

GROUP = "editors"


class Command(BaseCommand):
    """Whoever is in the group of editors may add and change every kind of entry in the admin."""

    help = "Let the person with this e-mail address edit the catalogue at /admin/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The person has an account already."""
        parser.add_argument("email")
        parser.add_argument("--revoke", action="store_true", help="the person edits no longer")

    def handle(self, *args: Any, email: str, revoke: bool, **options: Any) -> None:
        """Give or take, and say so."""
        person = User.objects.filter(email=email.lower()).first()
        if person is None:
            raise CommandError(f"nobody has an account with the address {email}")
        group, _made = Group.objects.get_or_create(name=GROUP)
        allowed = Permission.objects.filter(content_type__app_label="content").exclude(codename__startswith="delete_")
        group.permissions.set(allowed)
        if revoke:
            person.groups.remove(group)
            person.is_staff = person.is_superuser
        else:
            person.groups.add(group)
            person.is_staff = True
        person.save(update_fields=["is_staff"])
        self.stdout.write(f"{person.email} {'no longer edits' if revoke else 'may edit'} the catalogue")
