"""Own what a seat may assume of the world beyond its readings: the flags it can know to be set.

A flag is known to a seat if everything that can set it is open to that seat: a public move, a public event of
the calendar, or a move of its own side. Any other flag counts as not set, so that what a seat is told about
its own moves cannot tell it of another's secret one.
"""

from adjudication.effects import SetFlag
from adjudication.scenario.schema import Scenario
from wargame.game import engine
from wargame.game.state import State


def knowable_flags(scenario: Scenario, seat: str) -> frozenset[str]:
    """Return the flags whose every source is open to the seat."""
    side = scenario.seat[seat].side
    hidden: set[str] = set()
    for move in scenario.moves:
        own = any(scenario.seat[s].side == side for s in move.seats)
        if not own and (move.visibility != "public" or move.may_hide):
            hidden.update(effect.flag for effect in move.effects if isinstance(effect, SetFlag))
    for event in scenario.calendar:
        if event.visibility != "public":
            hidden.update(effect.flag for effect in event.effects if isinstance(effect, SetFlag))
    return frozenset(scenario.flags) - hidden


def flags(scenario: Scenario, state: State, seat: str) -> dict[str, bool]:
    """Return every flag as the seat may take it: set only if it is set and the seat can know."""
    known = knowable_flags(scenario, seat)
    set_now = engine.flags_set(state.world)
    return {flag: flag in known and flag in set_now for flag in scenario.flags}
