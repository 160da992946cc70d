"""The forms of a person, in our words: labels instead of placeholders, rules before the mistake."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import User

EMAIL_LENGTH = 254
LANGUAGES = [("ko", "한국어"), ("en", "English")]
REGIONS = {
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
}  # fmt: skip


@cache
def time_zones() -> list[str]:
    """The time zones that a person would look for, sorted: places, and UTC."""
    return sorted(zone for zone in available_timezones() if zone.split("/")[0] in REGIONS or zone == "UTC")


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]
    """How a person is called, and how the pages speak and look for them."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Mentors see this name. Nobody sees your e-mail address."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("It decides when a day or a week of your roadmap begins."),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("This time zone is not known. Please choose one from the list.")
        },
    )

    class Meta:
        model = User
        fields = ("name", "language", "time_zone", "theme")
        labels = {"theme": gettext_lazy("Theme")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = time_zones()
        current = self.instance.time_zone
        if current and current not in zones:
            zones = [current, *zones]
        here = _("As this installation: %(time_zone)s") % {"time_zone": settings.TIME_ZONE}
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", here), *((zone, zone.replace("_", " ")) for zone in zones)]
        self.initial["language"] = self.instance.language or get_language()


def _word_email(field: forms.Field, *, label: str, autocomplete: str = "email", help_text: str = "") -> None:
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"autocomplete": autocomplete, "maxlength": EMAIL_LENGTH}
    field.validators.append(MaxLengthValidator(EMAIL_LENGTH))
    field.error_messages |= {
        "required": _("Please enter an e-mail address."),
        "invalid": _("This is not an e-mail address. It should look like name@example.org."),
    }


def _word_password(field: forms.Field, *, label: str, new: bool) -> None:
    field.label = label
    field.help_text = _("At least 10 characters, not only digits, and nothing that is easy to guess.") if new else ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["autocomplete"] = "new-password" if new else "current-password"
    field.error_messages["required"] = _("Please enter a password.")


class LoginForm(allauth_forms.LoginForm):  # type: ignore[misc]
    """Signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_email(self.fields["login"], label=_("E-mail address"), autocomplete="username")
        _word_password(self.fields["password"], label=_("Password"), new=False)


class SignupForm(allauth_forms.SignupForm):  # type: ignore[misc]
    """Two fields are enough for an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_email(self.fields["email"], label=_("E-mail address"), help_text=_("Nobody else sees it."))
        _word_password(self.fields["password1"], label=_("Password"), new=True)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Save the person. Of two clicks at the same moment, the later one leads to signing in."""
        try:
            with transaction.atomic():
                saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
                return saved
        except IntegrityError:
            messages.info(request, _("This e-mail address has an account already. Please sign in."))
            return None, redirect("account_login")


class AddEmailForm(allauth_forms.AddEmailForm):  # type: ignore[misc]
    """A new e-mail address. Where the old one was confirmed, the new one must be as well before it takes its place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_email(self.fields["email"], label=_("New e-mail address"))

    def clean_email(self) -> str:
        """Refuse an address that somebody has: signing up says as much."""
        email: str = super().clean_email()
        if filter_users_by_email(email):
            raise get_adapter().validation_error("email_taken")
        return email

    def save(self, request: HttpRequest) -> EmailAddress:
        """Ask the new address for confirmation, or replace an address that nobody ever confirmed."""
        person = self.user
        if settings.MAIL_CONFIGURED and EmailAddress.objects.get_verified(person):
            return super().save(request)
        with transaction.atomic():
            EmailAddress.objects.filter(user=person).delete()
            person.email = self.cleaned_data["email"]
            person.save(update_fields=["email"])
            address = EmailAddress.objects.create(user=person, email=person.email, primary=True)
        if settings.MAIL_CONFIGURED:
            send_verification_email_to_address(request, address)
        else:
            messages.success(request, _("Your e-mail address is changed."))
        return address


class ChangePasswordForm(allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """A new password, by somebody who knows the old one."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_password(self.fields["oldpassword"], label=_("Current password"), new=False)
        _word_password(self.fields["password1"], label=_("New password"), new=True)


class SetPasswordForm(allauth_forms.SetPasswordForm):  # type: ignore[misc]
    """The first password of somebody who has none."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_password(self.fields["password1"], label=_("New password"), new=True)


class ResetPasswordForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Asks for a link that sets a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_email(self.fields["email"], label=_("E-mail address"))


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password of somebody who followed that link."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_password(self.fields["password1"], label=_("New password"), new=True)


class ReauthenticateForm(allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before a change that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_password(self.fields["password"], label=_("Password"), new=False)
