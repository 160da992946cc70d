"""The app of what a person does next."""

from django.apps import AppConfig


class RoadmapConfig(AppConfig):
    """Plans, roadmaps, progress and share links."""

    name = "roadmap"
