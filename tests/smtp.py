"""A mail server for tests: a real one as far as a sender can see, that keeps what it gets."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from queue import Queue
from typing import cast

import pytest


class Mailbox:
    """Listens on a port of this machine; `close` it and it is gone, `open` it and it is back at the same address."""

    def __init__(self) -> None:
        self.mails: Queue[EmailMessage] = Queue()
        self.port = 0
        self.open()

    def open(self) -> None:
        """Listen."""
        self._server = _Server(("127.0.0.1", self.port), _Session)
        self._server.mails = self.mails
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Refuse connections."""
        self._server.shutdown()
        self._server.server_close()

    def next(self, recipient: str) -> EmailMessage:
        """The next mail, which must be for `recipient`."""
        mail = self.mails.get(timeout=30)
        assert mail["To"] == recipient
        return mail


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    mails: Queue[EmailMessage]


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            command = line.decode().split(":")[0].strip().upper()
            if command == "DATA":
                self._say("354 go on")
                self._receive()
            self._say("221 bye" if command == "QUIT" else "250 ok")
            if command == "QUIT":
                return

    def _receive(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        mail = message_from_bytes(b"".join(lines), policy=default)
        cast(_Server, self.server).mails.put(mail)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    """Where the mails go."""
    mailbox = Mailbox()
    yield mailbox
    mailbox.close()
