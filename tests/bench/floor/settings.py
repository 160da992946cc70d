"""The settings of the floor. What is written out here stays as it was, whatever the app's own settings become."""

from csp.constants import NONE, SELF

from config.settings import *  # noqa: F403
from config.settings import DATABASES, INSTALLED_APPS

ROOT_URLCONF = "tests.bench.floor.urls"
INSTALLED_APPS = list(dict.fromkeys([*INSTALLED_APPS, "django.contrib.sessions", "csp"]))
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.security_headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.refuse_unreadable_input",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.preferences",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
CONTENT_SECURITY_POLICY = {  # type: ignore[assignment]  # As django-csp takes it.
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATABASES["default"] |= {
    "ENGINE": "tests.bench.floor.database",
    "OPTIONS": {
        "connect_timeout": 2,
        "pool": {"min_size": 1, "max_size": 8, "timeout": 0.8, "reconnect_timeout": 0},
    },
}
