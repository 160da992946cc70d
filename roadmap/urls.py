"""Roadmaps: the front page, one's own, and the mentor's side."""

from __future__ import annotations

from django.urls import path

from roadmap.views import assessed, items, jump, milestones, planning, public, putting, roadmaps, shared, sharing

urlpatterns = [
    path("", public.front, name="front"),
    path("example/", public.example, name="example"),
    path("home/", roadmaps.home, name="home"),
    path("roadmaps/", roadmaps.roadmaps, name="roadmaps"),
    path("roadmaps/new/", planning.new, name="new"),
    path("roadmaps/keep/", planning.keep, name="keep"),
    path("roadmaps/from-assessment/<int:assessment_id>/", assessed.from_assessment, name="from_assessment"),
    path("roadmaps/jump/", jump.jump, name="jump"),
    path("roadmaps/put/", putting.put, name="put"),
    path("roadmaps/<int:roadmap_id>/", roadmaps.roadmap, name="roadmap"),
    path("roadmaps/<int:roadmap_id>/edit/", roadmaps.edit_roadmap, name="edit_roadmap"),
    path("roadmaps/<int:roadmap_id>/archive/", roadmaps.archive_roadmap, name="archive_roadmap"),
    path("roadmaps/<int:roadmap_id>/delete/", roadmaps.delete_roadmap, name="delete_roadmap"),
    path("roadmaps/<int:roadmap_id>/undo/", roadmaps.undo, name="undo"),
    path("roadmaps/<int:roadmap_id>/milestones/add/", milestones.add_milestone, name="add_milestone"),
    path("roadmaps/<int:roadmap_id>/milestones/<int:milestone_id>/", milestones.milestone, name="milestone"),
    path("roadmaps/milestones/<int:milestone_id>/skip/", milestones.skip_milestone, name="skip_milestone"),
    path("roadmaps/milestones/<int:milestone_id>/edit/", milestones.edit_milestone, name="edit_milestone"),
    path("roadmaps/milestones/<int:milestone_id>/remove/", milestones.remove_milestone, name="remove_milestone"),
    path("roadmaps/milestones/<int:milestone_id>/notes/", milestones.notes, name="notes"),
    path("roadmaps/milestones/<int:milestone_id>/items/add/", items.add_item, name="add_item"),
    path("roadmaps/items/<int:item_id>/done/", items.tick_item, name="tick_item"),
    path("roadmaps/items/<int:item_id>/edit/", items.edit_item, name="edit_item"),
    path("roadmaps/items/<int:item_id>/remove/", items.remove_item, name="remove_item"),
    path("roadmaps/<int:roadmap_id>/share/", sharing.share, name="share"),
    path("roadmaps/assessments/<int:assessment_id>/share/", sharing.share_assessment, name="share_assessment"),
    path("roadmaps/links/<int:link_id>/revoke/", sharing.revoke_link, name="revoke_link"),
    path("roadmaps/links/<int:link_id>/preview/", sharing.preview_link, name="preview_link"),
    path("roadmaps/links/<int:link_id>/preview/assessment/", sharing.preview_assessment, name="preview_assessment"),
    path("s/<str:token>/", shared.shared, name="shared"),
    path("s/<str:token>/assessment/", shared.shared_assessment, name="shared_assessment"),
]
