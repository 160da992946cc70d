"""Addresses of a person's own settings; signing in and out is allauth's, beside these."""

from __future__ import annotations

from django.urls import path

from accounts import views

urlpatterns = [
    path("accounts/preferences/", views.preferences, name="preferences"),
    path("preferences/display/", views.preferences_display, name="preferences-display"),
]
