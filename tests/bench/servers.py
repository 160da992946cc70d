"""The server of the floor, beside that of the app."""

from __future__ import annotations

from tests.browser import Server, free_port


class FloorServer(Server):
    """gunicorn with the bare views, on the database of the app."""

    def __init__(self, beside: Server) -> None:
        self.data_dir = beside.data_dir
        self.log = self.data_dir / "floor.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process = None
        self._workers = []
        self.env = {
            **beside.env,
            "DJANGO_SETTINGS_MODULE": "tests.bench.floor.settings",
            "WAYMARK_BASE_URL": self.url,
        }

    def remove(self) -> None:
        """Stop; what it stands on is the app's."""
        self.stop()
