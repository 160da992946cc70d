"""`{{ date|day }}` and `{{ time|moment }}`."""

from __future__ import annotations

from django import template

from roadmap.pages.days import day, moment

register = template.Library()
register.filter(day)
register.filter(moment)
