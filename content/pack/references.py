"""What the fields of the format declare: what entries name, and what parts they have. Pure: no Django, no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from content.pack import format as fmt

EACH = "[]"
"""A step to each part of a list, or to each key of a mapping."""


@dataclass(frozen=True)
class Reference:
    """A place of a kind of entry at which entries of `kind` are named: all that are current, if it says `every`.

    `steps` lead there: names of fields, and `EACH`.
    """

    steps: tuple[str, ...]
    kind: str
    every: bool = False

    @property
    def field(self) -> str:
        """The field of the entry in which it stands."""
        return self.steps[0]

    def keys(self, entry: BaseModel) -> list[str]:
        """All that an entry names there."""
        return [key for _path, keys in self.groups(entry) for key in keys]

    def groups(self, entry: BaseModel) -> Iterable[tuple[str, Collection[str]]]:
        """What an entry names there, by the path of each list or mapping that names something."""
        match self.steps:  # Most are one of these two, and there are thousands.
            case (field,):
                key = getattr(entry, field)
                return ((field, (key,)),) if key is not None else ()
            case (field, "[]"):
                return ((field, getattr(entry, field)),)
            case _:
                return _groups(entry, self.steps, "")


@cache
def references(model: type[BaseModel]) -> tuple[Reference, ...]:
    """Every place at which entries of a kind, parts of them or `pack.yaml` name something."""
    own = fmt.NAMES[model] if issubclass(model, fmt.Entry) else ""
    found = (Reference(steps, names.kind or own, names.every) for steps, names in _declared(model, ()))
    return tuple(found)


@cache
def parts_of(model: type[fmt.Strict]) -> dict[str, type[fmt.Strict]]:
    """The fields of a kind that are lists of parts, and what a part is."""
    found = {}
    for field, hint in get_type_hints(model).items():
        part = get_args(hint)[0] if get_origin(hint) is list else None
        if isinstance(part, type) and issubclass(part, fmt.Strict) and not issubclass(part, fmt.Bilingual):
            found[field] = part
    return found


def _declared(hint: Any, steps: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], fmt.Names]]:
    """The ids in a type that say what they name, with the way to them."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        names = [each for each in inner[1:] if isinstance(each, fmt.Names)]
        yield from ((steps, each) for each in names)
        yield from _declared(inner[0], steps) if not names else ()
    elif origin in {Union, UnionType}:
        for each in inner:
            yield from _declared(each, steps)
    elif origin is list:
        yield from _declared(inner[0], (*steps, EACH))
    elif origin is dict:
        yield from _declared(inner[0], (*steps, EACH))
        if list(_declared(inner[1], ())):
            raise TypeError(f"{steps}: the values of a mapping cannot name entries")
    elif isinstance(hint, type) and issubclass(hint, BaseModel):
        hints = get_type_hints(hint, include_extras=True)
        for name in hint.model_fields:
            yield from _declared(hints[name], (*steps, name))


def _groups(value: Any, steps: tuple[str, ...], path: str) -> Iterator[tuple[str, Collection[str]]]:
    match steps:
        case ():
            yield path, (value,)
        case ("[]",):
            yield path, value
        case ("[]", name):  # Parts that name one entry each are like a mapping.
            yield path, [key for part in value if (key := getattr(part, name)) is not None]
        case ("[]", *rest):
            for number, part in enumerate(value):
                yield from _groups(part, tuple(rest), f"{path}[{number}]")
        case (name, *rest):
            found = getattr(value, name)
            if found is not None:
                yield from _groups(found, tuple(rest), f"{path}.{name}" if path else name)
