"""Decide about standing orders: what a seat wants done if it is not there to say so.

They are checked as orders are when they are posted, and again when they are laid on a sheet: by then a move may be
closed or the budget used. What cannot be laid is left out and said so; it never stops the others.
"""

from wargame.game import commands as c
from wargame.game.decide.base import Draft, own_seat
from wargame.game.decide.orders import check_order, check_publicity, known_move, open_sheet, qualified
from wargame.game.decide.params import check_params, full_params
from wargame.game.events import OrderStanding, StandingFiled, StandingPosted
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Seat

RATIONALE = "Standing orders."


def post(draft: Draft, command: c.StandingPost) -> Rejected | None:
    """Post the standing orders of one's seat, or take them back."""
    seat, now = own_seat(draft), draft.state.standing.get(own_seat(draft).id)
    orders = []
    for order in command.orders:
        move = known_move(draft, seat.id, order.move)
        if move is None:
            return reject("move.unknown")
        params = full_params(move, order.params)
        refused = check_params(move, params) or check_publicity(move, order.public)
        if refused:
            return refused
        orders.append(OrderStanding(move=move.id, params=params, public=order.public))
    note = command.note.strip() if orders else ""
    if (now.orders, now.note) == (tuple(orders), note) if now else not orders:
        return reject("standing.unchanged")
    draft.emit(StandingPosted(seat=seat.id, orders=tuple(orders), note=note))
    return None


def file(draft: Draft, command: c.StandingFile) -> Rejected | None:
    """Lay the standing orders of one's seat on its open sheet."""
    seat = own_seat(draft)
    sheet = open_sheet(draft, seat)
    if isinstance(sheet, Rejected):
        return sheet
    if seat.id not in draft.state.standing:
        return reject("standing.none")
    lay_out(draft, seat)
    return None


def lay_out(draft: Draft, seat: Seat) -> None:
    """Put the standing orders of a seat on its sheet as far as they go, and record what was left out and why."""
    posted = draft.state.standing.get(seat.id)
    if posted is None:
        return
    laid, left_out = [], []
    for number, order in enumerate(posted.orders):
        name = qualified(seat.id, f"standing-{draft.state.turn}-{number}")
        sheet = draft.state.sheets[seat.id]
        if name in sheet.orders:
            continue
        asked = c.OrderDraft(order=name, move=order.move, params=order.params, public=order.public, rationale=RATIONALE)
        checked = check_order(draft, seat, sheet, asked)
        if isinstance(checked, Rejected):
            left_out.append((order.move, checked.code))
        else:
            draft.emit(checked)
            laid.append(name)
    draft.emit(StandingFiled(seat=seat.id, turn=draft.state.turn, laid=tuple(laid), left_out=tuple(left_out)))
