"""Every address of the app. They are stable: people keep them in mails and bookmarks."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path

from config import health
from content.admin import site
from content.urls import PLAIN
from content.views import languages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("roadmap.urls")),  # First, since addresses are tried in this order and its are asked for most.
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("accounts.urls")),
    path("sitemap.xml", languages.sitemap, name="sitemap"),
    path("admin/", site.urls),
    path("robots.txt", languages.robots, name="robots"),
    *i18n_patterns(path("", include("content.urls"))),
    re_path(PLAIN, languages.in_readers_language, name="in-readers-language"),
    path("", include("assessments.urls")),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler429 = "config.errors.too_many_requests"
handler500 = "config.errors.server_error"
