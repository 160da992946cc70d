"""What the log must not say."""

from __future__ import annotations

import logging
import re

SHARE_TOKEN = re.compile(r"(/s/)[^/\s?\"']+|(%2Fs%2F)[\w.-]+", re.IGNORECASE)


class HideShareTokens(logging.Filter):
    """Whoever reads the log must not be able to open a share link."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the token in the message; keep the record."""
        message = record.getMessage()
        hidden = SHARE_TOKEN.sub(r"\1\2…", message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True
