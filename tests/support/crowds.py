"""Crowds of random worlds, each with its own random orders, settled in one call of the batch engine.

For properties that hold whatever the world and the orders. Drawn from one number, so that hypothesis can repeat and
report a crowd; a failure names the first world of it that breaks the property, with what lies off the start.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from adjudication.lenses import ALL
from adjudication.orders import Order
from adjudication.resolve import BatchResolution, resolve_batch
from adjudication.scenario.ranges import limits
from adjudication.scenario.schema import Scenario
from adjudication.testkit import ENDLESS, kept_by_the_engine
from adjudication.world import World
from tests.support.engine import the_case

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
SIZE, CROWDS = 80, int(os.environ.get("TRACKONE_CROWDS", "4"))
"""Each property is asked of SIZE x CROWDS random states: 320, the same in every run. More crowds hunt further."""
MOST_ORDERS = 8
TURN = 4


def random_worlds(scenario: Scenario, rng: np.random.Generator, size: int) -> World:
    """Return valid worlds at peace: variables over their whole range and at its ends, any clauses, any flags."""
    world = World.initial(scenario, size)
    values, clauses, flags = world.values.copy(), world.clauses.copy(), world.flags.copy()
    fixed = kept_by_the_engine(scenario)
    for row, variable in enumerate(scenario.variables):
        if variable.id in fixed:
            continue
        low, high = limits(variable.kind, variable.min, variable.max)
        top = ENDLESS if high == float("inf") else high
        drawn = rng.integers(0, 2, size) if variable.kind == "flag" else np.round(rng.uniform(low, top, size), 6)
        edge = rng.random(size)
        values[row] = np.where(edge < 0.03, low, np.where(edge > 0.97, top, drawn))
    for row, issue in enumerate(scenario.issues):
        levels = len(scenario.negotiation.deal_issue[issue].levels)
        clauses[row] = rng.integers(0, levels, size)
    flags[:] = rng.random(flags.shape) < 0.3
    form = rng.integers(0, 3, size)
    spec = scenario.commitments
    values[scenario.index[spec.form]] = form
    values[scenario.index[spec.strength]] = np.array([0.0, 22.0, 66.0])[form]
    values[scenario.index[spec.clock]] = rng.integers(0, 7, size)
    if scenario.summit is not None:
        values[scenario.index[scenario.summit.count]] = rng.integers(0, 4, size)
    return replace(world, values=values, clauses=clauses, flags=flags)


def random_orders(scenario: Scenario, rng: np.random.Generator, size: int) -> tuple[list[Order], dict[str, Bools]]:
    """Return the whole catalogue as orders, and in which worlds each is given: some sheets are empty, some full."""
    orders = []
    for move in scenario.moves:
        seat = move.seats[int(rng.integers(len(move.seats)))]
        params = {p.id: _param(p, rng) for p in move.params}
        orders.append(Order(f"o:{move.id}", seat, move.id, params, bool(rng.random() < 0.8)))
    many = rng.integers(0, MOST_ORDERS + 1, size)
    rank = np.argsort(rng.random((len(orders), size)), axis=0)
    return orders, {order.id: rank[at] < many for at, order in enumerate(orders)}


def _param(param: Any, rng: np.random.Generator) -> str | int | bool:
    if param.kind == "choice":
        return str(param.choices[int(rng.integers(len(param.choices)))])
    if param.kind == "bool":
        return bool(rng.random() < 0.5)
    return int(rng.integers(param.low or 0, (param.high or 1) + 1))


@dataclass(frozen=True)
class Crowd:
    """Random worlds and the orders given in each. `number` makes it again."""

    number: int
    size: int = SIZE

    @cached_property
    def rng(self) -> np.random.Generator:
        """A source of further draws for the property itself."""
        return np.random.default_rng([self.number, 7])

    @cached_property
    def worlds(self) -> World:
        """The worlds, side by side."""
        return random_worlds(the_case(), np.random.default_rng([self.number, 1]), self.size)

    @cached_property
    def sheet(self) -> tuple[list[Order], dict[str, Bools]]:
        """All orders, and where each is given."""
        return random_orders(the_case(), np.random.default_rng([self.number, 2]), self.size)

    def steps(self, low: float = 0.5, high: float = 60.0) -> Floats:
        """Return one step a world."""
        return self.rng.uniform(low, high, self.size)

    def with_(self, **values: Any) -> World:
        """Return the worlds with some variables set, each (B,) or one number."""
        fresh = self.worlds.values.copy()
        for name, value in values.items():
            fresh[the_case().index[name]] = value
        return replace(self.worlds, values=fresh)

    def raised(self, variable: str, by: Floats) -> World:
        """Return the worlds with one variable higher, up to its ceiling."""
        spec = the_case().variable[variable]
        top = limits(spec.kind, spec.min, spec.max)[1]
        return self.with_(**{variable: np.minimum(top, self.worlds.values[the_case().index[variable]] + by)})

    def settle(
        self, world: World | None = None, *, plus: Sequence[Order] = (), minus: Sequence[str] = (),
        forced: Mapping[str, str] | None = None, lenses: frozenset[str] = ALL, only: Sequence[str] | None = None,
        scenario: Scenario | None = None,
    ) -> BatchResolution:  # fmt: skip
        """Settle the turn. Orders of the moves in `plus` and `minus` leave the sheets; `plus` is then given by all."""
        gone = {*minus, *(order.move for order in plus)}
        orders, active = self.sheet
        kept = [o for o in orders if o.move not in gone and (only is None or o.move in only)]
        return resolve_batch(
            scenario or the_case(), self.worlds if world is None else world, turn=TURN, orders=[*kept, *plus],
            seeds=tuple(range(self.size)), active={o.id: active[o.id] for o in kept}, forced=forced, lenses=lenses,
        )  # fmt: skip

    def require(self, good: Bools, words: str = "") -> None:
        """Fail with the first world in which the property does not hold."""
        if bool(np.all(good)):
            return
        at = int(np.flatnonzero(~np.broadcast_to(good, (self.size,)))[0])
        case, orders = the_case(), self.sheet
        state = {v.id: round(float(self.worlds.values[row, at]), 4) for row, v in enumerate(case.variables)}
        given_here = sorted(o.move for o in orders[0] if orders[1][o.id][at])
        clauses = {i: int(self.worlds.clauses[row, at]) for row, i in enumerate(case.issues)}
        flags = [f for row, f in enumerate(case.flags) if self.worlds.flags[row, at]]
        failed = int(np.count_nonzero(~good))
        raise AssertionError(
            f"{words} fails in {failed} of {self.size} worlds of crowd {self.number}; first world {at}: "
            f"orders {given_here}, clauses {clauses}, flags {flags}, state {state}"
        )


def value(done: BatchResolution, name: str) -> Floats:
    """Return one variable of all worlds, (B,)."""
    found: Floats = done.world.values[the_case().index[name]]
    return found


def crowds(test: Any) -> Any:
    """Give a test CROWDS crowds of SIZE random worlds, one after the other."""
    asked = given(crowd=st.integers(0, 2**32 - 1).map(Crowd))
    return settings(max_examples=CROWDS, deadline=None, derandomize=True)(asked(test))


def one_turn(number: int) -> tuple[World, list[Order]]:
    """Return one random world and the orders given in it."""
    crowd = Crowd(number, 1)
    orders, active = crowd.sheet
    return crowd.worlds, [order for order in orders if active[order.id][0]]
