"""Decide what befalls a message on its way: delay, eavesdroppers, leaks; by the lines of the case and by Control.

Every die is keyed (seed, turn, name) and recorded, caught or not, so that it can be thrown again. What happens here is
never part of an answer: whoever speaks gets the same one whether somebody reads along or not.
"""

from adjudication.dice import draw
from adjudication.scenario.schema import Line
from negotiation import rooms
from negotiation.rooms import PRESS, Room
from wargame.game import commands as c
from wargame.game.decide.base import Draft, check_seats
from wargame.game.events import LineDrawn, LineSet, MessageIntercepted, MessageLeaked, MessagePosted
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Held
from wargame.game.state import Line as Hand

OPEN_KINDS = ("press", "control")
"""Rooms no line can bend: what is said there is public, or said to Control."""


def lines_of(draft: Draft, room: Room, speaker: str) -> tuple[Line, ...]:
    """Return the lines of the case that a message of this seat goes by in a room."""
    if room.kind in OPEN_KINDS or speaker not in draft.state.seats:
        return ()
    rest = set() if room.kind in rooms.IN_PERSON else set(room.seats) - {speaker}
    return tuple(line for line in draft.ctx.scenario.lines if line.kind == room.kind or _joins(line, speaker, rest))


def _joins(line: Line, speaker: str, rest: set[str]) -> bool:
    if len(line.between) != 2:
        return False
    one, other = (set(group) for group in line.between)
    return (speaker in one and bool(rest & other)) or (speaker in other and bool(rest & one))


def delay_of(draft: Draft, room: Room, speaker: str) -> int:
    """Return after how many turns a message is heard: the slowest line counts, people in one room hear at once."""
    if room.kind in rooms.IN_PERSON or speaker not in draft.state.seats:
        return 0
    hand = draft.state.lines.get(room.id, Hand())
    return max((hand.delay, *(line.delay for line in lines_of(draft, room, speaker))), default=0)


def say(draft: Draft, said: Held, room: Room, *, held: str = "") -> None:
    """Let a message be heard in its room, and by whoever reads along."""
    number = room.last + 1
    lines = lines_of(draft, room, said.seat)
    spills = tuple(line.id for line in lines if line.leak is not None and _replaces(draft, line, room.id, number))
    draft.emit(
        MessagePosted(
            room=room.id, number=number, seat=said.seat, person=said.person, display=said.display, text=said.text,
            reply_to=said.reply_to, mentions=said.mentions, held=held, spills=spills,
            spoken_by=said.spoken_by,
        )
    )  # fmt: skip
    for line in lines:
        for tap in line.intercept:
            if tap.by in room.seats:
                continue
            key = f"tap:{line.id}:{tap.by}:{room.id}:{number}"
            if _falls(draft, line.id, "intercept", tap.rule, key, tap.p):
                _overheard(draft, said, room, number, by=tap.by, line=line.id, rule=tap.rule, words=tap.say)
    for by in draft.state.lines.get(room.id, Hand()).taps:
        _overheard(draft, said, room, number, by=by)


def _replaces(draft: Draft, line: Line, room: str, number: int) -> bool:
    """Tell whether this message is now the one that would come out: each of a turn with the same chance (reservoir)."""
    kept = draft.state.spills.get(line.id)
    if kept is None:
        return True
    return _die(draft, f"spill:{line.id}:{room}:{number}") * (kept.count + 1) < 1


def _die(draft: Draft, key: str) -> float:
    return draw(draft.state.seed, draft.state.turn, key)


def _falls(draft: Draft, line: str, what: str, rule: str, key: str, p: float) -> bool:
    u = _die(draft, key)
    turn = draft.state.turn
    draft.emit(LineDrawn(line=line, what=what, rule=rule, turn=turn, key=key, u=u, p=p))  # type: ignore[arg-type]
    return u < p


def _overheard(
    draft: Draft, said: Held, room: Room, number: int, *, by: str, line: str = "", rule: str = "", words: str = ""
) -> None:
    draft.emit(
        MessageIntercepted(
            intercept=draft.ctx.ids(f"intercept:{room.id}:{number}:{by}:{line}"), room=room.id, number=number, by=by,
            seat=said.seat, display=said.display, seats=room.seats, text=said.text, line=line, rule=rule, say=words,
        )
    )  # fmt: skip


def deliver_held(draft: Draft) -> None:
    """Let be heard what has arrived with the turn that opens, in the order in which it was said."""
    due = [one for one in draft.state.held.values() if one.arrives <= draft.state.turn]
    for one in sorted(due, key=lambda one: (one.arrives, one.place)):
        say(draft, one, draft.state.rooms[one.room], held=one.id)


def spill(draft: Draft) -> None:
    """At the settlement of a turn: let each line leak, or not, the message the turn drew for it."""
    by_id = {line.id: line for line in draft.ctx.scenario.lines}
    for name, kept in sorted(draft.state.spills.items()):
        leak = by_id[name].leak if name in by_id else None
        if leak is None or not _falls(draft, name, "leak", leak.rule, f"spill:{name}", leak.p):
            continue
        _out(draft, kept.room, kept.number, leak.source_known_to, line=name, rule=leak.rule)


def _out(
    draft: Draft, room: str, number: int, known_to: tuple[str, ...], *, line: str = "", rule: str = ""
) -> Rejected | None:
    said = draft.ctx.recall("message", f"{room}:{number}")
    if said is None:
        return reject("message.unknown")
    draft.emit(
        MessageLeaked(
            number=draft.state.rooms[PRESS].last + 1, room=room, source_number=number, seat=str(said["seat"]),
            text=str(said["text"]), source_known_to=known_to, line=line, rule=rule,
        )
    )  # fmt: skip
    return None


# --- Control's hand ---------------------------------------------------------------------------------------------
def _bendable(draft: Draft, room: str) -> Room | Rejected:
    found = draft.state.rooms.get(room)
    if found is None:
        return reject("room.unknown")
    return reject("line.none") if found.kind in OPEN_KINDS else found


def line_delay(draft: Draft, command: c.LineDelay) -> Rejected | None:
    """Slow a room down, or let it run again. What is on its way arrives as it was told."""
    room = _bendable(draft, command.room)
    if isinstance(room, Rejected):
        return room
    if room.kind in rooms.IN_PERSON:
        return reject("line.in_person")
    now = draft.state.lines.get(room.id, Hand())
    if now.delay == command.turns:
        return reject("line.unchanged")
    draft.emit(LineSet(room=room.id, delay=command.turns, taps=now.taps))
    return None


def line_intercept(draft: Draft, command: c.LineIntercept) -> Rejected | None:
    """Let a seat read along from now on, or no longer."""
    room = _bendable(draft, command.room)
    if isinstance(room, Rejected):
        return room
    refused = check_seats(draft.state, (command.by,))
    if refused:
        return refused
    if command.by in room.seats:
        return reject("line.member")
    now = draft.state.lines.get(room.id, Hand())
    if (command.by in now.taps) == command.on:
        return reject("line.unchanged")
    taps = {*now.taps, command.by} if command.on else set(now.taps) - {command.by}
    draft.emit(LineSet(room=room.id, delay=now.delay, taps=tuple(sorted(taps))))
    return None


def message_leak(draft: Draft, command: c.MessageLeak) -> Rejected | None:
    """Bring a message onto the press wall."""
    if command.room == PRESS:
        return reject("message.public")
    room = _bendable(draft, command.room)
    if isinstance(room, Rejected):
        return room
    refused = check_seats(draft.state, command.source_known_to)
    return refused or _out(draft, room.id, command.number, command.source_known_to)
