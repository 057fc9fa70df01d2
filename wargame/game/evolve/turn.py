"""Fold the proposal of a turn and its outcome."""

from msgspec.structs import replace

from wargame.game.events import Recorded, TurnProposed, TurnReproposed, TurnResolved
from wargame.game.state import Settled, State


def turn_proposed(state: State, fact: TurnProposed | TurnReproposed, recorded: Recorded) -> State:
    """Keep the proposal until Control has ruled on it."""
    return replace(state, proposal=fact.resolution)


def turn_resolved(state: State, fact: TurnResolved, recorded: Recorded) -> State:
    """Step into the world the turn led to; what became of orders may be appealed until the next ones are locked."""
    done = fact.resolution
    settled = {o.id: Settled(seat=o.seat, turn=fact.turn, move=o.move) for o in done.orders if o.told != "nothing"}
    settled |= {
        f.id: Settled(seat=state.free_moves[f.id].seat, turn=fact.turn, move="", title=f.title)
        for f in done.free
        if f.id in state.free_moves
    }
    return replace(
        state,
        world=fact.resolution.world,
        proposal=None,
        rulings=(),
        corrections=(),
        choices={},
        declared=(),
        free_moves={},
        grants={},
        settled=settled,
        effects_now=(),
        spills={},
        over=fact.ends,
    )
