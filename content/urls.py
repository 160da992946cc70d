"""The public catalogue, below the prefix of a language."""

from __future__ import annotations

from django.urls import path

from content.views import changes, comparison, entries, guide, map, resources, search

urlpatterns = [
    path("roles/", entries.roles, name="roles"),
    path("roles/compare/", comparison.role_compare, name="role-compare"),
    path("roles/<slug:key>/", entries.role, name="role"),
    path("competencies/", entries.competencies, name="competencies"),
    path("competencies/<slug:key>/", entries.competency, name="competency"),
    path("activities/", entries.activities, name="activities"),
    path("activities/<slug:key>/", entries.activity, name="activity"),
    path("milestones/<slug:key>/", entries.milestone_template, name="milestone-template"),
    path("guide/", guide.guide, name="guide"),
    path("guide/topics/<slug:key>/", guide.topic, name="topic"),
    path("guide/<slug:key>/", guide.question, name="question"),
    path("resources/", resources.resources, name="resources"),
    path("search/", search.search, name="search"),
    path("classes/", entries.classes, name="classes"),
    path("sources/", entries.sources, name="sources"),
    path("map/", map.map, name="map"),
    path("content/changes/", changes.content_changes, name="content-changes"),
]

NAMES = "roles|competencies|activities|milestones|guide|resources|map|classes|sources|search|content"
PLAIN = rf"^(?P<path>(?:{NAMES})/.*)$"
"""Addresses without a language, which lead on to the reader's."""
