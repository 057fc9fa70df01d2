"""Decide about the seal of a sheet: submitting one's orders, and opening them again while the phase lasts."""

from wargame.game import commands as c
from wargame.game.decide import overtime
from wargame.game.decide.base import Draft, own_seat
from wargame.game.decide.orders import open_sheet
from wargame.game.events import OrdersReopened, OrdersSubmitted
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Sheet


def orders_submit(draft: Draft, command: c.OrdersSubmit) -> Rejected | None:
    """Seal the sheet; an empty one says that the seat orders nothing."""
    seat = own_seat(draft)
    sheet = open_sheet(draft, seat)
    if isinstance(sheet, Rejected):
        return sheet
    draft.emit(OrdersSubmitted(seat=seat.id))
    overtime.submitted(draft, seat.id)
    return None


def orders_reopen(draft: Draft, command: c.OrdersReopen) -> Rejected | None:
    """Unseal the sheet while the phase lasts."""
    seat = own_seat(draft)
    sheet = open_sheet(draft, seat)
    if isinstance(sheet, Sheet):
        return reject("order.not_sealed")
    if sheet.code != "order.sealed":
        return sheet
    draft.emit(OrdersReopened(seat=seat.id))
    return None
