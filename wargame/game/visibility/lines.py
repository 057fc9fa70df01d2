"""Show what befell a message: to its writer that it is on its way, to an eavesdropper what it overheard, to all a leak.

Nobody in a room learns that it is slow for others, that somebody reads along, or that a die fell. A leak is
everybody's; the conversation it came from is told to those the rule or Control names.
"""

from wargame.game.entities import InterceptSeen, LineSeen, MessageSeen
from wargame.game.events import LineSet, MessageHeld, MessageIntercepted, MessageLeaked, Recorded
from wargame.game.ids import CONTROL, seat_view
from wargame.game.state import State
from wargame.game.visibility.base import Disclosure, Rows, control_only, everyone, seats_and_control, show
from wargame.game.visibility.talk import held_rows, room_rows


def message_held(recorded: Recorded, fact: MessageHeld, before: State, after: State) -> Rows:
    """Yield that a message is on its way."""
    return held_rows(after.held[fact.message])


def message_intercepted(recorded: Recorded, fact: MessageIntercepted, before: State, after: State) -> Rows:
    """Yield what was overheard to the seat that reads along. Its id says nothing of where in the room it stood."""
    seen = InterceptSeen(
        id=fact.intercept, by=fact.by, seat=fact.seat, display=fact.display, seats=fact.seats, text=fact.text,
        say=fact.say, turn=before.turn, game_date=recorded.game_date, at_ms=recorded.at_ms,
    )  # fmt: skip
    return show(seats_and_control([fact.by]), "intercept", fact.intercept, seen)


def message_leaked(recorded: Recorded, fact: MessageLeaked, before: State, after: State) -> Rows:
    """Yield the words on the press wall to everybody, and where they came from to those who are told."""
    told = {CONTROL, *(seat_view(seat) for seat in fact.source_known_to)}
    source = _source(after, fact)
    for view in everyone(after):
        key = f"press:{fact.number}"
        yield Disclosure(view, "message", key, _leak_seen(recorded, fact, before, source if view in told else ""))
    yield from room_rows(after, after.rooms["press"])


def _leak_seen(recorded: Recorded, fact: MessageLeaked, state: State, source: str) -> MessageSeen:
    return MessageSeen(
        id=f"press:{fact.number}", room="press", number=fact.number, seat="", display="Press", text=fact.text,
        audience=(), at_ms=recorded.at_ms, turn=state.turn, game_date=recorded.game_date, leaked_from=fact.seat,
        source=source,
    )  # fmt: skip


def _source(state: State, fact: MessageLeaked) -> str:
    room = state.rooms[fact.room]
    company = ", ".join(state.seats[seat].label for seat in room.seats)
    return f"{room.title}: {company}" if room.title else company


def line_set(recorded: Recorded, fact: LineSet, before: State, after: State) -> Rows:
    """Yield Control's hand on a room to Control."""
    return show(control_only(), "line", fact.room, LineSeen(room=fact.room, delay=fact.delay, taps=fact.taps))
