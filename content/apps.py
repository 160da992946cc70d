"""The app of what the field knows."""

from django.apps import AppConfig
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content.pack.format import Bilingual


class ContentConfig(AppConfig):
    """The catalogue, loaded from a content pack."""

    name = "content"
    verbose_name = _("Content")

    def ready(self) -> None:
        """A text of a pack speaks the language of whoever reads it."""
        Bilingual.reader = staticmethod(get_language)
