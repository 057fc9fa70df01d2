"""Fold facts about rooms, messages and what was read or opened. Of a message only its number stays."""

from msgspec.structs import replace

from wargame.game.events import ItemOpened, MessagePosted, Recorded, RoomOpened, RoomWasRead
from wargame.game.evolve.base import put
from wargame.game.state import INJECTS_REMEMBERED, State


def room_opened(state: State, fact: RoomOpened, recorded: Recorded) -> State:
    """Add a room."""
    return replace(state, rooms=put(state.rooms, fact.room.id, fact.room))


def message_posted(state: State, fact: MessagePosted, recorded: Recorded) -> State:
    """Count the message; whoever writes has read up to it."""
    room = replace(state.rooms[fact.room], last=fact.number)
    reads = put(state.reads, room.id, put(state.reads.get(room.id, {}), fact.seat, fact.number))
    return replace(state, rooms=put(state.rooms, room.id, room), reads=reads)


def room_was_read(state: State, fact: RoomWasRead, recorded: Recorded) -> State:
    """Keep how far a seat has read."""
    marks = put(state.reads.get(fact.room, {}), fact.seat, fact.upto)
    return replace(state, reads=put(state.reads, fact.room, marks))


def item_opened(state: State, fact: ItemOpened, recorded: Recorded) -> State:
    """Remember what a seat has opened, the newest few."""
    seen = (*state.opened.get(fact.seat, ()), f"{fact.kind}:{fact.key}")[-INJECTS_REMEMBERED:]
    return replace(state, opened=put(state.opened, fact.seat, seen))
