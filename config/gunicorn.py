"""How gunicorn serves Waymark: `python -m gunicorn --config config/gunicorn.py`."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

wsgi_app = "config.wsgi:application"
bind = os.environ.get("WAYMARK_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WAYMARK_THREADS", "8"))
timeout = 30
graceful_timeout = 30
keepalive = 15
# A pool of database connections must not cross a fork.
preload_app = False
# A heartbeat file on a slow disk blocks the worker that touches it.
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"
# It would let whoever owns the file restart the workers; signals do that already.
control_socket_disable = True
# An access log would keep the tokens of share links; the proxy in front counts visits.
accesslog = None
errorlog = "-"
loglevel = "warning" if os.environ.get("WAYMARK_LOCAL") else "info"


def on_starting(server: Any) -> None:
    """Gunicorn's own messages name addresses too, so the filter of the app's log holds for them."""
    from config.logs import HideShareTokens

    for handler in logging.getLogger("gunicorn.error").handlers:
        handler.addFilter(HideShareTokens())


def post_worker_init(worker: Any) -> None:
    """Read what every page reads, so that the first one is not slow, and keep it out of the garbage collector's way."""
    import gc

    from config.warming import warm

    warm()
    gc.collect()
    gc.freeze()


def when_ready(server: Any) -> None:
    """Say where to look, once the address is really open."""
    if os.environ.get("WAYMARK_LOCAL"):
        address = os.environ.get("WAYMARK_BASE_URL", f"http://{bind}")
        print(f"\n  Waymark is running at {address}  (Ctrl+C stops it)\n", flush=True)
