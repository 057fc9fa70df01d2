"""A change to a played game, and what each turn is settled from under it.

Owns the change and the hands that deal it out: values held, orders replaced, left out or added, seats played by
policies, rules and rulings left out. The same hands deal one run or a thousand. It settles and compares nothing.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from adjudication.conditions import Condition
from adjudication.headless import Table
from adjudication.lenses import ALL, OFF
from adjudication.orders import Order, Override
from adjudication.played import Dealing, Dealt, Played, PlayedTurn, Step
from adjudication.policies import played as playing
from adjudication.policies import policy_for
from adjudication.resolve import BatchResolution
from adjudication.scenario.bots import BotSpec
from adjudication.scenario.checks.review import rules_named
from adjudication.scenario.review import Dropped, Given, WhatIf
from adjudication.scenario.schema import Scenario
from adjudication.sealed import Sealed
from adjudication.settlement import Settlement
from adjudication.world import World

Bools = NDArray[np.bool_]
ALL_RULINGS = "*"
"""Stands for every ruling of the game."""
ON_ORDERS = ("replace_outcome", "fidelity")
"""Kinds of rulings that say what becomes of an order."""
ASKED = "Asked for in a counterfactual."


class Pin(msgspec.Struct, frozen=True):
    """A variable, `clause.X` or `flag.X` set to a value as each of these turns begins.

    `ordered`: only in turns for which one of these moves was ordered in the game.
    """

    name: str
    value: float
    first: int
    last: int
    ordered: tuple[str, ...] = ()


Fate = Literal["done", "partial", "blocked"]


class Ruled(msgspec.Struct, frozen=True):
    """What becomes of an order by a ruling that was not made: all orders of that move by that seat in that turn."""

    turn: int
    seat: str
    move: str
    fate: Fate


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What is changed. `from_turn`: the turn from which the game is played again; earlier ones stay as they were.

    `orders[turn][seat]` replaces all orders of a seat in a turn; then `drop` and `give` leave out and add some.
    `lenses` None: those the game was played under. `players`: seats a policy plays anew; what they had signed,
    consented to and done about what they signed is theirs no more. `rules_off`: rules (`R-A*`: a family) left out.
    `outcomes`: what becomes of some orders, ruled in place of what the rules would have said or Control did say.
    `with_overrides` keeps Control's rulings in both runs; `without_rulings` keeps them in the unchanged run alone, but
    for those that are not named (`*`: all).
    """

    from_turn: int | None = None
    orders: dict[int, dict[str, tuple[Order, ...]]] = {}
    lenses: frozenset[str] | None = None
    pins: tuple[Pin, ...] = ()
    drop: tuple[Dropped, ...] = ()
    give: tuple[Given, ...] = ()
    players: dict[str, BotSpec] = {}
    rules_off: tuple[str, ...] = ()
    outcomes: tuple[Ruled, ...] = ()
    with_overrides: bool = False
    without_rulings: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Tell whether nothing is changed."""
        told = (self.orders, self.pins, self.drop, self.give, self.players, self.rules_off, self.outcomes)
        return self.lenses is None and not any(told) and not self.without_rulings

    @property
    def keeps_rulings(self) -> bool:
        """Tell whether the unchanged run has Control's rulings."""
        return self.with_overrides or bool(self.without_rulings)


def change_of(scenario: Scenario, asked: WhatIf, *, turns: Sequence[int], with_overrides: bool = False) -> Change:
    """Return what a run of the case's own questions changes in a game of these turns."""
    first, last = (turns[0], turns[-1]) if turns else (1, 1)
    plan = scenario.calibration
    spec = next((one for one in (plan.strategies if plan is not None else ()) if one.id == asked.strategy), None)
    led = {} if spec is None else {seat: spec.seats[seat] for seat in asked.seats or spec.seats}
    return Change(
        lenses=None if asked.lenses is None else frozenset(asked.lenses),
        pins=tuple(
            Pin(p.name, p.value, p.first if p.first is not None else first, p.last if p.last is not None else last,
                p.ordered)
            for p in asked.pins
        ),
        drop=asked.drop, give=asked.give, players={**led, **asked.players}, rules_off=asked.rules_off,
        with_overrides=with_overrides,
    )  # fmt: skip


def case_under(scenario: Scenario, change: Change) -> Scenario:
    """Return the case with the rules left out that a change leaves out."""
    if not change.rules_off:
        return scenario
    gone = set(rules_named(scenario, change.rules_off))
    rules = tuple(msgspec.structs.replace(rule, lens=OFF) if rule.id in gone else rule for rule in scenario.rules)
    return msgspec.structs.replace(scenario, rules=rules)


def dealing(played: Played, change: Change) -> Dealing:
    """Return what deals a change out to any number of runs."""
    case = case_under(played.scenario, change)
    return Dealing(case, partial(_Hands, case, played, change))


def pinned(played: Played, change: Change) -> Step:
    """Return what a change does to a world before a turn is settled, for a run whose orders are dealt already."""
    turns = {turn.number: turn for turn in played.turns}

    def step(world: World, turn: int) -> World:
        held = _held(change, turns[turn])
        return world.with_values(played.scenario, held) if held else world

    return step


def _held(change: Change, turn: PlayedTurn) -> dict[str, float]:
    """Return what is held at which value as a turn begins; `ordered` asks what was sealed in the game."""
    ordered = {order.move for order in turn.sealed.orders}
    return {
        pin.name: pin.value
        for pin in change.pins
        if pin.first <= turn.number <= pin.last and (not pin.ordered or ordered & set(pin.ordered))
    }


def ruled(turn: PlayedTurn, *, without: Sequence[str] = (), keep: bool = True) -> PlayedTurn:
    """Return a turn with Control's rulings, some of them, or none."""
    if not turn.sealed.overrides or (keep and not without):
        return turn
    everything = not keep or ALL_RULINGS in without
    kept = () if everything else tuple(one for one in turn.sealed.overrides if one.id not in without)
    return msgspec.structs.replace(turn, sealed=msgspec.structs.replace(turn.sealed, overrides=kept))


class _Hands:
    """Deals the inputs of turn after turn to B runs, one a seed, and remembers what its policies saw."""

    def __init__(self, scenario: Scenario, played: Played, change: Change, seeds: Sequence[str | int]) -> None:
        self.scenario, self.change = scenario, change
        self.turns = {turn.number: turn for turn in played.turns}
        self.nobody = ("",) * len(seeds)
        self.table = self._seated(seeds) if change.players else None

    def _seated(self, seeds: Sequence[str | int]) -> Table:
        seats = {
            seat: playing(spec, self.scenario, seat, name=spec.policy)
            if spec.rules or spec.params or spec.policy == "rulebook"
            else policy_for(spec.policy, self.scenario, seat)
            for seat, spec in self.change.players.items()
        }
        return Table(self.scenario, seats, seeds, others=lambda turn: self._kept(self.turns[turn]).orders)

    def deal(self, world: World, turn: PlayedTurn) -> Dealt:
        """Return the worlds a turn is settled from, what is sealed, and where each order is given."""
        ordered = {order.move for order in turn.sealed.orders}
        held = _held(self.change, turn)
        world = world.with_values(self.scenario, held) if held else world
        sealed, active = self._kept(turn), dict[str, Bools]()
        if self.table is not None:
            orders, where = self.table.sheets(world, turn.number)
            sealed, active = msgspec.structs.replace(sealed, orders=tuple(orders)), dict(where)
        sealed = self._given(world, turn, sealed, active, ordered)
        self._dropped(world, turn, sealed, active)
        here = tuple(one for one in sealed.orders if one.id not in active or bool(np.any(active[one.id])))
        return Dealt(world, msgspec.structs.replace(sealed, orders=here), active)

    def after(self, done: BatchResolution, turn: int, dealt: Dealt) -> None:
        """Let the policies see what came of a turn."""
        if self.table is not None:
            self.table.after(done, turn, (dealt.sealed.orders, dealt.active))

    def _kept(self, turn: PlayedTurn) -> Sealed:
        """Return what was sealed, with replaced orders, less what seats had done that a policy plays now."""
        turn = ruled(turn, without=self.change.without_rulings, keep=self.change.keeps_rulings)
        sealed = _reordered(turn.sealed, self.change.orders.get(turn.number, {}))
        sealed = _otherwise(sealed, [one for one in self.change.outcomes if one.turn == turn.number])
        gone = set(self.change.players)
        if not gone:
            return sealed
        return msgspec.structs.replace(
            sealed,
            orders=tuple(order for order in sealed.orders if order.seat not in gone),
            texts=tuple(text for text in sealed.texts if not gone & set(text.parties)),
            consents=tuple(consent for consent in sealed.consents if consent.seat not in gone),
            conduct=tuple(one for one in sealed.conduct if one.seat not in gone),
            free=tuple(one for one in sealed.free if one.seat not in gone),
            bots=tuple(sorted({*sealed.bots, *gone})),
        )

    def _given(
        self, world: World, turn: PlayedTurn, sealed: Sealed, active: dict[str, Bools], ordered: set[str]
    ) -> Sealed:
        """Add what is given besides; where a seat has given it already, nothing is added."""
        more = []
        for one in self.change.give:
            if one.ordered and not ordered & set(one.ordered):
                continue
            move = self.scenario.move[one.move]
            params: dict[str, Any] = {param.id: param.default for param in move.params if param.default is not None}
            order = Order(
                f"{one.seat}:{turn.number}:besides:{one.move}", one.seat, one.move, {**params, **one.params},
                move.visibility == "public",
            )  # fmt: skip
            where = self._where(one.when, world, turn)
            for given in sealed.orders:
                if (given.seat, given.move) == (one.seat, one.move):
                    where = where & ~active.get(given.id, np.ones_like(where))
            more.append(order)
            active[order.id] = where
        return msgspec.structs.replace(sealed, orders=(*sealed.orders, *more)) if more else sealed

    def _dropped(self, world: World, turn: PlayedTurn, sealed: Sealed, active: dict[str, Bools]) -> None:
        for one in self.change.drop:
            gone = self._where(one.when, world, turn)
            for order in sealed.orders:
                if order.move in one.moves and (not one.seats or order.seat in one.seats):
                    active[order.id] = active.get(order.id, np.ones_like(gone)) & ~gone

    def _where(self, condition: Condition | None, world: World, turn: PlayedTurn) -> Bools:
        """Return in which runs a condition holds as a turn begins, (B,)."""
        if condition is None:
            return np.ones(world.batch, dtype=np.bool_)
        lenses = self.change.lenses if self.change.lenses is not None else turn.sealed.lenses
        s = Settlement(
            self.scenario, world, turn=turn.number, seeds=self.nobody, lenses=lenses & ALL, forced={}, record=False
        )
        return np.array(s.test(condition), dtype=np.bool_)


def _otherwise(sealed: Sealed, outcomes: Sequence[Ruled]) -> Sealed:
    """Rule on what becomes of some orders, in place of any ruling that did."""
    fates = {
        order.id: one.fate
        for one in outcomes
        for order in sealed.orders
        if (order.seat, order.move) == (one.seat, one.move)
    }
    if not fates:
        return sealed
    kept = [one for one in sealed.overrides if one.kind not in ON_ORDERS or one.target not in fates]
    made = [Override(f"asked:{order}", "replace_outcome", order, fate, reason=ASKED) for order, fate in fates.items()]
    return msgspec.structs.replace(sealed, overrides=(*kept, *made))


def _reordered(sealed: Sealed, orders: Mapping[str, Sequence[Order]]) -> Sealed:
    """Replace the orders of some seats; one given anyway keeps its id, so that what was granted to it holds."""
    if not orders:
        return sealed
    known = {(order.seat, order.move): order.id for order in sealed.orders}
    kept = [order for order in sealed.orders if order.seat not in orders]
    fresh = [
        msgspec.structs.replace(order, id=known.pop((order.seat, order.move), order.id))
        for seat in sorted(orders)
        for order in orders[seat]
    ]
    return msgspec.structs.replace(sealed, orders=(*kept, *fresh))
