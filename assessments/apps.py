"""The app of where a person stands."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Levels, role mixes and the gap to what a target expects."""

    name = "assessments"
