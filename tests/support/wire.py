"""A client of the public wire, for tests over real servers: HTTP for the door, one WebSocket, an entity store.

Decodes every frame with the published types, so a frame the protocol does not know fails the test that receives it.
"""

from __future__ import annotations

import contextlib
import http.cookiejar
import itertools
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import msgspec
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from wargame.protocol.frames import AckOut, Bye, Feed, Reject, ServerFrame, Snapshot, Welcome

DECODER = msgspec.json.Decoder(ServerFrame)


class Browser:
    """Ask a server over HTTP as one browser does: with cookies, and with the Origin of its own pages."""

    def __init__(self, url: str) -> None:
        """Start without a cookie."""
        self.url = url
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), _NoRedirect()
        )

    def ask(self, path: str, body: object | None = None) -> tuple[int, Any]:
        """Return status and JSON of an answer."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Origin": self.url} if data is not None else {}
        request = urllib.request.Request(f"{self.url}{path}", data=data, headers=headers)
        try:
            with self.opener.open(request, timeout=20) as answer:
                return int(answer.status), _read(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, _read(error.read())

    def done(self, path: str, body: object | None = None) -> Any:
        """Return the JSON of an answer that must be a good one."""
        status, answer = self.ask(path, body)
        assert status in {200, 201, 302}, f"{path}: {status} {answer}"
        return answer


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def _read(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text.decode(errors="replace")


class Player:
    """Sit at a WebSocket with a token, keep the newest value of every entity, and send commands."""

    numbers = itertools.count(1)

    def __init__(self, url: str, game: str, token: str, *, name: str = "p") -> None:
        """Connect, say hello and read up to the head."""
        self.game, self.token, self.name = game, token, name
        self.items: dict[tuple[str, str], Any] = {}
        self.n = 0
        self.numbers_seen: list[int] = []
        self.answers: dict[str, AckOut | Reject] = {}
        self.bye: Bye | None = None
        self.welcome: Welcome | None = None
        self.socket: ClientConnection | None = None
        self.stack = contextlib.ExitStack()
        self.open(url)

    def open(self, url: str) -> None:
        """Connect (again), with the cursor where this client stands."""
        address = f"{url.replace('http', 'ws', 1)}/ws/game/{self.game}"
        self.welcome = None
        self.stack.close()
        self.socket = self.stack.enter_context(connect(address, max_size=2**24, open_timeout=20, compression=None))
        self._send({"t": "hello", "cursor": self.n, "token": self.token})
        self.until(lambda: self.welcome is not None and self.n >= self.welcome.head, what="the first state")

    def close(self) -> None:
        """Hang up."""
        self.stack.close()

    def get(self, kind: str, key: str) -> Any:
        """Return the newest value of an entity, or None."""
        return self.items.get((kind, key))

    def all(self, kind: str) -> list[Any]:
        """Return the newest values of a kind."""
        return [value for (known, _), value in self.items.items() if known == kind]

    def do(self, name: str, **args: Any) -> AckOut:
        """Send a command that must be accepted."""
        answer = self.try_to(name, **args)
        assert isinstance(answer, AckOut), f"{name} was refused: {answer}"
        return answer

    def try_to(self, name: str, *, command_id: str | None = None, **args: Any) -> AckOut | Reject:
        """Send a command and return its answer."""
        chosen = command_id or f"{self.name}-{time.time_ns()}-{next(self.numbers)}"
        self._send({"t": "command", "id": chosen, "name": name, "args": args, "seen": self.n})
        self.until(lambda: chosen in self.answers, what=f"the answer to {name}")
        return self.answers.pop(chosen)

    def until(self, condition: Callable[[], object], *, within_s: float = 20.0, what: str = "the condition") -> None:
        """Read frames until a condition holds."""
        end = time.monotonic() + within_s
        while not condition():
            if self.bye is not None:
                raise AssertionError(f"{self.name} was shown the door: {self.bye}")
            if time.monotonic() > end:
                raise AssertionError(f"{self.name}: {what} did not come within {within_s:g} s (n={self.n})")
            self._read_one(min(0.25, max(0.01, end - time.monotonic())))

    def _send(self, frame: dict[str, Any]) -> None:
        assert self.socket is not None
        self.socket.send(json.dumps(frame))

    def _read_one(self, wait_s: float) -> None:
        assert self.socket is not None
        try:
            text = self.socket.recv(timeout=wait_s)
        except TimeoutError:
            return
        except ConnectionClosed as closed:
            raise AssertionError(f"{self.name}: the server closed the socket ({closed})") from closed
        self._take(DECODER.decode(text))

    def _take(self, frame: ServerFrame) -> None:
        match frame:
            case Welcome():
                self.welcome = frame
            case Snapshot():
                if frame.first:
                    self.items.clear()
                self._keep(frame.items)
                if not frame.more:
                    self.n = frame.n
                    self._send({"t": "ack", "n": self.n})
            case Feed():
                assert frame.a == self.n + 1, f"a gap: {frame.a} after {self.n}"
                self._keep(frame.items)
                self.numbers_seen += range(frame.a, frame.b + 1)
                self.n = frame.b
                self._send({"t": "ack", "n": self.n})
            case AckOut() | Reject():
                self.answers[frame.id or ""] = frame
            case Bye():
                self.bye = frame
            case _:
                pass

    def _keep(self, items: Any) -> None:
        for item in items:
            value = json.loads(bytes(item.v))
            if value is None:
                self.items.pop((item.k, item.id), None)
            else:
                self.items[item.k, item.id] = value


def join(url: str, code: str, name: str) -> tuple[str, str]:
    """Join by code as a new person; return the game and the token."""
    answer = Browser(url).done("/api/join", {"code": code, "name": name})
    return str(answer["game"]), str(answer["token"])
