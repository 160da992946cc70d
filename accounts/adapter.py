"""Where allauth asks us: what it says, where it leads, and what its mails link to."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy

from accounts import claims, mails
from accounts.models import User

LOGIN_FAILED_SECONDS = 300
PASSWORD_ERRORS = {
    "password_too_short": gettext_lazy("This password is too short. Please use at least %(min_length)d characters."),
    "password_too_common": gettext_lazy(
        "Many people use this password, so it is easy to guess. Please choose another."
    ),
    "password_entirely_numeric": gettext_lazy("This password has only digits. Please add something else."),
    "password_too_similar": gettext_lazy("This password is too much like your e-mail address or name."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Our side of sign-up, sign-in and mail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is switched off."),
        "duplicate_email": gettext_lazy("This is your address already."),
        "email_password_mismatch": gettext_lazy("This e-mail address and this password do not belong together."),
        "email_taken": gettext_lazy("This e-mail address has an account already."),
        "enter_current_password": gettext_lazy("This is not your current password."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "invalid_password_reset": gettext_lazy("This link does not work any more."),
        "rate_limited": gettext_lazy("That was too often in a short time. Please wait a moment."),
        "too_many_login_attempts": gettext_lazy("That was too often in a short time. Please wait a moment."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Somebody new keeps the language and theme in which they signed up."""
        user.language = get_language() or ""
        user.theme = getattr(request, "theme", user.theme)
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign somebody in, and give them what they did as a visitor."""
        super().login(request, user)
        for take in claims.TAKING:
            take(request, user)

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Check the rules of the settings and say what is wrong in our words."""
        try:
            cleaned: str = super().clean_password(password, user)
        except ValidationError as error:
            raise ValidationError(
                [
                    ValidationError(PASSWORD_ERRORS.get(each.code or "", each.message), each.code, each.params)
                    for each in error.error_list
                ]
            ) from error
        return cleaned

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Answer 429 to somebody who guesses passwords; allauth would show the form again."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            response = respond_429(request)
            response["Retry-After"] = str(LOGIN_FAILED_SECONDS)
            raise ImmediateHttpResponse(response) from error

    def is_safe_url(self, url: str | None) -> bool:
        """After signing in one stays on this site: not even another allowed host is followed."""
        request: HttpRequest = allauth_context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages only: there is no JSON side of signing in."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where the link to changing the password stands."""
        return reverse("preferences")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Let a worker send it: nobody waits for a mail server."""
        mails.queue(template_prefix, email, context)
