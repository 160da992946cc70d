"""The app of what the field knows."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """The catalogue, loaded from a content pack."""

    name = "content"
