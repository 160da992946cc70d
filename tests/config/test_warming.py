"""What a process reads before its first request, and an ETag's knowledge of what pages are drawn with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from accounts.conditional import build_digest
from tests.browser import OF_THE_TESTS

WARM = "import django; django.setup(); from config.warming import warm; warm(); print('warm')"


@pytest.mark.parametrize(
    ("database", "told"),
    [
        ("postgres://nobody@127.0.0.1:1/nothing", "connection"),
        ("sqlite:///{folder}/empty.sqlite3", "no such table"),
    ],
)
def test_a_process_starts_without_its_database_and_without_a_catalogue(
    tmp_path: Path, database: str, told: str
) -> None:
    known = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
    environment = {
        **known,
        "WAYMARK_LOCAL": "1",
        "WAYMARK_DATA_DIR": str(tmp_path),
        "DATABASE_URL": database.format(folder=tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", WARM], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "warm\n", done.stderr
    assert "The catalogue was not read at the start" in done.stderr
    assert told in done.stderr


@pytest.mark.parametrize("path", ["content/pages.py", "templates/base.html", "static/css/waymark.css"])
def test_a_change_of_what_pages_are_drawn_with_is_another_build(tmp_path: Path, settings: Any, path: str) -> None:
    settings.BASE_DIR = tmp_path
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text("before")
    before = build_digest.__wrapped__()
    assert build_digest.__wrapped__() == before
    file.write_text("after")
    assert build_digest.__wrapped__() != before


def test_another_version_of_a_package_is_another_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    before = build_digest.__wrapped__()
    for version in ("1.0", "1.1"):
        folder = tmp_path / "bread-1.0.dist-info"
        folder.mkdir(exist_ok=True)
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: bread\nVersion: {version}\n")
        now = build_digest.__wrapped__()
        assert now != before
        before = now
