"""A person's own data: roadmaps, what is on them, what happened, and who may look."""

from roadmap.models.base import Base
from roadmap.models.event import Event
from roadmap.models.item import ChecklistItem
from roadmap.models.milestone import Milestone
from roadmap.models.roadmap import Phase, Roadmap
from roadmap.models.share_link import ShareLink

__all__ = ["Base", "ChecklistItem", "Event", "Milestone", "Phase", "Roadmap", "ShareLink"]
