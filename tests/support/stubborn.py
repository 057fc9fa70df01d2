"""A client that never gives up: one command at a time over the public wire, the same id until somebody answers.

Keeps what it was promised (every ack) and checks its own feed for gaps and doubles while servers come and go.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from wargame.protocol.frames import AckOut, Bye, Feed, Reject, ServerFrame, Snapshot, Welcome

DECODER = msgspec.json.Decoder(ServerFrame)
PATIENCE_S = 2.0
"""How long an answer or a first state may take before the line is taken for dead."""
AGAIN_S = 0.05
TRANSIENT = frozenset({"rate.limited", "server.busy", "server.error"})
FINAL = frozenset({4401, 4403, 4404})


@dataclass
class Door:
    """Say where the server is now; a restarted supervisor may serve elsewhere."""

    url: str


class LineDead(Exception):
    """The connection broke, or nobody spoke on it."""


@dataclass
class Stubborn:
    """One person at one socket, in a thread of its own."""

    door: Door
    game: str
    token: str
    name: str
    view: str = ""
    n: int = 0
    held: dict[tuple[str, str], Any] = field(default_factory=dict)
    acked: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Command id -> command name and the n of its ack."""
    refused: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    reconnects: int = 0
    retries: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)
    _socket: ClientConnection | None = None
    _lines: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    _answers: dict[str, AckOut | Reject] = field(default_factory=dict)

    def do(self, name: str, command_id: str, /, **args: Any) -> AckOut | Reject:
        """Send a command until it is answered, over as many connections as that takes."""
        sent = 0
        while True:
            try:
                line = self._line()
                line.send(json.dumps({"t": "command", "id": command_id, "name": name, "args": args, "seen": self.n}))
                sent += 1
                self._read_until(lambda: command_id in self._answers)
            except LineDead:
                self._hang_up()
                if self.stopping.is_set():
                    raise
                continue
            except (OSError, WebSocketException):
                self._hang_up()
                continue
            answer = self._answers.pop(command_id)
            if isinstance(answer, Reject) and answer.code in TRANSIENT:
                self.stopping.wait(AGAIN_S)
                continue
            self.retries += sent > 1
            if isinstance(answer, AckOut):
                self.acked[command_id] = (name, answer.n)
            else:
                self.refused[command_id] = answer.code
            return answer

    def get(self, kind: str, key: str) -> Any:
        """Return the newest value of an entity, or None."""
        return self.held.get((kind, key))

    def listen(self, seconds: float) -> None:
        """Read what comes for a while, reconnecting as need be."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                self._line()
                self._read_one(left)
            except (LineDead, OSError, WebSocketException):
                self._hang_up()

    def close(self) -> None:
        """Hang up for good."""
        self.stopping.set()
        self._hang_up()

    def _line(self) -> ClientConnection:
        while self._socket is None:
            try:
                self._connect()
            except (LineDead, OSError, WebSocketException):
                self._hang_up()
                if self.stopping.wait(AGAIN_S):
                    raise LineDead("asked to stop") from None
        return self._socket

    def _connect(self) -> None:
        address = f"{self.door.url.replace('http', 'ws', 1)}/ws/game/{self.game}"
        self._socket = self._lines.enter_context(
            connect(address, max_size=2**24, open_timeout=PATIENCE_S, close_timeout=0.2, compression=None)
        )
        self.reconnects += 1
        self._socket.send(json.dumps({"t": "hello", "cursor": self.n, "token": self.token}))
        head: list[int] = []
        self._read_until(lambda: bool(head) and self.n >= head[0], welcomed=head)

    def _hang_up(self) -> None:
        self._socket = None
        with contextlib.suppress(Exception):
            self._lines.close()
        self._lines = contextlib.ExitStack()

    def _read_until(self, condition: Any, *, welcomed: list[int] | None = None) -> None:
        quiet_since = time.monotonic()
        while not condition():
            for frame in self._read_one(0.2):
                if isinstance(frame, Welcome) and welcomed is not None:
                    welcomed[:] = [frame.head]
            if time.monotonic() - quiet_since > PATIENCE_S:
                raise LineDead("nobody answers")

    def _read_one(self, wait_s: float) -> Iterator[ServerFrame]:
        assert self._socket is not None
        try:
            text = self._socket.recv(timeout=wait_s)
        except TimeoutError:
            return iter(())
        frame = DECODER.decode(text)
        self._take(frame)
        return iter((frame,))

    def _take(self, frame: ServerFrame) -> None:
        match frame:
            case Welcome():
                if self.view != frame.view:  # another seat, another feed with numbers of its own
                    self.view, self.n = frame.view, 0
                    self.held.clear()
            case Snapshot():
                if frame.first:
                    self.held.clear()
                self._keep(frame.items)
                if not frame.more:
                    if frame.n < self.n:
                        self.faults.append(f"the view went back from {self.n} to {frame.n}")
                    self.n = frame.n
                    self._say_ack()
            case Feed():
                if frame.a != self.n + 1:
                    self.faults.append(f"feed {frame.a}..{frame.b} after {self.n}")
                self._keep(frame.items)
                self.n = frame.b
                self._say_ack()
            case Reject() if frame.id is None:
                raise AssertionError(f"{self.name} sent what cannot be read: {frame}")
            case AckOut() | Reject():
                self._answers[frame.id or ""] = frame
            case Bye():
                if frame.code in FINAL:
                    self.faults.append(f"shown the door: {frame.code} {frame.reason}")
                raise LineDead(f"bye {frame.code}")
            case _:
                pass

    def _say_ack(self) -> None:
        if self._socket is not None:
            self._socket.send(json.dumps({"t": "ack", "n": self.n}))

    def _keep(self, items: Any) -> None:
        for item in items:
            self.held[item.k, item.id] = json.loads(bytes(item.v))
