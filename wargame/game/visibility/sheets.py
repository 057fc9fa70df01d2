"""Show a seat its own sheet and readings. Control sees all sheets; nobody else learns that one exists."""

from adjudication.scenario.schema import Scenario
from adjudication.sight import sight
from wargame.game import engine
from wargame.game.entities import OrderSeen, ReadingSeen, SheetSeen, SheetStateSeen
from wargame.game.events import (
    EstimateBriefed,
    EstimatesMade,
    OrderDrafted,
    OrdersLocked,
    OrderWithdrawn,
    OvertimeEnded,
    ReadingMade,
    Recorded,
)
from wargame.game.ids import CONTROL, seat_view
from wargame.game.sheet import capital_left, free_cost
from wargame.game.state import SheetOrder, State
from wargame.game.visibility.base import Disclosure, Rows, onlookers, seats_and_control, show
from wargame.game.visibility.case import move_changes, variable_seen


def sheet_rows(state: State, seat: str) -> Rows:
    """Yield a sheet's budget and seal to its seat and Control, and the board's column to Control."""
    sheet = state.sheets[seat]
    seen = SheetSeen(
        seat=seat,
        turn=state.turn,
        budget=state.seats[seat].budget,
        used=sum(o.cost for o in sheet.orders.values()) + free_cost(state, seat),
        capital=capital_left(state, seat),
        submitted=sheet.submitted,
        locked=state.locked and seat not in state.overtime,
    )
    yield from show(seats_and_control([seat]), "sheet", f"{seat}@{state.turn}", seen)
    board = SheetStateSeen(seat=seat, drafts=len(sheet.orders), submitted=sheet.submitted)
    yield Disclosure(CONTROL, "sheetstate", seat, board)


def order_seen(
    state: State,
    scenario: Scenario,
    seat: str,
    order: SheetOrder,
    *,
    status: str,
    why: tuple[str, ...] = (),
    unlock: tuple[str, ...] = (),
) -> OrderSeen:
    """Return an order as its seat and Control see it."""
    return OrderSeen(
        id=order.id,
        seat=seat,
        turn=state.turn,
        move=order.move,
        label=scenario.move[order.move].text.order,
        params=order.params,
        public=order.public,
        status=status,  # type: ignore[arg-type]
        rationale=order.rationale,
        expects=order.expects,
        argument=order.argument,
        why=why,
        unlock=unlock,
    )


def _order_rows(state: State, scenario: Scenario, seat: str, *, status: str) -> Rows:
    for order in state.sheets[seat].orders.values():
        seen = order_seen(state, scenario, seat, order, status=status)
        yield from show(seats_and_control([seat]), "order", order.id, seen)


def order_drafted(recorded: Recorded, fact: OrderDrafted, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield the order, the sheet, and what it makes of the seat's other moves."""
    order = after.sheets[fact.seat].orders[fact.order]
    seen = order_seen(after, scenario, fact.seat, order, status="draft")
    yield from show(seats_and_control([fact.seat]), "order", order.id, seen)
    yield from sheet_rows(after, fact.seat)
    yield from move_changes(before, after, scenario, (fact.seat,))


def order_withdrawn(recorded: Recorded, fact: OrderWithdrawn, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield that the order is off the sheet."""
    order = before.sheets[fact.seat].orders[fact.order]
    seen = order_seen(before, scenario, fact.seat, order, status="withdrawn")
    yield from show(seats_and_control([fact.seat]), "order", order.id, seen)
    yield from sheet_rows(after, fact.seat)
    yield from move_changes(before, after, scenario, (fact.seat,))


def sheet_sealed(state: State, scenario: Scenario, seat: str, *, status: str) -> Rows:
    """Yield a sheet whose seal was set or broken, with its orders."""
    yield from _order_rows(state, scenario, seat, status=status)
    yield from sheet_rows(state, seat)


def orders_locked(recorded: Recorded, fact: OrdersLocked, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield every seat its own locked sheet; one in time of its own has nothing to learn yet."""
    for seat in after.seats:
        if seat not in fact.open:
            yield from sheet_sealed(after, scenario, seat, status="locked")


def overtime_ended(recorded: Recorded, fact: OvertimeEnded, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield the seat its own sheet, locked at last."""
    return sheet_sealed(after, scenario, fact.seat, status="locked")


def turn_opened(state: State, scenario: Scenario) -> Rows:
    """Yield every seat an empty sheet."""
    for seat in state.seats:
        yield from sheet_rows(state, seat)


# --- readings ---------------------------------------------------------------------------------
def reading_seen(reading: ReadingMade, turn: int, *, briefed_by: str = "", note: str = "") -> ReadingSeen:
    """Return what a seat reads of a variable."""
    return ReadingSeen(
        variable=reading.variable,
        turn=turn,
        mode=reading.mode,
        value=reading.value,
        low=reading.low,
        high=reading.high,
        confidence=reading.confidence,
        band=reading.band,
        briefed_by=briefed_by,
        note=note,
    )


def estimates_made(recorded: Recorded, fact: EstimatesMade, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield each seat its own readings, onlookers what all read exactly, and Control the truth."""
    for seat, readings in fact.readings.items():
        for reading in readings:
            key = f"{reading.variable}@{fact.turn}"
            yield Disclosure(seat_view(seat), "reading", key, reading_seen(reading, fact.turn))
    truth, now = {r.variable: r for r in fact.truth}, engine.open_case(scenario, after)
    for variable in scenario.variables:
        if variable.id not in truth:
            continue
        seen = reading_seen(truth[variable.id], fact.turn)
        key = f"{variable.id}@{fact.turn}"
        yield Disclosure(CONTROL, "reading", key, seen)
        for view in onlookers():
            if sight(now, now.variable[variable.id], view).mode == "exact":
                yield Disclosure(view, "reading", key, seen)
    yield from move_changes(before, after, scenario, tuple(after.seats))


def estimate_briefed(
    recorded: Recorded, fact: EstimateBriefed, before: State, after: State, scenario: Scenario
) -> Rows:
    """Yield the shared estimate to those briefed and to Control; name the variable to whom it is new."""
    seen = reading_seen(fact.reading, fact.turn, briefed_by=fact.seat, note=fact.note)
    key = f"{fact.reading.variable}@{fact.turn}:{fact.seat}"
    variable = scenario.variable[fact.reading.variable]
    number = next(n for n, v in enumerate(scenario.variables) if v.id == variable.id)
    for seat in fact.to:
        if sight(scenario, variable, seat_view(seat)).mode == "hidden":
            yield Disclosure(seat_view(seat), "variable", variable.id, variable_seen(variable, number))
    yield from show(seats_and_control(fact.to), "reading", key, seen)
    yield from move_changes(before, after, scenario, fact.to)
