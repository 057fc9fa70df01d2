"""Fold facts about the start, the end, phases and every clock."""

from collections.abc import Iterable

from msgspec.structs import replace

from wargame.game.events import (
    BotStoodIn,
    ClockExtended,
    ClockKept,
    DeadlineMissed,
    GameEnded,
    GamePaused,
    GameResumed,
    GameStarted,
    OvertimeEnded,
    PersonExtended,
    PhaseEntered,
    PhaseReset,
    QuietHoursSet,
    Recorded,
    RemindersWereSet,
    SeatExtended,
    TurnOpened,
)
from wargame.game.evolve.base import drop, put, unready, with_person, with_sheet
from wargame.game.state import Sheet, State, Timer
from wargame.game.timers import LATE, PHASE


def _timer(kept: ClockKept) -> Timer:
    return Timer(key=kept.key, generation=kept.generation, due_at_ms=kept.due_at_ms, remaining_ms=kept.remaining_ms)


def _all_timers(state: State, kept: Iterable[ClockKept]) -> dict[str, Timer]:
    return {**state.timers, **{k.key: _timer(k) for k in kept}}


def game_started(state: State, fact: GameStarted, recorded: Recorded) -> State:
    """Leave the lobby."""
    return replace(state, status="running", seats=unready(state))


def turn_opened(state: State, fact: TurnOpened, recorded: Recorded) -> State:
    """Lay out empty sheets for a new turn."""
    sheets = {seat: Sheet() for seat in state.seats}
    return replace(state, turn=fact.turn, sheets=sheets, consents={}, locked=False, extra={}, overtime=())


def _own_time(state: State, fact: PhaseEntered) -> State:
    """Leave seats that have time of their own at their sheets, each with a clock."""
    overtime = tuple(kept.key.removeprefix(f"{LATE}:") for kept in fact.own)
    timers = _all_timers(state, fact.own)
    return replace(state, overtime=overtime, stand_ins=fact.stand_ins, waited=False, timers=timers)


def bot_stood_in(state: State, fact: BotStoodIn, recorded: Recorded) -> State:
    """Let a bot complete a sheet, against a clock of its own."""
    stand_ins = put(state.stand_ins, fact.seat, fact.policy)
    return replace(state, stand_ins=stand_ins, timers=_all_timers(state, (fact.timer,)))


def deadline_missed(state: State, fact: DeadlineMissed, recorded: Recorded) -> State:
    """Remember that the game stopped for missing orders in this phase."""
    return replace(state, waited=True)


def phase_reset(state: State, fact: PhaseReset, recorded: Recorded) -> State:
    """Set a phase anew for the turns to come."""
    return replace(state, phases=tuple(fact.phase if one.id == fact.phase.id else one for one in state.phases))


def quiet_hours_set(state: State, fact: QuietHoursSet, recorded: Recorded) -> State:
    """Set the quiet hours and the clocks that run."""
    return replace(state, quiet=fact.quiet, timers=_all_timers(state, fact.timers))


def phase_entered(state: State, fact: PhaseEntered, recorded: Recorded) -> State:
    """Start the phase and its clock; nobody is ready yet."""
    state = _own_time(state, fact)
    timer = Timer(key=PHASE, generation=fact.generation, due_at_ms=fact.ends_at_ms, remaining_ms=fact.remaining_ms)
    timers = put(state.timers, PHASE, timer)
    return replace(
        state, turn=fact.turn, phase=fact.phase, timers=timers, seats=unready(state), phase_began_ms=recorded.at_ms,
        paused_at_ms=recorded.at_ms if state.status == "paused" else None,
    )  # fmt: skip


def game_paused(state: State, fact: GamePaused, recorded: Recorded) -> State:
    """Keep what every clock had left."""
    return replace(
        state, status="paused", paused_reason=fact.reason, timers=_all_timers(state, fact.timers),
        paused_at_ms=recorded.at_ms if fact.since_ms is None else fact.since_ms,
    )  # fmt: skip


def game_resumed(state: State, fact: GameResumed, recorded: Recorded) -> State:
    """Let every clock run on."""
    stood = recorded.at_ms - state.paused_at_ms if state.paused_at_ms is not None else 0
    return replace(
        state, status="running", paused_reason="", timers=_all_timers(state, fact.timers), paused_at_ms=None,
        phase_began_ms=state.phase_began_ms + stood if fact.began_ms is None else fact.began_ms,
    )  # fmt: skip


def clock_extended(state: State, fact: ClockExtended, recorded: Recorded) -> State:
    """Set the clock of the phase anew."""
    return replace(state, timers=_all_timers(state, (fact.timer,)), waited=state.waited and fact.by_ms <= 0)


def reminders_set(state: State, fact: RemindersWereSet, recorded: Recorded) -> State:
    """Keep when people are reminded."""
    return replace(state, remind_ms=fact.before_ms)


def seat_extended(state: State, fact: SeatExtended, recorded: Recorded) -> State:
    """Keep what seats have beyond the clock, and set the clocks of those that are using it."""
    return replace(state, extra={**state.extra, **fact.extra}, timers=_all_timers(state, fact.timers))


def person_extended(state: State, fact: PersonExtended, recorded: Recorded) -> State:
    """Keep what a person has beyond the clock."""
    return with_person(state, replace(state.people[fact.person], extra_ms=fact.extra_ms))


def overtime_ended(state: State, fact: OvertimeEnded, recorded: Recorded) -> State:
    """Seal the sheet of a seat that had time of its own, and stop its clock."""
    state = with_sheet(state, fact.seat, replace(state.sheets[fact.seat], submitted=True))
    others = tuple(seat for seat in state.overtime if seat != fact.seat)
    stand_ins = drop(state.stand_ins, fact.seat)
    return replace(state, overtime=others, stand_ins=stand_ins, timers=_all_timers(state, (fact.timer,)))


def game_ended(state: State, fact: GameEnded, recorded: Recorded) -> State:
    """Stop everything; a generation more, so that no late deadline fires."""
    over = {
        k: replace(t, generation=t.generation + 1, due_at_ms=None, remaining_ms=None) for k, t in state.timers.items()
    }
    return replace(
        state, status="ended", ended_reason=fact.reason, timers=over, proposal=None, free_moves={}, overtime=(),
        stand_ins={},
        seats=unready(state),
    )  # fmt: skip
