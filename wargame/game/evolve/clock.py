"""Fold facts about the start, the end, phases and every clock."""

from collections.abc import Iterable

from msgspec.structs import replace

from wargame.game.events import (
    ClockExtended,
    ClockKept,
    GameEnded,
    GamePaused,
    GameResumed,
    GameStarted,
    PhaseEntered,
    Recorded,
    TurnOpened,
)
from wargame.game.evolve.base import put, unready
from wargame.game.state import Sheet, State, Timer
from wargame.game.timers import PHASE


def _timer(kept: ClockKept) -> Timer:
    return Timer(key=kept.key, generation=kept.generation, due_at_ms=kept.due_at_ms, remaining_ms=kept.remaining_ms)


def _all_timers(state: State, kept: Iterable[ClockKept]) -> dict[str, Timer]:
    return {**state.timers, **{k.key: _timer(k) for k in kept}}


def game_started(state: State, fact: GameStarted, recorded: Recorded) -> State:
    """Leave the lobby."""
    return replace(state, status="running", seats=unready(state))


def turn_opened(state: State, fact: TurnOpened, recorded: Recorded) -> State:
    """Lay out empty sheets for a new turn."""
    return replace(state, turn=fact.turn, sheets={seat: Sheet() for seat in state.seats}, consents={}, locked=False)


def phase_entered(state: State, fact: PhaseEntered, recorded: Recorded) -> State:
    """Start the phase and its clock; nobody is ready yet."""
    timer = Timer(key=PHASE, generation=fact.generation, due_at_ms=fact.ends_at_ms, remaining_ms=fact.remaining_ms)
    timers = put(state.timers, PHASE, timer)
    return replace(state, turn=fact.turn, phase=fact.phase, timers=timers, seats=unready(state))


def game_paused(state: State, fact: GamePaused, recorded: Recorded) -> State:
    """Keep what every clock had left."""
    return replace(state, status="paused", paused_reason=fact.reason, timers=_all_timers(state, fact.timers))


def game_resumed(state: State, fact: GameResumed, recorded: Recorded) -> State:
    """Let every clock run on."""
    return replace(state, status="running", paused_reason="", timers=_all_timers(state, fact.timers))


def clock_extended(state: State, fact: ClockExtended, recorded: Recorded) -> State:
    """Set the clock of the phase anew."""
    return replace(state, timers=_all_timers(state, (fact.timer,)))


def game_ended(state: State, fact: GameEnded, recorded: Recorded) -> State:
    """Stop everything; a generation more, so that no late deadline fires."""
    over = {
        k: replace(t, generation=t.generation + 1, due_at_ms=None, remaining_ms=None) for k, t in state.timers.items()
    }
    return replace(
        state, status="ended", ended_reason=fact.reason, timers=over, proposal=None, free_moves={}, seats=unready(state)
    )
