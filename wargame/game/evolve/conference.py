"""Fold facts about conferences. The oldest closed ones leave the state with their rooms."""

from msgspec.structs import replace

from negotiation.conferences import Conference
from negotiation.rooms import Room
from wargame.game.events import ConferenceCalled, ConferenceMoved, ConferenceSteered, Recorded
from wargame.game.evolve.base import drop, put
from wargame.game.state import CONFERENCES_REMEMBERED, State


def conference_called(state: State, fact: ConferenceCalled, recorded: Recorded) -> State:
    """Add a conference and its room."""
    rooms = put(state.rooms, fact.room.id, fact.room)
    return replace(state, conferences=put(state.conferences, fact.conference.id, fact.conference), rooms=rooms)


def conference_moved(state: State, fact: ConferenceMoved, recorded: Recorded) -> State:
    """Open or close the floor; with the meeting its corridors end."""
    now = replace(state.conferences[fact.conference], state=fact.state, reason=fact.reason)
    rooms = {
        key: replace(room, closed=_closed(room, now)) if room.at == now.id else room
        for key, room in state.rooms.items()
    }  # fmt: skip
    last = {**drop(state.conferences, now.id), now.id: now}  # the newest to have moved stands last
    return _forget_old(replace(state, conferences=last, rooms=rooms))


def _closed(room: Room, conference: Conference) -> bool:
    return not conference.in_session if room.kind == "corridor" else conference.state != "open"


def conference_steered(state: State, fact: ConferenceSteered, recorded: Recorded) -> State:
    """Keep agenda, point and chair."""
    now = replace(state.conferences[fact.conference], agenda=fact.agenda, point=fact.point, chair=fact.chair)
    return replace(state, conferences=put(state.conferences, now.id, now))


def _forget_old(state: State) -> State:
    over = [key for key, one in state.conferences.items() if one.state == "closed"]
    gone = set(over[: max(0, len(over) - CONFERENCES_REMEMBERED)])
    if not gone:
        return state
    rooms = {key: room for key, room in state.rooms.items() if room.at not in gone}
    return replace(
        state,
        conferences={key: one for key, one in state.conferences.items() if key not in gone},
        rooms=rooms,
        reads={key: marks for key, marks in state.reads.items() if key in rooms},
        lines={key: line for key, line in state.lines.items() if key in rooms},
    )
