"""What people and seats are called in the sentences of Control's log."""

from collections.abc import Iterable

from wargame.game.state import State


def name_of(state: State, person: str) -> str:
    """Return what a person is called, or their id if nobody is."""
    return state.people[person].display if person in state.people else person


def seat_of(state: State, seat: str) -> str:
    """Return what a seat is called."""
    return state.seats[seat].label if seat in state.seats else seat


def seats_of(state: State, seats: Iterable[str]) -> str:
    """Return what seats are called, one after the other."""
    return ", ".join(seat_of(state, seat) for seat in seats)
