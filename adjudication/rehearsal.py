"""A dry run of a case: many games of random legal sheets on the batch engine, a few of them with the ledger.

Owns the random sheets and the share of rows a hard limit cut off. Keyed dice only, so that a run can be repeated; it
judges the numbers of a case, never its story. It reads no file and keeps no state.
"""

import msgspec
import numpy as np
from numpy.typing import NDArray

from adjudication.dice import draw
from adjudication.ledger import CLAMP
from adjudication.orders import Order, ParamValue
from adjudication.resolve import resolve_batch, resolve_turn
from adjudication.scenario.checks import limits
from adjudication.scenario.schema import Move, Scenario, Seat
from adjudication.world import World

MOST_CLAMPED = 0.15
"""A case whose limits cut off more of its rows than this has effects too large for its scales."""

Bools = NDArray[np.bool_]


class Rehearsal(msgspec.Struct, frozen=True):
    """What a dry run found. `clamped` is a share of the rows that changed a variable; `astray` names bad variables."""

    games: int
    turns: int
    wars: int
    clamped: float
    astray: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Tell whether every game finished in range and within the share of clamps."""
        return not self.astray and self.clamped < MOST_CLAMPED


def rehearse(scenario: Scenario, *, games: int = 100, sample: int = 5) -> Rehearsal:
    """Play `games` whole games of random legal sheets, the first `sample` of them with their ledgers."""
    seeds = tuple(range(games))
    world = World.initial(scenario, games)
    for turn in range(1, scenario.meta.turns + 1):
        orders, active = _sheets(scenario, seeds, turn)
        world = resolve_batch(
            scenario, world, turn=turn, orders=orders, seeds=seeds, active=active, bots=tuple(scenario.seat)
        ).world
    rows, clamps = _ledgers(scenario, seeds[:sample])
    wars = int(np.sum(world.values[scenario.index[scenario.tally.war]] > 0))
    share = clamps / rows if rows else 0.0
    return Rehearsal(games, scenario.meta.turns, wars, round(share, 4), _astray(scenario, world))


def random_sheet(scenario: Scenario, seat: Seat, seed: str | int, turn: int) -> tuple[Move, ...]:
    """Return different moves of a seat's catalogue within its budget, in an order drawn by key."""
    own = [move for move in scenario.moves if seat.id in move.seats]
    own.sort(key=lambda move: draw(seed, turn, f"sheet:{seat.id}:{move.id}"))
    left, chosen = seat.budget, []
    for move in own:
        if move.cost > left or (not move.cost and draw(seed, turn, f"free:{seat.id}:{move.id}") < 0.5):
            continue
        left -= move.cost
        chosen.append(move)
        if not left:
            break
    return tuple(chosen)


def _order(seat: str, move: Move) -> Order:
    params: dict[str, ParamValue] = {p.id: p.default for p in move.params if p.default is not None}
    return Order(f"{seat}:{move.id}", seat, move.id, params)


def _sheets(scenario: Scenario, seeds: tuple[int, ...], turn: int) -> tuple[list[Order], dict[str, Bools]]:
    orders: dict[str, Order] = {}
    active: dict[str, Bools] = {}
    for seat in scenario.seats:
        for at, seed in enumerate(seeds):
            for move in random_sheet(scenario, seat, seed, turn):
                order = _order(seat.id, move)
                orders.setdefault(order.id, order)
                active.setdefault(order.id, np.zeros(len(seeds), dtype=np.bool_))[at] = True
    return list(orders.values()), active


def _ledgers(scenario: Scenario, seeds: tuple[int, ...]) -> tuple[int, int]:
    rows = clamps = 0
    for seed in seeds:
        world = World.initial(scenario)
        for turn in range(1, scenario.meta.turns + 1):
            sheet = [
                _order(seat.id, move) for seat in scenario.seats for move in random_sheet(scenario, seat, seed, turn)
            ]
            done = resolve_turn(scenario, world, turn=turn, orders=sheet, seed=seed, bots=tuple(scenario.seat))
            changed = [row for row in done.ledger if row.var is not None]
            rows += len(changed)
            clamps += sum(row.rule_id == CLAMP for row in changed)
            world = World.from_payload(scenario, done.world)
    return rows, clamps


def _astray(scenario: Scenario, world: World) -> tuple[str, ...]:
    bad = []
    for row, variable in enumerate(scenario.variables):
        low, high = limits(variable.kind, variable.min, variable.max)
        values = world.values[row]
        if not bool(np.all(np.isfinite(values) & (values >= low) & (values <= high))):
            bad.append(variable.id)
    return tuple(bad)
