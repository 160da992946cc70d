"""What pages are drawn with, as one digest: a new release makes every page a new one."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings


@lru_cache(maxsize=1)
def build_digest() -> str:
    """Changes with every template, static file and translation."""
    sha = hashlib.sha256()
    for folder in ("templates", "static", "locale"):
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*.*")):
            sha.update(path.read_bytes())
    return sha.hexdigest()
