"""Who comes in, and that nothing on the pages stands in anybody's way."""

from __future__ import annotations

from io import StringIO
from typing import Literal

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.browser import Pages, Server, axe, sign_up
from tests.content.admin.editing import edit, form_of, milestone

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_an_editor_needs_a_permission(edna: Client, ben: User, ben_client: Client) -> None:
    User.objects.filter(pk=ben.pk).update(is_staff=True)
    assert ben_client.get(reverse("admin:index")).status_code == 200
    assert ben_client.get(form_of(milestone())).status_code == 403
    assert ben_client.get(form_of(milestone()).replace("/change/", "/history/")).status_code == 403
    call_command("editor", ben.email, stdout=StringIO())
    assert edit(ben_client, milestone(), title_en="By Ben").status_code == 302
    call_command("editor", ben.email, "--revoke", stdout=StringIO())
    assert ben_client.get(form_of(milestone())).status_code == 404
    with pytest.raises(CommandError, match="nobody"):
        call_command("editor", "nobody@example.org", stdout=StringIO())


def test_signing_in_is_that_of_everybody(edna: Client, ben_client: Client) -> None:
    assert Client().get("/admin/login/?next=/admin/content/role/")["Location"] == (
        "/accounts/login/?next=%2Fadmin%2Fcontent%2Frole%2F"
    )
    assert (
        Client().get("/admin/login/?next=https://elsewhere.example/")["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    )
    assert edna.get("/admin/login/")["Location"] == "/admin/"
    assert ben_client.get("/admin/login/").status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize(("language", "width", "dark"), [("ko", 360, True), ("en", 1280, False)])
def test_an_editor_reads_and_writes_without_a_barrier(
    new_page: Pages, server: Server, language: Literal["ko", "en"], *, width: int, dark: bool
) -> None:
    page = new_page(language=language, width=width, dark=dark)
    server.manage("editor", sign_up(page))
    for address in (
        "/admin/",
        "/admin/content/milestonetemplate/",
        "/admin/entry/milestones/paper-reproduction/",
        "/admin/entry/skills/linear-algebra/",
        "/admin/entry/questions/how-to-read-a-paper/?history",
        "/admin/entry/choices/free-saturday/",
        "/admin/entry/ratings/rate-mathematics/",
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        assert new_page.problems == []
        axe(page)
        # The checks of the browser read the sheets in a way that the page's policy refuses them.
        new_page.problems.clear()
