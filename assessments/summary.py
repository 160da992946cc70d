"""Who somebody is in one sentence: one that they could repeat to a friend."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from content.pack import format as fmt


def sentence(roles: Sequence[fmt.Role], number: int | None, steps: int, *, mixed: bool = False) -> str:
    """The one or two `roles` that lead the mix, the engineer class, and how many steps the next one is away.

    `mixed`: none of them leads clearly. What is unknown is left out; of somebody of whom nothing is known it says so.
    """
    who = _("An all-rounder") if roles and mixed else _who(roles)
    if number is None:
        return _("%(who)s.") % {"who": who} if who else _("Nothing is known of you yet.")
    values = {"who": who or _("Somebody"), "number": number, "next": number - 1, "steps": _steps(steps)}
    if number == 1 or not steps:
        return _("%(who)s, class %(number)s.") % values
    return _("%(who)s, class %(number)s, %(steps)s from class %(next)s.") % values


def _who(roles: Sequence[fmt.Role]) -> str:
    if not roles:
        return ""
    first = str(roles[0].someone or roles[0].name)
    besides = str(roles[1].alongside or "") if len(roles) > 1 else ""
    return _("%(someone)s %(alongside)s") % {"someone": first, "alongside": besides} if besides else first


def _steps(count: int) -> str:
    words = {1: _("one step"), 2: _("two steps"), 3: _("three steps"), 4: _("four steps")}
    return words.get(count) or _("%(count)s steps") % {"count": count}
