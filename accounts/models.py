"""A person who signs in with an e-mail address."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    """How bright the pages are."""

    SYSTEM = "system", _("As the system")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


def validate_time_zone(value: str) -> None:
    """Refuse a time zone that this machine does not know."""
    if value not in available_timezones():
        raise ValidationError(_("This time zone is not known."), code="unknown_time_zone")


class UserManager(BaseUserManager["User"]):
    """Makes users from an e-mail address and a password."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new person. E-mail addresses differ by more than letter case."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person who may do everything, for `manage.py createsuperuser`."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `name` is what a mentor sees; the e-mail address is never shown to anybody else."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone], blank=True)
    theme = models.CharField(_("theme"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("This e-mail address has an account already."),
            ),
        ]

    def __str__(self) -> str:
        return self.email


class Session(models.Model):
    """Somebody's visit: `digest` is that of the key in their cookie, `person` whom it signs in."""

    digest = models.CharField(max_length=64, primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    data = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.expires_at:%Y-%m-%d %H:%M}"


class Mail(models.Model):
    """A mail that waits to be sent; `accounts/mails.py` says how. `told` is what its template needs besides."""

    template = models.CharField(max_length=100)
    to = models.EmailField(max_length=254)
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=2)
    time_zone = models.CharField(max_length=64)
    told = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.template} {self.made_at:%Y-%m-%d %H:%M}"


class SentForm(models.Model):
    """One form as it was sent, and the primary key of what it made; `owner` may be a visitor's number.

    `digest` stands for its address and all that was in it, with the token that every drawn form has of its own.
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    digest = models.CharField(max_length=64)
    made = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="form_sent_once")]
        indexes = [models.Index(fields=["owner", "at"], name="form_of_owner")]

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.at:%Y-%m-%d %H:%M}"
