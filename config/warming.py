"""What a process reads before its first request."""

from __future__ import annotations

import logging

from django.db import Error, connection

from accounts.conditional import build_digest
from content.catalogue import NoCatalogue, current_catalogue
from content.indexes import index_of
from content.pack.problems import PackErrors

logger = logging.getLogger(__name__)


def warm() -> None:
    """Read the catalogue, and what is searched. No database, an empty or a broken one is no reason not to start."""
    build_digest()
    try:
        catalogue = current_catalogue()
        for language in ("ko", "en"):
            index_of(catalogue, language)
    except (Error, NoCatalogue, PackErrors) as reason:
        logger.warning("The catalogue was not read at the start: %s", reason)
    finally:
        connection.close()
