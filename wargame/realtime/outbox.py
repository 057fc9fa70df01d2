"""What one socket still has to get, in bounded memory, without ever making another socket wait.

One sender at a time: a send is either made at once (and finishes without waiting) or is the writer's.
`push` and `say` never wait and never raise. A reader that falls behind loses its queue, not its place:
the rows stay in the store and are read again from `last` once it has acknowledged what it was sent.
"""

import asyncio
import logging
import types
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any

from wargame.realtime.bounds import Bounds
from wargame.realtime.frames_out import Frame, Message

log = logging.getLogger(__name__)
Send = Callable[[Message], Coroutine[Any, Any, None]]


def step(send: Coroutine[Any, Any, None]) -> Awaitable[None] | None:
    """Run a coroutine to its first real wait: None if it has finished, else an awaitable for the rest."""
    try:
        waiting_for = send.send(None)
    except StopIteration:
        return None

    @types.coroutine
    def rest(waiting: Any) -> Generator[Any, Any, None]:
        while True:
            try:
                value = yield waiting
            except BaseException as error:  # noqa: BLE001 - handed into the coroutine, which may raise it again
                try:
                    waiting = send.throw(error)
                except StopIteration:
                    return
            else:
                try:
                    waiting = send.send(value)
                except StopIteration:
                    return

    return rest(waiting_for)


class Outbox:
    """The bounded way out of one socket.

    `last` is the newest n handed to the transport. While `joining`, pushed frames are skipped, since the
    catch-up reads them from the store. `on_resync` starts a catch-up; `on_evict` says goodbye.
    """

    def __init__(
        self, send: Send, *, bounds: Bounds, on_resync: Callable[[], None], on_evict: Callable[[int, str], None]
    ) -> None:  # fmt: skip
        """Start empty and joining."""
        self.send, self.bounds, self.on_resync, self.on_evict = send, bounds, on_resync, on_evict
        self.last = 0
        self.joining, self.closing = True, False
        self._unacked: deque[tuple[int, int]] = deque()
        self._debt = 0
        self._queue: deque[Frame] = deque()
        self._queued = 0
        self._loose: deque[Message] = deque()
        self._lag: asyncio.TimerHandle | None = None
        self._writer: asyncio.Task[None] | None = None
        self._wake, self._drained = asyncio.Event(), asyncio.Event()

    # --- what the hub and the consumer call -------------------------------------------------------------------
    def push(self, frame: Frame) -> None:
        """Take a frame of the feed; skip, trim or ask for a resync where it does not follow on."""
        if self.joining or self._lag or self.closing:
            return
        tip = self._queue[-1].b if self._queue else self.last
        if frame.b <= tip:
            return
        if frame.a > tip + 1:
            self.resync()
        else:
            self._put(frame if frame.a == tip + 1 else frame.after(tip))

    def say(self, message: Message) -> None:
        """Send a frame outside the feed: an answer, a head. Never counted as debt."""
        if self.closing:
            return
        if self._writer is None:
            self._send_now(message)
        elif len(self._loose) >= self.bounds.loose_frames:
            self.on_evict(4408, "socket.too_slow")
        else:
            self._loose.append(message)
            self._wake.set()

    def ack(self, n: int) -> None:
        """Take the reader's word that everything up to n has arrived. A number never sent frees nothing."""
        if n > self.last:
            return
        while self._unacked and self._unacked[0][0] <= n:
            self._debt -= self._unacked.popleft()[1]
        self._wake.set()
        self._drained.set()
        if self._lag and not self._unacked:
            self._lag.cancel()
            self._lag = None
            self.resync()

    def resync(self) -> None:
        """Forget what waits and read on from the store."""
        self._clear()
        self.joining = True
        self.on_resync()

    def restart(self, cursor: int) -> None:
        """Begin another feed (another view) from a cursor: what was owed there is forgotten."""
        self._clear()
        self._unacked.clear()
        self._debt, self.last, self.joining = 0, cursor, True
        if self._lag:
            self._lag.cancel()
            self._lag = None

    async def feed(self, frame: Frame) -> None:
        """Send a frame of a catch-up: wait until all before it is with the transport and the reader keeps up."""
        async with asyncio.timeout(self.bounds.grace_s):
            while (self._queue or self._writer or not self._fits(frame)) and not self.closing:
                self._drained.clear()
                await self._drained.wait()
        if not self.closing:
            self._put(frame)

    def close(self) -> None:
        """Stop everything; nothing is sent any more."""
        self.closing = True
        self._clear()
        self._loose.clear()
        self._drained.set()
        if self._lag:
            self._lag.cancel()
        if self._writer:
            self._writer.cancel()

    @property
    def owed(self) -> tuple[int, int]:
        """Return (frames, bytes) held for this socket: sent and unacknowledged, and waiting."""
        return len(self._unacked) + len(self._queue), self._debt + self._queued

    # --- inside -----------------------------------------------------------------------------------------------
    def _fits(self, frame: Frame) -> bool:
        if frame.snapshot or not self._unacked:
            return True
        bounds = self.bounds
        return len(self._unacked) < bounds.debt_frames and self._debt + frame.size <= bounds.debt_bytes

    def _put(self, frame: Frame) -> None:
        if self._writer is None and not self._queue and self._fits(frame):
            self._mark(frame)
            self._send_now(frame.message)
        elif len(self._queue) >= self.bounds.queue_frames or self._queued + frame.size > self.bounds.queue_bytes:
            self._fall_behind()
        else:
            self._queue.append(frame)
            self._queued += frame.size
            self._start()

    def _mark(self, frame: Frame) -> None:
        self.last = frame.b
        self._unacked.append((frame.b, frame.size))
        self._debt += frame.size

    def _send_now(self, message: Message) -> None:
        try:
            rest = step(self.send(message))
        except Exception:  # noqa: BLE001 - a socket that has just gone; one socket must not stop the hub
            self.closing = True
            return
        if rest is not None:
            self._start(rest)

    def _start(self, rest: Awaitable[None] | None = None) -> None:
        if self._writer is None:
            self._writer = asyncio.create_task(self._write(rest))

    async def _write(self, rest: Awaitable[None] | None) -> None:
        try:
            if rest is not None:
                await rest
            while not self.closing and (self._loose or self._queue):
                if self._loose:
                    await self.send(self._loose.popleft())
                elif not self._fits(self._queue[0]):
                    self._wake.clear()
                    await asyncio.wait_for(self._wake.wait(), self.bounds.grace_s)
                else:
                    frame = self._take()
                    self._mark(frame)
                    await self.send(frame.message)
        except TimeoutError:
            self.on_evict(4408, "socket.too_slow")
        except Exception:  # noqa: BLE001 - the transport has gone; disconnect follows
            self.closing = True
        finally:
            self._writer = None
            self._drained.set()

    def _take(self) -> Frame:
        """Take the next frame, merged with those behind it as far as bounds allow."""
        first = self._queue.popleft()
        some, size, count = [first], first.size, len(first.items)
        while self._queue and not first.snapshot and not self._queue[0].snapshot:
            following = self._queue[0]
            count += len(following.items)
            over = size + following.size > self.bounds.merge_bytes or count > self.bounds.merge_items
            if over or self._debt + size + following.size > self.bounds.debt_bytes:
                break
            size += following.size
            some.append(self._queue.popleft())
        self._queued -= size
        return first if len(some) == 1 else Frame(first.a, some[-1].b, [item for frame in some for item in frame.items])

    def _fall_behind(self) -> None:
        log.info("socket.lagging last=%d", self.last)
        self._clear()
        loop = asyncio.get_running_loop()
        self._lag = loop.call_later(self.bounds.grace_s, self.on_evict, 4408, "socket.too_slow")

    def _clear(self) -> None:
        self._queue.clear()
        self._queued = 0
