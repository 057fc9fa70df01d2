"""Show the proposal to Control, and the outcome of a turn to each view as that view may know it."""

from adjudication.scenario.schema import Scenario
from wargame.game.events import Recorded, TurnProposed, TurnReproposed, TurnResolved
from wargame.game.state import State
from wargame.game.visibility.base import Rows


def turn_proposed(
    recorded: Recorded, fact: TurnProposed | TurnReproposed, before: State, after: State, scenario: Scenario
) -> Rows:
    """Yield the proposal to Control."""
    yield from ()


def turn_resolved(recorded: Recorded, fact: TurnResolved, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield the outcome."""
    yield from ()
