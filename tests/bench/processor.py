"""How much processor time processes have used, read from /proc."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def used_by(roots: Iterable[int]) -> float:
    """Seconds that these processes and their children have used, those that have ended since included."""
    return sum(_used_by(root) for root in roots)


def _used_by(pid: int) -> float:
    try:
        return _of(pid)
    except (FileNotFoundError, ProcessLookupError):  # It has just ended; its parent counts it now.
        return 0.0


def _of(pid: int) -> float:
    # Behind the name in parentheses, which may hold anything; utime, stime and those of children that were waited for.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    mine = sum(map(int, fields[11:15])) / TICKS
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return mine + sum(_used_by(int(child)) for child in children)
