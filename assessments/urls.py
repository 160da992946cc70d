"""Where a person stands. What they say of themselves is asked on the form of a new roadmap."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
