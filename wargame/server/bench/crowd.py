"""A crowd of sockets in one event loop: how long until everybody has what one of them sent.

The same crowd listens to the bare server and to ours, so that what the client costs is on both sides of the ratio.
"""

import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Self

from msgspec import Struct
from websockets.asyncio.client import ClientConnection, connect

ROUND_S = 60.0
CONNECT_AT_ONCE = 40


class Heard(Struct, frozen=True):
    """Deliveries a second with several events outstanding; one at a time, milliseconds until the last socket had it.

    `after_answer`: counted from the answer to the sender, which comes after the commit.
    """

    deliveries_per_s: float
    p50_ms: float
    p99_ms: float
    after_answer_p50_ms: float | None = None


class Crowd:
    """N listening sockets that count marked messages."""

    def __init__(self, address: str, *, size: int, hello: str | None) -> None:
        self.address, self.size, self.hello = address, size, hello
        self.counts: dict[str, int] = {}
        self.complete: dict[str, asyncio.Event] = {}
        self._stack = AsyncExitStack()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        gate = asyncio.Semaphore(CONNECT_AT_ONCE)

        async def one() -> ClientConnection:
            async with gate:
                socket = await self._stack.enter_async_context(
                    connect(self.address, compression=None, max_size=2**24, open_timeout=60, ping_interval=None)
                )
                if self.hello is not None:
                    await socket.send(self.hello)
                    while '"t":"feed"' not in (text := str(await socket.recv())) and '"more":false' not in text:
                        pass
                return socket

        sockets = await asyncio.gather(*(one() for _ in range(self.size)))
        self._tasks = [asyncio.create_task(self._listen(socket)) for socket in sockets]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._stack.aclose()

    async def _listen(self, socket: ClientConnection) -> None:
        """Count the marks in every frame and acknowledge what came."""
        async for text in socket:
            frame = str(text)
            for mark in [m for m in self.complete if m in frame]:
                self.counts[mark] = self.counts.get(mark, 0) + 1
                if self.counts[mark] == self.size:
                    self.complete[mark].set()
            if self.hello is not None and '"t":"feed"' in frame:
                await socket.send(json.dumps({"t": "ack", "n": json.loads(frame)["b"]}))

    async def measure(
        self, send: Callable[[str], Awaitable[None]], *, singles: int, loaded: int, tag: str,
        answered: Callable[[str], Awaitable[float]] | None = None,
    ) -> Heard:  # fmt: skip
        """Send marked messages one at a time, then several at once, and time until everybody has them.

        `answered` gives the moment at which the sender had its answer.
        """
        spans, after = [], []
        for number in range(singles):
            begun = time.perf_counter()
            await self._all([f"<{tag}-s{number}>"], send)
            ended = time.perf_counter()
            spans.append((ended - begun) * 1000)
            if answered is not None:
                after.append(max(0.0, ended - await answered(f"<{tag}-s{number}>")) * 1000)
        begun = time.perf_counter()
        await self._all([f"<{tag}-l{number}>" for number in range(loaded)], send)
        rate = loaded * self.size / (time.perf_counter() - begun)
        spans.sort()
        last = spans[min(len(spans) - 1, int(len(spans) * 0.99))]
        return Heard(rate, statistics.median(spans), last, statistics.median(after) if after else None)

    async def _all(self, marks: list[str], send: Callable[[str], Awaitable[None]]) -> None:
        waiting = []
        for mark in marks:
            self.complete[mark] = asyncio.Event()
            waiting.append(self.complete[mark].wait())
        for mark in marks:
            await send(mark)
        await asyncio.wait_for(asyncio.gather(*waiting), ROUND_S)
        for mark in marks:
            del self.complete[mark]
