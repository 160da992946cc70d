"""The app of what a person does next."""

from django.apps import AppConfig


class RoadmapConfig(AppConfig):
    """Plans, roadmaps, progress and share links."""

    name = "roadmap"

    def ready(self) -> None:
        """Each kind of change has its entry; finished milestones speak for levels of the assessment."""
        from assessments.finished import SOURCES
        from roadmap.changes import kinds  # noqa: F401  # Fails here where a kind has none.
        from roadmap.pages.finished import finished_milestones

        SOURCES.append(finished_milestones)
