"""Decide about moves outside the catalogue: proposed by a seat, argued, estimated, framed and decided by Control.

A free move one may not know of answers like one that is not there. What is allowed of a frame the engine says.
"""

from wargame.game import commands as c
from wargame.game import engine
from wargame.game.decide.base import Draft, check_seats, own_seat, seat_of
from wargame.game.decide.orders import open_sheet, qualified
from wargame.game.decide.settle import propose_again
from wargame.game.events import (
    FreeMoveAdmitted,
    FreeMoveArgued,
    FreeMoveAsked,
    FreeMoveCirculated,
    FreeMoveEnded,
    FreeMoveEstimated,
    FreeMoveFramed,
    FreeMoveProposed,
)
from wargame.game.rejections import Rejected, reject
from wargame.game.sheet import free_cost
from wargame.game.state import FreeMove, Seat, State

CONTROL = "control"
LINES_A_SEAT = 3
"""Lines for or against one free move that a seat may add, beyond the arguments of the proposal itself."""


# --- a seat -----------------------------------------------------------------------------------
def propose(draft: Draft, command: c.FreeMovePropose) -> Rejected | None:
    """Lay a free move before Control; it takes its cost of the sheet while it is open."""
    seat, state = own_seat(draft), draft.state
    limits = draft.ctx.scenario.free_moves
    if limits is None:
        return reject("freemove.closed")
    sheet = open_sheet(draft, seat)
    if isinstance(sheet, Rejected):
        return sheet
    if seat.id in state.overtime:
        return reject("order.own_time")
    move = qualified(seat.id, command.move)
    if move in state.free_moves or move in sheet.orders:
        return reject("freemove.id_used")
    if sum(one.seat == seat.id for one in state.free_moves.values()) >= limits.per_turn:
        return reject("freemove.too_many", limit=limits.per_turn)
    left = seat.budget - sum(o.cost for o in sheet.orders.values()) - free_cost(state, seat.id)
    if limits.cost > left:
        return reject("order.over_budget", cost=limits.cost, left=left, budget=seat.budget)
    if not all(text.strip() for text in (command.title, command.action, command.effect, *command.arguments)):
        return reject("text.empty")
    draft.emit(
        FreeMoveProposed(
            move=move,
            seat=seat.id,
            turn=state.turn,
            title=command.title.strip(),
            action=command.action.strip(),
            effect=command.effect.strip(),
            arguments=tuple(text.strip() for text in command.arguments),
            public=command.public,
            cost=limits.cost,
        )
    )
    return None


def _known(state: State, move: str, seat: Seat) -> FreeMove | Rejected:
    """Return a free move that a seat may know of and that is still open."""
    found = state.free_moves.get(move)
    if found is None or seat.id not in (found.seat, *found.readers, *found.asked):
        return reject("freemove.unknown")
    return _open(found)


def _open(move: FreeMove) -> FreeMove | Rejected:
    return reject("freemove.decided") if move.admitted else move


def argue(draft: Draft, command: c.FreeMoveArgue) -> Rejected | None:
    """Add a line for or against."""
    seat = own_seat(draft)
    move = _known(draft.state, command.move, seat)
    if isinstance(move, Rejected):
        return move
    if seat.id not in (move.seat, *move.readers):
        return reject("freemove.odds_only")  # its words would tell the others who was asked
    lines = sum(one.seat == seat.id for one in move.arguments)
    if lines >= LINES_A_SEAT * (2 if seat.id == move.seat else 1):
        return reject("freemove.argued_enough", limit=LINES_A_SEAT)
    if not command.text.strip():
        return reject("text.empty")
    draft.emit(FreeMoveArgued(move=move.id, seat=seat.id, side=command.side, text=command.text.strip()))
    return None


def withdraw(draft: Draft, command: c.FreeMoveWithdraw) -> Rejected | None:
    """Take a proposal of one's own back, while the sheets are open."""
    seat = own_seat(draft)
    found = draft.state.free_moves.get(qualified(seat.id, command.move))
    if found is None:
        return reject("freemove.unknown")
    move = _open(found)
    if isinstance(move, Rejected):
        return move
    if draft.state.locked:
        return reject("order.phase_closed")
    draft.emit(FreeMoveEnded(move=move.id, how="withdrawn", reason=""))
    return None


def estimate(draft: Draft, command: c.FreeMoveEstimate) -> Rejected | None:
    """Give a chance of success: Control's own, or that of a seat which was asked. The newest word counts."""
    seat = seat_of(draft.state, draft.actor)
    if seat is None:
        found = draft.state.free_moves.get(command.move)
        move = reject("freemove.unknown") if found is None else _open(found)
    else:
        move = _known(draft.state, command.move, seat)
    if isinstance(move, Rejected):
        return move
    if seat is not None and seat.id not in move.asked:
        return reject("freemove.own") if seat.id == move.seat else reject("freemove.not_asked")
    by = seat.id if seat is not None else CONTROL
    draft.emit(FreeMoveEstimated(move=move.id, by=by, percent=command.percent))
    return None


# --- Control ----------------------------------------------------------------------------------
def _of_control(draft: Draft, move: str) -> FreeMove | Rejected:
    found = draft.state.free_moves.get(move)
    return reject("freemove.unknown") if found is None else _open(found)


def _new_seats(draft: Draft, seats: tuple[str, ...], *, known: tuple[str, ...]) -> tuple[str, ...] | Rejected:
    refused = check_seats(draft.state, seats)
    if refused:
        return refused
    fresh = tuple(sorted(set(seats) - set(known)))
    return fresh or reject("freemove.nobody_new")


def circulate(draft: Draft, command: c.FreeMoveCirculate) -> Rejected | None:
    """Let more seats know of it and argue."""
    move = _of_control(draft, command.move)
    if isinstance(move, Rejected):
        return move
    fresh = _new_seats(draft, command.seats, known=(move.seat, *move.readers))
    if isinstance(fresh, Rejected):
        return fresh
    draft.emit(FreeMoveCirculated(move=move.id, seats=fresh))
    return None


def ask(draft: Draft, command: c.FreeMoveAsk) -> Rejected | None:
    """Ask more seats for the odds, in confidence. The proposer is not asked."""
    move = _of_control(draft, command.move)
    if isinstance(move, Rejected):
        return move
    fresh = _new_seats(draft, command.seats, known=(move.seat, *move.asked))
    if isinstance(fresh, Rejected):
        return fresh
    draft.emit(FreeMoveAsked(move=move.id, seats=fresh))
    return None


def frame(draft: Draft, command: c.FreeMoveFrame) -> Rejected | None:
    """Say what it is for the engine, within what the case declares."""
    move = _of_control(draft, command.move)
    if isinstance(move, Rejected):
        return move
    refused = check_seats(draft.state, (command.seat,))
    if refused:
        return refused
    framed = FreeMoveFramed(
        move=move.id,
        seat=command.seat,
        severity=command.severity,
        cameo=command.cameo,
        effects={name: float(delta) for name, delta in sorted(command.effects.items())},
        costs={name: float(delta) for name, delta in sorted(command.costs.items())},
        trust=float(command.trust),
        resolve=float(command.resolve),
        net=command.net,
    )
    fault = engine.fault_of_frame(draft.ctx.scenario, move, framed)
    if fault is not None:
        return _refused_frame(fault)
    draft.emit(framed)
    return None


def _refused_frame(fault: engine.Fault) -> Rejected:
    """Return the refusal of a frame; each names what is allowed."""
    match fault.kind:
        case "variable":
            return reject("freemove.variable_unknown", variable=fault.value, allowed=fault.allowed)
        case "size":
            return reject("freemove.effect_too_large", variable=fault.value, limit=fault.allowed[0])
        case "count":
            return reject("freemove.too_many_effects", effects=fault.allowed[0], costs=fault.allowed[1])
        case "signal":
            return reject("freemove.signal_too_large", limit=fault.allowed[0])
        case "side":
            return reject("freemove.signal_unread", side=fault.value, allowed=fault.allowed)
        case _:
            return reject("freemove.code_unknown", cameo=fault.value, allowed=fault.allowed)


def admit(draft: Draft, command: c.FreeMoveAdmit) -> Rejected | None:
    """Admit it with the odds as estimated by now; a proposal that waits for rulings is settled again with it."""
    move = _of_control(draft, command.move)
    if isinstance(move, Rejected):
        return move
    if move.frame is None:
        return reject("freemove.no_frame")
    if not move.estimates:
        return reject("freemove.no_estimate")
    draft.emit(FreeMoveAdmitted(move=move.id, estimates=dict(sorted(move.estimates.items()))))
    if draft.state.proposal is not None:
        propose_again(draft)
    return None


def refuse(draft: Draft, command: c.FreeMoveRefuse) -> Rejected | None:
    """Refuse it with a reason that its seat and those who knew of it read."""
    move = _of_control(draft, command.move)
    if isinstance(move, Rejected):
        return move
    draft.emit(FreeMoveEnded(move=move.id, how="refused", reason=command.reason))
    return None
