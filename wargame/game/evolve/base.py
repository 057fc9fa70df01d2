"""Small total helpers: new values of dicts and of parts of the state."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import replace

from wargame.game.state import Person, Seat, Sheet, State

V = TypeVar("V")


def put(mapping: Mapping[str, V], key: str, value: V) -> dict[str, V]:
    """Return the mapping with one value set."""
    return {**mapping, key: value}


def drop(mapping: Mapping[str, V], key: str) -> dict[str, V]:
    """Return the mapping without a key."""
    return {k: v for k, v in mapping.items() if k != key}


def with_seat(state: State, seat: Seat) -> State:
    """Return the state with a seat set."""
    return replace(state, seats=put(state.seats, seat.id, seat))


def with_person(state: State, person: Person) -> State:
    """Return the state with a person set."""
    return replace(state, people=put(state.people, person.id, person))


def with_sheet(state: State, seat: str, sheet: Sheet) -> State:
    """Return the state with a seat's sheet set."""
    return replace(state, sheets=put(state.sheets, seat, sheet))


def unready(state: State) -> dict[str, Seat]:
    """Return the seats with nobody ready."""
    return {k: replace(s, ready=False) if s.ready else s for k, s in state.seats.items()}
