"""Decide about words Control says as somebody else: as a seat, or under a name nobody in the game has.

What readers get is what the seat itself would have made: the same row, the same lines, the same delays. Only the log
and Control's own view know who spoke.
"""

from negotiation import rooms
from negotiation.rooms import Room
from wargame.game import commands as c
from wargame.game.decide import lines
from wargame.game.decide.base import Draft, check_seats
from wargame.game.decide.conference import floor_closed
from wargame.game.decide.talk import post
from wargame.game.events import PersonaSpoke
from wargame.game.rejections import Rejected, reject


def persona_speak(draft: Draft, command: c.PersonaSpeak) -> Rejected | None:
    """Say something as a seat in a room where it may speak, or under a name on a line to Control or the press wall."""
    if (command.seat is None) == (command.voice is None):
        return reject("persona.one")
    if not command.text.strip():
        return reject("text.empty")
    room = draft.state.rooms.get(command.room)
    if room is None:
        return reject("room.unknown")
    if room.closed:
        return floor_closed(draft.state, room)
    if command.reply_to is not None and command.reply_to > room.last:
        return reject("message.unknown")
    refused = _may_speak(draft, room, command)
    if refused:
        return refused
    seat = command.seat or "control"
    display = draft.state.seats[seat].label if command.seat else (command.voice or "").strip()
    draft.emit(PersonaSpoke(seat=command.seat or "", name=display, room=room.id))
    post(
        draft, room, seat=seat, display=display, text=command.text, reply_to=command.reply_to or 0,
        spoken_by=draft.actor.person,
    )  # fmt: skip
    return None


def _may_speak(draft: Draft, room: Room, command: c.PersonaSpeak) -> Rejected | None:
    if command.seat is None:
        if not (command.voice or "").strip():
            return reject("text.empty")
        return None if room.kind in lines.OPEN_KINDS else reject("persona.not_here")
    refused = check_seats(draft.state, (command.seat,))
    if refused:
        return refused
    if not rooms.may_post(room, command.seat):
        return reject("persona.not_in_room", seat=draft.state.seats[command.seat].label)
    return None
