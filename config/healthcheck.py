"""For a container: is the process that listens here up? Ends with an error where it is not."""

from __future__ import annotations

import os
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

# By the public name: no other host is answered.
host = urlsplit(os.environ.get("WAYMARK_BASE_URL", "https://localhost")).netloc
port = os.environ.get("WAYMARK_BIND", "127.0.0.1:8000").rpartition(":")[2]
urlopen(Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host}), timeout=3).close()
