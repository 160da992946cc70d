"""The app of the installation itself: its commands."""

from django.apps import AppConfig


class WaymarkConfig(AppConfig):
    """`manage.py prepare` and `manage.py messages` live here."""

    name = "config"
    verbose_name = "Waymark"
