"""Decide about asking another seat to consent to an order, and about its answer.

A question shows the order it is about to the seat that is asked and to nobody else; if the order changes, the question
is void. What a missing answer counts for is data of the move, and the engine's to judge.
"""

from wargame.game import case
from wargame.game import commands as c
from wargame.game.decide.base import Draft, own_seat
from wargame.game.decide.orders import qualified
from wargame.game.events import ConsentAnswered, ConsentAsked
from wargame.game.rejections import Rejected, reject


def consent_ask(draft: Draft, command: c.ConsentAsk) -> Rejected | None:
    """Ask a seat whose consent an order of one's sheet calls for."""
    seat, phase = own_seat(draft), draft.state.now_phase
    if seat.id in draft.state.overtime:
        return reject("order.own_time")
    if phase is None or not phase.orders or draft.state.locked:
        return reject("order.phase_closed")
    order = draft.state.sheets[seat.id].orders.get(qualified(seat.id, command.order))
    if order is None:
        return reject("order.unknown")
    allowed = case.consents_to(draft.ctx.scenario, order.move, by=seat.id)
    if command.to not in allowed:
        return reject("consent.not_called_for", allowed=allowed or ("nobody",))
    if any(asked.order == order.id and asked.to == command.to for asked in draft.state.consents.values()):
        return reject("consent.asked_already")
    draft.emit(
        ConsentAsked(
            request=draft.ctx.ids(f"consent:{command.to}"), order=order.id, seat=seat.id, to=command.to,
            move=order.move, params=order.params, note=command.note,
        )
    )  # fmt: skip
    return None


def consent_answer(draft: Draft, command: c.ConsentAnswer) -> Rejected | None:
    """Answer a question put to one's own seat; until the lock the answer may change."""
    seat = own_seat(draft)
    asked = draft.state.consents.get(command.request)
    if asked is None or asked.to != seat.id:
        return reject("consent.unknown")
    if draft.state.locked:
        return reject("consent.closed")
    if asked.answer == ("given" if command.given else "refused") and asked.reply == command.note:
        return reject("consent.unchanged")
    draft.emit(ConsentAnswered(request=asked.id, seat=seat.id, given=command.given, note=command.note))
    return None
