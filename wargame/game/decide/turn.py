"""Decide about rulings on a proposal and its release.

Dice are never re-rolled; a ruling replaces an outcome or adds to a variable, with a reason.
"""

from wargame.game import commands as c
from wargame.game import engine
from wargame.game.decide import flow
from wargame.game.decide.base import Draft, check_seats
from wargame.game.decide.settle import propose_again
from wargame.game.events import RulingDropped, RulingMade
from wargame.game.rejections import Rejected, reject


def _pending(draft: Draft, turn: int) -> Rejected | None:
    if draft.state.proposal is None:
        return reject("ruling.none_pending")
    return None if turn == draft.state.turn else reject("turn.moved_on", current=draft.state.turn)


def ruling_replace(draft: Draft, command: c.RulingReplace) -> Rejected | None:
    """Replace the outcome of one order; a second ruling on it withdraws the first."""
    refused = _pending(draft, command.turn) or check_seats(draft.state, command.shown_to)
    if refused:
        return refused
    assert draft.state.proposal is not None, "checked above"
    pending = draft.state.proposal
    orders = (*(result.id for result in pending.orders), *(result.id for result in pending.free))
    if command.order not in orders:
        return reject("ruling.order_unknown", allowed=orders)
    for earlier in draft.state.rulings:
        if earlier.kind == "replace" and earlier.target == command.order:
            draft.emit(RulingDropped(turn=command.turn, ruling=earlier.id))
    draft.emit(
        RulingMade(
            ruling=draft.ctx.ids("ruling"),
            turn=command.turn,
            kind="replace",
            target=command.order,
            outcome=command.outcome,
            delta=0.0,
            reason=command.reason,
            shown_to=command.shown_to,
        )
    )
    propose_again(draft)
    return None


def ruling_reversal(draft: Draft, command: c.RulingReversal) -> Rejected | None:
    """Confirm that an order reverses its government's line; it is confirmed once."""
    refused = _pending(draft, command.turn) or check_seats(draft.state, command.shown_to)
    if refused:
        return refused
    assert draft.state.proposal is not None, "checked above"
    orders = tuple(result.id for result in draft.state.proposal.orders)
    if command.order not in orders:
        return reject("ruling.order_unknown", allowed=orders)
    if any(earlier.kind == "reversal" and earlier.target == command.order for earlier in draft.state.rulings):
        return reject("ruling.reversal_confirmed")
    draft.emit(
        RulingMade(
            ruling=draft.ctx.ids("ruling"),
            turn=command.turn,
            kind="reversal",
            target=command.order,
            outcome="",
            delta=0.0,
            reason=command.reason,
            shown_to=command.shown_to,
        )
    )
    propose_again(draft)
    return None


def ruling_event(draft: Draft, command: c.RulingEvent) -> Rejected | None:
    """Let an event of the pending proposal happen or not; a second ruling on it withdraws the first."""
    refused = _pending(draft, command.turn) or check_seats(draft.state, command.shown_to)
    if refused:
        return refused
    assert draft.state.proposal is not None, "checked above"
    allowed = engine.events_drawn(draft.state.proposal)
    if command.die not in allowed:
        return reject("ruling.event_unknown", allowed=allowed or ("none",))
    for earlier in draft.state.rulings:
        if earlier.kind == "event" and earlier.target == command.die:
            draft.emit(RulingDropped(turn=command.turn, ruling=earlier.id))
    draft.emit(
        RulingMade(
            ruling=draft.ctx.ids("ruling"),
            turn=command.turn,
            kind="event",
            target=command.die,
            outcome="yes" if command.happens else "no",
            delta=0.0,
            reason=command.reason,
            shown_to=command.shown_to,
        )
    )
    propose_again(draft)
    return None


def ruling_edit(draft: Draft, command: c.RulingEdit) -> Rejected | None:
    """Add a signed change to one variable."""
    refused = _pending(draft, command.turn) or check_seats(draft.state, command.shown_to)
    if refused:
        return refused
    allowed = engine.open_to_rulings(draft.ctx.scenario)
    if command.variable not in allowed:
        return reject("ruling.variable_unknown", variable=command.variable, allowed=allowed)
    draft.emit(
        RulingMade(
            ruling=draft.ctx.ids("ruling"),
            turn=command.turn,
            kind="edit",
            target=command.variable,
            outcome="",
            delta=float(command.delta),
            reason=command.reason,
            shown_to=command.shown_to,
        )
    )
    propose_again(draft)
    return None


def ruling_drop(draft: Draft, command: c.RulingDrop) -> Rejected | None:
    """Withdraw a ruling on the pending proposal."""
    refused = _pending(draft, command.turn)
    if refused:
        return refused
    if command.ruling not in {r.id for r in draft.state.rulings}:
        return reject("ruling.unknown")
    draft.emit(RulingDropped(turn=command.turn, ruling=command.ruling))
    propose_again(draft)
    return None


def ruling_accept(draft: Draft, command: c.RulingAccept) -> Rejected | None:
    """Release the outcome and go on."""
    refused = _pending(draft, command.turn)
    if refused:
        return refused
    flow.release_and_go_on(draft)
    return None
