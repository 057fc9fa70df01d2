"""Count what a sheet of orders costs its seat."""

from wargame.game import engine
from wargame.game.state import State


def capital_left(state: State, seat: str, *, without: str = "") -> float | None:
    """Return the political capital a seat has left for this sheet, None if it spends none."""
    held = engine.resource(state.world, seat, "capital")
    if held is None:
        return None
    return held - sum(o.capital for o in state.sheets[seat].orders.values() if o.id != without)


def free_cost(state: State, seat: str) -> int:
    """Return what a seat's open and admitted free moves take of its budget of orders."""
    return sum(one.cost for one in state.free_moves.values() if one.seat == seat)
