"""Whoever asks for a person's rows names their owner: what the product asks while the suite runs is read for it.

What tests ask themselves does not count. See `tests/statements.py` for what names an owner.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db import connection

from tests.statements import lacking

EXEMPT = {
    "accounts/sent_forms.py:_forget": "visitors may never come back: their forms are looked for by their age",
    "accounts/sent_forms.py:_sent_before": "a visitor's first form may be known by another number than theirs",
    "assessments/visitors.py:prune": "what visitors abandoned is looked for by its age",
    "roadmap/models/share_link.py:keep_the_roadmaps": "Django's own deletion; the product has `forget_assessment`",
    "roadmap/sharing/links.py:_link_with_old": "tokens of the first releases do not say whose they are",
}
"""Where the owner is not named, and why. What is fine by now must be struck out, or `make test` fails."""


# Whose statement it is

ROOT = Path(__file__).parent.parent
PRODUCT = {"accounts", "assessments", "config", "content", "roadmap"}
GO_BETWEENS = {"accounts/fetching.py", "accounts/owned.py", "tests/owners.py"}  # What they ask, others want to know.


def place_of(frame: FrameType | None) -> str | None:
    """Where the product asks, such as `roadmap/models/item.py:ChecklistItem.tick`; None if a test does."""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / ".venv"):
            inner = path.relative_to(ROOT)
            if inner.as_posix() not in GO_BETWEENS:
                ours = inner.parts[0] in PRODUCT and "migrations" not in inner.parts
                return f"{inner}:{frame.f_code.co_qualname.partition('.<locals>')[0]}" if ours else None
        frame = frame.f_back
    return None


class Reader:
    """Reads what a connection is asked. `places` holds the statements of the product that lack something, and what."""

    def __init__(self) -> None:
        self.places: dict[str, dict[str, tuple[str, ...]]] = {}

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Read a statement and let it pass."""
        if (lacks := lacking(sql)) and (place := place_of(sys._getframe(1))):
            self.places.setdefault(place, {})[sql] = lacks
        return execute(sql, *rest)

    def told(self) -> str:
        """What is not exempt, for whoever reads the failure."""
        return "\n".join(
            f"{place}\n    {' '.join(sql.split())}\n    {'; '.join(lacks)}"
            for place, found in self.places.items()
            if place not in EXEMPT
            for sql, lacks in found.items()
        )


met: pytest.StashKey[set[str]] = pytest.StashKey()


@pytest.fixture(autouse=True)
def every_statement_names_its_owner(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test fails where the product asks for people's rows without naming whose."""
    reader = Reader()
    with connection.execute_wrapper(reader):
        yield
    request.config.stash.setdefault(met, set()).update(reader.places)
    told = reader.told()
    if told:
        pytest.fail(f"These name no owner (see tests/owners.py):\n{told}", pytrace=False)


# The lists can only shrink

fine_by_now: pytest.StashKey[set[str]] = pytest.StashKey()
WHOLE = {"", "not browser and not once"}
"""What selects, by marks, all tests that ask the database here: every listed place is met by them."""


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run of all tests that ask the database fails for listed places at which nothing was met."""
    config = session.config
    found: set[str] = config.stash.setdefault(met, set())
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.keyword
    whole = whole and config.option.markexpr in WHOLE
    if hasattr(config, "workeroutput"):  # One of several processes: it tells the first one.
        config.workeroutput["met"] = sorted(found)
    elif whole and session.exitstatus == pytest.ExitCode.OK and found < set(EXEMPT):
        config.stash[fine_by_now] = set(EXEMPT) - found
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What one of several processes met, as it ends."""
    node.config.stash.setdefault(met, set()).update(getattr(node, "workeroutput", {}).get("met", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which places they are."""
    places: set[str] = config.stash.get(fine_by_now, set())
    for place in sorted(places):
        terminalreporter.write_line(f"{place} names the owner by now: strike it out of tests/owners.py", red=True)
