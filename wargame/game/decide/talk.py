"""Decide about rooms, messages and what was read. A room one is not in answers like one that is not there."""

from itertools import combinations

from negotiation import rooms
from wargame.game import case
from wargame.game import commands as c
from wargame.game.decide.base import Draft, check_seats, own_seat, seat_of
from wargame.game.events import ItemOpened, MessagePosted, RoomOpened, RoomWasRead
from wargame.game.rejections import Rejected, reject


def room_open(draft: Draft, command: c.RoomOpen) -> Rejected | None:
    """Open a conversation; the same company meets in the room it has."""
    seat = own_seat(draft)
    refused = check_seats(draft.state, command.seats)
    if refused:
        return refused
    company = {seat.id, *command.seats}
    if len(company) < 2:
        return reject("room.alone")
    for one, other in combinations(sorted(company), 2):
        channel = case.by_letter_only(draft.ctx.scenario, one, other)
        if channel is not None:
            return reject("room.by_letter_only", channel=channel.label)
    if rooms.same_company(draft.state.rooms.values(), company) is None:
        draft.emit(RoomOpened(room=rooms.talk_room(company, title=command.title, opened_by=seat.id)))
    return None


def _speaker(draft: Draft) -> tuple[str, str]:
    """Return the seat (or Control) that speaks, and the name under which."""
    seat = seat_of(draft.state, draft.actor)
    person = draft.state.people.get(draft.actor.person)
    if seat is None:
        return "control", person.display if person else "Control"
    return seat.id, person.display if person and draft.actor.kind != "seat_bot" else seat.label


def message_post(draft: Draft, command: c.MessagePost) -> Rejected | None:
    """Say something in a room. Control speaks to a seat on its line, and on the press wall."""
    speaker, display = _speaker(draft)
    if draft.state.status == "paused" and speaker != "control":
        return reject("game.paused")
    room = draft.state.rooms.get(command.room)
    by_control = speaker == "control"
    if room is None or not (by_control or rooms.may_read(room, speaker)):
        return reject("room.unknown")
    if by_control and room.kind not in ("control", "press"):
        return reject("room.listen_only")
    if not command.text.strip():
        return reject("text.empty")
    draft.emit(
        MessagePosted(
            room=room.id,
            number=room.last + 1,
            seat=speaker,
            person=draft.actor.person,
            display=display,
            text=command.text,
        )
    )
    return None


def room_read(draft: Draft, command: c.RoomRead) -> Rejected | None:
    """Record how far the seat has read."""
    seat = own_seat(draft)
    room = draft.state.rooms.get(command.room)
    if room is None or not rooms.may_read(room, seat.id):
        return reject("room.unknown")
    if command.upto > room.last:
        return reject("room.read_ahead", last=room.last)
    if command.upto <= draft.state.reads.get(room.id, {}).get(seat.id, 0):
        return reject("room.already_read")
    draft.emit(RoomWasRead(room=room.id, seat=seat.id, person=draft.actor.person, upto=command.upto))
    return None


def item_open(draft: Draft, command: c.ItemOpen) -> Rejected | None:
    """Record that a seat opened a thing it was sent, once."""
    seat = own_seat(draft)
    if f"{command.kind}:{command.key}" in draft.state.opened.get(seat.id, ()):
        return reject("item.already_opened")
    if not _was_sent(draft, seat.id, command):
        return reject("item.unknown")
    draft.emit(ItemOpened(kind=command.kind, key=command.key, seat=seat.id, person=draft.actor.person))
    return None


def _was_sent(draft: Draft, seat: str, command: c.ItemOpen) -> bool:
    state = draft.state
    match command.kind:
        case "brief":
            return command.key == seat
        case "inject":
            return seat in state.injects.get(command.key, ())
        case "letter":
            return command.key in state.delivered.get(seat, ())
        case "outcome":
            return command.key in {f"turn@{turn}" for turn in range(state.first_turn, state.readings_turn)}
        case "estimate":
            known = (*state.readings.get(seat, ()), *state.briefed.get(seat, ()))
            return command.key in {r.variable for r in known}
