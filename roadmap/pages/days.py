"""Days as one says them: without the year when it is this year's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language

FORMATS = {"ko": ("n월 j일", "Y년 n월 j일"), "en": ("j M", "j M Y")}


@lru_cache(maxsize=4096)
def _said(value: date, language: str, this_year: int) -> str:
    without_year, with_year = FORMATS[language]
    return format_date(value, without_year if value.year == this_year else with_year)


def day(value: date | datetime) -> str:
    """`24 Nov`, or `24 Nov 2027` in another year. A moment is told as its day in the reader's time zone."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return _said(value, get_language() or "en", timezone.localdate().year)


def spans(today: date) -> Callable[[date, date], str]:
    """What says two days as `24 Nov – 3 Dec`, each as `day` does: for many at once, in the language of now."""
    language, year = get_language() or "en", today.year
    return lambda first, last: f"{_said(first, language, year)} – {_said(last, language, year)}"


def moment(value: datetime) -> str:
    """`24 Nov, 14:42` in the reader's time zone."""
    return f"{day(value)}, {timezone.localtime(value):%H:%M}"
