"""Ana's roadmap and assessment, links to them, whoever opens these, and the log meanwhile."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Assessment
from config.logs import HideShareTokens
from roadmap.models import Roadmap, ShareLink
from tests.factories import LEVELS, make_assessment, make_link, make_roadmap
from tests.roadmap.sharing.links import SAID, Shown, address_of, of_the_assessment


@pytest.fixture
def roadmap(ana: User) -> Roadmap:
    return make_roadmap(ana)


@pytest.fixture
def link(roadmap: Roadmap) -> ShareLink:
    return make_link(roadmap)


@pytest.fixture
def mentor(db: None) -> Client:
    """Nobody's account: whoever opens a link."""
    return Client()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the app's own handler writes, as a host would read it."""
    (handler,) = [
        handler
        for handler in logging.getLogger().handlers
        if any(isinstance(each, HideShareTokens) for each in handler.filters)
    ]
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    if before is not None:
        handler.setStream(before)


@pytest.fixture
def assessment(ana: User) -> Assessment:
    """An assessment of Ana's, with something in it that can be recognised."""
    return make_assessment(ana, ratings={**LEVELS, "english": 3}, given=[asdict(SAID)])


@pytest.fixture(params=["alone", "beside the roadmap"])
def shown(request: pytest.FixtureRequest, roadmap: Roadmap, assessment: Assessment) -> Shown:
    """A link that shows the assessment, and the address at which it does."""
    if request.param == "alone":
        link = make_link(assessment=assessment)
        return link, address_of(link)
    link = make_link(roadmap, assessment)
    return link, of_the_assessment(link)
