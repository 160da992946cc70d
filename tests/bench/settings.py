"""A host's own settings, with an address that says which worker answers."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
