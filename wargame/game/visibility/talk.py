"""Show rooms and messages to their members, and reading to whom the case says."""

from msgspec.structs import replace

from adjudication.scenario.schema import Scenario
from negotiation.rooms import Room, may_post
from wargame.game.entities import HeldSeen, MessageSeen, OpenedSeen, ReadSeen, RoomSeen
from wargame.game.events import (
    ItemOpened,
    MessagePinned,
    MessagePosted,
    Recorded,
    RoomOpened,
    RoomWasRead,
)
from wargame.game.ids import CONTROL, View
from wargame.game.state import Held, State
from wargame.game.visibility.base import Disclosure, Rows, everyone, seats_and_control, show


def room_readers(state: State, room: Room) -> tuple[View, ...]:
    """Return who may read a room: the press everybody, any other its members and Control."""
    return everyone(state) if room.kind == "press" else seats_and_control(room.seats)


def room_seen(room: Room, view: View) -> RoomSeen:
    """Return a room as a view may know it."""
    if view == CONTROL:
        post = room.kind in ("control", "press")
    else:
        post = view.startswith("seat:") and may_post(room, view.removeprefix("seat:"))
    return RoomSeen(
        id=room.id,
        kind=room.kind,
        title=room.title,
        seats=room.seats,
        opened_by=room.opened_by,
        last=room.last,
        may_post=post,
        closed=room.closed,
        at=room.at,
        pinned=room.pinned,
    )


def room_rows(state: State, room: Room) -> Rows:
    """Yield a room to its readers."""
    for view in room_readers(state, room):
        yield Disclosure(view, "room", room.id, room_seen(room, view))


def room_opened(recorded: Recorded, fact: RoomOpened, before: State, after: State) -> Rows:
    """Yield the new room."""
    return room_rows(after, fact.room)


def message_pinned(recorded: Recorded, fact: MessagePinned, before: State, after: State) -> Rows:
    """Yield the room with its pins to its readers."""
    return room_rows(after, after.rooms[fact.room])


def held_rows(held: Held, *, number: int = 0) -> Rows:
    """Yield a message on a slow line to its writer and Control; with its number once it is heard."""
    seen = HeldSeen(
        id=held.id, room=held.room, seat=held.seat, text=held.text, turn=held.turn, at_ms=held.at_ms,
        arrives=held.arrives, number=number,
    )  # fmt: skip
    return show(seats_and_control([held.seat]), "held", held.id, seen)


def message_posted(recorded: Recorded, fact: MessagePosted, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield the message, and the room with its new count."""
    room = after.rooms[fact.room]
    seen = MessageSeen(
        id=f"{fact.room}:{fact.number}",
        room=fact.room,
        number=fact.number,
        seat=fact.seat,
        display=fact.display,
        text=fact.text,
        audience=room.seats,
        at_ms=recorded.at_ms,
        turn=before.turn,
        game_date=recorded.game_date,
        reply_to=fact.reply_to,
        mentions=fact.mentions,
        late=bool(fact.held),
    )
    for view in room_readers(after, room):
        said = replace(seen, spoken_by=fact.spoken_by) if view == CONTROL and fact.spoken_by else seen
        yield Disclosure(view, "message", seen.id, said)
    yield from room_rows(after, room)
    if fact.held:
        yield from held_rows(before.held[fact.held], number=fact.number)
    elif fact.seat in after.seats:
        yield from _read_rows(after, scenario, fact.room, fact.seat, fact.number)


def room_was_read(recorded: Recorded, fact: RoomWasRead, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield a reading mark; the other side does not learn that it is being read, unless the case says so."""
    return _read_rows(after, scenario, fact.room, fact.seat, fact.upto)


def _read_rows(state: State, scenario: Scenario, room: str, seat: str, upto: int) -> Rows:
    told = {seat, *_shown_reading(state, scenario, state.rooms[room], seat)}
    return show(seats_and_control(told), "read", f"{room}:{seat}", ReadSeen(room=room, seat=seat, upto=upto))


def _shown_reading(state: State, scenario: Scenario, room: Room, seat: str) -> tuple[str, ...]:
    """Return the members of a room that are shown how far a seat has read (`talk.reads` of the case)."""
    if scenario.talk.reads == "reader":
        return ()
    if scenario.talk.reads == "room" or room.kind == "team":
        return room.seats
    return tuple(other for other in room.seats if state.seats[other].side == state.seats[seat].side)


def item_opened(recorded: Recorded, fact: ItemOpened, before: State, after: State) -> Rows:
    """Yield that a seat opened what it was sent."""
    seen = OpenedSeen(kind=fact.kind, key=fact.key, seat=fact.seat, at_ms=recorded.at_ms)
    return show(seats_and_control([fact.seat]), "opened", f"{fact.kind}:{fact.key}:{fact.seat}", seen)
