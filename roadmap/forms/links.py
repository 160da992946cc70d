"""The form of a new share link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DAYS = [(7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (365, _("a year"))]


class NewShareLinkForm(forms.Form):
    """One link for one mentor. `offers_assessment` says whether there is an assessment that it could show too."""

    label = forms.CharField(
        label=_("Who is it for?"), max_length=80, help_text=_("Only you see this, such as “Professor Kim”.")
    )
    owner_name = forms.CharField(
        label=_("Your name, as your mentor knows you"),
        max_length=80,
        help_text=_("Your mentor sees this name and never your e-mail address."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    days = forms.TypedChoiceField(label=_("Opens for"), coerce=int, choices=DAYS, initial=30)
    with_assessment = forms.BooleanField(
        label=_("Show my latest assessment too"),
        help_text=_("The link keeps showing this one, also after you have taken it again."),
        required=False,
    )

    def __init__(self, *args: Any, offers_assessment: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not offers_assessment:
            del self.fields["with_assessment"]
