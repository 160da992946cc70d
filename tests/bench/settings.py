"""A host's own settings, with the bare views beside the app's addresses."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
