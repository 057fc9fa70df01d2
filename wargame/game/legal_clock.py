"""Say what may be done about time and standing orders now. See `legal`."""

from collections.abc import Iterator

from adjudication.scenario.course import Missed
from adjudication.scenario.schema import Scenario
from wargame.game import case, engine
from wargame.game import commands as c
from wargame.game.state import Seat, State


def of_control(state: State) -> Iterator[c.Command]:
    """Yield time of their own for seats that are still at their sheets and for people, and phases to come."""
    for seat in state.overtime if state.locked else tuple(state.seats):
        yield c.SeatExtend(seats=(seat,), by_ms=60_000)
    for person in state.people.values():
        if person.role == "player" and not person.removed:
            yield c.PersonExtend(person=person.id, extra_ms=0 if person.extra_ms else 120_000)
    for phase in state.phases:
        length = None if phase.adjudicate else (phase.length_ms or 0) + 60_000
        rule: Missed = "standing" if phase.missed == "draft" else "draft"
        yield c.PhaseSet(phase=phase.id, length_ms=length, missed=rule)
    yield c.RemindersSet(before_ms=0 if state.remind_ms else 3_600_000)
    if state.quiet is not None:
        yield c.QuietSet(quiet=None)


def of_seat(state: State, seat: Seat, scenario: Scenario) -> Iterator[c.Command]:
    """Yield standing orders to post, to take back and to lay on the sheet."""
    posted = state.standing.get(seat.id)
    if posted is not None:
        yield c.StandingPost(orders=())
        if state.writes_orders(seat.id) and not state.sheets[seat.id].submitted:
            yield c.StandingFile()
        return
    for move in case.moves_of(engine.open_case(scenario, state), seat.id):
        if not any(param.default is None for param in move.params):
            yield c.StandingPost(orders=(c.StandingOrder(move=move.id),))
            return
