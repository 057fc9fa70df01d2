"""Show rooms and messages to their members, injects to those they were sent to, and reading to the reader itself."""

from negotiation.rooms import Room, may_post
from wargame.game.entities import InjectSeen, MessageSeen, OpenedSeen, ReadSeen, RoomSeen
from wargame.game.events import InjectSent, ItemOpened, MessagePosted, Recorded, RoomOpened, RoomWasRead
from wargame.game.ids import CONTROL, View
from wargame.game.state import State
from wargame.game.visibility.base import Disclosure, Rows, everyone, onlookers, seats_and_control, show


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
    )


def room_rows(state: State, room: Room) -> Rows:
    """Yield a room to its readers."""
    for view in room_readers(state, room):
        yield Disclosure(view, "room", room.id, room_seen(room, view))


def room_opened(recorded: Recorded, fact: RoomOpened, before: State, after: State) -> Rows:
    """Yield the new room."""
    return room_rows(after, fact.room)


def message_posted(recorded: Recorded, fact: MessagePosted, before: State, after: State) -> Rows:
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
    )
    yield from show(room_readers(after, room), "message", seen.id, seen)
    yield from room_rows(after, room)
    if fact.seat in after.seats:
        yield from _read_row(fact.room, fact.seat, fact.number)


def room_was_read(recorded: Recorded, fact: RoomWasRead, before: State, after: State) -> Rows:
    """Yield a reading mark to the reader and Control; the others do not learn that they are being read."""
    return _read_row(fact.room, fact.seat, fact.upto)


def _read_row(room: str, seat: str, upto: int) -> Rows:
    return show(seats_and_control([seat]), "read", f"{room}:{seat}", ReadSeen(room=room, seat=seat, upto=upto))


def item_opened(recorded: Recorded, fact: ItemOpened, before: State, after: State) -> Rows:
    """Yield that a seat opened what it was sent."""
    seen = OpenedSeen(kind=fact.kind, key=fact.key, seat=fact.seat, at_ms=recorded.at_ms)
    return show(seats_and_control([fact.seat]), "opened", f"{fact.kind}:{fact.key}:{fact.seat}", seen)


def inject_sent(recorded: Recorded, fact: InjectSent, before: State, after: State) -> Rows:
    """Yield an inject to those it was sent to; what every seat gets is public news."""
    seen = InjectSeen(
        id=fact.inject,
        source=fact.source,
        to=fact.to,
        title=fact.title,
        text=fact.text,
        precedence=fact.precedence,
        turn=after.turn,
        game_date=recorded.game_date,
        at_ms=recorded.at_ms,
    )
    yield from show(seats_and_control(fact.to), "inject", fact.inject, seen)
    if set(fact.to) == set(after.seats):
        yield from show(onlookers(), "inject", fact.inject, seen)
