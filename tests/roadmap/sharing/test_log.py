"""No token is ever in the log."""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from roadmap.models import ShareLink
from tests.factories import token_of
from tests.reading import page_of
from tests.roadmap.sharing.links import address_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_a_token_is_never_in_the_log(link: ShareLink, mentor: Client, log: io.StringIO, method: str) -> None:
    link.revoke(at=timezone.now())
    getattr(mentor, method)(address_of(link))
    getattr(mentor, method)(f"{address_of(link)}?again=1")
    getattr(mentor, method)(f"{address_of(link)}more/")
    said = log.getvalue()
    assert said.count("/s/…") == 3
    assert token_of(link) not in said


def test_a_token_is_not_in_the_log_when_the_page_breaks(
    link: ShareLink, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the page broke")

    monkeypatch.setattr("roadmap.views.mentor.shared_context", broken)
    address = address_of(link)
    response = Client(raise_request_exception=False).get(address)
    assert response.status_code == 500
    assert "the page broke" in log.getvalue()
    assert token_of(link) not in log.getvalue()
    assert token_of(link) not in page_of(response)


def test_a_token_is_not_in_the_log_of_a_host_that_is_not_ours(link: ShareLink, log: io.StringIO) -> None:
    response = Client().get(address_of(link), headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert token_of(link) not in log.getvalue()


@pytest.mark.parametrize(
    "line",
    [
        "GET /s/TOKEN/ HTTP/1.1",
        "Not Found: /s/TOKEN",
        '"https://waymark.example.org/s/TOKEN/?next=/s/TOKEN/"',
        "next=%2Fs%2FTOKEN%2F",
    ],
)
@pytest.mark.parametrize("owner", ["", "2s."])
def test_whatever_names_a_link_is_hidden(line: str, log: io.StringIO, owner: str) -> None:
    token = f"{owner}{'Jx' * 21}"
    logging.getLogger("anything").warning("%s asked", line.replace("TOKEN", token))
    assert "asked" in log.getvalue()
    assert "Jx" not in log.getvalue()
