"""Fold facts about free moves, arguments granted and appeals. Nothing of them outlives the turn but open appeals."""

from msgspec.structs import replace

from wargame.game.events import (
    AppealAnswered,
    AppealLodged,
    ArgumentGranted,
    FreeMoveAdmitted,
    FreeMoveArgued,
    FreeMoveAsked,
    FreeMoveCirculated,
    FreeMoveEnded,
    FreeMoveEstimated,
    FreeMoveFramed,
    FreeMoveProposed,
    Recorded,
)
from wargame.game.evolve.base import drop, put
from wargame.game.state import Appeal, Argument, Frame, FreeMove, Grant, Ruling, State


def _with(state: State, move: FreeMove) -> State:
    return replace(state, free_moves=put(state.free_moves, move.id, move))


def proposed(state: State, fact: FreeMoveProposed, recorded: Recorded) -> State:
    """Lay the proposal before Control, with its own arguments."""
    arguments = tuple(Argument(seat=fact.seat, side="for", text=text) for text in fact.arguments)
    return _with(
        state,
        FreeMove(
            id=fact.move,
            seat=fact.seat,
            turn=fact.turn,
            title=fact.title,
            action=fact.action,
            effect=fact.effect,
            public=fact.public,
            cost=fact.cost,
            arguments=arguments,
        ),
    )


def argued(state: State, fact: FreeMoveArgued, recorded: Recorded) -> State:
    """Add a line for or against."""
    move = state.free_moves[fact.move]
    line = Argument(seat=fact.seat, side=fact.side, text=fact.text)
    return _with(state, replace(move, arguments=(*move.arguments, line)))


def circulated(state: State, fact: FreeMoveCirculated, recorded: Recorded) -> State:
    """Let more seats know of it."""
    move = state.free_moves[fact.move]
    return _with(state, replace(move, readers=tuple(sorted({*move.readers, *fact.seats}))))


def asked(state: State, fact: FreeMoveAsked, recorded: Recorded) -> State:
    """Remember who was asked for the odds."""
    move = state.free_moves[fact.move]
    return _with(state, replace(move, asked=tuple(sorted({*move.asked, *fact.seats}))))


def estimated(state: State, fact: FreeMoveEstimated, recorded: Recorded) -> State:
    """Keep an estimate; the newest word of each counts."""
    move = state.free_moves[fact.move]
    return _with(state, replace(move, estimates=put(move.estimates, fact.by, fact.percent)))


def framed(state: State, fact: FreeMoveFramed, recorded: Recorded) -> State:
    """Keep what it is for the engine."""
    frame = Frame(
        seat=fact.seat,
        severity=fact.severity,
        cameo=fact.cameo,
        effects=fact.effects,
        costs=fact.costs,
        trust=fact.trust,
        resolve=fact.resolve,
        net=fact.net,
    )
    return _with(state, replace(state.free_moves[fact.move], frame=frame))


def admitted(state: State, fact: FreeMoveAdmitted, recorded: Recorded) -> State:
    """Put it before the engine with the odds as they were estimated by then."""
    return _with(state, replace(state.free_moves[fact.move], admitted=True, estimates=fact.estimates))


def ended(state: State, fact: FreeMoveEnded, recorded: Recorded) -> State:
    """Take it off the table; its cost comes back."""
    return replace(state, free_moves=drop(state.free_moves, fact.move))


def granted(state: State, fact: ArgumentGranted, recorded: Recorded) -> State:
    """Grant an order net arguments, or take them back."""
    if not fact.net:
        return replace(state, grants=drop(state.grants, fact.order))
    return replace(state, grants=put(state.grants, fact.order, Grant(net=fact.net, reason=fact.reason)))


def lodged(state: State, fact: AppealLodged, recorded: Recorded) -> State:
    """Put the appeal into Control's queue; the order cannot be appealed again."""
    appeal = Appeal(id=fact.appeal, seat=fact.seat, turn=fact.turn, order=fact.order, label=fact.label, text=fact.text)
    appeals = put(state.appeals, fact.appeal, appeal)
    return replace(state, appeals=appeals, settled=drop(state.settled, fact.order))


def answered(state: State, fact: AppealAnswered, recorded: Recorded) -> State:
    """Take the appeal out of the queue and keep its correction for the next settlement."""
    rest = replace(state, appeals=drop(state.appeals, fact.appeal))
    if not fact.variable:
        return rest
    correction = Ruling(
        id=fact.appeal,
        kind="edit",
        target=fact.variable,
        outcome="",
        delta=fact.delta,
        reason=fact.text,
        shown_to=(),
        by=recorded.actor.person,
    )
    return replace(rest, corrections=(*state.corrections, correction))
