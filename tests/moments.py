"""Days and moments that tests take for the time at which something happens."""

from __future__ import annotations

from datetime import UTC, date, datetime

MONDAY = date(2026, 1, 5)
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""Of that Monday."""
LONG_AGO = datetime(2020, 2, 29, 12, tzinfo=UTC)
