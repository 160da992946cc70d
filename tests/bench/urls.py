"""Every address of the app, and which worker answers."""

from __future__ import annotations

from django.urls import path

from config import urls
from config.urls import handler400, handler403, handler404, handler429, handler500
from tests.bench.floor.views import worker

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]

urlpatterns = [*urls.urlpatterns, path("floor/worker/", worker)]
