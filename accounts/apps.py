"""The app of people."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who a person is: sign-in, preferences, leaving."""

    name = "accounts"
