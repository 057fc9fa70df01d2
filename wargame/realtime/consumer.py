"""The one consumer: decode a frame, call one function, reply. It knows no rule and never waits for the database itself.

A frame that cannot be read is refused with the place where it went wrong; the socket stays open. The
server says `bye` before it closes, since a close reason does not reach every client.
"""

import asyncio
import logging
from typing import Any

from channels.consumer import AsyncConsumer

from wargame.clock import utc_ms
from wargame.game.ids import PUBLIC
from wargame.play.access import Entry, access_by_person
from wargame.play.answers import Accepted, ActorRef, Refused
from wargame.play.handle import handle
from wargame.protocol.frames import (
    AckIn,
    AckOut,
    Bye,
    Claim,
    ClientFrame,
    CommandIn,
    Hello,
    Ping,
    Reject,
    Welcome,
    WritingIn,
)
from wargame.realtime.bucket import Bucket
from wargame.realtime.catchup import catch_up
from wargame.realtime.entrance import enter
from wargame.realtime.frames_in import Unread, read_frame
from wargame.realtime.frames_out import say
from wargame.realtime.hub import Hub, Room, hub_here
from wargame.realtime.outbox import Outbox, step
from wargame.realtime.threads import run_db
from wargame.realtime.transport import cut, is_daphne
from wargame.realtime.writing import note_writing
from wargame.timers.services import fire_due

log = logging.getLogger(__name__)
CLOSE_CODES = {"access.removed": 4403, "access.denied": 4403, "access.not_found": 4404, "access.origin": 4403}
ACK_COST = 0.05
"""A reader may acknowledge every frame of a busy game without running out of words."""


class GameConsumer(AsyncConsumer):
    """One socket of one reader of one game."""

    entry: Entry
    hub: Hub
    room: Room | None = None
    welcomed = False
    joiner: asyncio.Task[None] | None = None

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Serve the socket until it goes. The loop is our own: no layer channel a socket, no thread hop a message."""
        self.game: str = scope["url_route"]["kwargs"]["game"]
        self.headers = {name.decode("latin1").lower(): value.decode("latin1") for name, value in scope["headers"]}
        self.base_send, self.rests = send, is_daphne(send)
        self.hub = await hub_here()
        bounds = self.hub.bounds
        loop = asyncio.get_running_loop()
        self.outbox = Outbox(send, bounds=bounds, on_resync=self.catch_up, on_evict=self.evict)
        self.bucket = Bucket(rate=bounds.frames_per_s, burst=bounds.frames_burst, now=loop.time())
        late = loop.call_later(bounds.hello_s, self._too_late)
        try:
            while (message := await receive())["type"] != "websocket.disconnect":
                if message["type"] == "websocket.connect":
                    await send({"type": "websocket.accept"})
                elif not self.outbox.closing:
                    await self._receive(message)
        finally:
            late.cancel()
            self.outbox.close()
            if self.joiner:
                self.joiner.cancel()
            if self.room:
                await self.hub.leave(self, self.room)

    # --- in ---------------------------------------------------------------------------------------------------
    async def _receive(self, message: dict[str, Any]) -> None:
        frame = read_frame(message.get("text"), limit=self.hub.bounds.inbound_bytes)
        if not self._affordable(ACK_COST if isinstance(frame, AckIn) else 1.0):
            return
        if isinstance(frame, Unread):
            self._reject(frame.id, frame.why)
        else:
            await self._take(frame)

    async def _take(self, frame: ClientFrame) -> None:
        if isinstance(frame, Hello) == self.welcomed:
            self._reject(frame.id if isinstance(frame, CommandIn) else None, Refused("frame.order"))
            return
        if self.welcomed:
            self.hub.heard_from(self.entry)
        match frame:
            case Hello():
                await self._hello(frame)
            case CommandIn():
                await self._command(frame)
            case AckIn():
                self.outbox.ack(frame.n)
            case Ping():
                if self.room:
                    self.outbox.say(self.hub.head_message(self.room))
            case Claim():
                await self._guard(None, run_db(fire_due, self.game, now_ms=utc_ms()))
            case WritingIn():
                await self._guard(None, run_db(note_writing, self.entry, frame, now_ms=utc_ms()))

    async def _hello(self, hello: Hello) -> None:
        entry = await self._guard(None, run_db(enter, self.game, hello, self.headers))
        if isinstance(entry, Refused):
            self.evict(CLOSE_CODES.get(entry.code, 4401), entry.code)
        elif entry is not None:
            self.welcomed = True
            await self._look(entry, cursor=hello.cursor)

    async def _command(self, frame: CommandIn) -> None:
        if self.entry.read_only:
            self._reject(frame.id, Refused("access.read_only"))
            return
        answer = await self._guard(frame.id, run_db(
            handle, self.game, actor=ActorRef.of_person(self.entry.person), command_id=frame.id, name=frame.name,
            args=bytes(frame.args), now_ms=utc_ms(),
        ))  # fmt: skip
        if isinstance(answer, Accepted):
            self.outbox.say(say(AckOut(id=frame.id, n=answer.n)))
        elif answer is not None:
            self._reject(frame.id, answer)

    # --- the view ---------------------------------------------------------------------------------------------
    async def _look(self, entry: Entry, *, cursor: int) -> None:
        """Look through a view from now on: join its room, say so, and catch up."""
        if self.joiner:
            self.joiner.cancel()
        if self.room:
            await self.hub.leave(self, self.room)
        self.entry = entry
        self.outbox.restart(cursor)
        self.hub.heard_from(entry)
        self.room = await self.hub.join(self)
        self.outbox.say(say(Welcome(
            game=entry.game, view=entry.view, person=entry.person, role=entry.role,  # type: ignore[arg-type]
            seat=entry.seat, read_only=entry.read_only, head=self.room.head, server_ms=utc_ms(),
        )))  # fmt: skip
        if self.room.writers:
            self.outbox.say(self.hub.writing_message(self.room))
        self.catch_up()
        now = await self._guard(None, run_db(access_by_person, entry.game, person=entry.person))
        if now is not None and self.entry is entry:  # what happened between the check and the room the hub told others
            self.people_changed(now)

    def catch_up(self) -> None:
        """Read on from the store until level with the room (first load, reconnect and repair alike)."""
        if self.room and not self.outbox.closing:
            self.joiner = asyncio.get_running_loop().create_task(
                catch_up(self.room, self.entry, self.outbox, self.evict)
            )

    def people_changed(self, now: Entry | Refused) -> None:
        """Follow the person: close if they are out, change the view if they sit elsewhere."""
        if isinstance(now, Refused):
            self.evict(4403, now.code)
        elif now.link != self.entry.link:  # they were given another way in; this one is void
            self.evict(4401, "access.unknown")
        elif self.entry.read_only and now.role != "control" and self.entry.view != PUBLIC:
            self.evict(4403, "access.denied")
        elif not self.entry.read_only and (now.view, now.seat) != (self.entry.view, self.entry.seat):
            if self.joiner:
                self.joiner.cancel()
            self.outbox.restart(0)  # from this moment on nothing of the old view goes out
            self.moving = asyncio.get_running_loop().create_task(self._look(now, cursor=0))

    # --- out --------------------------------------------------------------------------------------------------
    def _reject(self, frame_id: str | None, why: Refused) -> None:
        self.outbox.say(say(Reject(id=frame_id, code=why.code, params=why.params)))

    def _affordable(self, cost: float) -> bool:
        now = asyncio.get_running_loop().time()
        if self.bucket.take(now=now, cost=cost):
            return True
        if self.bucket.level < -self.hub.bounds.frames_overdraft:
            self.evict(4429, "frame.too_many")
        else:
            self._reject(None, Refused("frame.too_many", {"wait_ms": self.bucket.wait_ms}))
        return False

    async def _guard(self, frame_id: str | None, work: Any) -> Any:
        """Await a call into the database; what fails there is told, logged, and does not end the socket."""
        try:
            return await work
        except Exception:
            log.exception("socket.failed game=%s", self.game)
            self._reject(frame_id, Refused("server.failed"))
            return None

    def _too_late(self) -> None:
        if not self.welcomed:
            self.evict(4401, "access.unknown")

    def evict(self, code: int, reason: str) -> None:
        """Say goodbye, close, and cut the line a moment later if it still stands."""
        if self.outbox.closing:
            return
        self.outbox.close()
        for message in (say(Bye(code=code, reason=reason)), {"type": "websocket.close", "code": code}):
            try:
                if step(self.base_send(message)) is not None:
                    break
            except Exception:  # noqa: BLE001 - it has gone by itself
                return
        asyncio.get_running_loop().call_later(self.hub.bounds.cut_s, cut, self.base_send)
