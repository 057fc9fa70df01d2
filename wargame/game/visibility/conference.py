"""Show a conference to those called to it and to nobody else, and a corridor to the two who stand in it."""

from negotiation.conferences import Conference
from wargame.game.entities import ConferenceSeen
from wargame.game.events import ConferenceCalled, ConferenceMoved, ConferenceSteered, Recorded
from wargame.game.state import State
from wargame.game.visibility.base import Rows, seats_and_control, show
from wargame.game.visibility.talk import room_rows


def _rows(one: Conference) -> Rows:
    seen = ConferenceSeen(
        id=one.id, room=one.room, title=one.title, seats=one.seats, called_by=one.called_by, chair=one.chair,
        starts=one.starts, ends=one.ends, agenda=one.agenda, point=one.point, state=one.state, reason=one.reason,
    )  # fmt: skip
    return show(seats_and_control(one.seats), "conference", one.id, seen)


def conference_called(recorded: Recorded, fact: ConferenceCalled, before: State, after: State) -> Rows:
    """Yield the conference and its room."""
    yield from _rows(fact.conference)
    yield from room_rows(after, fact.room)


def conference_moved(recorded: Recorded, fact: ConferenceMoved, before: State, after: State) -> Rows:
    """Yield the conference, and each room whose floor opened or closed to its own members."""
    yield from _rows(after.conferences[fact.conference])
    for key, room in after.rooms.items():
        if room.closed != before.rooms[key].closed:
            yield from room_rows(after, room)


def conference_steered(recorded: Recorded, fact: ConferenceSteered, before: State, after: State) -> Rows:
    """Yield the conference."""
    return _rows(after.conferences[fact.conference])
