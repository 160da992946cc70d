"""Imports point one way, and what decides is pure."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]

LAYERS = (
    "accounts",
    "content.pack",
    "content.models",
    "content.rows",
    "content",
    "assessments",
    "roadmap.planning",
    "roadmap.models",
    "roadmap.changes.kinds",
    "roadmap.changes",
    "roadmap.pages",
    "roadmap.sharing",
    "roadmap.forms",
    "roadmap.responses",
    "roadmap",
    "config",
)
"""The folders from the lowest to the highest: each may import those before it, and itself, but none behind it.

What is not named belongs to the folder above it; the table of kinds is a module that pages read. What a folder's own
views and addresses import is held below.
"""

SIDEWAYS = {("roadmap.pages", "roadmap.changes"): "A page reads; it changes nothing."}
"""What may not be imported although it lies lower, and why."""

PURE = [
    *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "content/pack").rglob("*.py"))),
    "content/search.py",
    "content/field_map.py",
    *(f"roadmap/planning/{name}.py" for name in ("engine", "steps", "selection", "sequence", "reasons", "schedule")),
    *(f"assessments/{name}.py" for name in ("proposals", "radar", "results", "role_mix", "scoring", "targets")),
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
            whole = ".".join([*start, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = ROOT.joinpath(*whole.split("."), alias.name)
                is_module = inner.is_dir() or inner.with_suffix(".py").exists()
                yield node.lineno, f"{whole}.{alias.name}" if is_module else whole


def layer_of(name: str) -> str | None:
    """The layer that a module belongs to; None for what is not ours."""
    parts = name.split(".")
    folders = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((folder for folder in folders if folder in LAYERS), None)


def module_name(path: Path) -> str:
    """The full name of a module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


OURS = [path for app in ("accounts", "content", "assessments", "roadmap", "config") for path in modules(app)]


def test_the_layers_name_every_app() -> None:
    assert {path.parent.name for path in ROOT.glob("*/apps.py")} == {layer.split(".")[0] for layer in LAYERS}


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_point_one_way(layer: str) -> None:
    mine = [path for path in OURS if layer_of(module_name(path)) == layer]
    assert mine
    lower = LAYERS[: LAYERS.index(layer) + 1]
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in mine
        for line, name in imported(path)
        if (known := layer_of(name)) and (known not in lower or (layer, known) in SIDEWAYS)
    ]
    assert wrong == []


def test_no_view_imports_a_view() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in OURS
        for line, name in imported(path)
        if "views" in name.split(".") and name.split(".")[0] in LAYERS and path.name != "urls.py"
    ]
    assert wrong == []


def test_the_product_does_not_know_its_tests() -> None:
    assert [path for path in OURS for _, name in imported(path) if name.split(".")[0] == "tests"] == []


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
