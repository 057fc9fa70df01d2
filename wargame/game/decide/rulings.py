"""Decide about rulings on a pending proposal, of every kind (adjudication.md 9).

Dice are never re-rolled and the proposal is never rewritten: a ruling stands beside it, with a reason, and the turn is
settled again with the same draws. One facilitator rules at a time: who gives the first ruling has the desk.
"""

from collections.abc import Callable

from adjudication.orders import RuledEffect
from wargame.game import commands as c
from wargame.game import engine, proposal
from wargame.game.commands.rulings import Ruling
from wargame.game.decide.base import Draft, check_seats
from wargame.game.decide.desk import check_desk, pending, take_desk
from wargame.game.decide.settle import propose_again
from wargame.game.events import RulingDropped, RulingMade
from wargame.game.events.rulings import RulingKind
from wargame.game.rejections import Rejected, reject
from wargame.game.state import RULINGS_A_TURN
from wargame.game.state import Ruling as Ruled

Check = Rejected | None
HIGHEST = 100_000.0
"""The greatest value a command can name; a count or a stock is open above."""
CARRIED_OUT = ("done", "partial", "delayed", "converted")


def _open(draft: Draft, command: Ruling) -> Check:
    refused = pending(draft, command.turn) or check_desk(draft) or check_seats(draft.state, command.shown_to)
    if refused:
        return refused
    if len(draft.state.rulings) >= RULINGS_A_TURN:
        return reject("ruling.too_many", limit=RULINGS_A_TURN)
    return None


def _make(
    draft: Draft,
    command: Ruling,
    *,
    kind: RulingKind,
    target: str,
    outcome: str = "",
    delta: float = 0.0,
    rule: str = "",
    cause: str = "",
    effects: tuple[RuledEffect, ...] = (),
    instead_of: Callable[[Ruled], bool] = lambda earlier: False,
) -> None:
    """Record a ruling in place of earlier ones it supersedes, and have the turn settled again with it."""
    take_desk(draft)
    for earlier in draft.state.rulings:
        if instead_of(earlier):
            draft.emit(RulingDropped(turn=command.turn, ruling=earlier.id))
    draft.emit(
        RulingMade(
            ruling=draft.ctx.ids("ruling"), turn=command.turn, kind=kind, target=target, outcome=outcome, delta=delta,
            reason=command.reason, shown_to=command.shown_to, rule=rule, cause=cause, effects=effects,
        )
    )  # fmt: skip
    if kind != "annotate":
        propose_again(draft)


# --- orders ---------------------------------------------------------------------------------------------------
def _same_order(target: str) -> Callable[[Ruled], bool]:
    return lambda earlier: earlier.kind in ("replace", "fidelity") and earlier.target == target


def ruling_replace(draft: Draft, command: c.RulingReplace) -> Check:
    """Replace the outcome of one order; a second ruling on it withdraws the first."""
    refused = _open(draft, command)
    if refused:
        return refused
    known = proposal.orders_settled(draft.state.proposal)
    if command.order not in known:
        return reject("ruling.order_unknown", allowed=tuple(known))
    _make(
        draft, command, kind="replace", target=command.order, outcome=command.outcome,
        instead_of=_same_order(command.order),
    )  # fmt: skip
    return None


def ruling_fidelity(draft: Draft, command: c.RulingFidelity) -> Check:
    """Say to what degree an order is carried out. One that was refused needs its outcome replaced first."""
    refused = _open(draft, command)
    if refused:
        return refused
    known = proposal.orders_settled(draft.state.proposal, free=False)
    if command.order not in known:
        return reject("ruling.order_unknown", allowed=tuple(known))
    if known[command.order] not in CARRIED_OUT:
        return reject("ruling.not_carried_out")
    _make(
        draft, command, kind="fidelity", target=command.order, delta=float(command.degree),
        instead_of=_same_order(command.order),
    )  # fmt: skip
    return None


def ruling_reversal(draft: Draft, command: c.RulingReversal) -> Check:
    """Confirm that an order reverses its government's line; it is confirmed once."""
    refused = _open(draft, command)
    if refused:
        return refused
    known = proposal.orders_settled(draft.state.proposal, free=False)
    if command.order not in known:
        return reject("ruling.order_unknown", allowed=tuple(known))
    if any(earlier.kind == "reversal" and earlier.target == command.order for earlier in draft.state.rulings):
        return reject("ruling.reversal_confirmed")
    _make(draft, command, kind="reversal", target=command.order)
    return None


# --- events ---------------------------------------------------------------------------------------------------
def ruling_event(draft: Draft, command: c.RulingEvent) -> Check:
    """Let an event of the turn happen or not; a second ruling on it withdraws the first."""
    refused = _open(draft, command)
    if refused:
        return refused
    allowed = proposal.events_open(draft.ctx.scenario, draft.state, draft.state.proposal)
    if command.die not in allowed:
        return reject("ruling.event_unknown", allowed=allowed or ("none",))
    _make(
        draft, command, kind="event", target=command.die, outcome="yes" if command.happens else "no",
        instead_of=lambda earlier: earlier.kind == "event" and earlier.target == command.die,
    )  # fmt: skip
    return None


# --- the world ------------------------------------------------------------------------------------------------
def _check_variable(draft: Draft, variable: str) -> Check:
    allowed = engine.open_to_rulings(draft.ctx.scenario)
    return None if variable in allowed else reject("ruling.variable_unknown", variable=variable, allowed=allowed)


def ruling_edit(draft: Draft, command: c.RulingEdit) -> Check:
    """Add a signed change to one variable; several add up."""
    refused = _open(draft, command) or _check_variable(draft, command.variable)
    if refused:
        return refused
    _make(draft, command, kind="edit", target=command.variable, delta=float(command.delta))
    return None


def ruling_set(draft: Draft, command: c.RulingSet) -> Check:
    """Set one variable; a second value withdraws the first."""
    refused = _open(draft, command) or _check_variable(draft, command.variable)
    if refused:
        return refused
    low, high = engine.range_of(draft.ctx.scenario, command.variable)
    if not low <= command.value <= high:
        return reject("ruling.out_of_range", variable=command.variable, low=low, high=min(high, HIGHEST))
    _make(
        draft, command, kind="set", target=command.variable, delta=float(command.value),
        instead_of=lambda earlier: earlier.kind == "set" and earlier.target == command.variable,
    )  # fmt: skip
    return None


def ruling_row(draft: Draft, command: c.RulingRow) -> Check:
    """Rule on what one cause does to one variable; a second ruling on it withdraws the first."""
    refused = _open(draft, command) or _check_variable(draft, command.variable)
    if refused:
        return refused
    row = (command.variable, command.rule, command.cause)
    if row not in proposal.rows_proposed(draft.state.proposal):
        return reject("ruling.row_unknown", variable=command.variable)
    _make(
        draft, command, kind="row", target=command.variable, delta=float(command.amount), rule=command.rule,
        cause=command.cause,
        instead_of=lambda earlier: earlier.kind == "row" and (earlier.target, earlier.rule, earlier.cause) == row,
    )  # fmt: skip
    return None


def ruling_effects(draft: Draft, command: c.RulingEffects) -> Check:
    """Add effects through the engine's primitives."""
    refused = _open(draft, command)
    if refused:
        return refused
    wrong = next((w for effect in command.effects if (w := engine.fault_of_effect(draft.ctx.scenario, effect))), "")
    if wrong:
        return reject("ruling.effect_impossible", why=wrong)
    _make(draft, command, kind="effects", target="", effects=command.effects)
    return None


# --- words ----------------------------------------------------------------------------------------------------
def ruling_annotate(draft: Draft, command: c.RulingAnnotate) -> Check:
    """Say something about an outcome of the turn; nothing is settled again."""
    refused = _open(draft, command)
    if refused:
        return refused
    allowed = proposal.reviewable(draft.ctx.scenario, draft.state)
    if command.target not in allowed:
        return reject("ruling.target_unknown", target=command.target)
    _make(draft, command, kind="annotate", target=command.target)
    return None


def ruling_drop(draft: Draft, command: c.RulingDrop) -> Check:
    """Withdraw a ruling on the pending proposal."""
    refused = pending(draft, command.turn) or check_desk(draft)
    if refused:
        return refused
    known = {r.id: r for r in draft.state.rulings}
    if command.ruling not in known:
        return reject("ruling.unknown")
    take_desk(draft)
    draft.emit(RulingDropped(turn=command.turn, ruling=command.ruling))
    if known[command.ruling].kind != "annotate":
        propose_again(draft)
    return None
