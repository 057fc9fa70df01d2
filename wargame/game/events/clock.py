"""Facts about the start, the end, turns, phases and clocks."""

from wargame.game.events.base import Payload, fact


@fact("game.started")
class GameStarted(Payload, frozen=True, kw_only=True):
    """The lobby is over; `vacant` seats are played by nobody."""

    vacant: tuple[str, ...]


@fact("turn.opened")
class TurnOpened(Payload, frozen=True, kw_only=True):
    """A turn began with empty sheets."""

    turn: int


@fact("phase.entered")
class PhaseEntered(Payload, frozen=True, kw_only=True):
    """A phase began; its clock runs to `ends_at_ms`, or waits with `remaining_ms` if the game is paused."""

    turn: int
    phase: str
    generation: int
    ends_at_ms: int | None
    remaining_ms: int | None


class ClockKept(Payload, frozen=True, kw_only=True):
    """One timer after a change of all clocks."""

    key: str
    generation: int
    due_at_ms: int | None
    remaining_ms: int | None


@fact("game.paused")
class GamePaused(Payload, frozen=True, kw_only=True):
    """Every clock stopped, with what it has left."""

    reason: str
    timers: tuple[ClockKept, ...]


@fact("game.resumed")
class GameResumed(Payload, frozen=True, kw_only=True):
    """Every clock runs on."""

    timers: tuple[ClockKept, ...]


@fact("clock.extended")
class ClockExtended(Payload, frozen=True, kw_only=True):
    """The running phase got more time, or less."""

    by_ms: int
    timer: ClockKept


@fact("game.ended")
class GameEnded(Payload, frozen=True, kw_only=True):
    """The game is over and its seed is no secret any more."""

    reason: str
    seed: str
