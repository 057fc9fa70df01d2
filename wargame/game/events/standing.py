"""Facts about standing orders."""

from wargame.game.events.base import Params, Payload, fact


class OrderStanding(Payload, frozen=True, kw_only=True):
    """An order as it would be drafted."""

    move: str
    params: Params
    public: bool | None


@fact("standing.posted")
class StandingPosted(Payload, frozen=True, kw_only=True):
    """A seat posted what it wants done if it is not there to say so; nothing at all takes it back."""

    seat: str
    orders: tuple[OrderStanding, ...]
    note: str


@fact("standing.filed")
class StandingFiled(Payload, frozen=True, kw_only=True):
    """The standing orders of a seat were laid on its sheet; `left_out`: moves that could not be, and the code why."""

    seat: str
    turn: int
    laid: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
