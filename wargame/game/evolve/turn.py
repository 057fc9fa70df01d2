"""Fold the proposal of a turn and its outcome."""

from msgspec.structs import replace

from adjudication.results import Resolution
from wargame.game.concordance import pair
from wargame.game.events import Recorded, TurnProposed, TurnReproposed, TurnResolved
from wargame.game.proposal import orders_settled, still_reviewed, verdict_of
from wargame.game.state import Settled, State


def turn_proposed(state: State, fact: TurnProposed | TurnReproposed, recorded: Recorded) -> State:
    """Keep the proposal until Control has ruled on it; of what was looked at, the marks of what came out the same."""
    if isinstance(fact, TurnProposed):
        return replace(state, proposal=fact.resolution, reviewed=(), rated={}, ruling_by="")
    reviewed = still_reviewed(state.reviewed, state.proposal, fact.resolution)
    return replace(state, proposal=fact.resolution, reviewed=reviewed)


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
        ruling_by="",
        reviewed=(),
        rated={},
        concordance=_counted(state, done),
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


def _counted(state: State, done: Resolution) -> dict[str, int]:
    """Return the table of agreement with the ratings of the turn, each beside what was released."""
    table = dict(state.concordance)
    released = orders_settled(done)
    for order, rating in sorted(state.rated.items()):
        if order in released:
            cell = pair(verdict_of(released[order]), rating.outcome)
            table[cell] = table.get(cell, 0) + 1
    return table
