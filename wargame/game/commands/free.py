"""Commands about moves outside the catalogue, the odds of them, arguments for orders, and appeals."""

from typing import Annotated, Literal

from msgspec import Meta

from wargame.game.commands.base import Cmd, Id, Line, Note, Reason

Title = Annotated[str, Meta(min_length=3, max_length=120)]
Told = Annotated[str, Meta(min_length=3, max_length=1000)]
Arguments = Annotated[tuple[Told, ...], Meta(max_length=3)]
Percent = Annotated[int, Meta(ge=1, le=99)]
Net = Annotated[int, Meta(ge=-3, le=3)]
Deltas = Annotated[dict[Id, Annotated[float, Meta(ge=-1000, le=1000)]], Meta(max_length=16)]
Logit = Annotated[float, Meta(ge=-100, le=100)]
Circle = Annotated[tuple[Id, ...], Meta(max_length=16)]

Side = Literal["for", "against"]
Severity = Literal["de", "sq", "po", "nv", "vi", "nu"]


# --- a seat -----------------------------------------------------------------------------------
class FreeMovePropose(Cmd, frozen=True, kw_only=True, tag="freemove.propose"):
    """Propose a move the catalogue lacks: what we do, what it is to bring about, why it should work.

    It takes its cost of the sheet's budget while it is open. Control alone learns of it, until Control circulates it.
    """

    move: Id
    title: Title
    action: Told
    effect: Told
    arguments: Arguments = ()
    public: bool = True


class FreeMoveArgue(Cmd, frozen=True, kw_only=True, tag="freemove.argue"):
    """Add a line for or against a free move one may know of."""

    move: Id
    side: Side
    text: Annotated[Line, Meta(min_length=3)]


class FreeMoveWithdraw(Cmd, frozen=True, kw_only=True, tag="freemove.withdraw"):
    """Take a free move of one's own back while Control has not decided."""

    move: Id


class FreeMoveEstimate(Cmd, frozen=True, kw_only=True, tag="freemove.estimate"):
    """Estimate the chance of success in percent: Control, or a seat that Control asked. Nobody else sees the number."""

    move: Id
    percent: Percent


class AppealLodge(Cmd, frozen=True, kw_only=True, tag="appeal.lodge"):
    """Appeal against what became of an order or free move of one's own seat, once, until the next orders are locked."""

    order: Id
    text: Told


# --- Control ----------------------------------------------------------------------------------
class FreeMoveCirculate(Cmd, frozen=True, kw_only=True, tag="freemove.circulate"):
    """Let more seats know of a free move, so that they can argue for or against it."""

    move: Id
    seats: Circle


class FreeMoveAsk(Cmd, frozen=True, kw_only=True, tag="freemove.ask"):
    """Ask seats in confidence to estimate the odds. Neither the proposer nor the others learn who was asked."""

    move: Id
    seats: Circle


class FreeMoveFrame(Cmd, frozen=True, kw_only=True, tag="freemove.frame"):
    """Say what the move is for the engine: the custom-move tool (section 2.4). A second frame replaces the first."""

    move: Id
    seat: Id
    severity: Severity
    effects: Deltas
    costs: Deltas = {}
    cameo: Annotated[str, Meta(max_length=8)] = ""
    trust: Logit = 0.0
    resolve: Logit = 0.0
    net: Net = 0


class FreeMoveAdmit(Cmd, frozen=True, kw_only=True, tag="freemove.admit"):
    """Admit a framed and estimated free move: it is settled with the turn like any other order."""

    move: Id


class FreeMoveRefuse(Cmd, frozen=True, kw_only=True, tag="freemove.refuse"):
    """Refuse a free move with a reason; what it took of the budget comes back."""

    move: Id
    reason: Reason


class ArgumentGrant(Cmd, frozen=True, kw_only=True, tag="argument.grant"):
    """Grant an order of this turn net arguments, -3..3, each worth 0.4 in log-odds (R-F02); 0 takes them back."""

    order: Id
    net: Net
    reason: Note = ""


class AppealAnswer(Cmd, frozen=True, kw_only=True, tag="appeal.answer"):
    """Answer an appeal. One that is upheld may correct a variable; the correction is applied with the next turn."""

    appeal: Id
    verdict: Literal["upheld", "declined"]
    text: Told
    variable: Id | None = None
    delta: Annotated[float, Meta(ge=-40, le=40)] = 0.0
