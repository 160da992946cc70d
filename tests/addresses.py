"""Where the pages of the catalogue stand: each language has addresses of its own."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import translation

from content.addresses import address_of
from content.catalogue import current_catalogue
from content.pack import format as fmt
from content.views.languages import LISTS

WITH_PAGES: tuple[type[fmt.Entry], ...] = (fmt.Role, fmt.Competency, fmt.Activity, fmt.Milestone, fmt.Question)
"""The kinds whose every entry has a page of its own; topics have one too, at another address than their own."""


def address(name: str, *arguments: Any, language: str = "en") -> str:
    """The address of a view, in a language where it has one for each."""
    with translation.override(language):
        return reverse(name, args=arguments)


def catalogue_addresses(language: str = "en") -> list[str]:
    """Every page of the catalogue."""
    catalogue = current_catalogue()
    with translation.override(language):
        entries = [address_of(entry) for kind in WITH_PAGES for entry in catalogue.current(kind)]
        topics = [reverse("topic", args=[topic.id]) for topic in catalogue.current(fmt.Topic)]
        return [*(reverse(name) for name in LISTS), *topics, *entries]


def answer_at(there: str) -> Any:
    """What a visitor gets at a page of the catalogue. Each is asked for once, as long as the catalogue is the same."""
    return _answer_at(there, current_catalogue().digest)


@cache
def _answer_at(there: str, digest: str) -> HttpResponseBase:
    return Client().get(there)
