"""Fold the proposal of a turn and its outcome."""

from msgspec.structs import replace

from wargame.game.events import Recorded, TurnProposed, TurnReproposed, TurnResolved
from wargame.game.state import State


def turn_proposed(state: State, fact: TurnProposed | TurnReproposed, recorded: Recorded) -> State:
    """Keep the proposal until Control has ruled on it."""
    return replace(state, proposal=fact.resolution)


def turn_resolved(state: State, fact: TurnResolved, recorded: Recorded) -> State:
    """Step into the world the turn led to."""
    return replace(
        state,
        world=fact.resolution.world,
        proposal=None,
        rulings=(),
        effects_now=(),
        over=fact.ends,
    )
