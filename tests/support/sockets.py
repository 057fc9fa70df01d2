"""A client of the game socket at the ASGI boundary: keeps what it is told, checks order, and validates every frame."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import cache as memo
from typing import Any, TypeVar

import jsonschema
import msgspec
from django.db import connections

from wargame.game import entities
from wargame.protocol.export import entities_schema, frames_schema
from wargame.realtime.bounds import BOUNDS
from wargame.realtime.hub import Hub, hub_here

T = TypeVar("T")
HOST = "game.test"


@memo
def _frames() -> Any:
    schema = {**frames_schema(), "anyOf": [{"$ref": "#/$defs/ServerFrame"}]}
    return jsonschema.Draft202012Validator(schema)


@memo
def _entity(kind: str) -> Any:
    schema = entities_schema()
    return jsonschema.Draft202012Validator({"$defs": schema["$defs"], **schema["properties"][kind]})


def check_frame(frame: dict[str, Any]) -> None:
    """Validate a frame and every value in it against the published schemas."""
    _frames().validate(frame)
    for item in frame.get("items", ()):
        assert item["k"] in entities.KINDS, item["k"]
        if item["v"] is None:
            assert frame["t"] == "feed", "only a feed can take an entity away"
        else:
            _entity(item["k"]).validate(item["v"])


class Reader:
    """One socket. `numbers` are the n of feed items as they came; `held` is the newest value per (kind, id)."""

    def __init__(
        self, game: str, *, token: str | None = None, headers: dict[str, str] | None = None, ack: bool = True
    ) -> None:
        """Prepare a socket; `open` connects it."""
        self.game, self.token, self.ack_all = game, token, ack
        self.headers = {"host": HOST, **(headers or {})}
        self.frames: list[dict[str, Any]] = []
        self.raw: list[str] = []
        self.numbers: list[int] = []
        self.held: dict[tuple[str, str], Any] = {}
        self.n = 0
        self.closed: int | None = None
        self.reading = asyncio.Event()
        self.reading.set()
        self.transport = self  # the place at which a server's own `send` offers to cut the line
        self._in: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._news = asyncio.Event()

    async def open(self, *, cursor: int = 0, hello: bool = True, as_view: str | None = None) -> "Reader":
        """Connect and say hello."""
        from wargame.server.asgi import application

        scope = {
            "type": "websocket", "path": f"/ws/game/{self.game}", "query_string": b"", "subprotocols": [],
            "headers": [(name.encode(), value.encode()) for name, value in self.headers.items()],
        }  # fmt: skip
        self._in.put_nowait({"type": "websocket.connect"})
        self.n = cursor
        self._app = asyncio.create_task(application(scope, self._in.get, self._send))
        if hello:
            said: dict[str, Any] = {"t": "hello", "cursor": cursor}
            if self.token is not None:
                said["token"] = self.token
            if as_view is not None:
                said["as_view"] = as_view
            self.say(said)
        return self

    def say(self, frame: dict[str, Any] | str) -> None:
        """Send a frame, or any text."""
        text = frame if isinstance(frame, str) else json.dumps(frame)
        self._in.put_nowait({"type": "websocket.receive", "text": text})

    def say_bytes(self, data: bytes) -> None:
        """Send a binary frame."""
        self._in.put_nowait({"type": "websocket.receive", "bytes": data})

    async def command(self, name: str, command_id: str, **args: Any) -> dict[str, Any]:
        """Give a command and return its ack or reject."""
        self.say({"t": "command", "id": command_id, "name": name, "args": args})
        return await self.until(lambda f: f["t"] in ("ack", "reject") and f["id"] == command_id)

    async def until(self, test: Callable[[dict[str, Any]], bool], *, within_s: float = 10.0) -> dict[str, Any]:
        """Return the first frame not looked at before for which the test holds."""
        async with asyncio.timeout(within_s):
            place = getattr(self, "_looked", 0)
            while True:
                while place < len(self.frames):
                    frame = self.frames[place]
                    place += 1
                    if test(frame):
                        self._looked = place
                        return frame
                self._news.clear()
                await self._news.wait()

    async def level(self, n: int, *, within_s: float = 15.0) -> None:
        """Wait until everything up to n has come."""
        async with asyncio.timeout(within_s):
            while self.n < n:
                self._news.clear()
                await self._news.wait()

    async def gone(self, *, within_s: float = 10.0) -> int:
        """Wait until the server closes, and return the code."""
        async with asyncio.timeout(within_s):
            while self.closed is None:
                self._news.clear()
                await self._news.wait()
        return self.closed

    async def close(self) -> None:
        """Drop the connection without a word."""
        self.reading.set()
        self._in.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await asyncio.wait([self._app], timeout=5)

    def abort(self) -> None:
        """Let the server cut the line, as `send.__self__.transport.abort()` does in uvicorn."""
        if self.closed is None:
            self.closed = 1006
            self._in.put_nowait({"type": "websocket.disconnect", "code": 1006})
            self._news.set()

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.close":
            self.closed = message.get("code", 1000)
            self._in.put_nowait({"type": "websocket.disconnect", "code": self.closed})
        elif message["type"] == "websocket.send":
            if not self.reading.is_set():
                await self.reading.wait()
            self._take(message["text"])
        self._news.set()

    def _take(self, text: str) -> None:
        frame = json.loads(text)
        check_frame(frame)
        self.frames.append(frame)
        self.raw.append(text)
        if frame["t"] == "welcome":
            self.view, self.head = frame["view"], frame["head"]
        elif frame["t"] == "snapshot":
            if frame["first"]:
                self.held.clear()
            self._hold(frame["items"])
            if not frame["more"]:
                self.n = frame["n"]
                self._ack()
        elif frame["t"] == "feed":
            assert frame["a"] == self.n + 1, f"gap or double: had {self.n}, got {frame['a']}..{frame['b']}"
            numbers = [item["n"] for item in frame["items"]]
            assert numbers == list(range(frame["a"], frame["b"] + 1))
            self.numbers += numbers
            self._hold(frame["items"])
            self.n = frame["b"]
            self._ack()

    def _hold(self, items: list[dict[str, Any]]) -> None:
        for item in items:
            if item["v"] is None:
                self.held.pop((item["k"], item["id"]), None)
            else:
                self.held[item["k"], item["id"]] = item["v"]

    def _ack(self) -> None:
        if self.ack_all:
            self.say({"t": "ack", "n": self.n})


async def in_thread(call: Callable[[], T]) -> T:
    """Run something that uses the database beside the loop, and close its connection."""

    def run() -> T:
        try:
            return call()
        finally:
            connections.close_all()

    return await asyncio.to_thread(run)


def live(test: Callable[[Hub], Awaitable[T]], *, within_s: float = 60, **bounds: Any) -> T:
    """Run a test in a loop of its own with its own hub, and leave nothing running."""

    async def run() -> T:
        hub = await hub_here(msgspec.structs.replace(BOUNDS, **bounds))
        try:
            async with asyncio.timeout(within_s):
                return await test(hub)
        finally:
            await hub.stop()
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

    return asyncio.run(run())
