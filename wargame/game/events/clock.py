"""Facts about the start, the end, turns, phases and clocks."""

from typing import Literal

from wargame.game.events.base import Payload, fact
from wargame.game.events.lobby import PhaseSetUp
from wargame.game.quiet import QuietHours


@fact("game.started")
class GameStarted(Payload, frozen=True, kw_only=True):
    """The lobby is over; `vacant` seats are played by nobody."""

    vacant: tuple[str, ...]


@fact("turn.opened")
class TurnOpened(Payload, frozen=True, kw_only=True):
    """A turn began with empty sheets."""

    turn: int


class ClockKept(Payload, frozen=True, kw_only=True):
    """One timer after a change of all clocks."""

    key: str
    generation: int
    due_at_ms: int | None
    remaining_ms: int | None


@fact("phase.entered")
class PhaseEntered(Payload, frozen=True, kw_only=True):
    """A phase began; its clock runs to `ends_at_ms`, or waits with `remaining_ms` if the game is paused.

    `own` are the clocks of seats that stay at their sheets in time of their own, `stand_ins` the bots that complete
    sheets meanwhile, by seat.
    """

    turn: int
    phase: str
    generation: int
    ends_at_ms: int | None
    remaining_ms: int | None
    own: tuple[ClockKept, ...] = ()
    stand_ins: dict[str, str] = {}


@fact("phase.set")
class PhaseReset(Payload, frozen=True, kw_only=True):
    """A phase has another length, or another rule for missed deadlines, from the next time it begins."""

    phase: PhaseSetUp


@fact("quiet.set")
class QuietHoursSet(Payload, frozen=True, kw_only=True):
    """When no clock runs is another time now; `timers` are those that ran, with the same left of hours that count."""

    quiet: QuietHours | None
    timers: tuple[ClockKept, ...]


@fact("reminders.set")
class RemindersWereSet(Payload, frozen=True, kw_only=True):
    """Those who are not done are reminded so long before a deadline; 0: nobody is."""

    before_ms: int


@fact("deadline.missed")
class DeadlineMissed(Payload, frozen=True, kw_only=True):
    """The time for orders was over and sheets of `seats` were not in: Control decides how to go on."""

    turn: int
    phase: str
    seats: tuple[str, ...]


@fact("bot.stood_in")
class BotStoodIn(Payload, frozen=True, kw_only=True):
    """A bot completes the sheet of a seat whose own time is over too."""

    turn: int
    seat: str
    policy: str
    timer: ClockKept


@fact("game.paused")
class GamePaused(Payload, frozen=True, kw_only=True, omit_defaults=True):
    """Every clock stopped, with what it has left.

    `since_ms`: when, if that was before this was recorded: the server was away meanwhile.
    """

    reason: str
    timers: tuple[ClockKept, ...]
    since_ms: int | None = None


@fact("game.resumed")
class GameResumed(Payload, frozen=True, kw_only=True, omit_defaults=True):
    """Every clock runs on.

    `began_ms`: since when the phase has run as long as it has, where quiet hours lie between.
    """

    timers: tuple[ClockKept, ...]
    began_ms: int | None = None


@fact("clock.extended")
class ClockExtended(Payload, frozen=True, kw_only=True):
    """The running phase got more time, or less."""

    by_ms: int
    timer: ClockKept


@fact("seat.extended")
class SeatExtended(Payload, frozen=True, kw_only=True):
    """Seats have more time for the orders of this turn, or less. `extra`: milliseconds of each from now on.

    `timers` are the clocks that ran already: of seats everybody else waits for without knowing it.
    """

    by_ms: int
    extra: dict[str, int]
    timers: tuple[ClockKept, ...] = ()


@fact("person.extended")
class PersonExtended(Payload, frozen=True, kw_only=True):
    """A person has so many milliseconds beyond the clock for the orders of every turn."""

    person: str
    extra_ms: int


@fact("overtime.ended")
class OvertimeEnded(Payload, frozen=True, kw_only=True):
    """A seat that had time of its own is done: it submitted, its time ran out, or Control ended it.

    `late`: its sheet was taken as it lay.
    """

    turn: int
    seat: str
    how: Literal["submitted", "ran_out", "ended"]
    late: bool
    timer: ClockKept


@fact("game.ended")
class GameEnded(Payload, frozen=True, kw_only=True):
    """The game is over and its seed is no secret any more."""

    reason: str
    seed: str
