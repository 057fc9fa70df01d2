"""Say what may be done now in rooms, at conferences and to lines, as ready commands. Part of `legal`."""

from collections.abc import Iterator

from adjudication.scenario.schema import Scenario
from negotiation import rooms
from negotiation.conferences import NEXT, Conference
from negotiation.rooms import Room
from wargame.game import case
from wargame.game import commands as c
from wargame.game.decide.conference import CALLED
from wargame.game.decide.lines import OPEN_KINDS
from wargame.game.decide.talk import UNDER_WAY
from wargame.game.state import Line, Seat, State


def of_seat(state: State, seat: Seat, scenario: Scenario) -> Iterator[c.Command]:
    """Yield what a seat may do: open a room or a conference, speak, pin, read, and chair."""
    near = [s for s in state.seats if s != seat.id and case.by_letter_only(scenario, seat.id, s) is None]
    for other in near:
        yield c.RoomOpen(room="room", seats=(other,))
    own = sum(one.called_by == seat.id and one.state != "closed" for one in state.conferences.values())
    name = f"{state.turn}-{len(state.conferences)}"
    if near and own < CALLED and state.turn > 0 and f"{seat.id}:{name}" not in state.conferences:
        yield c.ConferenceCall(conference=name, title="A conference", seats=(near[0],), agenda=("One", "Two"))
    for one in state.conferences.values():
        if seat.id in one.seats:
            yield from _at(state, seat, one)
    slow = sum(held.seat == seat.id for held in state.held.values()) >= UNDER_WAY
    for room in state.rooms.values():
        if rooms.may_read(room, seat.id):
            yield from _in(state, seat, room, slow=slow)


def _in(state: State, seat: Seat, room: Room, *, slow: bool) -> Iterator[c.Command]:
    if rooms.may_post(room, seat.id) and not slow:
        yield c.MessagePost(message="message", room=room.id, text="…")
        if room.last:
            yield c.MessagePost(message="message", room=room.id, text="…", reply_to=room.last, mentions=(seat.id,))
    if room.kind != "press" and room.last:
        pinned = room.last in room.pinned
        if pinned or len(room.pinned) < rooms.PINS:
            yield c.MessagePin(room=room.id, number=room.last, on=not pinned)
    if state.reads.get(room.id, {}).get(seat.id, 0) < room.last:
        yield c.RoomRead(room=room.id, upto=room.last)


def _at(state: State, seat: Seat, one: Conference) -> Iterator[c.Command]:
    others = [other for other in one.seats if other != seat.id]
    if one.in_session:
        yield c.RoomOpen(room="room", seats=(others[0],), at=one.id)
    if one.chair == seat.id and one.state != "closed":
        yield from _chair(state, one, others)


def _chair(state: State, one: Conference, others: list[str]) -> Iterator[c.Command]:
    for to in NEXT[one.state]:
        if to == "open" and one.starts <= state.turn:
            yield c.ConferenceOpen(conference=one.id)
        elif to == "recess":
            yield c.ConferenceRecess(conference=one.id)
        elif to == "closed":
            yield c.ConferenceClose(conference=one.id)
    yield c.ConferenceAgenda(conference=one.id, agenda=("One", "Two") if one.agenda == ("One",) else ("One",))
    point = one.point % len(one.agenda) + 1 if one.agenda else one.point
    if point != one.point:
        yield c.ConferencePoint(conference=one.id, point=point)
    yield c.ConferenceChair(conference=one.id, seat=others[0])


def of_control(state: State) -> Iterator[c.Command]:
    """Yield what Control may do to lines and in the rooms it speaks in."""
    for room in state.rooms.values():
        if room.kind in OPEN_KINDS:
            continue
        now = state.lines.get(room.id, Line())
        if room.kind not in rooms.IN_PERSON:
            yield c.LineDelay(room=room.id, turns=0 if now.delay else 1)
        for seat in state.seats:
            if seat not in room.seats:
                yield c.LineIntercept(room=room.id, by=seat, on=seat not in now.taps)
                break
        if room.last:
            yield c.MessageLeak(room=room.id, number=room.last)
