"""Commands about time: phases to come, quiet hours, what a seat or a person has beyond the clock."""

from typing import Annotated

from msgspec import Meta

from adjudication.scenario.course import Missed
from wargame.game.commands.base import MONTH_MS, Cmd, ExtendMs, Id, LengthMs, Seats
from wargame.game.quiet import QuietHours

OwnMs = Annotated[int, Meta(ge=0, le=86_400_000)]


class PhaseSet(Cmd, frozen=True, kw_only=True, tag="phase.set"):
    """Change the length of a phase from the next time it begins; no length means that Control ends it.

    `missed`: what becomes of sheets that are not submitted from now on; nothing said leaves it as it is.
    """

    phase: Id
    length_ms: LengthMs | None
    missed: Missed | None = None


class QuietSet(Cmd, frozen=True, kw_only=True, tag="quiet.set"):
    """Set when no clock of the game runs, or that every hour counts. Running clocks keep what they have left."""

    quiet: QuietHours | None


class RemindersSet(Cmd, frozen=True, kw_only=True, tag="reminders.set"):
    """Remind those who are not done so long before a deadline, by e-mail and the game's webhook; 0: nobody."""

    before_ms: Annotated[int, Meta(ge=0, le=MONTH_MS)]


class SeatExtend(Cmd, frozen=True, kw_only=True, tag="seat.extend"):
    """Give seats more time for the orders of this turn than the clock says, or less of what they were given.

    Nobody else is told. A team is extended by naming its seats.
    """

    seats: Seats
    by_ms: ExtendMs


class PersonExtend(Cmd, frozen=True, kw_only=True, tag="person.extend"):
    """Set what a person has beyond the clock for the orders of every turn, in whatever seat: an accommodation."""

    person: Id
    extra_ms: OwnMs
