"""A host's own settings for the servers of the tests, but for what they would only wait for."""

from config.settings import *  # noqa: F403

# A password takes no half a second of two cores.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# All the people of all tests come from one place, within minutes; `test_accounts` asks for the limits that hosts have.
ACCOUNT_RATE_LIMITS = {"signup": "1000/m/ip", "login": "1000/m/ip"}
