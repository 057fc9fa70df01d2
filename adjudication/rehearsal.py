"""Dry runs of a case: its recorded path once, many games of its own bots, many games of random legal sheets.

Owns the random sheets and the share of rows a hard limit cut off. Keyed dice only, so that a run can be repeated; it
judges the numbers of a case, never its story. It reads no file and keeps no state.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from adjudication.dice import draw
from adjudication.headless import Table
from adjudication.ledger import CLAMP, LedgerRow
from adjudication.orders import Order, ParamValue
from adjudication.policies import policy_for
from adjudication.recorded import scripted
from adjudication.resolve import resolve_batch, resolve_turn
from adjudication.scenario.ranges import limits
from adjudication.scenario.schema import Move, Scenario, Seat
from adjudication.world import World

MOST_CLAMPED = 0.15
"""A case whose limits cut off more of its rows than this has effects too large for its scales."""

SIMPLE = "tit_for_tat"
"""Who plays a seat the case has no bot for."""

Bools = NDArray[np.bool_]
Sheets = tuple[Sequence[Order], Mapping[str, Bools]]


class Rehearsal(msgspec.Struct, frozen=True):
    """What a dry run found. `clamped` is a share of the rows that changed a variable; `astray` names bad variables."""

    games: int
    turns: int
    wars: int
    clamped: float
    astray: tuple[str, ...]
    unreconciled: float = 0.0
    """The largest gap between a variable's change and the sum of its ledger rows; exactly 0 after rounding."""
    unused: tuple[str, ...] = ()
    """Moves no game ordered."""

    @property
    def passed(self) -> bool:
        """Tell whether every game finished in range, in balance and within the share of clamps."""
        return not self.astray and not self.unreconciled and self.clamped < MOST_CLAMPED


class Returned(msgspec.Struct, frozen=True):
    """A recorded order that a gate of the case sends back."""

    turn: int
    seat: str
    move: str
    why: str


def rehearse(scenario: Scenario, *, games: int = 100, sample: int = 5) -> Rehearsal:
    """Play `games` whole games of random legal sheets, the first `sample` of them with their ledgers."""
    return _rehearse(scenario, games, sample, lambda seeds: lambda _, turn: _sheets(scenario, seeds, turn))


def rehearse_bots(scenario: Scenario, *, games: int = 100, sample: int = 5) -> Rehearsal:
    """Play `games` whole games with every seat played by the case's own bot, `sample` of them with their ledgers."""
    seats = {
        seat.id: policy_for(scenario.bots[seat.id].policy if seat.id in scenario.bots else SIMPLE, scenario, seat.id)
        for seat in scenario.seats
    }
    return _rehearse(scenario, games, sample, lambda seeds: Table(scenario, seats, seeds))


def replay_record(scenario: Scenario) -> tuple[Returned, ...]:
    """Play the recorded orders once; return those that the gates of the case send back."""
    history = scenario.history
    if history is None:
        return ()
    world = World.initial(scenario, 1)
    found: list[Returned] = []
    for turn in range(1, scenario.meta.turns + 1):
        done = resolve_turn(
            scenario, world, turn=turn, orders=scripted(scenario, turn), seed="rehearsal", forced=dict(history.forced)
        )
        found += [
            Returned(turn, order.seat, order.move, "; ".join(order.missing))
            for order in done.orders
            if order.status == "blocked" and order.missing
        ]
        world = World.from_payload(scenario, done.world)
    return tuple(found)


Source = Callable[[tuple[int, ...]], "Table | Callable[[World, int], Sheets]"]
"""From the seeds of some games to who writes their sheets."""


def _rehearse(scenario: Scenario, games: int, sample: int, source: Source) -> Rehearsal:
    seeds = tuple(range(games))
    writer = source(seeds)
    world = World.initial(scenario, games)
    ordered: set[str] = set()
    for turn in range(1, scenario.meta.turns + 1):
        given = _written(writer, world, turn)
        ordered |= {order.move for order in given[0]}
        done = resolve_batch(
            scenario, world, turn=turn, orders=given[0], seeds=seeds, active=given[1], bots=tuple(scenario.seat)
        )
        if isinstance(writer, Table):
            writer.after(done, turn, given)
        world = done.world
    rows, clamps, gap = 0, 0, 0.0
    for seed in seeds[:sample]:
        for before, after, ledger in _told(scenario, seed, source((seed,))):
            changed = [row for row in ledger if row.var is not None]
            rows += len(changed)
            clamps += sum(row.rule_id == CLAMP for row in changed)
            gap = max(gap, _gap(scenario, before, after, changed))
    wars = int(np.sum(world.values[scenario.index[scenario.tally.war]] > 0))
    return Rehearsal(
        games, scenario.meta.turns, wars, round(clamps / rows if rows else 0.0, 4), _astray(scenario, world),
        round(gap, 6), tuple(move.id for move in scenario.moves if move.id not in ordered),
    )  # fmt: skip


def _written(writer: Table | Callable[[World, int], Sheets], world: World, turn: int) -> Sheets:
    return writer.sheets(world, turn) if isinstance(writer, Table) else writer(world, turn)


def _told(
    scenario: Scenario, seed: int, writer: Table | Callable[[World, int], Sheets]
) -> Iterator[tuple[World, World, Sequence[LedgerRow]]]:
    """Yield each turn of one game with its ledger: the world before, the world after, the rows."""
    world = World.initial(scenario)
    for turn in range(1, scenario.meta.turns + 1):
        orders, active = _written(writer, world, turn)
        sheet = [order for order in orders if order.id not in active or bool(active[order.id][0])]
        done = resolve_turn(scenario, world, turn=turn, orders=sheet, seed=seed, bots=tuple(scenario.seat))
        if isinstance(writer, Table):
            same = resolve_batch(
                scenario, world, turn=turn, orders=orders, seeds=(seed,), active=active, bots=tuple(scenario.seat)
            )
            writer.after(same, turn, (orders, active))
        after = World.from_payload(scenario, done.world)
        yield world, after, done.ledger
        world = after
        if done.war >= scenario.over_from:
            return  # the game is over: what stands still needs no account


def _gap(scenario: Scenario, before: World, after: World, rows: Sequence[LedgerRow]) -> float:
    sums: dict[str, float] = {}
    for row in rows:
        if row.var in scenario.index:
            sums[str(row.var)] = sums.get(str(row.var), 0.0) + row.applied
    changes = {name: after.value(scenario, name) - before.value(scenario, name) for name in sums}
    return max((abs(round(changes[name] - sums[name], 6)) for name in sums), default=0.0)


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


def _sheets(scenario: Scenario, seeds: tuple[int, ...], turn: int) -> Sheets:
    orders: dict[str, Order] = {}
    active: dict[str, Bools] = {}
    for seat in scenario.seats:
        for at, seed in enumerate(seeds):
            for move in random_sheet(scenario, seat, seed, turn):
                order = _order(seat.id, move)
                orders.setdefault(order.id, order)
                active.setdefault(order.id, np.zeros(len(seeds), dtype=np.bool_))[at] = True
    return list(orders.values()), active


def _astray(scenario: Scenario, world: World) -> tuple[str, ...]:
    bad = []
    for row, variable in enumerate(scenario.variables):
        low, high = limits(variable.kind, variable.min, variable.max)
        values = world.values[row]
        if not bool(np.all(np.isfinite(values) & (values >= low) & (values <= high))):
            bad.append(variable.id)
    return tuple(bad)
