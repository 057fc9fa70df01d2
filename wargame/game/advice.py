"""Ask a seat's own advisers about a text: from what that seat reads, and nothing else."""

from adjudication.scenario.schema import Scenario
from negotiation.hints import Hint, hint
from wargame.game import engine
from wargame.game.state import State


def believed(scenario: Scenario, state: State, seat: str) -> dict[str, float]:
    """Return the values a seat acts on: its readings, what it was briefed, and for the rest the case's start values."""
    values = {v.id: v.init for v in scenario.variables}
    known = engine.known_flags(scenario, state, seat)
    values.update({f"flag.{flag}": float(known.get(flag, False)) for flag in scenario.flags})
    values.update(engine.known_secrets(scenario, state, seat))
    for reading in (*state.briefed.get(seat, ()), *state.readings.get(seat, ())):
        if reading.value is not None:
            values[reading.variable] = reading.value
    return engine.derived(scenario, values)


def hint_for(scenario: Scenario, state: State, seat: str, levels: dict[str, int]) -> Hint | None:
    """Return the advisers' verdict for a seat whose side signs texts; other seats have no such advisers."""
    side = state.seats[seat].side
    if side not in {party.id for party in scenario.negotiation.parties}:
        return None
    in_force = engine.known_levels(scenario, state, seat)
    return hint(scenario.negotiation, side, believed(scenario, state, seat), in_force, levels)
