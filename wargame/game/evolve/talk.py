"""Fold facts about rooms, messages and what was read or opened. Of a message only its number stays, or its pin."""

from msgspec.structs import replace

from wargame.game.events import ItemOpened, MessagePinned, MessagePosted, Recorded, RoomOpened, RoomWasRead
from wargame.game.evolve.base import drop, put
from wargame.game.state import INJECTS_REMEMBERED, Spill, State


def room_opened(state: State, fact: RoomOpened, recorded: Recorded) -> State:
    """Add a room."""
    return replace(state, rooms=put(state.rooms, fact.room.id, fact.room))


def message_posted(state: State, fact: MessagePosted, recorded: Recorded) -> State:
    """Count the message; whoever writes has read up to it. One off a slow line moves no mark: its writer was away."""
    room = replace(state.rooms[fact.room], last=fact.number)
    reads, spills = state.reads, state.spills
    if not fact.held:
        reads = put(reads, room.id, put(reads.get(room.id, {}), fact.seat, fact.number))
    for line in fact.spills:
        before = spills[line].count if line in spills else 0
        spills = put(spills, line, Spill(room=room.id, number=fact.number, count=before + 1))
    held = drop(state.held, fact.held) if fact.held else state.held
    return replace(state, rooms=put(state.rooms, room.id, room), reads=reads, spills=spills, held=held)


def message_pinned(state: State, fact: MessagePinned, recorded: Recorded) -> State:
    """Keep which messages of a room are pinned, in the order in which they were."""
    room = state.rooms[fact.room]
    rest = tuple(number for number in room.pinned if number != fact.number)
    room = replace(room, pinned=(*rest, fact.number) if fact.on else rest)
    return replace(state, rooms=put(state.rooms, room.id, room))


def room_was_read(state: State, fact: RoomWasRead, recorded: Recorded) -> State:
    """Keep how far a seat has read."""
    marks = put(state.reads.get(fact.room, {}), fact.seat, fact.upto)
    return replace(state, reads=put(state.reads, fact.room, marks))


def item_opened(state: State, fact: ItemOpened, recorded: Recorded) -> State:
    """Remember what a seat has opened, the newest few."""
    seen = (*state.opened.get(fact.seat, ()), f"{fact.kind}:{fact.key}")[-INJECTS_REMEMBERED:]
    read = state.injects_opened
    if fact.kind == "inject" and fact.key in state.injects and fact.key not in read:
        read = (*read, fact.key)
    return replace(state, opened=put(state.opened, fact.seat, seen), injects_opened=read)
