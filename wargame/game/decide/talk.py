"""Decide about rooms, messages and what was read. A room one is not in answers like one that is not there."""

from negotiation import rooms
from negotiation.rooms import Room
from wargame.game import commands as c
from wargame.game.decide import lines
from wargame.game.decide.base import Draft, check_seats, own_seat, seat_of
from wargame.game.decide.conference import check_near, floor_closed, in_session_with
from wargame.game.events import ItemOpened, MessageHeld, MessagePinned, RoomOpened, RoomWasRead
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Held

UNDER_WAY = 20
"""Most messages of one seat on slow lines."""


def room_open(draft: Draft, command: c.RoomOpen) -> Rejected | None:
    """Open a conversation; the same company meets in the room it has."""
    seat = own_seat(draft)
    refused = check_seats(draft.state, command.seats)
    if refused:
        return refused
    company = {seat.id, *command.seats}
    if len(company) < 2:
        return reject("room.alone")
    if command.at is not None:
        return _corridor(draft, seat.id, company, command.at)
    refused = check_near(draft, company)
    if refused:
        return refused
    if rooms.same_company(draft.state.rooms.values(), company) is None:
        draft.emit(RoomOpened(room=rooms.talk_room(company, title=command.title, opened_by=seat.id)))
    return None


def _corridor(draft: Draft, seat: str, company: set[str], at: str) -> Rejected | None:
    """Open a side room of two at a conference in session; the others there learn nothing of it."""
    meeting = in_session_with(draft.state, at, seat)
    if isinstance(meeting, Rejected):
        return meeting
    if len(company) != 2 or not company <= set(meeting.seats):
        return reject("corridor.two", allowed=tuple(one for one in meeting.seats if one != seat))
    if rooms.corridor_id(at, company) not in draft.state.rooms:
        draft.emit(RoomOpened(room=rooms.corridor_room(at, company, opened_by=seat)))
    return None


def _speaker(draft: Draft) -> tuple[str, str]:
    """Return the seat (or Control) that speaks, and the name under which."""
    seat = seat_of(draft.state, draft.actor)
    person = draft.state.people.get(draft.actor.person)
    if seat is None:
        return "control", person.display if person else "Control"
    return seat.id, person.display if person and draft.actor.kind != "seat_bot" else seat.label


def message_post(draft: Draft, command: c.MessagePost) -> Rejected | None:
    """Say something in a room. Control speaks to a seat on its line, and on the press wall.

    A seat nobody sits in hears like any other: what reaches it is kept for whoever takes it next.
    """
    speaker, display = _speaker(draft)
    if draft.state.status == "paused" and speaker != "control":
        return reject("game.paused")
    room = draft.state.rooms.get(command.room)
    by_control = speaker == "control"
    if room is None or not (by_control or rooms.may_read(room, speaker)):
        return reject("room.unknown")
    if by_control and room.kind not in ("control", "press"):
        return reject("room.listen_only")
    if room.closed:
        return floor_closed(draft.state, room)
    refused = _check_words(draft, room, command)
    if refused:
        return refused
    under_way = sum(one.seat == speaker for one in draft.state.held.values())
    if lines.delay_of(draft, room, speaker) and under_way >= UNDER_WAY:
        return reject("message.too_many_under_way", limit=UNDER_WAY)
    mentions = tuple(sorted(set(command.mentions)))
    post(
        draft, room, seat=speaker, display=display, text=command.text, reply_to=command.reply_to or 0,
        mentions=mentions,
    )  # fmt: skip
    return None


def post(
    draft: Draft, room: Room, *, seat: str, display: str, text: str, reply_to: int = 0, mentions: tuple[str, ...] = (),
    spoken_by: str = "",
) -> None:  # fmt: skip
    """Let words be heard in a room at once, or put them on its slow line."""
    delay = lines.delay_of(draft, room, seat)
    said = Held(
        id=draft.ctx.ids("message"), room=room.id, seat=seat, person=draft.actor.person, display=display, text=text,
        reply_to=reply_to, mentions=mentions, turn=draft.state.turn, at_ms=draft.ctx.now_ms,
        arrives=draft.state.turn + delay, spoken_by=spoken_by,
    )  # fmt: skip
    if delay:
        draft.emit(
            MessageHeld(
                message=said.id, room=room.id, seat=said.seat, person=said.person, display=said.display,
                text=said.text, arrives=said.arrives, reply_to=said.reply_to, mentions=said.mentions,
                spoken_by=said.spoken_by,
            )
        )  # fmt: skip
    else:
        lines.say(draft, said, room)


def _check_words(draft: Draft, room: Room, command: c.MessagePost) -> Rejected | None:
    if not command.text.strip():
        return reject("text.empty")
    if command.reply_to is not None and command.reply_to > room.last:
        return reject("message.unknown")
    refused = check_seats(draft.state, command.mentions)
    if refused:
        return refused
    absent = tuple(seat for seat in command.mentions if not rooms.may_mention(room, seat))
    return reject("message.mention_absent", seats=_labels(draft, absent)) if absent else None


def _labels(draft: Draft, seats: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(draft.state.seats[seat].label for seat in seats)


def message_pin(draft: Draft, command: c.MessagePin) -> Rejected | None:
    """Pin a message of a room, or take the pin out; on the press wall this is Control's."""
    speaker, _ = _speaker(draft)
    room = draft.state.rooms.get(command.room)
    if room is None or not (speaker == "control" or rooms.may_read(room, speaker)):
        return reject("room.unknown")
    if room.kind == "press" and speaker != "control":
        return reject("pin.not_here")
    if speaker == "control" and room.kind not in ("control", "press"):
        return reject("room.listen_only")
    if command.number > room.last:
        return reject("message.unknown")
    if (command.number in room.pinned) == command.on:
        return reject("pin.unchanged")
    if command.on and len(room.pinned) >= rooms.PINS:
        return reject("pin.too_many", limit=rooms.PINS)
    draft.emit(MessagePinned(room=room.id, number=command.number, seat=speaker, on=command.on))
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
        case "paper":
            return any(filed.id == command.key and filed.got for filed in state.files.get(seat, ()))
        case "outcome":
            return command.key in {f"turn@{turn}" for turn in range(state.first_turn, state.readings_turn)}
        case "estimate":
            known = (*state.readings.get(seat, ()), *state.briefed.get(seat, ()))
            return command.key in {r.variable for r in known}
