"""Fold facts about lines: what Control set, what is on its way, what came out."""

from msgspec.structs import replace

from wargame.game.events import LineSet, MessageHeld, MessageLeaked, Recorded
from wargame.game.evolve.base import drop, put
from wargame.game.state import Held, Line, State


def line_set(state: State, fact: LineSet, recorded: Recorded) -> State:
    """Keep what Control set for a room; nothing set is nothing kept."""
    if not fact.delay and not fact.taps:
        return replace(state, lines=drop(state.lines, fact.room))
    return replace(state, lines=put(state.lines, fact.room, Line(delay=fact.delay, taps=fact.taps)))


def message_held(state: State, fact: MessageHeld, recorded: Recorded) -> State:
    """Put a message on its way."""
    held = Held(
        id=fact.message, room=fact.room, seat=fact.seat, person=fact.person, display=fact.display, text=fact.text,
        reply_to=fact.reply_to, mentions=fact.mentions, turn=state.turn, at_ms=recorded.at_ms, arrives=fact.arrives,
        place=1 + max((one.place for one in state.held.values()), default=0),
        spoken_by=fact.spoken_by,
    )  # fmt: skip
    return replace(state, held=put(state.held, held.id, held))


def message_leaked(state: State, fact: MessageLeaked, recorded: Recorded) -> State:
    """Count the item of the press wall."""
    press = state.rooms["press"]
    return replace(state, rooms=put(state.rooms, press.id, replace(press, last=fact.number)))
