"""A cable between one browser and the server that a test can pull out and plug in again.

A TCP relay on a port of its own: what a laptop lid or a lost Wi-Fi does, for every connection of that browser.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class Cable:
    """Relay connections to a server until the cable is cut; refuse new ones while it is."""

    def __init__(self, url: str) -> None:
        """Listen on a free port of this machine."""
        parts = urlsplit(url)
        self._server = (str(parts.hostname), int(parts.port or 80))
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self._whole = True
        self._lines: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closing = False
        threading.Thread(target=self._admit, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._closing = True
        self.cut()
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def cut(self) -> None:
        """Break every connection at once and let no new one through."""
        with self._lock:
            self._whole = False
            lines, self._lines = self._lines, set()
        for line in lines:
            _drop(line)

    def mend(self) -> None:
        """Let connections through again."""
        with self._lock:
            self._whole = True

    def _admit(self) -> None:
        while not self._closing:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self._server, timeout=10)
                far.settimeout(None)
            except OSError:
                _drop(near)
                continue
            with self._lock:
                through = self._whole
                if through:
                    self._lines |= {near, far}
            if not through:
                _drop(near)
                _drop(far)
                continue
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                sink.sendall(data)
        with self._lock:
            self._lines -= {source, sink}
        _drop(source)
        _drop(sink)


def _drop(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
