"""Own what a seat may assume of the world beyond its readings: the flags the case lets it know.

Any other flag counts as down, so that what a seat is told about its own moves or texts cannot tell it of
another's secret one.
"""

from adjudication.scenario.schema import Scenario
from wargame.game import engine
from wargame.game.state import State

ALL = "all"


def flags(scenario: Scenario, state: State, seat: str) -> dict[str, bool]:
    """Return the flags a seat may know of, and whether each is up."""
    up = engine.flags_set(state.world)
    return {flag: flag in up for flag in scenario.flags if _may_know(scenario, flag, seat)}


def _may_know(scenario: Scenario, flag: str, seat: str) -> bool:
    fact = scenario.fact.get(flag)
    return fact is not None and (ALL in fact.see or seat in fact.see)
