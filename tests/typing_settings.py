"""For mypy alone: modeltranslation swaps every manager at run time for one that no type checker can follow.

The columns that it adds are only ever named by strings, so the types of everything else hold without it.
"""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "modeltranslation"]
