"""Time that is one seat's own, and what it wants done when it is not there in time."""

from wargame.game.entities.base import Entity


class OwnTimeSeen(Entity, frozen=True, kw_only=True):
    """kind `owntime`, key seat id: what a seat has beyond the clock for the orders of a turn, for Control.

    `extra_ms` is all of it, `people_ms` the part its people have in every turn. `running`: everybody else waits;
    then `ends_at_ms`, or `remaining_ms` in a pause, says how long.
    """

    seat: str
    extra_ms: int
    people_ms: int
    running: bool
    ends_at_ms: int | None = None
    remaining_ms: int | None = None


class StandingOrderSeen(Entity, frozen=True, kw_only=True):
    """An order as it would be drafted, with its name."""

    move: str
    label: str
    params: dict[str, str | int | float | bool]
    public: bool | None


class LeftOutSeen(Entity, frozen=True, kw_only=True):
    """A standing order that could not be laid on the sheet, and the code of the reason."""

    move: str
    label: str
    code: str


class StandingSeen(Entity, frozen=True, kw_only=True):
    """kind `standing`, key seat id: its standing orders, for the seat and Control. No orders: none are posted.

    `filed` is the turn they were used last, 0 for never; `left_out` what could not be laid on the sheet then.
    """

    seat: str
    orders: tuple[StandingOrderSeen, ...]
    note: str
    filed: int = 0
    left_out: tuple[LeftOutSeen, ...] = ()
