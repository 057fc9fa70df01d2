"""Count what a sheet of orders costs its seat."""

from wargame.game.case import CAPITAL
from wargame.game.state import State


def capital_left(state: State, seat: str, *, without: str = "") -> float | None:
    """Return the political capital a seat has for this sheet as it reads it exactly itself, else None."""
    held = next((r for r in state.readings.get(seat, ()) if r.variable == CAPITAL and r.mode == "exact"), None)
    if held is None or held.value is None:
        return None
    return held.value - sum(o.capital for o in state.sheets[seat].orders.values() if o.id != without)
