"""Commands about a seat's sheet of orders and about sharing estimates."""

from wargame.game.commands.base import Cmd, Id, Note, Params, Seats


class OrderDraft(Cmd, frozen=True, kw_only=True, tag="order.draft"):
    """Put an order on the seat's sheet for this turn, or change the one with this id."""

    order: Id
    move: Id
    params: Params = {}
    public: bool | None = None
    rationale: Note = ""
    expects: Note = ""
    argument: Note = ""
    """Why it should succeed: said to Control, who may grant net arguments for it."""


class OrderWithdraw(Cmd, frozen=True, kw_only=True, tag="order.withdraw"):
    """Take an order off the sheet."""

    order: Id


class OrdersSubmit(Cmd, frozen=True, kw_only=True, tag="orders.submit"):
    """Seal the sheet. It can be reopened until the phase locks."""


class OrdersReopen(Cmd, frozen=True, kw_only=True, tag="orders.reopen"):
    """Unseal the sheet."""


class ConsentAsk(Cmd, frozen=True, kw_only=True, tag="consent.ask"):
    """Ask another seat to consent to an order on one's sheet. That seat sees the order as it stands; no other does."""

    order: Id
    to: Id
    note: Note = ""


class ConsentAnswer(Cmd, frozen=True, kw_only=True, tag="consent.answer"):
    """Consent to what one's seat was asked, or refuse. The last word before the orders are locked counts."""

    request: Id
    given: bool
    note: Note = ""


class EstimateBrief(Cmd, frozen=True, kw_only=True, tag="estimate.brief"):
    """Brief an estimate of this turn to other seats (withholding is the default and is logged)."""

    variable: Id
    to: Seats
    note: Note = ""
