"""A role mix: how much of each role a person is, in whole parts of ten. Pure."""

from __future__ import annotations

from collections.abc import Mapping

PARTS = 10
LED = 6


def even_mix(roles: list[str]) -> dict[str, int]:
    """Ten parts over `roles` as evenly as they go; the first roles get what is left over."""
    share, rest = divmod(PARTS, len(roles))
    return {role: share + (number < rest) for number, role in enumerate(roles)}


def mix_led_by(role: str, roles: list[str]) -> dict[str, int]:
    """Six parts of `role`; the others share the rest as evenly as they go, the first of them what is left over."""
    others = [other for other in roles if other != role]
    share, rest = divmod(PARTS - LED, len(others))
    shared = {other: share + (number < rest) for number, other in enumerate(others)}
    return {each: shared.get(each, LED) for each in roles}


def leading(mix: Mapping[str, int]) -> list[str]:
    """The role of which there are most parts; several where they have equally many."""
    most = max(mix.values(), default=0)
    return [role for role, parts in mix.items() if parts == most > 0]


def is_mix(mix: Mapping[str, int], roles: list[str]) -> bool:
    """Whether `mix` gives each of `roles`, and no other, between 0 and 10 parts that add up to ten."""
    return set(mix) == set(roles) and all(0 <= parts <= PARTS for parts in mix.values()) and sum(mix.values()) == PARTS


def step(mix: Mapping[str, int], role: str, *, up: bool) -> dict[str, int]:
    """One part more or less of `role`; another role gives or takes it, so that the sum stays ten.

    The largest other role gives (the last of equals), and the largest that has room takes (the first of equals).
    At 0 or 10, and without another role, the mix stays as it is.
    """
    stepped = dict(mix)
    others = [other for other in mix if other != role]
    if not others:
        return stepped
    if up and mix[role] < PARTS:
        giver = max(reversed(others), key=lambda other: mix[other])
        stepped[role] += 1
        stepped[giver] -= 1
    elif not up and mix[role] > 0:
        taker = max(others, key=lambda other: mix[other])
        stepped[role] -= 1
        stepped[taker] += 1
    return stepped


def stepped(mix: Mapping[str, int], wanted: str) -> dict[str, int]:
    """`mix` after a stepper's `<role>+1` or `<role>-1`; what is no stepper's changes nothing."""
    role, sign = wanted[:-2], wanted[-2:]
    return step(mix, role, up=sign == "+1") if role in mix and sign in {"+1", "-1"} else dict(mix)
