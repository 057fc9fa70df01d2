"""Decide about the start, the end, and every clock. Pausing stops all of them; resuming gives each what it had left."""

from collections.abc import Callable

from msgspec.structs import replace

from wargame.game import commands as c
from wargame.game.decide import deadline, flow, injects, overtime, timing
from wargame.game.decide.base import Draft
from wargame.game.events import (
    ClockExtended,
    ClockKept,
    GamePaused,
    GameResumed,
    GameStarted,
    PhaseReset,
    QuietHoursSet,
    RemindersWereSet,
)
from wargame.game.quiet import fault_of
from wargame.game.rejections import Rejected, reject
from wargame.game.timers import INJECT, LATE, PHASE


def game_start(draft: Draft, command: c.GameStart) -> Rejected | None:
    """Leave the lobby. A seat that is open and unheld stops the start unless Control insists."""
    unheld = tuple(s.id for s in draft.state.seats.values() if not s.held)
    missing = tuple(seat for seat in unheld if draft.state.seats[seat].open)
    if missing and not command.force:
        return reject("game.seats_unheld", seats=missing)
    draft.emit(GameStarted(vacant=unheld))
    flow.open_turn(draft, draft.state.first_turn)
    return None


def game_pause(draft: Draft, command: c.GamePause) -> Rejected | None:
    """Stop every clock and keep what it has left."""
    kept = tuple(timing.stopped(draft, timer) for timer in draft.state.timers.values())
    since = draft.ctx.now_ms if draft.ctx.backdated else None
    draft.emit(GamePaused(reason=command.reason, timers=kept, since_ms=since))
    return None


def game_resume(draft: Draft, command: c.GameResume) -> Rejected | None:
    """Let every clock run on with what it had left."""
    ctx = draft.ctx
    running = tuple(
        ClockKept(
            key=t.key,
            generation=t.generation + 1,
            due_at_ms=None if t.remaining_ms is None else ctx.due(ctx.now_ms, t.remaining_ms),
            remaining_ms=None,
        )
        for t in draft.state.timers.values()
    )
    draft.emit(GameResumed(timers=running, began_ms=_began(draft)))
    return None


def _began(draft: Draft) -> int | None:
    """Return the beginning of the phase put off by as much of the pause as counts; None where every hour does."""
    state, ctx = draft.state, draft.ctx
    if ctx.quiet is None or state.paused_at_ms is None:
        return None
    return ctx.due(state.phase_began_ms, ctx.calendar.left(ctx.quiet, state.paused_at_ms, ctx.now_ms))


def clock_extend(draft: Draft, command: c.ClockExtend) -> Rejected | None:
    """Give the running phase more time, or less; it never ends in the past."""
    state = draft.state
    if command.expect and command.expect not in (state.phase, f"{state.turn}:{state.phase}"):
        return reject("clock.moved_on", meant=command.expect, current=f"{state.turn}:{state.phase}")
    timer = draft.state.timers.get(PHASE)
    if timer is None or (timer.due_at_ms is None and timer.remaining_ms is None):
        return reject("clock.open_ended")
    draft.emit(ClockExtended(by_ms=command.by_ms, timer=timing.moved(draft, timer, command.by_ms)))
    return None


def phase_set(draft: Draft, command: c.PhaseSet) -> Rejected | None:
    """Change a phase of the turns to come; the one that runs keeps its clock."""
    state = draft.state
    phase = next((one for one in state.phases if one.id == command.phase), None)
    if phase is None:
        return reject("phase.unknown", phase=command.phase, allowed=tuple(one.id for one in state.phases))
    if phase.adjudicate and command.length_ms is not None:
        return reject("phase.no_clock", phase=phase.label)
    changed = replace(phase, length_ms=command.length_ms, missed=command.missed or phase.missed)
    if changed == phase:
        return reject("clock.unchanged")
    draft.emit(PhaseReset(phase=changed))
    return None


def quiet_set(draft: Draft, command: c.QuietSet) -> Rejected | None:
    """Set the quiet hours; every clock that runs keeps what it has left of hours that count."""
    state, ctx, quiet = draft.state, draft.ctx, command.quiet
    fault = fault_of(quiet, ctx.calendar) if quiet is not None else ""
    if fault:
        return reject("quiet.wrong", fault=fault)
    if quiet == state.quiet:
        return reject("clock.unchanged")
    running = tuple(
        ClockKept(
            key=timer.key,
            generation=timer.generation + 1,
            due_at_ms=ctx.calendar.due(quiet, ctx.now_ms, ctx.left(timer.due_at_ms)),
            remaining_ms=None,
        )
        for timer in state.timers.values()
        if timer.due_at_ms is not None
    )
    draft.emit(QuietHoursSet(quiet=quiet, timers=running))
    return None


def reminders_set(draft: Draft, command: c.RemindersSet) -> Rejected | None:
    """Set when people are reminded; who can be reached, and how, is kept beside the game."""
    if command.before_ms == draft.state.remind_ms:
        return reject("clock.unchanged")
    draft.emit(RemindersWereSet(before_ms=command.before_ms))
    return None


def phase_end(draft: Draft, command: c.PhaseEnd) -> Rejected | None:
    """End the phase that Control was looking at, and no other."""
    state = draft.state
    if command.expect not in (state.phase, f"{state.turn}:{state.phase}"):
        return reject("phase.moved_on", current=f"{state.turn}:{state.phase}")
    if state.proposal is not None:
        return reject("ruling.pending")
    if state.overtime:
        overtime.end_all(draft)
    else:
        flow.leave_phase(draft)
    return None


def game_end(draft: Draft, command: c.GameEnd) -> Rejected | None:
    """End the game now."""
    flow.end_game(draft, reason=command.reason or "Control ended the game.")
    return None


def timer_fire(draft: Draft, command: c.TimerFire) -> Rejected | None:
    """Act on a deadline; one that is stale, stopped or not yet due changes nothing."""
    timer = draft.state.timers.get(command.key)
    if timer is None or timer.generation != command.generation or draft.state.status != "running":
        return None
    if timer.due_at_ms is None or draft.ctx.now_ms < timer.due_at_ms:
        return None
    FIRED[command.key.partition(":")[0]](draft, command.key)
    return None


def _phase_over(draft: Draft, key: str) -> None:
    if not deadline.wait_for_control(draft):
        flow.leave_phase(draft)


FIRED: dict[str, Callable[[Draft, str], None]] = {PHASE: _phase_over, LATE: overtime.ran_out, INJECT: injects.fired}
"""What a deadline does, by what its key begins with. It has to leave the timer stopped, gone or set anew."""
