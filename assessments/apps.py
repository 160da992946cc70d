"""The app of where a person stands."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Questions, answers and results; levels, role mixes and the gap to what a target expects."""

    name = "assessments"

    def ready(self) -> None:
        """A visitor's answers become theirs on signing up and in."""
        from accounts import claims
        from assessments.visitors import claim, say_waiting

        claims.TAKING.append(claim)
        claims.WAITING.append(say_waiting)
