"""The app of what a person does next."""

from django.apps import AppConfig


class RoadmapConfig(AppConfig):
    """Plans, roadmaps, progress and share links."""

    name = "roadmap"

    def ready(self) -> None:
        """Finished milestones are evidence for the assessment."""
        from assessments.finished import SOURCES
        from roadmap.pages.finished import finished_milestones

        SOURCES.append(finished_milestones)
