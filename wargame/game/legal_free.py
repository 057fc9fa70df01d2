"""Say what may be done now about free moves, arguments and appeals, as ready commands. Part of `legal`."""

from collections.abc import Iterator

from adjudication.scenario.schema import Scenario
from wargame.game import commands as c
from wargame.game import engine
from wargame.game.decide.free import LINES_A_SEAT
from wargame.game.sheet import free_cost
from wargame.game.state import FreeMove, Seat, State


def of_seat(state: State, seat: Seat, scenario: Scenario) -> Iterator[c.Command]:
    """Yield what a seat may do: propose, argue, estimate where asked, withdraw, appeal."""
    yield from _proposals(state, seat, scenario)
    for move in state.free_moves.values():
        if move.admitted:
            continue
        if move.seat == seat.id and not state.locked:
            yield c.FreeMoveWithdraw(move=move.id)
        lines = sum(one.seat == seat.id for one in move.arguments)
        if seat.id in move.readers and lines < LINES_A_SEAT:
            yield c.FreeMoveArgue(move=move.id, side="against", text="It has failed before.")
        if seat.id in move.asked:
            yield c.FreeMoveEstimate(move=move.id, percent=40)
    for order, outcome in state.settled.items():
        if outcome.seat == seat.id:
            yield c.AppealLodge(order=order, text="It was ready to go.")


def _proposals(state: State, seat: Seat, scenario: Scenario) -> Iterator[c.Command]:
    phase, limits = state.now_phase, scenario.free_moves
    if limits is None or phase is None or not phase.orders or state.locked or state.sheets[seat.id].submitted:
        return
    sheet = state.sheets[seat.id]
    left = seat.budget - sum(o.cost for o in sheet.orders.values()) - free_cost(state, seat.id)
    own = sum(one.seat == seat.id for one in state.free_moves.values())
    name = f"free-{state.turn}-{own}"
    taken = {*state.free_moves, *sheet.orders}
    if own < limits.per_turn and limits.cost <= left and f"{seat.id}:{name}" not in taken:
        yield c.FreeMovePropose(
            move=name,
            title="An exchange of scholars",
            action="Invite ten scholars.",
            effect="People meet.",
            arguments=("It costs little.",),
            public=own == 0,
        )


def of_control(state: State, scenario: Scenario) -> Iterator[c.Command]:
    """Yield what Control may do: circulate, ask, estimate, frame, decide, grant arguments, answer appeals."""
    for move in state.free_moves.values():
        if not move.admitted:
            yield from _on_free(state, move, scenario)
    if not state.settled_now:
        for sheet in state.sheets.values():
            for order in sheet.orders:
                now = state.grants.get(order)
                yield c.ArgumentGrant(order=order, net=0 if now else 2, reason="Well argued.")
    for appeal in state.appeals:
        yield c.AppealAnswer(appeal=appeal, verdict="declined", text="The draw stands.")
        if state.status != "ended" and not state.over and not (state.settled_now and state.turn >= state.last_turn):
            variable = engine.open_to_rulings(scenario)[0]
            yield c.AppealAnswer(appeal=appeal, verdict="upheld", text="Granted.", variable=variable, delta=1.0)


def _on_free(state: State, move: FreeMove, scenario: Scenario) -> Iterator[c.Command]:
    assert scenario.free_moves is not None, "only a case that takes free moves has one"
    others = [seat for seat in state.seats if seat != move.seat]
    yield from (c.FreeMoveCirculate(move=move.id, seats=(s,)) for s in others if s not in move.readers)
    yield from (c.FreeMoveAsk(move=move.id, seats=(s,)) for s in others if s not in move.asked)
    yield c.FreeMoveEstimate(move=move.id, percent=60)
    yield c.FreeMoveFrame(
        move=move.id,
        seat=move.seat,
        severity="de",
        effects={scenario.free_moves.variables[0]: -3.0},
        net=1,
    )
    if move.frame is not None and move.estimates:
        yield c.FreeMoveAdmit(move=move.id)
    yield c.FreeMoveRefuse(move=move.id, reason="Not possible now.")
