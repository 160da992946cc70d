"""A host's own settings for the servers of the tests; only a password takes no half a second of two cores."""

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
