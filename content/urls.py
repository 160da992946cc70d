"""The public catalogue."""

from __future__ import annotations

from django.urls import path

from content import views

urlpatterns = [
    path("roles/", views.roles, name="roles"),
    path("roles/<slug:key>/", views.role, name="role"),
    path("competencies/", views.competencies, name="competencies"),
    path("competencies/<slug:key>/", views.competency, name="competency"),
    path("activities/", views.activities, name="activities"),
    path("activities/<slug:key>/", views.activity, name="activity"),
    path("classes/", views.classes, name="classes"),
    path("sources/", views.sources, name="sources"),
]
