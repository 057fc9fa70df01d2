"""Decide about arguments granted to orders, and about appeals against outcomes and their answers."""

from wargame.game import commands as c
from wargame.game import engine
from wargame.game.decide.base import Draft, own_seat
from wargame.game.decide.settle import propose_again
from wargame.game.events import AppealAnswered, AppealLodged, ArgumentGranted
from wargame.game.rejections import Rejected, reject
from wargame.game.state import State


def grant(draft: Draft, command: c.ArgumentGrant) -> Rejected | None:
    """Grant an order of this turn net arguments; a proposal that waits is settled again with the same dice."""
    state = draft.state
    if not any(command.order in sheet.orders for sheet in state.sheets.values()) or _settled_already(state):
        return reject("argument.order_unknown")
    now = state.grants.get(command.order)
    if command.net == (now.net if now else 0):
        return reject("argument.unchanged")
    draft.emit(ArgumentGranted(turn=state.turn, order=command.order, net=command.net, reason=command.reason))
    if draft.state.proposal is not None:
        propose_again(draft)
    return None


def _settled_already(state: State) -> bool:
    return state.settled_now


def lodge(draft: Draft, command: c.AppealLodge) -> Rejected | None:
    """Appeal against what became of an order of one's own, once."""
    seat = own_seat(draft)
    outcome = draft.state.settled.get(command.order)
    if outcome is None or outcome.seat != seat.id:
        return reject("appeal.order_unknown")
    if not command.text.strip():
        return reject("text.empty")
    draft.emit(
        AppealLodged(
            appeal=draft.ctx.ids("appeal"),
            seat=seat.id,
            turn=outcome.turn,
            order=command.order,
            label=outcome.title or draft.ctx.scenario.move[outcome.move].text.order,
            text=command.text.strip(),
        )
    )
    return None


def answer(draft: Draft, command: c.AppealAnswer) -> Rejected | None:
    """Answer an appeal; a correction joins the next settlement, or the one that waits for rulings."""
    state = draft.state
    if command.appeal not in state.appeals:
        return reject("appeal.unknown")
    variable = command.variable or ""
    if variable:
        if command.verdict == "declined":
            return reject("appeal.no_correction")
        allowed = engine.open_to_rulings(draft.ctx.scenario)
        if variable not in allowed:
            return reject("ruling.variable_unknown", variable=variable, allowed=allowed)
    applies = _next_settlement(state) if variable else 0
    if variable and not applies:
        return reject("appeal.too_late")
    draft.emit(
        AppealAnswered(
            appeal=command.appeal,
            verdict=command.verdict,
            text=command.text,
            variable=variable,
            delta=float(command.delta) if variable else 0.0,
            applies=applies,
        )
    )
    if variable and draft.state.proposal is not None:
        propose_again(draft)
    return None


def _next_settlement(state: State) -> int:
    """Return the turn whose settlement comes next, 0 if none will."""
    if state.status == "ended" or state.over:
        return 0
    if not state.settled_now:
        return state.turn
    return state.turn + 1 if state.turn < state.last_turn else 0
