"""Commands about time: what a seat or a person has beyond the clock."""

from typing import Annotated

from msgspec import Meta

from wargame.game.commands.base import Cmd, ExtendMs, Id, Seats

OwnMs = Annotated[int, Meta(ge=0, le=86_400_000)]


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
