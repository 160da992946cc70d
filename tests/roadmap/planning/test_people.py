"""The plans in docs/plans.md are those that the planner makes."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from roadmap.management.commands import write_plans
from tests.conftest import PACK
from tests.packs import BAKING

pytestmark = pytest.mark.once


def test_the_plans_in_the_documents_are_what_the_planner_makes() -> None:
    call_command("write_plans", PACK, "--check", stdout=StringIO())


def test_a_document_that_says_something_else_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    docs = tmp_path_factory.mktemp("docs")
    (docs / "plans.yaml").write_text((write_plans.DOCS / "plans.yaml").read_text("utf-8"), encoding="utf-8")
    (docs / "plans.md").write_text("# Other plans\n", encoding="utf-8")
    monkeypatch.setattr(write_plans, "DOCS", docs)
    with pytest.raises(CommandError, match=r"plans\.md is out of date"):
        call_command("write_plans", PACK, "--check", stdout=StringIO())
    call_command("write_plans", PACK, stdout=StringIO())
    call_command("write_plans", PACK, "--check", stdout=StringIO())


def test_a_pack_that_does_not_know_what_somebody_asks_for_is_told() -> None:
    with pytest.raises(CommandError, match="does not know all that they ask for"):
        call_command("write_plans", BAKING, "--check", stdout=StringIO())
