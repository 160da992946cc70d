"""Every address of the app, and the floor."""

from __future__ import annotations

from django.urls import path

from config import urls
from config.urls import handler400, handler403, handler404, handler429, handler500
from tests.bench.floor import views

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]

urlpatterns = [
    *urls.urlpatterns,
    path("floor/worker/", views.worker),
    path("floor/items/<int:item_id>/", views.tick),
    path("floor/roadmaps/<int:roadmap_id>/", views.page),
]
