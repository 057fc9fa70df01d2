"""Rows a view may get, and the few ways an audience is named. There is no default audience."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from wargame.game.entities import Entity
from wargame.game.ids import CONTROL, OBSERVER, PUBLIC, View, seat_view
from wargame.game.state import State
from wargame.game.views import views


class Disclosure(Struct, frozen=True):
    """One value for one view: from now on this is what the view knows of (kind, key); None: it has it no more."""

    view: View
    kind: str
    key: str
    value: Entity | None


Rows = Iterator[Disclosure]


def everyone(state: State) -> tuple[View, ...]:
    """Return every view."""
    return views(state)


def control_only() -> tuple[View, ...]:
    """Return the view of Control."""
    return (CONTROL,)


def seats_and_control(seats: Iterable[str]) -> tuple[View, ...]:
    """Return the views of these seats, and Control's."""
    return (CONTROL, *(seat_view(seat) for seat in sorted(set(seats))))


def onlookers() -> tuple[View, ...]:
    """Return the views that know what is public and no more."""
    return (OBSERVER, PUBLIC)


def show(views: Iterable[View], kind: str, key: str, value: Entity) -> Rows:
    """Yield the same value to each view."""
    for view in views:
        yield Disclosure(view, kind, key, value)


def gone(views: Iterable[View], kind: str, key: str) -> Rows:
    """Take an entity away from each view. One that never had it is told nothing."""
    for view in views:
        yield Disclosure(view, kind, key, None)
