"""What a person does on the pages, step by step; it works in both languages, with JavaScript and without."""

from __future__ import annotations

import re
from itertools import count

from playwright.sync_api import Locator, Page, expect

from tests import PASSWORD
from tests.browser import Server
from tests.visitor import Visitor

ROLES = ("researcher", "applied-researcher", "engineer", "domain-expert")
ROADMAP = re.compile(r"/roadmaps/(\d+)/")
_numbers = count(1)


def new_email() -> str:
    """An address that nobody has yet."""
    return f"walker-{next(_numbers)}@example.org"


def somebody_new(server: Server, language: str = "en") -> Visitor:
    """A person who reads that language, made without a browser, which would take longer than many a test."""
    visitor = Visitor(server, language=language)
    visitor.sign_up()
    return visitor


def become(page: Page, person: Visitor) -> None:
    """Be signed in as somebody."""
    page.context.add_cookies([{"name": n, "value": v, "url": person.server.url} for n, v in person.cookies.items()])


def parts(page: Page) -> list[int]:
    """The role mix of the form of a new roadmap."""
    return [int(page.locator(f"[name=mix_{role}]").input_value()) for role in ROLES]


def set_mix(page: Page, wanted: tuple[int, ...]) -> None:
    """Press the steppers until the form shows the wanted mix."""
    for _ in range(20):
        found = parts(page)
        missing = [want - have for want, have in zip(wanted, found, strict=True)]
        if not any(missing):
            return
        number = missing.index(max(missing))
        page.click(f"#more-{ROLES[number]}")
        expect(page.locator(f"[name=mix_{ROLES[number]}]")).to_have_value(str(found[number] + 1))
    raise AssertionError(f"the steppers lead to {parts(page)} and not to {wanted}")


def shown_mix(page: Page) -> list[str]:
    """The role mix as a roadmap's page shows it, such as R2 A5 E2 D1."""
    return ["".join(text.split()) for text in page.locator(".roadmap-head .mix-part").all_inner_texts()]


def fill_sign_up(page: Page, email: str) -> None:
    """Fill in the form of a new account, where a page has led to it, and send it."""
    page.fill("#id_email", email)
    page.fill("#id_password1", PASSWORD)
    page.locator("main form button.act").click()


def make_roadmap(page: Page, *mix: int) -> str:
    """Make a roadmap of somebody signed in and return its path."""
    page.goto("/roadmaps/new/")
    if mix:
        set_mix(page, mix)
    page.click("#make")
    page.wait_for_url(ROADMAP)
    return path_of(page)


def path_of(page: Page) -> str:
    """The path of the roadmap that is open."""
    found = ROADMAP.search(page.url)
    assert found, f"no roadmap is open: {page.url}"
    return found.group()


def open_stop(page: Page, number: int) -> str:
    """Open a milestone from the route and return its title."""
    link = page.locator("#route .stop > a").nth(number)
    title = link.inner_text().strip()
    address = link.get_attribute("hx-get") or ""
    link.click()
    expect(page).to_have_url(re.compile(re.escape(address)))  # The milestone may have been open before.
    expect(page.locator("#panel-title")).to_have_text(title)
    return title


def settled(page: Page) -> None:
    """Wait until what HTMX swapped in listens: a moment after it is there, and nobody types as quickly as a test."""
    expect(page.locator(".htmx-added, .htmx-settling, .htmx-request")).to_have_count(0)


def first_tick(page: Page, *, done: bool = False) -> Locator:
    """The first item of the open milestone that is not ticked, or the first that is; it stays the same item."""
    found = page.locator(f"#panel .tick[aria-checked={'true' if done else 'false'}]").first
    return page.locator(f"#{found.get_attribute('id')}")


def tick(page: Page, count: int = 1) -> list[str]:
    """Tick the first items of the open milestone that are not ticked, and return their texts."""
    texts = []
    for _ in range(count):
        control = first_tick(page)
        texts.append(control.inner_text().strip())
        control.click()
        expect(control).to_have_attribute("aria-checked", "true")
    return texts


def progress(page: Page) -> tuple[int, int, int]:
    """Percent, ticked items and all that count, as the page says them; the order of the words is the language's."""
    percent, *counts = [int(number) for number in re.findall(r"\d+", page.inner_text("#progress .progress-number"))]
    return percent, min(counts[:2]), max(counts[:2])


def share(page: Page, roadmap: str, *, label: str, name: str) -> str:
    """Make a share link and return its address."""
    page.goto(f"{roadmap}share/")
    page.fill("[name=label]", label)
    page.fill("[name=owner_name]", name)
    page.click("#make-link")
    article = page.locator("article.link", has_text=label)
    return article.locator("input.address").input_value()
