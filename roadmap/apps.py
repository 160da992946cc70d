"""The app of what a person does next."""

from django.apps import AppConfig


class RoadmapConfig(AppConfig):
    """Plans, roadmaps, progress and share links."""

    name = "roadmap"

    def ready(self) -> None:
        """Each kind of change has its entry. Finished milestones speak for levels of assessments; links go along."""
        from accounts.claims import TAKING, WAITING
        from assessments.deleting import GOING_ALONG
        from assessments.finished import SOURCES
        from roadmap.changes import kinds  # noqa: F401  # Fails here where a kind has none.
        from roadmap.pages.finished import finished_milestones
        from roadmap.responses.new_roadmaps import make_pending, say_waiting
        from roadmap.sharing.links import forget_assessment

        TAKING.append(make_pending)
        WAITING.append(say_waiting)
        SOURCES.append(finished_milestones)
        GOING_ALONG.append(forget_assessment)
