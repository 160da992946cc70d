"""Markup in what people and packs write: notes in Markdown, code in titles."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from roadmap.models import Milestone, Roadmap
from tests.factories import item_of, make_link, milestone_of, token_of
from tests.reading import page_of

pytestmark = pytest.mark.django_db


def test_notes_are_shown_as_markdown_and_made_harmless(roadmap: Roadmap, ana_client: Client) -> None:
    notes = (
        "# Head\n\n**bold** <script>alert(1)</script> <b onclick=x>\n\n[bad](javascript:alert(1)) "
        "[good](https://example.org/) ![pixel](https://example.org/p.gif)\n"
    )
    milestone = milestone_of(roadmap)
    ana_client.post(reverse("milestone-notes", args=[milestone.pk]), {"text": notes, "seen": ""})
    text = page_of(ana_client.get(milestone.get_absolute_url()))
    shown = text[text.index('class="prose notes"') :].split("</div>")[0]
    assert "<strong>bold</strong>" in shown
    assert '<a href="https://example.org/" rel="nofollow ugc noopener">good</a>' in shown
    for harmful in ("<script", "<b ", "<img", 'href="javascript'):
        assert harmful not in shown


def test_notes_are_never_on_the_mentors_page(roadmap: Roadmap, ana_client: Client) -> None:
    milestone, link = milestone_of(roadmap), make_link(roadmap)
    ana_client.post(reverse("milestone-notes", args=[milestone.pk]), {"text": "Secret thoughts", "seen": ""})
    assert "Secret thoughts" in page_of(ana_client.get(milestone.get_absolute_url()))
    for address in (reverse("shared", args=[token_of(link)]), reverse("link-preview", args=[link.pk])):
        assert "Secret thoughts" not in page_of(ana_client.get(address))
    assert "Secret thoughts" not in page_of(Client().get(reverse("shared", args=[token_of(link)])))


def test_code_in_a_title_is_shown_as_code_wherever_the_title_stands(roadmap: Roadmap, ana_client: Client) -> None:
    milestone = milestone_of(roadmap)
    Milestone.objects.filter(pk=milestone.pk).update(title_en="Read `argparse`")
    pages = [
        ana_client.get(roadmap.get_absolute_url()),
        ana_client.get(milestone.get_absolute_url()),
        ana_client.get(reverse("milestone-notes", args=[milestone.pk])),
        ana_client.get(reverse("milestone-edit", args=[milestone.pk])),
        ana_client.get(reverse("item-edit", args=[item_of(roadmap).pk])),
        ana_client.post(reverse("item-add", args=[milestone.pk]), {"text": ""}),
        Client().get(reverse("shared", args=[token_of(make_link(roadmap))])),
    ]
    for page in map(page_of, pages):
        assert "Read <code>argparse</code>" in page
        assert re.findall(r"[^\"]Read `argparse`", page.split("<main")[1]) == []
