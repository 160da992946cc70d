"""The app's own settings, in a folder of the tests and quick where a test would only wait.

The server that browser tests drive runs on a host's settings, but for the hasher (`tests/server_settings.py`).
"""

import os
from pathlib import Path

# What the shell of whoever runs the tests says about an installation of theirs is not for the tests.
FOREIGN = {"ALLOWED_HOSTS", "CACHE_URL", "CSRF_TRUSTED_ORIGINS", "DEBUG", "EMAIL_URL", "SECRET_KEY_FALLBACKS"}
for _name in list(os.environ):
    if _name in FOREIGN or (_name.startswith("WAYMARK_") and _name != "WAYMARK_FORBID_SKIPS"):
        del os.environ[_name]
os.environ["SECRET_KEY"] = "only for tests, where nothing is secret, and long enough for every check"
os.environ["WAYMARK_LOCAL"] = "1"
os.environ["WAYMARK_DATA_DIR"] = str(Path(__file__).parent.parent / "var" / "tests")

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# The pool opens connections in a thread of its own, also while the database of the tests is being dropped.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
