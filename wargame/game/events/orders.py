"""Facts about sheets of orders and what seats read and share."""

from typing import Literal

from wargame.game.events.base import Params, Payload, fact


class ReadingMade(Payload, frozen=True, kw_only=True):
    """What a seat reads of one variable; see `entities.ReadingSeen`."""

    variable: str
    mode: Literal["exact", "estimate", "band"]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    confidence: Literal["", "low", "moderate", "high"] = ""
    band: str = ""


@fact("estimates.made")
class EstimatesMade(Payload, frozen=True, kw_only=True):
    """The readings of all seats for a turn, the truth they are of, and the errors they carry on to the next."""

    turn: int
    readings: dict[str, tuple[ReadingMade, ...]]
    truth: tuple[ReadingMade, ...]
    errors: dict[str, float]


@fact("estimate.briefed")
class EstimateBriefed(Payload, frozen=True, kw_only=True):
    """A seat shared what it reads of a variable."""

    seat: str
    to: tuple[str, ...]
    turn: int
    reading: ReadingMade
    note: str


@fact("order.drafted")
class OrderDrafted(Payload, frozen=True, kw_only=True):
    """An order was put on a sheet or changed."""

    seat: str
    order: str
    move: str
    params: Params
    public: bool
    cost: int
    capital: float
    rationale: str
    expects: str
    argument: str = ""


@fact("order.withdrawn")
class OrderWithdrawn(Payload, frozen=True, kw_only=True):
    """An order was taken off a sheet."""

    seat: str
    order: str


@fact("consent.asked")
class ConsentAsked(Payload, frozen=True, kw_only=True):
    """A seat asked another to consent to an order as it stood then."""

    request: str
    order: str
    seat: str
    to: str
    move: str
    params: Params
    note: str


@fact("consent.answered")
class ConsentAnswered(Payload, frozen=True, kw_only=True):
    """A seat consented to what it was asked, or refused."""

    request: str
    seat: str
    given: bool
    note: str


@fact("consent.withdrawn")
class ConsentWithdrawn(Payload, frozen=True, kw_only=True):
    """The order that was asked about is another one now, or off the sheet: the question is void."""

    request: str


@fact("orders.submitted")
class OrdersSubmitted(Payload, frozen=True, kw_only=True):
    """A sheet was sealed."""

    seat: str


@fact("orders.reopened")
class OrdersReopened(Payload, frozen=True, kw_only=True):
    """A sheet was unsealed."""

    seat: str


@fact("orders.locked")
class OrdersLocked(Payload, frozen=True, kw_only=True):
    """No order of this turn changes any more. `late` sheets were taken as they lay.

    The sheets of `open` seats stay open: they have time of their own.
    """

    turn: int
    late: tuple[str, ...]
    open: tuple[str, ...] = ()
