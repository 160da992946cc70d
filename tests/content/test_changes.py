"""What each version of the pack changed, as a reader meets it, and what becomes of an entry that left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content.models import Goal, Release
from content.pack import format as fmt
from content.pack.changes import state_of
from content.pack.reading import read_pack
from content.rows.loading import load_pack, refresh_digest
from content.rows.reading import stored_content
from content.rows.releases import state_at
from tests.conftest import PACK
from tests.packs import BAKING, change, copy_of, files_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LATER = datetime(2100, 1, 1, tzinfo=UTC)
NEXT = LATER + timedelta(days=1)


@pytest.fixture
def second(db: None) -> None:
    """The small pack was loaded after the real one."""
    load_pack(BAKING, at=LATER)


@pytest.fixture
def alone(empty_catalogue: None) -> None:
    """The small pack was loaded, and no other before it."""
    load_pack(BAKING, at=LATER)


@pytest.fixture
def after(tmp_path: Path) -> Path:
    """The next version of the small pack: a resource is new, two texts changed, two milestones are retired."""
    folder = copy_of(BAKING, tmp_path / "after")
    change(folder, "pack.yaml", "version", "2026.2.0")
    change(folder, "pack.yaml", "news", {"ko": "바게트를 뺐어요.", "en": "Baguettes are gone."})
    resource = {"id": "oven-guide", "title": "All about ovens", "url": "https://bread.example/ovens", "kind": "article"}
    count = len(files_of(BAKING)["resources.yaml"])
    change(folder, "resources.yaml", str(count), {**resource, "language": "en", "cost": "free"})
    change(folder, "goals.yaml", "a-job.name.en", "A post")
    change(folder, "deeds.yaml", "who-learned.options.0.text.en", "Not a soul.")
    change(folder, "milestones.yaml", "baguette-week.retired", True)
    change(folder, "milestones.yaml", "trial-shift.retired", True)
    change(folder, "milestones.yaml", "trial-shift.replaced_by", "find-a-room")
    return folder


def page(address: str = "/en/content/changes/", **headers: str) -> str:
    response = Client(headers=headers).get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def section(text: str, version: str) -> str:
    """The part of the page that tells of a version."""
    start = text.index(f"<h2>{version}</h2>")
    return text[start : text.index("</section>", start)]


# The page


def test_the_first_version_is_counted_and_not_listed() -> None:
    content = read_pack(PACK)
    total = sum(not entry.retired for entries in content.entries.values() for entry in entries)
    told = section(page(), content.pack.version)
    assert f"The first version: {total} entries." in told
    assert f"Milestones {len(content.of(fmt.Milestone))}" in told
    assert "<li>" not in told
    assert content.pack.news
    assert content.pack.news.en in told
    assert content.pack.news.ko in page("/ko/content/changes/")


def test_a_new_alias_is_told_as_a_change_of_its_entry(second: None, after: Path) -> None:
    change(after, "resources.yaml", "bread-book.aliases", ["빵 책"])
    load_pack(after, at=NEXT)
    told = section(page(), "2026.2.0")
    name = next(entry.title for entry in read_pack(BAKING).of(fmt.Resource) if entry.id == "bread-book")
    assert told.index("<h3>Changed</h3>") < told.index(name) < told.index("<h3>Taken out</h3>")


def test_what_a_version_added_changed_and_retired_is_told_with_links(second: None, after: Path) -> None:
    load_pack(after, at=NEXT)
    told = section(page(), "2026.2.0")
    assert "Baguettes are gone." in told
    added, changed, retired = (told.index(f"<h3>{what}</h3>") for what in ("Added", "Changed", "Taken out"))
    assert added < told.index("All about ovens") < changed < told.index("A post") < retired
    assert '<a href="/en/milestones/baguette-week/">' in told[retired:]
    assert '→ <a href="/en/milestones/find-a-room/">' in told[retired:]
    assert "Assessment questions: engineer class" in told[changed:retired]
    assert '<a href="/assessment/">Who has learned baking from you?</a>' in told[changed:retired]
    assert "The first version" not in told
    text = page()
    assert text.index("<h2>2026.2.0</h2>") < text.index("<h2>2026.1.0</h2>") < text.index("The first version")


def test_a_long_list_is_folded_with_its_count(second: None) -> None:
    told = section(page(), "2026.1.0")
    count = len(read_pack(PACK).of(fmt.Milestone))
    assert f'<details><summary><b>Milestones</b> <span class="meta">{count}</span></summary>' in told
    assert '<h4>Goals <span class="meta">' in told


def test_the_page_costs_as_many_queries_however_many_versions_there_are(second: None, after: Path) -> None:
    page()
    counts = []
    for folder in (None, after):
        if folder:
            load_pack(folder, at=NEXT)
        for _ in range(2):  # Drawn, and as it was kept.
            with CaptureQueriesContext(connection) as queries:
                page()
            counts.append(len(queries))
    assert Release.objects.count() == 3
    assert counts[0] == counts[1] == counts[3] == 1


def test_what_came_back_is_told(alone: None, after: Path) -> None:
    load_pack(after, at=NEXT)
    load_pack(BAKING, at=NEXT + timedelta(days=1))
    assert "<h3>Came back</h3>" in page()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_link_of_a_version_leads_to_a_page(alone: None, after: Path, language: str) -> None:
    load_pack(after, at=NEXT)
    told = section(page(f"/{language}/content/changes/"), "2026.2.0")
    addresses = {part.split('"')[0].split("#")[0] for part in told.split('href="')[1:]}
    assert len(addresses) >= 3
    for address in addresses:
        assert Client().get(address).status_code in {200, 301}, address


def test_every_page_leads_to_it() -> None:
    assert 'href="/en/content/changes/"' in page("/en/roles/")


# What becomes of an entry that left


NOTICE = "This is no longer part of the catalogue."


def test_the_address_of_a_replaced_entry_leads_to_what_took_its_place(alone: None, after: Path) -> None:
    load_pack(after, at=NEXT)
    response = Client().get("/ko/milestones/trial-shift/")
    assert (response.status_code, response["Location"]) == (301, "/ko/milestones/find-a-room/")


def test_an_entry_without_a_follower_keeps_its_page_and_says_that_it_left(alone: None, after: Path) -> None:
    address = "/en/milestones/baguette-week/"
    assert NOTICE not in page(address)
    load_pack(after, at=NEXT)
    assert NOTICE in page(address)
    assert NOTICE not in page("/en/milestones/first-loaf/")
    assert address not in page("/en/map/")


def test_every_kind_that_has_pages_says_so(second: None) -> None:
    for entry in (
        "roles/researcher",
        "competencies/mathematics",
        "activities/kaggle",
        "milestones/kaggle-first",
        "guide/start-in-high-school",
    ):
        assert NOTICE in page(f"/en/{entry}/"), entry


# The command


def test_the_command_tells_the_same_of_two_folders(after: Path) -> None:
    out = StringIO()
    call_command("pack_changes", BAKING, after, stdout=out)
    assert out.getvalue().splitlines() == [
        "changed goals a-job: A post (name)",
        "added resources oven-guide: All about ovens",
        "retired milestones baguette-week: A week of baguettes (retired)",
        "retired milestones trial-shift: Work a trial shift (retired, replaced_by) → find-a-room",
        "changed deeds who-learned: Who has learned baking from you? (options)",
    ]


# What each version said


def test_each_release_keeps_what_it_said(alone: None, after: Path) -> None:
    states = [state_of(stored_content())]
    Goal.objects.filter(key="own-shop").update(name_en="A bakery of one's own")  # type: ignore[misc]
    refresh_digest()
    load_pack(after, at=NEXT, overwrite=True)
    states.append(state_of(stored_content()))
    change(after, "goals.yaml", "a-job.name.en", "A place")
    load_pack(after, at=NEXT + timedelta(days=1))
    states.append(state_of(stored_content()))
    releases = list(Release.objects.order_by("loaded_at"))
    assert [state_at(release) for release in releases] == states
    kept = [sum(map(len, (release.entries or {}).values())) for release in releases]
    assert kept[0] < 10
    assert kept[1] == 1
    assert kept[2] == sum(map(len, states[2].values()))


def test_a_release_of_the_first_installations_says_that_it_is_not_known(alone: None, after: Path) -> None:
    load_pack(after, at=NEXT)
    Release.objects.filter(loaded_at=LATER).update(entries={})  # As they left them.
    import_module("content.migrations.0003_releases_keep_what_they_said").not_kept(apps, None)
    newest, first = Release.objects.all()
    assert state_at(first) is None
    assert state_at(newest) == state_of(stored_content())
    change(after, "goals.yaml", "a-job.name.en", "A place")
    load_pack(after, at=NEXT + timedelta(days=1))
    assert state_at(newest) != state_of(stored_content())
    assert [state_at(each) is None for each in Release.objects.all()] == [False, False, True]
