"""Say what Control may do about time now. See `legal`."""

from collections.abc import Iterator

from wargame.game import commands as c
from wargame.game.state import State


def of_control(state: State) -> Iterator[c.Command]:
    """Yield time of their own for seats that are still at their sheets, and an accommodation for a person."""
    for seat in state.overtime if state.locked else tuple(state.seats):
        yield c.SeatExtend(seats=(seat,), by_ms=60_000)
    for person in state.people.values():
        if person.role == "player" and not person.removed:
            yield c.PersonExtend(person=person.id, extra_ms=0 if person.extra_ms else 120_000)
