"""The whole field on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from content.addresses import address_of
from content.catalogue import Catalogue
from content.field_map import BandGroup, field_map
from content.pack import format as fmt
from content.pages import catalogue_page, show

Row = tuple[fmt.Milestone, str, list[tuple[fmt.Skill, int]], list[tuple[fmt.Milestone, str]]]


@catalogue_page
def map(request: HttpRequest, catalogue: Catalogue) -> HttpResponse:
    """Every milestone with what it needs, as one drawing and as a list that says the same."""
    milestones = catalogue.current(fmt.Milestone)
    drawn = field_map(
        catalogue.current(fmt.Group),
        catalogue.current(fmt.Competency),
        catalogue.current(fmt.Skill),
        catalogue.current(fmt.Phase),
        milestones,
    )
    addresses = {each.id: address_of(each) for each in milestones}
    return show(
        request,
        "content/map.html",
        title=_("Map of the field"),
        description=_("Every competency, skill and milestone on one page, with what each needs and what it opens."),
        map=drawn,
        marks=[(mark, addresses[mark.milestone.id]) for mark in drawn.waymarks],
        groups=[(group.group, _bands(group, catalogue, addresses)) for group in drawn.groups],
        competencies=len(catalogue.current(fmt.Competency)),
        skills=len(catalogue.current(fmt.Skill)),
        milestones=len(milestones),
        hours=sum(each.hours for each in milestones),
    )


def _bands(
    group: BandGroup, catalogue: Catalogue, addresses: dict[str, str]
) -> list[tuple[fmt.Competency, int, int, list[tuple[fmt.Phase, list[Row]]]]]:
    """Each competency with the number and hours of its milestones, and these by phase, in the order of the map."""
    phases = catalogue.current(fmt.Phase)
    return [
        (
            band.competency,
            len(band.milestones),
            sum(each.hours for each in band.milestones),
            [
                (phase, [_row(each, catalogue, addresses) for each in band.milestones if each.phase == phase.id])
                for phase in phases
            ],
        )
        for band in group.bands
    ]


def _row(milestone: fmt.Milestone, catalogue: Catalogue, addresses: dict[str, str]) -> Row:
    needs = catalogue.named(fmt.Milestone, milestone.requires)
    raises = [(catalogue.get(fmt.Skill, key), level) for key, level in milestone.raises.items()]
    return milestone, addresses[milestone.id], raises, [(each, addresses[each.id]) for each in needs]
