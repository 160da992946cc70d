"""Imports point one way, and what decides is pure."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent

MAY_NOT_KNOW = {
    "accounts": {"content", "assessments", "roadmap"},
    "content": {"assessments", "roadmap"},
    "assessments": {"roadmap"},
    "roadmap": set[str](),
}
"""What each app may not import; `roadmap → assessments → content`, and everything may use `accounts`."""

OF_DJANGO = {
    "apps",
    "models",
    "urls",
    "questionnaire",
    "answering",
    "visiting",
    "finishing",
    "evidence",
    "reading",
    "comparing",
}
"""The modules of `assessments` around the pure ones: rows, sessions, gettext, and what the catalogue is read into."""

PURE = [
    "content/pack_format.py",
    "content/pack_checks.py",
    "content/search.py",
    "content/pack_report.py",
    "content/field_map.py",
    "roadmap/planning.py",
    *(
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "assessments").glob("*.py"))
        if path.stem not in OF_DJANGO
    ),
]
CHANGING = {"now", "today", "utcnow", "localdate", "localtime", "time", "monotonic", "perf_counter"}


def modules(app: str) -> list[Path]:
    return [path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every import of a module, wherever in it and for whatever purpose it stands."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            yield node.lineno, ".".join([*start, *([node.module] if node.module else [])])


def test_the_table_names_every_app() -> None:
    assert {path.parent.name for path in ROOT.glob("*/apps.py")} - {"config"} == set(MAY_NOT_KNOW)


@pytest.mark.parametrize("app", MAY_NOT_KNOW)
def test_imports_point_one_way(app: str) -> None:
    found = [(path, line, name) for path in modules(app) for line, name in imported(path)]
    assert found
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path, line, name in found
        if name.split(".")[0] in MAY_NOT_KNOW[app]
    ]
    assert wrong == []


@pytest.mark.parametrize("app", MAY_NOT_KNOW)
def test_the_product_does_not_know_its_tests(app: str) -> None:
    assert [path for path in modules(app) for _, name in imported(path) if name.split(".")[0] == "tests"] == []


def test_what_decides_runs_without_django() -> None:
    names = [path.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for path in PURE]
    program = f"import sys, {', '.join(names)}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("path", PURE)
def test_what_decides_reads_no_clock_and_rolls_no_dice(path: str) -> None:
    assert not {name.split(".")[0] for _, name in imported(ROOT / path)} & {"django", "random", "secrets", "time"}
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    called = {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & CHANGING
