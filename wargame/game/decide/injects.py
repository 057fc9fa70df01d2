"""Decide what goes out: by Control's hand, by the clock, by what seats do or fail to do, and in chains.

Owns the way of an entry of the master list from waiting to sent, and whether what was expected of its readers was seen.
Editing the list is `msel`'s matter.
"""

from collections.abc import Iterator

from adjudication.scenario.happenings import Attachment, Inject
from wargame.game import case, engine
from wargame.game import commands as c
from wargame.game.decide import timing
from wargame.game.decide.actions import Done, done_by, matches
from wargame.game.decide.base import Draft
from wargame.game.events import (
    InjectMarked,
    InjectPassed,
    InjectSent,
    InjectTimed,
    InjectUndone,
)
from wargame.game.events.msel import Why
from wargame.game.msel import by_clock, timer_key, wait_ms, words_of
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Entry, State

ALL = "all"
PATIENCE = 2
"""Turns within whose opening what was expected is looked for in the world; later it is Control's to judge."""
FIREABLE = frozenset({"waiting", "held", "skipped", "undone", "passed"})
"""States of an entry that Control may send by hand."""


# --- by hand ----------------------------------------------------------------------------------
def inject_send(draft: Draft, command: c.InjectSend) -> Rejected | None:
    """Send an inject now. A scheduled one keeps its effects whatever its words; a skipped one may still go."""
    scenario, state = draft.ctx.scenario, draft.state
    refused = _check_send(draft, command)
    if refused:
        return refused
    entry = state.msel[command.msel] if command.msel is not None else None
    effects = entry is not None and bool(words_of(scenario, entry).effects)
    if entry is not None:
        stop_clock(draft, entry.id)
    draft.emit(
        InjectSent(
            inject=draft.ctx.ids("inject"),
            msel=command.msel,
            source=command.source,
            to=audience(draft, command.to, channel=command.channel, room=command.room),
            title=command.title,
            text=command.text,
            precedence=command.precedence,
            effects=effects,
            channel=command.channel,
            room=command.room if command.channel == "room" else "",
            variants=_variants(draft, command.variants),
            attachments=tuple(Attachment(title=one.title, text=one.text) for one in command.attachments),
        )
    )
    return None


def _check_send(draft: Draft, command: c.InjectSend) -> Rejected | None:
    state = draft.state
    if command.msel is not None:
        entry = state.msel.get(command.msel)
        if entry is None:
            return reject("inject.unknown")
        if entry.state == "draft":
            return reject("inject.draft")
        if entry.state not in FIREABLE:
            return reject("inject.not_waiting", state=entry.state)
    for word in (*command.to, *command.variants):
        if not case.recipients(draft.ctx.scenario, (word,)):
            return reject("seat.unknown", seat=word, allowed=tuple(state.seats))
    if command.channel == "room":
        return check_room(state, command.room)
    return None


def check_room(state: State, room: str) -> Rejected | None:
    """Refuse a room that is not there or that nobody can hear anything in."""
    if room not in state.rooms or state.rooms[room].closed:
        return reject("inject.room_unknown", room=room)
    return None


def audience(draft: Draft, to: tuple[str, ...], *, channel: str, room: str) -> tuple[str, ...]:
    """Return the seats an inject goes to: on the press wall everybody, in a room whoever of them is in it."""
    state = draft.state
    if channel == "press":
        return tuple(state.seats)
    named = case.recipients(draft.ctx.scenario, to)
    if channel == "room" and room in state.rooms and state.rooms[room].kind != "press":
        inside = tuple(seat for seat in named if seat in state.rooms[room].seats)
        return inside or tuple(seat for seat in state.seats if seat in state.rooms[room].seats)
    return named


def _variants(draft: Draft, written: dict[str, str]) -> dict[str, str]:
    """Return the words of each seat that reads others than the rest; a seat's own go before those of its team."""
    found: dict[str, str] = {}
    for word in sorted(written, key=lambda word: word in draft.state.seats):
        found |= dict.fromkeys(case.recipients(draft.ctx.scenario, (word,)), written[word])
    return dict(sorted(found.items()))


def inject_undo(draft: Draft, command: c.InjectUndo) -> Rejected | None:
    """Take back an inject nobody has opened, with what it set off that has not happened yet."""
    state = draft.state
    to = state.injects.get(command.inject)
    if to is None:
        return reject("inject.unknown")
    if command.inject in state.injects_opened:
        readers = [state.seats[s].label for s in to if f"inject:{command.inject}" in state.opened.get(s, ())]
        return reject("inject.opened", seats=tuple(readers))
    entry = next((one for one in state.msel.values() if one.sent == command.inject and one.state == "sent"), None)
    if entry is not None and entry.id in state.effects_now:
        return reject("inject.in_effect")
    if entry is not None:
        for other in _set_off_by(draft, entry.id):
            stop_clock(draft, other.id)
    told = draft.ctx.recall("inject", command.inject)
    title = str(told["title"]) if told is not None else ""
    draft.emit(InjectUndone(inject=command.inject, msel=entry.id if entry else None, to=to, title=title))
    return None


def inject_mark(draft: Draft, command: c.InjectMark) -> Rejected | None:
    """Keep Control's word whether what was expected was seen."""
    entry = draft.state.msel.get(command.msel)
    if entry is None:
        return reject("inject.unknown")
    if entry.state != "sent":
        return reject("inject.not_sent")
    draft.emit(InjectMarked(msel=entry.id, seen=command.seen, how="hand", note=command.note))
    return None


# --- by itself --------------------------------------------------------------------------------
def turn_opened(draft: Draft) -> None:
    """Send what the opening of a turn sets off: what silence, the turn or the world asks for."""
    _judge_expectations(draft)
    for entry, inject in _waiting(draft):
        turn, state = draft.state.turn, draft.state
        if inject.silence and not wait_ms(inject):
            asked = state.msel.get(inject.silence)
            if asked is not None and asked.state == "sent" and asked.sent_turn < turn:
                _go(draft, entry.id)
        elif by_clock(inject):
            if inject.turn == turn and not inject.phase:
                _set_off(draft, entry.id)
        elif (
            inject.trigger is not None and _by_state(inject) and engine.holds(draft.ctx.scenario, state, inject.trigger)
        ):
            _go(draft, entry.id)


def phase_entered(draft: Draft) -> None:
    """Set off what was planned for this phase of this turn."""
    for entry, inject in _waiting(draft):
        if by_clock(inject) and (inject.turn, inject.phase) == (draft.state.turn, draft.state.phase):
            _set_off(draft, entry.id)


def fired(draft: Draft, key: str) -> None:
    """Send the entry whose clock has run out."""
    entry = draft.state.msel.get(key.partition(":")[2])
    if entry is None:
        return
    stop_clock(draft, entry.id)
    if entry.state == "waiting":
        _go(draft, entry.id)


def follow(draft: Draft) -> None:
    """Let what a command brought about set off what waits for it, and that what waits for that."""
    at = 0
    while at < len(draft.events):
        if draft.state.status not in ("running", "paused"):
            return
        fact = draft.events[at].payload
        at += 1
        if isinstance(fact, InjectSent) and fact.msel is not None:
            _chain(draft, fact.msel)
        elif isinstance(fact, InjectMarked) and fact.seen == "yes":
            _answered(draft, fact.msel)
        else:
            for done in done_by(fact, draft.state):
                _seen(draft, done)
                _react(draft, done)


def _react(draft: Draft, done: Done) -> None:
    for entry, inject in _waiting(draft):
        on_time = inject.turn in (None, draft.state.turn)
        if inject.on is None or not on_time or not matches(inject.on, done):
            continue
        if inject.trigger is None or engine.holds(draft.ctx.scenario, draft.state, inject.trigger):
            _set_off(draft, entry.id)


def _seen(draft: Draft, done: Done) -> None:
    for entry in tuple(draft.state.msel.values()):
        if entry.state == "sent" and not entry.expected_seen:
            wanted = words_of(draft.ctx.scenario, entry).seen_on
            if wanted is not None and matches(wanted, done):
                draft.emit(InjectMarked(msel=entry.id, seen="yes", how="action"))


def _judge_expectations(draft: Draft) -> None:
    """Judge by the world as a turn opens what was expected of those who read an entry before."""
    for entry in tuple(draft.state.msel.values()):
        waited = draft.state.turn - entry.sent_turn
        if entry.state == "sent" and not entry.expected_seen and 0 < waited <= PATIENCE:
            wanted = words_of(draft.ctx.scenario, entry).expects
            if wanted is not None and engine.holds(draft.ctx.scenario, draft.state, wanted):
                draft.emit(InjectMarked(msel=entry.id, seen="yes", how="state"))
                _answered(draft, entry.id)


def _chain(draft: Draft, sent: str) -> None:
    """Set off what follows an entry, and let the clocks run of what waits for an answer to it."""
    for entry, inject in _waiting(draft):
        if inject.after == sent or (inject.silence == sent and wait_ms(inject)):
            _set_off(draft, entry.id)


def _answered(draft: Draft, asked: str) -> None:
    for entry, inject in _waiting(draft):
        if inject.silence == asked:
            _pass(draft, entry.id, "answered")


def _set_off(draft: Draft, entry: str) -> None:
    """Send an entry whose cause has come about, or let its clock run first."""
    waits = wait_ms(words_of(draft.ctx.scenario, draft.state.msel[entry]))
    if not waits:
        _go(draft, entry)
    elif not ticking(draft.state, entry):
        start_clock(draft, entry, waits)


def _go(draft: Draft, entry: str) -> None:
    """Send an entry, unless its condition does not hold now or its die says no."""
    scenario, state = draft.ctx.scenario, draft.state
    inject = words_of(scenario, state.msel[entry])
    if inject.trigger is not None and not engine.holds(scenario, state, inject.trigger):
        if inject.on is None:
            _pass(draft, entry, "condition")
        return
    die = engine.chance_of(state, entry, inject.chance) if inject.chance < 1 else None
    if die is not None and die.outcome == "no":
        draft.emit(InjectPassed(msel=entry, why="chance", die=die))
        return
    draft.emit(
        InjectSent(
            inject=draft.ctx.ids(f"inject:{state.turn}:{entry}"),
            msel=entry,
            source=inject.source,
            to=audience(draft, inject.to, channel=inject.channel, room=inject.room),
            title=inject.title,
            text=inject.text,
            precedence=inject.precedence,
            effects=bool(inject.effects),
            channel=inject.channel,
            room=inject.room if inject.channel == "room" else "",
            variants=_variants(draft, inject.variants),
            attachments=inject.attachments,
            die=die,
        )
    )


def _pass(draft: Draft, entry: str, why: Why) -> None:
    stop_clock(draft, entry)
    draft.emit(InjectPassed(msel=entry, why=why))


def _by_state(inject: Inject) -> bool:
    """Tell whether the world alone sets an entry off."""
    return inject.turn is None and inject.on is None and not (inject.silence or inject.after or inject.by_hand)


def _waiting(draft: Draft) -> Iterator[tuple[Entry, Inject]]:
    """Yield the entries that wait, each as it is when its turn to be asked comes."""
    for name in tuple(draft.state.msel):
        entry = draft.state.msel[name]
        if entry.state == "waiting":
            yield entry, words_of(draft.ctx.scenario, entry)


def _set_off_by(draft: Draft, sent: str) -> Iterator[Entry]:
    """Yield what waits on account of an entry having been sent."""
    for entry, inject in _waiting(draft):
        if sent in (inject.after, inject.silence):
            yield entry


# --- clocks -----------------------------------------------------------------------------------
def ticking(state: State, entry: str) -> bool:
    """Tell whether an entry's clock runs, or waits in a pause."""
    timer = state.timers.get(timer_key(entry))
    return timer is not None and (timer.due_at_ms, timer.remaining_ms) != (None, None)


def start_clock(draft: Draft, entry: str, length_ms: int) -> None:
    """Let an entry go out after a time; in a pause the time waits too."""
    draft.emit(InjectTimed(timers=(timing.begun(draft, timer_key(entry), length_ms),)))


def stop_clock(draft: Draft, entry: str) -> None:
    """Stop the clock of an entry, if it has one that runs."""
    if ticking(draft.state, entry):
        draft.emit(InjectTimed(timers=(timing.over(draft.state.timers[timer_key(entry)]),)))
