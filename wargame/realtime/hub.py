"""One hub a process and event loop: hears the doorbell, reads each advanced view once, hands frames to its sockets.

It holds the only layer channel of the process. A room is a view of a game with the sockets that look
through it. A room subscribes before it reads its head, so nothing falls between. Lost rings are made good
by reading the heads of live games every second. No socket can stop it: `push` neither waits nor raises.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer

from wargame.clock import utc_ms
from wargame.doorbell import group_of, listen_here, stop_listening_here
from wargame.play.access import Entry
from wargame.play.answers import Refused
from wargame.protocol.frames import Head, PresenceSeen, WriterSeen, WritingOut
from wargame.realtime import bounds as bound_values
from wargame.realtime.bounds import Bounds
from wargame.realtime.frames_out import Message, say
from wargame.realtime.outbox import Outbox
from wargame.realtime.reads import People, Round, ViewKey, read_people, read_presence, read_round, write_heartbeats
from wargame.realtime.threads import run_read
from wargame.realtime.writing import read_writers
from wargame.store.feed import Standing, standings
from wargame.timers.presence import sweep_presence
from wargame.timers.services import sweep_due_timers

log = logging.getLogger(__name__)
TURNS = 250
"""Sockets served before other tasks of the loop get a turn."""


class Member(Protocol):
    """A socket as the hub knows it."""

    entry: Entry
    outbox: Outbox
    rests: bool

    def people_changed(self, now: Entry | Refused) -> None:
        """Take notice of what the person has become."""


class Room:
    """A view of a game and the local sockets that look through it. `head`: everything up to it was pushed."""

    def __init__(self, key: ViewKey) -> None:
        """Start without sockets."""
        self.key = key
        self.sockets: set[Member] = set()
        self.head = self.seen = 0
        self.writers: tuple[WriterSeen, ...] = ()
        self.opening: asyncio.Task[None] | None = None


class Hub:
    """The registry of this process's sockets and the tasks that feed them."""

    def __init__(self, bounds: Bounds) -> None:
        """Make an idle hub; `start` sets it going."""
        self.bounds = bounds
        self.rooms: dict[ViewKey, Room] = {}
        self.epochs: dict[str, int] = {}
        self.presence: dict[str, tuple[PresenceSeen, ...]] = {}
        self.counts = {"rings": 0, "rounds": 0, "repaired": 0, "restarts": 0}
        self._alive: dict[str, set[str]] = {}
        self._dirty: set[ViewKey] = set()
        self._changed: set[str] = set()
        self._work = asyncio.Event()
        self._rests = False
        self._look_for_writers = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._channel = ""
        self._layer: Any = get_channel_layer()

    # --- sockets ----------------------------------------------------------------------------------------------
    async def join(self, socket: Member) -> Room:
        """Put a socket into the room of its view and return the room once its head is known."""
        key = (socket.entry.game, socket.entry.view)
        room = self.rooms.setdefault(key, Room(key))
        room.sockets.add(socket)
        self._rests = self._rests or socket.rests
        if room.opening is None or (room.opening.done() and room.opening.exception()):
            room.opening = asyncio.create_task(self._open(room))
        await asyncio.shield(room.opening)
        return room

    async def leave(self, socket: Member, room: Room) -> None:
        """Take a socket out of a room; the last one of a game turns the light off."""
        room.sockets.discard(socket)
        if room.sockets or self.rooms.get(room.key) is not room:
            return
        del self.rooms[room.key]
        game = room.key[0]
        if not any(other == game for other, _ in self.rooms):
            self.epochs.pop(game, None)
            self.presence.pop(game, None)
            await self._layer.group_discard(group_of(game), self._channel)
            if any(other == game for other, _ in self.rooms):  # somebody came while we left
                await self._layer.group_add(group_of(game), self._channel)

    def heard_from(self, entry: Entry) -> None:
        """Note that a person's socket lives."""
        self._alive.setdefault(entry.game, set()).add(entry.person)

    def head_message(self, room: Room) -> Message:
        """Return the head frame of a room."""
        return say(Head(n=room.head, server_ms=utc_ms(), presence=self.presence.get(room.key[0], ())))

    def writing_message(self, room: Room) -> Message:
        """Return who is writing, as a room may know it."""
        return say(WritingOut(who=room.writers))

    # --- life -------------------------------------------------------------------------------------------------
    async def start(self) -> None:
        """Take a layer channel and start the tasks."""
        self._channel = await self._layer.new_channel("hub")
        listen_here(asyncio.get_running_loop())
        for work in (self._listen, self._flush, self._poll, self._beat):
            self._keep(work)

    async def stop(self) -> None:
        """End the tasks (tests; a process just ends)."""
        stop_listening_here(asyncio.get_running_loop())
        tasks, self._tasks = self._tasks, set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _keep(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run a task for ever; one that fails is logged, counted and started again."""

        async def run() -> None:
            while True:
                try:
                    await work()
                except Exception:
                    self.counts["restarts"] += 1
                    log.exception("hub.restarted task=%s", work.__name__)
                    await asyncio.sleep(0.1)

        task = asyncio.get_running_loop().create_task(run())
        self._tasks.add(task)

    # --- the tasks --------------------------------------------------------------------------------------------
    async def _open(self, room: Room) -> None:
        game, view = room.key
        await self._layer.group_add(group_of(game), self._channel)
        standing = (await run_read(standings, [game])).get(game, Standing({}, 0))
        room.head = room.seen = max(room.head, standing.heads.get(view, 0))
        self._note(game, standing)

    async def _listen(self) -> None:
        while True:
            bell = await self._layer.receive(self._channel)
            self.counts["rings"] += 1
            self._note(bell["game"], Standing(bell["heads"], bell["epoch"]))

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(self.bounds.poll_s)
            games = {game for game, _ in self.rooms}
            if games:
                for game, standing in (await run_read(standings, games)).items():
                    self.counts["repaired"] += self._note(game, standing)
                await run_read(sweep_due_timers, now_ms=utc_ms(), games=games)
                await run_read(sweep_presence, now_ms=utc_ms(), games=games)
                self._look_for_writers = True
                self._work.set()

    async def _flush(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            started = asyncio.get_running_loop().time()
            found = await self._read()
            self._tell_people(await self._people_of(found))  # first: who has left hears nothing of what came after
            pushed = 0
            for key, frames in found.frames.items():
                if room := self.rooms.get(key):
                    fresh = [frame for frame in frames if frame.b > room.head]
                    room.head = max(room.head, frames[-1].b)
                    for socket in tuple(room.sockets):
                        for frame in fresh:
                            socket.outbox.push(frame)
                        pushed += 1
                        if pushed % TURNS == 0:
                            await asyncio.sleep(0)
                    if room.head < room.seen:
                        self._mark(key)
            if self._look_for_writers:
                self._look_for_writers = False
                await self._tell_writers()
            await self._rest(asyncio.get_running_loop().time() - started)

    async def _beat(self) -> None:
        """Write heartbeats, read presence, and send every socket a head in its turn."""
        ticks = 0
        while True:
            await asyncio.sleep(self.bounds.presence_s)
            ticks += 1
            alive, self._alive = self._alive, {}
            now = utc_ms()
            if alive:
                await run_read(write_heartbeats, alive, now_ms=now)
            games = {game for game, _ in self.rooms}
            if not games:
                continue
            expires = self.bounds.presence_expires_ms
            self.presence = await run_read(read_presence, games, now_ms=now, expires_ms=expires)
            every = max(1, round(self.bounds.head_s / self.bounds.presence_s))
            for room in tuple(self.rooms.values()):
                if hash(room.key) % every == ticks % every:
                    message = self.head_message(room)
                    for socket in tuple(room.sockets):
                        socket.outbox.say(message)

    # --- inside -----------------------------------------------------------------------------------------------
    def _note(self, game: str, standing: Standing) -> int:
        """Note where a game stands; return how many of our rooms that is news to."""
        news = 0
        for view, n in standing.heads.items():
            room = self.rooms.get((game, view))
            if room and n > room.seen:
                room.seen = n
                self._mark(room.key)
                news += 1
        if standing.epoch > self.epochs.get(game, -1):
            if game in self.epochs:
                self._changed.add(game)
                self._work.set()
            self.epochs[game] = standing.epoch
        return news

    def _mark(self, key: ViewKey) -> None:
        self._dirty.add(key)
        self._work.set()

    async def _read(self) -> Round:
        """Read for all dirty rooms in one thread hop; what a failing read was about stays dirty."""
        dirty, self._dirty = self._dirty, set()
        cursors = {key: self.rooms[key].head for key in dirty if key in self.rooms}
        self.counts["rounds"] += 1
        try:
            return await run_read(read_round, cursors, self.bounds)
        except Exception:
            self._dirty |= dirty
            self._work.set()
            raise

    async def _people_of(self, found: Round) -> People:
        """Return what the people of games whose epoch has moved are now; a failing read is made again."""
        for game, epoch in found.epochs.items():
            if epoch > self.epochs.get(game, -1):
                self.epochs[game] = epoch
                self._changed.add(game)
        changed, self._changed = self._changed, set()
        people = {
            (room.key[0], socket.entry.person)
            for room in self.rooms.values() if room.key[0] in changed
            for socket in room.sockets
        } if changed else set()  # fmt: skip
        try:
            return await run_read(read_people, sorted(people)) if people else {}
        except Exception:
            self._changed |= changed
            self._dirty |= set(found.frames)
            self._work.set()
            raise

    def _tell_people(self, people: People) -> None:
        if not people:
            return
        for room in tuple(self.rooms.values()):
            for socket in tuple(room.sockets):
                now = people.get((room.key[0], socket.entry.person))
                if now is not None:
                    socket.people_changed(now)

    async def _tell_writers(self) -> None:
        """Tell each room who is writing in the drafts it sees, where that has changed.

        A game whose people have changed since they were last told waits for the next look: who has left hears nothing.
        """
        found = await run_read(read_writers, {game for game, _ in self.rooms}, now_ms=utc_ms())
        for room in tuple(self.rooms.values()):
            game = room.key[0]
            now = found.seen.get(room.key, ())
            moved = game in self._changed or found.epochs.get(game, -1) > self.epochs.get(game, -1)
            if now != room.writers and not (now and moved):
                room.writers = now
                message = self.writing_message(room)
                for socket in tuple(room.sockets):
                    socket.outbox.say(message)

    async def _rest(self, took: float) -> None:
        """Let Daphne write: it sends in the next turn of the loop, and all frames of a turn in one write."""
        if self._rests:
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            await asyncio.sleep(min(max(0.25 * took, 0.0002), 0.01))


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Task[Hub]] = WeakKeyDictionary()


async def hub_here(bounds: Bounds | None = None) -> Hub:
    """Return the hub of the running loop, started; `bounds` count for the first to ask."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = loop.create_task(_started(bounds))
    return await asyncio.shield(_hubs[loop])


async def _started(bounds: Bounds | None) -> Hub:
    hub = Hub(bounds or bound_values.BOUNDS)
    await hub.start()
    return hub
