"""Roadmaps: the front page, one's own, and the mentor's side."""

from __future__ import annotations

from django.urls import path

from roadmap.views import (
    assessments,
    catalogue_milestones,
    front,
    items,
    links,
    mentor,
    milestones,
    palette,
    roadmaps,
    wishes,
)

urlpatterns = [
    # First, since addresses are tried in this order and nothing is asked for more often.
    path("roadmaps/items/<int:item_id>/done/", items.item_tick, name="item-tick"),
    path("", front.front, name="front"),
    path("example/", front.example, name="example"),
    path("home/", roadmaps.home, name="home"),
    path("roadmaps/", roadmaps.roadmaps, name="roadmaps"),
    path("roadmaps/new/", wishes.roadmap_new, name="roadmap-new"),
    path("roadmaps/keep/", wishes.roadmap_keep, name="roadmap-keep"),
    path(
        "roadmaps/from-assessment/<int:assessment_id>/",
        assessments.roadmap_from_assessment,
        name="roadmap-from-assessment",
    ),
    path("roadmaps/jump/", palette.palette, name="palette"),
    path("roadmaps/put/", catalogue_milestones.milestone_put, name="milestone-put"),
    path("roadmaps/<int:roadmap_id>/", roadmaps.roadmap, name="roadmap"),
    path("roadmaps/<int:roadmap_id>/edit/", roadmaps.roadmap_edit, name="roadmap-edit"),
    path("roadmaps/<int:roadmap_id>/size/", roadmaps.roadmap_size, name="roadmap-size"),
    path("roadmaps/<int:roadmap_id>/archive/", roadmaps.roadmap_archive, name="roadmap-archive"),
    path("roadmaps/<int:roadmap_id>/delete/", roadmaps.roadmap_delete, name="roadmap-delete"),
    path("roadmaps/<int:roadmap_id>/undo/", roadmaps.roadmap_undo, name="roadmap-undo"),
    path("roadmaps/<int:roadmap_id>/milestones/add/", milestones.milestone_add, name="milestone-add"),
    path("roadmaps/<int:roadmap_id>/milestones/<int:milestone_id>/", milestones.milestone, name="milestone"),
    path("roadmaps/milestones/<int:milestone_id>/skip/", milestones.milestone_skip, name="milestone-skip"),
    path("roadmaps/milestones/<int:milestone_id>/edit/", milestones.milestone_edit, name="milestone-edit"),
    path("roadmaps/milestones/<int:milestone_id>/remove/", milestones.milestone_remove, name="milestone-remove"),
    path("roadmaps/milestones/<int:milestone_id>/notes/", milestones.milestone_notes, name="milestone-notes"),
    path("roadmaps/milestones/<int:milestone_id>/items/add/", items.item_add, name="item-add"),
    path("roadmaps/items/<int:item_id>/edit/", items.item_edit, name="item-edit"),
    path("roadmaps/items/<int:item_id>/remove/", items.item_remove, name="item-remove"),
    path("roadmaps/<int:roadmap_id>/share/", links.roadmap_share, name="roadmap-share"),
    path("roadmaps/assessments/<int:assessment_id>/share/", links.assessment_share, name="assessment-share"),
    path("roadmaps/links/<int:link_id>/revoke/", links.link_revoke, name="link-revoke"),
    path("roadmaps/links/<int:link_id>/preview/", links.link_preview, name="link-preview"),
    path(
        "roadmaps/links/<int:link_id>/preview/assessment/",
        links.link_preview_assessment,
        name="link-preview-assessment",
    ),
    path("s/<str:token>/", mentor.shared, name="shared"),
    path("s/<str:token>/assessment/", mentor.shared_assessment, name="shared-assessment"),
]
