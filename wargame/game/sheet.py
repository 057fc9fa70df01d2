"""Count what a sheet of orders costs its seat."""

from wargame.game import engine
from wargame.game.state import State


def capital_left(state: State, seat: str, *, without: str = "") -> float | None:
    """Return the political capital a seat has left for this sheet, None if it spends none."""
    held = engine.resource(state.world, seat, "capital")
    if held is None:
        return None
    return held - sum(o.capital for o in state.sheets[seat].orders.values() if o.id != without)
