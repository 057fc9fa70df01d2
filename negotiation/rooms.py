"""Own who is in a conversation, who may speak in it and how a conversation is named.

A room is a set of seats. Its id is derived from that set, never chosen by a client, so that an id can
neither collide with a room one may not know of nor be guessed into. Messages are not kept here: a room
remembers only the number of the last one.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Literal

from msgspec import Struct

RoomKind = Literal["team", "bilateral", "multi", "press", "control", "conference", "corridor"]

PRESS = "press"
PINS = 10
"""Most messages of one room that can be pinned."""
IN_PERSON: frozenset[RoomKind] = frozenset({"conference", "corridor"})
"""Rooms whose members stand in one place: what is said there is heard at once, whatever the lines."""
_LONGEST_ID = 60


class Room(Struct, frozen=True, kw_only=True):
    """A conversation: its members and the number of its last message.

    `closed`: nobody has the floor, reading goes on. `at`: the conference a corridor talk belongs to. `pinned`: numbers.
    """

    id: str
    kind: RoomKind
    title: str
    seats: tuple[str, ...]
    opened_by: str
    last: int = 0
    closed: bool = False
    at: str = ""
    pinned: tuple[int, ...] = ()


def corridor_id(conference: str, seats: Iterable[str]) -> str:
    """Return the id of the corridor talk of these seats at a conference: it tells neither."""
    names = ".".join((conference, *sorted(set(seats))))
    return f"corridor:{blake2b(names.encode(), digest_size=12).hexdigest()}"


def corridor_room(conference: str, seats: Iterable[str], *, opened_by: str) -> Room:
    """Return a side room of two who are at a conference; it lives as long as the meeting."""
    members = tuple(sorted(set(seats)))
    key = corridor_id(conference, members)
    return Room(id=key, kind="corridor", title="", seats=members, opened_by=opened_by, at=conference)


def talk_id(seats: Iterable[str]) -> str:
    """Return the id of the conversation of exactly these seats."""
    names = ".".join(sorted(set(seats)))
    if len(names) > _LONGEST_ID - len("talk:"):
        names = blake2b(names.encode(), digest_size=12).hexdigest()
    return f"talk:{names}"


def control_id(seat: str) -> str:
    """Return the id of the line between a seat and Control."""
    return f"control:{seat}"


def same_company(rooms: Iterable[Room], seats: Iterable[str]) -> Room | None:
    """Return the room whose members are exactly these seats, if there is one to talk in."""
    company = frozenset(seats)
    for room in rooms:
        if room.kind in ("team", "bilateral", "multi") and frozenset(room.seats) == company:
            return room
    return None


def talk_room(seats: Iterable[str], *, title: str, opened_by: str) -> Room:
    """Return a new conversation of these seats."""
    members = tuple(sorted(set(seats)))
    kind: RoomKind = "bilateral" if len(members) == 2 else "multi"
    return Room(id=talk_id(members), kind=kind, title=title, seats=members, opened_by=opened_by)


def may_read(room: Room, seat: str) -> bool:
    """Tell whether a seat may read a room; the press is read by all."""
    return room.kind == "press" or seat in room.seats


def may_post(room: Room, seat: str) -> bool:
    """Tell whether a seat may speak in a room now; every seat may make a statement to the press."""
    return room.kind == "press" or (seat in room.seats and not room.closed)


def may_mention(room: Room, seat: str) -> bool:
    """Tell whether somebody named in a room would hear of it."""
    return may_read(room, seat)


def built_in(*, seats: Iterable[tuple[str, str, str, str]], team_titles: dict[str, str]) -> tuple[Room, ...]:
    """Return the rooms every game opens with.

    `seats` are (id, team, side, label). A team or a side with two seats or more gets a room, the same
    company only once; each seat gets a line to Control; the press wall is everybody's.
    """
    everyone = tuple(seats)
    rooms = [Room(id=PRESS, kind="press", title="Press wall", seats=(), opened_by="control")]
    companies: set[frozenset[str]] = set()
    for prefix, column in (("team", 1), ("side", 2)):
        for name in sorted({row[column] for row in everyone}):
            members = tuple(row[0] for row in everyone if row[column] == name)
            if len(members) < 2 or frozenset(members) in companies:
                continue
            companies.add(frozenset(members))
            title = team_titles.get(name, name) if prefix == "team" else f"{name} principals"
            rooms.append(Room(id=f"{prefix}:{name}", kind="team", title=title, seats=members, opened_by="control"))
    rooms += [
        Room(id=control_id(seat), kind="control", title=f"Control and {label}", seats=(seat,), opened_by="control")
        for seat, _, _, label in everyone
    ]
    return tuple(rooms)
