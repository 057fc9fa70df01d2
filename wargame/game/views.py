"""Name the views of a game and tell which one a person has."""

from wargame.game.ids import CONTROL, OBSERVER, PUBLIC, View, seat_view
from wargame.game.state import State


def views(state: State) -> tuple[View, ...]:
    """Return every view of the game: Control, observers, the public and each seat, played or not."""
    return (CONTROL, OBSERVER, PUBLIC, *(seat_view(seat) for seat in state.seats))


def view_of(state: State, person: str) -> View:
    """Return what a person may look through: a player without a seat, and a stranger, see what is public."""
    known = state.people.get(person)
    if known is None or known.removed:
        return PUBLIC
    if known.role == "control":
        return CONTROL
    if known.role == "observer":
        return OBSERVER
    return seat_view(known.seat) if known.seat else PUBLIC
