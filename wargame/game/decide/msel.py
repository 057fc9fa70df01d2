"""Decide about the master list as a list: writing, approving, holding, skipping, restoring and re-timing entries.

Two facilitators may work on it at once: who acts on an entry that has changed meanwhile is told so. What sends an entry
is the matter of `injects`.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from adjudication.scenario.happenings import Inject
from wargame.game import commands as c
from wargame.game.decide import injects, written
from wargame.game.decide.base import Draft
from wargame.game.decide.rights import ALL_RIGHTS, rights_of
from wargame.game.events import (
    InjectApproved,
    InjectHeld,
    InjectRemoved,
    InjectRestored,
    InjectRetimed,
    InjectSkipped,
    InjectWritten,
    Retimed,
)
from wargame.game.msel import MINUTE_MS, by_clock, timer_key, wait_ms, words_of
from wargame.game.quiet import Calendar
from wargame.game.rejections import Rejected, reject
from wargame.game.state import MSEL_CHARS, MSEL_ENTRIES, Entry, EntryState, State

OVER: tuple[EntryState, ...] = ("skipped", "undone", "passed")
"""States from which an entry may be put back on the list."""


def _entry(draft: Draft, msel: str, *allowed: EntryState) -> Entry | Rejected:
    """Return an entry that is in one of these states, or why not."""
    known = draft.state.msel.get(msel)
    if known is None:
        return reject("inject.unknown")
    return known if known.state in allowed else reject("inject.not_waiting", state=known.state)


def _trusted(draft: Draft) -> bool:
    """Tell whether the actor holds all rights of a facilitator, or is the server."""
    person = draft.state.people.get(draft.actor.person)
    return person is None or rights_of(person) >= set(ALL_RIGHTS)


# --- writing ----------------------------------------------------------------------------------
def inject_write(draft: Draft, command: c.InjectWrite) -> Rejected | None:
    """Take a new entry, or new words for one that was not sent; its clock is set anew."""
    known = draft.state.msel.get(command.msel)
    if known is not None and known.state == "sent":
        return reject("inject.not_waiting", state="sent")
    if command.version != (known.version if known is not None else 0):
        return reject("inject.changed", by=_display(draft, known))
    entry = written.read(draft, command.msel, command.entry)
    if isinstance(entry, Rejected):
        return entry
    refused = _room_for(draft, command.msel, entry) or written.check(draft, command.msel, entry)
    if not refused and (known is None or not _same_time(draft, known, entry)):
        refused = _check_time(draft.state, entry)
    if refused:
        return refused
    left = _left_once_written(draft, known, entry) if known is not None else None
    if known is not None:
        injects.stop_clock(draft, known.id)
    as_draft = command.draft or not _trusted(draft)
    draft.emit(InjectWritten(msel=command.msel, entry=entry, draft=as_draft, version=command.version + 1))
    if left is None or as_draft:
        plan(draft, command.msel)
    elif draft.state.msel[command.msel].state == "held":
        draft.emit(InjectHeld(msel=command.msel, on=True, left_ms=left))
    else:
        injects.start_clock(draft, command.msel, left)
    return None


def _left_once_written(draft: Draft, known: Entry, entry: Inject) -> int | None:
    """Return what the clock of an entry has left under its new words; None if it has none or another cause now.

    What set it off does not happen again: without its clock it would never go out.
    """
    was, left = words_of(draft.ctx.scenario, known), _left(draft, known)
    if left is None or _cause(was) != _cause(entry):
        return None
    return max(0, left + wait_ms(entry) - wait_ms(was))


def _cause(inject: Inject) -> tuple[object, ...]:
    return (inject.turn, inject.phase, inject.on, inject.silence, inject.after, inject.by_hand)


def _left(draft: Draft, entry: Entry) -> int | None:
    """Return what the clock of an entry has left, running or not."""
    timer = draft.state.timers.get(timer_key(entry.id))
    if timer is None or entry.state == "held":
        return entry.left_ms
    return timer.remaining_ms if timer.due_at_ms is None else draft.ctx.left(timer.due_at_ms)


def _display(draft: Draft, entry: Entry | None) -> str:
    person = draft.state.people.get(entry.author) if entry is not None else None
    return person.display if person is not None else "Another facilitator"


def _room_for(draft: Draft, name: str, entry: Inject) -> Rejected | None:
    """Refuse what would make the list grow beyond its bounds."""
    msel = draft.state.msel
    if name not in msel and len(msel) >= MSEL_ENTRIES:
        return reject("inject.too_many", limit=MSEL_ENTRIES)
    kept = sum(written.kept(one) for one in msel.values() if one.id != name)
    return reject("inject.too_long", limit=MSEL_CHARS) if kept + written.length(entry) > MSEL_CHARS else None


def inject_approve(draft: Draft, command: c.InjectApprove) -> Rejected | None:
    """Put a draft onto the list: by somebody else than its author, or by one who holds all rights."""
    entry = _entry(draft, command.msel, "draft")
    if isinstance(entry, Rejected):
        return entry
    if entry.version != command.version:
        return reject("inject.changed", by=_display(draft, entry))
    if entry.author == draft.actor.person and not _trusted(draft):
        return reject("inject.own_draft")
    draft.emit(InjectApproved(msel=entry.id))
    plan(draft, entry.id)
    return None


def inject_remove(draft: Draft, command: c.InjectRemove) -> Rejected | None:
    """Throw a draft away; what it would have changed is on the list again."""
    entry = _entry(draft, command.msel, "draft")
    if isinstance(entry, Rejected):
        return entry
    users = written.leaning_on(draft, entry.id)
    if users and entry.was is None:
        return reject("inject.leant_on", entries=users)
    draft.emit(InjectRemoved(msel=entry.id))
    if entry.was is not None:
        plan(draft, entry.id)
    return None


# --- on and off the list ----------------------------------------------------------------------
def inject_hold(draft: Draft, command: c.InjectHold) -> Rejected | None:
    """Keep an entry back with what its clock has left, or let it go on with that."""
    entry = _entry(draft, command.msel, "waiting" if command.on else "held")
    if isinstance(entry, Rejected):
        return entry
    if not command.on:
        draft.emit(InjectHeld(msel=entry.id, on=False))
        if entry.left_ms is not None:
            injects.start_clock(draft, entry.id, entry.left_ms)
        else:
            plan(draft, entry.id)
        return None
    left = _left(draft, entry)
    injects.stop_clock(draft, entry.id)
    draft.emit(InjectHeld(msel=entry.id, on=True, left_ms=left))
    return None


def inject_skip(draft: Draft, command: c.InjectSkip) -> Rejected | None:
    """Take a scheduled inject off the list."""
    entry = _entry(draft, command.msel, "waiting", "held")
    if isinstance(entry, Rejected):
        return entry
    injects.stop_clock(draft, entry.id)
    draft.emit(InjectSkipped(msel=entry.id))
    return None


def inject_restore(draft: Draft, command: c.InjectRestore) -> Rejected | None:
    """Let an entry wait again. One whose time has gone by waits for Control's hand."""
    entry = _entry(draft, command.msel, *OVER)
    if isinstance(entry, Rejected):
        return entry
    draft.emit(InjectRestored(msel=entry.id))
    plan(draft, entry.id)
    return None


# --- time -------------------------------------------------------------------------------------
Moment = tuple[int, int, float]
"""A turn, the place of a phase in it (-1: as the turn opens), and minutes after that began."""


def moment(state: State, turn: int, phase: str, minutes: float) -> Moment:
    """Return a time of the list, to be compared with others. Minutes after a turn opened count from its first phase."""
    names = [one.id for one in state.phases]
    if phase not in names:
        return (turn, 0, minutes) if minutes else (turn, -1, 0.0)
    return (turn, names.index(phase), minutes)


def now(state: State, now_ms: int, calendar: Calendar) -> Moment:
    """Return the present as a time of the list."""
    names = [one.id for one in state.phases]
    if state.phase not in names:
        return (state.turn, -1, 0.0)
    return (state.turn, names.index(state.phase), elapsed_ms(state, now_ms, calendar) / MINUTE_MS)


def elapsed_ms(state: State, now_ms: int, calendar: Calendar) -> int:
    """Return how long the phase has run, without pauses and quiet hours."""
    until_ms = now_ms if state.paused_at_ms is None else state.paused_at_ms
    return calendar.left(state.quiet, state.phase_began_ms, until_ms)


def _at(state: State, inject: Inject) -> Moment | None:
    if inject.turn is None or not by_clock(inject):
        return None
    return moment(state, inject.turn, inject.phase, inject.minutes)


def _same_time(draft: Draft, known: Entry, entry: Inject) -> bool:
    was = words_of(draft.ctx.scenario, known)
    return (was.turn, was.phase, was.minutes, by_clock(was)) == (
        entry.turn, entry.phase, entry.minutes, by_clock(entry)
    )  # fmt: skip


def _check_time(state: State, entry: Inject) -> Rejected | None:
    """Refuse a time that is gone, or that the game will not come to."""
    at = _at(state, entry)
    if at is None:
        return None
    if not state.first_turn <= at[0] <= state.last_turn:
        return reject("inject.beyond", turn=at[0], first=state.first_turn, last=state.last_turn)
    if state.turn and at[:2] < (state.turn, _phase_number(state)):
        return reject("inject.past")
    return None


def _phase_number(state: State) -> int:
    return next((n for n, one in enumerate(state.phases) if one.id == state.phase), -1)


def plan(draft: Draft, name: str) -> None:
    """Set the clock of an entry that is due later in the phase that runs."""
    state, entry = draft.state, draft.state.msel[name]
    inject = words_of(draft.ctx.scenario, entry)
    at = _at(state, inject)
    if entry.state != "waiting" or at is None or at[:2] != (state.turn, _phase_number(state)):
        return
    left = wait_ms(inject) - elapsed_ms(state, draft.ctx.now_ms, draft.ctx.calendar)
    injects.stop_clock(draft, name)
    if left > 0:
        injects.start_clock(draft, name, left)


def inject_retime(draft: Draft, command: c.InjectRetime) -> Rejected | None:
    """Move an entry in time, alone or with all that was planned from its old time on."""
    state = draft.state
    entry = _entry(draft, command.msel, "draft", "waiting", "held")
    if isinstance(entry, Rejected):
        return entry
    if command.phase and command.phase not in {one.id for one in state.phases}:
        return reject("inject.phase_unknown", phase=command.phase, allowed=tuple(one.id for one in state.phases))
    inject = words_of(draft.ctx.scenario, entry)
    if inject.on is not None or inject.silence or inject.after or inject.by_hand:
        return reject("inject.no_time")
    minutes = command.offset_ms / MINUTE_MS
    there = replace(inject, turn=command.turn, phase=command.phase, minutes=minutes)
    refused = _check_time(state, there)
    if not refused and moment(state, command.turn, command.phase, minutes) <= now(
        state, draft.ctx.now_ms, draft.ctx.calendar
    ):
        refused = reject("inject.past")
    if refused:
        return refused
    moves = [Retimed(msel=entry.id, turn=command.turn, phase=command.phase, minutes=minutes)]
    if command.following:
        moves += _following(draft, entry.id, inject, there)
    late = [move.msel for move in moves if move.turn > state.last_turn]
    if late:
        return reject("inject.pushed_out", entries=tuple(late), last=state.last_turn)
    for move in moves:
        injects.stop_clock(draft, move.msel)
    draft.emit(InjectRetimed(moves=tuple(moves)))
    for move in moves:
        plan(draft, move.msel)
    return None


def _following(draft: Draft, moved: str, inject: Inject, there: Inject) -> Iterator[Retimed]:
    """Yield what was planned from an entry's old time on, moved as far as it: in turns, and in its phase in minutes."""
    state = draft.state
    start = _at(state, inject)
    if start is None or inject.turn is None or there.turn is None:
        return
    for entry in state.msel.values():
        other = words_of(draft.ctx.scenario, entry)
        at = _at(state, other)
        if entry.id == moved or entry.state not in ("draft", "waiting", "held") or at is None or at < start:
            continue
        beside = (other.turn, other.phase) == (inject.turn, inject.phase)
        minutes = max(0.0, other.minutes + there.minutes - inject.minutes) if beside else other.minutes
        yield Retimed(
            msel=entry.id,
            turn=at[0] + there.turn - inject.turn,
            phase=there.phase if beside else other.phase,
            minutes=minutes,
        )
