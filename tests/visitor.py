"""Somebody who speaks plain HTTP to a running server: for load, for crashes, and where a browser would only be slow."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from itertools import count
from urllib.parse import urlencode, urlsplit

from tests import PASSWORD
from tests.browser import Server

_numbers = count(1)
TODAY = "2026-01-05"
WISH = {
    "mix_researcher": "2",
    "mix_applied-researcher": "5",
    "mix_engineer": "2",
    "mix_domain-expert": "1",
    "target_class": "3",
    "situation": "cs-undergraduate",
    "goal": "employment",
    "hours_per_week": "10",
    "starts_on": TODAY,
}


@dataclass(frozen=True)
class Answer:
    """An answer, with the seconds that it took."""

    status: int
    headers: HTTPMessage
    text: str
    seconds: float


class Visitor:
    """Keeps cookies as a browser does and sends the token of forms with every POST.

    Every request has a connection of its own, as through a proxy. Threads may share a visitor.
    """

    def __init__(self, server: Server, *, language: str = "en", timeout: float = 30) -> None:
        self.server = server
        self.cookies: dict[str, str] = {}
        self.language = language
        self.timeout = timeout

    def get(self, path: str, **headers: str) -> Answer:
        """GET; redirects are answers like any other."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, values: Mapping[str, str], **headers: str) -> Answer:
        """POST a form."""
        if "csrf" not in self.cookies:
            self.get("/accounts/login/")
        body = urlencode({"csrfmiddlewaretoken": self.cookies["csrf"], **values})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def sign_up(self, email: str = "") -> str:
        """Make an account and return its e-mail address."""
        email = email or f"visitor-{os.getpid()}-{next(_numbers)}@example.org"
        answer = self.post("/accounts/signup/", {"email": email, "password1": PASSWORD})
        assert answer.status == 302, answer.text
        return email

    def make_roadmap(self, **wish: str) -> str:
        """Make a roadmap and return its path; `wish` are other values of the form than WISH."""
        answer = self.post("/roadmaps/new/", {**WISH, **wish})
        assert answer.status == 302, answer.text
        return answer.headers["Location"]

    def make_items(self, roadmap: str, wanted: int) -> dict[str, str]:
        """Add milestones with 40 items each; the items' numbers, each with the path of its milestone."""
        phase = re.search(r'<option value="(\d+)"', self.get(f"{roadmap}milestones/add/").text)
        assert phase
        found: dict[str, str] = {}
        while len(found) < wanted:
            values = {
                "title": f"Milestone {len(found)}",
                "phase": phase[1],
                "items": "\n".join(f"Item {number}" for number in range(40)),
                "hours": "5",
                "starts_on": TODAY,
                "ends_on": TODAY,
            }
            milestone = urlsplit(self.post(f"{roadmap}milestones/add/", values).headers["Location"]).path
            found |= dict.fromkeys(re.findall(r'id="tick-(\d+)"', self.get(milestone).text), milestone)
        return found

    def tick(self, item: str, *, done: bool = True) -> Answer:
        """Tick an item or take the tick back, as the page does with JavaScript."""
        return self.post(f"/roadmaps/items/{item}/done/", {"done": "on" if done else "off"}, **{"HX-Request": "true"})

    def ticked(self, items: Mapping[str, str]) -> set[str]:
        """Those of the items that are ticked now."""
        pages = [self.get(milestone).text for milestone in set(items.values())]
        found = {number for page in pages for number in re.findall(r'id="tick-(\d+)"[^>]*aria-checked="true"', page)}
        return found & set(items)

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        started = time.monotonic()
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=self.timeout)
        try:
            known = {"Accept-Language": self.language, "Connection": "close"}
            if self.cookies:
                known["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body, {**known, **headers})
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(cookie).items():
                self.cookies[name] = morsel.value
        return Answer(response.status, response.headers, text, time.monotonic() - started)
