"""Pages that are filtered by selects: what was chosen stands in the address, so that it can be kept and sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

Choice = tuple[str, str]


@dataclass(frozen=True)
class Filter:
    """A select: `groups` are named stretches of choices, of which the first may have no name. `value` is chosen."""

    name: str
    label: str
    everything: str
    groups: Sequence[tuple[str, Sequence[Choice]]]
    value: str = ""

    @property
    def said(self) -> str:
        """The name of what is chosen."""
        return next((said for _group, choices in self.groups for key, said in choices if key == self.value), "")


def filter_of(
    request: HttpRequest, name: str, label: str, everything: str, *groups: tuple[str, Sequence[Choice]]
) -> Filter:
    """A select with what the address chooses; a value that it does not offer chooses nothing."""
    asked = request.GET.get(name, "")
    offered = {key for _group, choices in groups for key, _said in choices}
    return Filter(name, label, everything, groups, asked if asked in offered else "")


def address_with(path: str, values: Mapping[str, str | int]) -> str:
    """`path` with the values that say something."""
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{path}?{query}" if query else path


def keep_in_address(response: HttpResponse, address: str) -> HttpResponse:
    """HTMX writes the filter into the browser's address, without the selects that choose nothing."""
    response["HX-Push-Url"] = address
    return response
