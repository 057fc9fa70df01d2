"""Decide about a seat's sheet of orders and about sharing estimates.

A move the case has not and a move of another seat answer the same. Whether a move is lawful is not asked here:
a seat may order what will be blocked, and bear what that signals.
"""

from wargame.game import case, engine
from wargame.game import commands as c
from wargame.game.decide.base import Draft, check_seats, own_seat
from wargame.game.decide.params import check_params, full_params
from wargame.game.events import (
    ArgumentGranted,
    ConsentWithdrawn,
    EstimateBriefed,
    OrderDrafted,
    OrderWithdrawn,
)
from wargame.game.rejections import Rejected, reject
from wargame.game.sheet import capital_left, free_cost
from wargame.game.state import Seat, Sheet, State

ORDERS_A_SHEET = 12


def qualified(seat: str, name: str) -> str:
    """Return the id a seat's own thing has in the log: two seats can use one name and not notice."""
    return name if name.startswith(f"{seat}:") else f"{seat}:{name}"


def open_sheet(draft: Draft, seat: Seat) -> Sheet | Rejected:
    """Return a seat's sheet where it may be written on now."""
    if not draft.state.writes_orders(seat.id):
        return reject("order.phase_closed")
    sheet = draft.state.sheets[seat.id]
    return reject("order.sealed") if sheet.submitted else sheet


def order_draft(draft: Draft, command: c.OrderDraft) -> Rejected | None:
    """Put an order on the sheet, or change one."""
    seat = own_seat(draft)
    sheet = open_sheet(draft, seat)
    if isinstance(sheet, Rejected):
        return sheet
    checked = check_order(draft, seat, sheet, command)
    if isinstance(checked, Rejected):
        return checked
    old = sheet.orders.get(checked.order)
    if old is not None and (old.move, old.params) != (checked.move, checked.params):
        if _fixed(draft.state, seat, checked.order):
            return reject("order.asked_about")
        _void_questions(draft, checked.order)
    draft.emit(checked)
    return None


def known_move(draft: Draft, seat: str, move: str) -> case.Move | None:
    """Return a move the seat may know it owns now."""
    return case.move_of(engine.open_case(draft.ctx.scenario, draft.state), seat, move)


def check_order(draft: Draft, seat: Seat, sheet: Sheet, asked: c.OrderDraft) -> OrderDrafted | Rejected:
    """Return the order as it goes on this sheet, or why it cannot."""
    move = known_move(draft, seat.id, asked.move)
    if move is None:
        return reject("move.unknown")
    order = qualified(seat.id, asked.order)
    if order in draft.state.free_moves:
        return reject("freemove.id_used")
    params = full_params(move, asked.params)
    refused = (
        check_params(move, params)
        or check_publicity(move, asked.public)
        or _check_cost(draft.state, seat, sheet, order=order, move=move)
    )
    return refused or OrderDrafted(
        seat=seat.id,
        order=order,
        move=move.id,
        params=params,
        public=move.visibility == "public" if asked.public is None else asked.public,
        cost=move.cost,
        capital=move.capital,
        rationale=asked.rationale,
        expects=asked.expects,
        argument=asked.argument,
    )


def check_publicity(move: case.Move, public: bool | None) -> Rejected | None:
    """Refuse what a move does not allow: to be ordered in private, or to be announced."""
    if public is False and move.visibility == "public" and not move.may_hide:
        return reject("order.not_hideable")
    if public is True and move.visibility != "public" and not move.may_hide:
        return reject("order.not_public")
    return None


def _check_cost(state: State, seat: Seat, sheet: Sheet, *, order: str, move: case.Move) -> Rejected | None:
    others = [o for o in sheet.orders.values() if o.id != order]
    if len(others) >= ORDERS_A_SHEET:
        return reject("order.too_many", limit=ORDERS_A_SHEET)
    left = seat.budget - sum(o.cost for o in others) - free_cost(state, seat.id)
    if move.cost > left:
        return reject("order.over_budget", cost=move.cost, left=left, budget=seat.budget)
    capital = capital_left(state, seat.id, without=order)
    if capital is not None and move.capital > capital:
        return reject("order.over_capital", cost=move.capital, left=round(capital, 1))
    return None


def order_withdraw(draft: Draft, command: c.OrderWithdraw) -> Rejected | None:
    """Take an order off the sheet."""
    seat = own_seat(draft)
    sheet = open_sheet(draft, seat)
    if isinstance(sheet, Rejected):
        return sheet
    order = qualified(seat.id, command.order)
    if order not in sheet.orders:
        return reject("order.unknown")
    if _fixed(draft.state, seat, order):
        return reject("order.asked_about")
    _void_questions(draft, order)
    draft.emit(OrderWithdrawn(seat=seat.id, order=order))
    return None


def withdraw_all(draft: Draft, seat: str) -> None:
    """Take every order off a sheet whose time is over, where a missed deadline means that nothing is ordered."""
    for order in tuple(draft.state.sheets[seat].orders):
        _void_questions(draft, order)
        draft.emit(OrderWithdrawn(seat=seat, order=order))


def _fixed(state: State, seat: Seat, order: str) -> bool:
    """Tell whether a change would show another seat that this one is still at its sheet."""
    return seat.id in state.overtime and any(asked.order == order for asked in state.consents.values())


def _void_questions(draft: Draft, order: str) -> None:
    """Take back what was asked about and granted to an order that is another one now, or none."""
    for asked in tuple(draft.state.consents.values()):
        if asked.order == order:
            draft.emit(ConsentWithdrawn(request=asked.id))
    if order in draft.state.grants:
        why = "The order is another one now, or off the sheet."
        draft.emit(ArgumentGranted(turn=draft.state.turn, order=order, net=0, reason=why))


def estimate_brief(draft: Draft, command: c.EstimateBrief) -> Rejected | None:
    """Share what one's own seat reads of a variable; what one was told oneself is not one's to share."""
    seat = own_seat(draft)
    refused = check_seats(draft.state, command.to)
    if refused:
        return refused
    if seat.id in command.to:
        return reject("estimate.to_self")
    reading = next((r for r in draft.state.readings.get(seat.id, ()) if r.variable == command.variable), None)
    if reading is None:
        return reject("estimate.none")
    draft.emit(
        EstimateBriefed(
            seat=seat.id,
            to=tuple(sorted(set(command.to))),
            turn=draft.state.readings_turn,
            reading=reading,
            note=command.note,
        )
    )
    return None
