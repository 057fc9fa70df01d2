"""Facts about moves outside the catalogue, arguments granted to orders, and appeals."""

from typing import Literal

from wargame.game.events.base import Payload, fact

Severity = Literal["de", "sq", "po", "nv", "vi", "nu"]


@fact("freemove.proposed")
class FreeMoveProposed(Payload, frozen=True, kw_only=True):
    """A seat proposed a move the catalogue lacks, with its own arguments for it."""

    move: str
    seat: str
    turn: int
    title: str
    action: str
    effect: str
    arguments: tuple[str, ...]
    public: bool
    cost: int


@fact("freemove.argued")
class FreeMoveArgued(Payload, frozen=True, kw_only=True):
    """A seat that may know of it argued for or against."""

    move: str
    seat: str
    side: Literal["for", "against"]
    text: str


@fact("freemove.circulated")
class FreeMoveCirculated(Payload, frozen=True, kw_only=True):
    """Control let more seats know of it; `seats` are the new ones."""

    move: str
    seats: tuple[str, ...]


@fact("freemove.asked")
class FreeMoveAsked(Payload, frozen=True, kw_only=True):
    """Control asked seats in confidence for the odds; `seats` are the new ones."""

    move: str
    seats: tuple[str, ...]


@fact("freemove.estimated")
class FreeMoveEstimated(Payload, frozen=True, kw_only=True):
    """Control (`control`) or a seat that was asked gave its chance of success in percent."""

    move: str
    by: str
    percent: int


@fact("freemove.framed")
class FreeMoveFramed(Payload, frozen=True, kw_only=True):
    """Control said what the move is for the engine. Effects are signed changes in the variables' units."""

    move: str
    seat: str
    severity: Severity
    cameo: str
    effects: dict[str, float]
    costs: dict[str, float]
    trust: float
    resolve: float
    net: int


@fact("freemove.admitted")
class FreeMoveAdmitted(Payload, frozen=True, kw_only=True):
    """It is settled with the turn. `estimates` are those its odds are made of, by who gave them."""

    move: str
    estimates: dict[str, int]


@fact("freemove.ended")
class FreeMoveEnded(Payload, frozen=True, kw_only=True):
    """It left the table without being tried: taken back, refused, or not decided before the turn was settled."""

    move: str
    how: Literal["withdrawn", "refused", "lapsed"]
    reason: str


@fact("argument.granted")
class ArgumentGranted(Payload, frozen=True, kw_only=True):
    """Control granted an order net arguments."""

    turn: int
    order: str
    net: int
    reason: str


@fact("appeal.lodged")
class AppealLodged(Payload, frozen=True, kw_only=True):
    """A seat appealed against what became of an order of a settled turn."""

    appeal: str
    seat: str
    turn: int
    order: str
    label: str
    text: str


@fact("appeal.answered")
class AppealAnswered(Payload, frozen=True, kw_only=True):
    """Control answered. A correction (`variable` not empty) is applied with the settlement of `applies`."""

    appeal: str
    verdict: Literal["upheld", "declined"]
    text: str
    variable: str
    delta: float
    applies: int
