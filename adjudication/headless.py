"""Whole games on the engine alone, seats played by policies on what each seat itself would see.

Owns the pictures: readings with their persistent errors, flags and clauses a seat may know, orders it saw, its own
catalogue as it can judge it. They are made by the same functions as in a real game. Nobody talks or bargains here: a
meeting is resolved by the engine's own menu and prepared text. It reads no file and keeps no state between games.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from adjudication.legality import Outlook
from adjudication.lenses import ALL
from adjudication.orders import Order
from adjudication.policies import Policy
from adjudication.policies.knowing import derived_from
from adjudication.policies.sheet import choose
from adjudication.policies.view import BotView, MoveOption, PastOrder, Wish
from adjudication.readings import Reading, make_readings
from adjudication.recorded import Path, Sheets, recorded_texts, run, scripted
from adjudication.resolve import BatchResolution
from adjudication.scenario.schema import Scenario
from adjudication.secrecy import known, levels_known
from adjudication.settlement import Act
from adjudication.sight import knows_flag, middle_of
from adjudication.stages.veils import who_sees
from adjudication.world import FORMS, World

Bools = NDArray[np.bool_]


def play(
    scenario: Scenario, seats: Mapping[str, Policy], *, seeds: Sequence[str | int],
    forced: Mapping[str, str] | None = None, lenses: frozenset[str] = ALL,
) -> Path:  # fmt: skip
    """Play one game a seed; seats without a policy keep to the record, if there is one, or order nothing."""
    table = Table(scenario, seats, seeds)
    history = scenario.history
    signed = history is not None and not set(scenario.principals.values()) & set(seats)
    return run(
        scenario, World.initial(scenario, len(seeds), seeds=seeds), seeds=seeds, forced=forced or {}, lenses=lenses,
        sheets=table.sheets,
        texts=(lambda turn: recorded_texts(scenario, turn)) if signed else (lambda _: ()),
        bots=tuple(seats), after=table.after,
    )  # fmt: skip


class Table:
    """The seats of B games and what each has seen so far. `others`: what the other seats order in a turn."""

    def __init__(
        self, scenario: Scenario, seats: Mapping[str, Policy], seeds: Sequence[str | int], *,
        others: Callable[[int], Sequence[Order]] | None = None,
    ) -> None:  # fmt: skip
        self.scenario, self.seats, self.seeds = scenario, dict(seats), tuple(seeds)
        self.others = others if others is not None else self._recorded
        self.orders: dict[str, tuple[Order, Bools | None]] = {}
        self.errors: list[dict[str, float]] = [{} for _ in seeds]
        self.before: list[dict[str, dict[str, float]]] = [{} for _ in seeds]
        self.past: list[dict[str, list[PastOrder]]] = [{seat: [] for seat in seats} for _ in seeds]

    def sheets(self, world: World, turn: int) -> Sheets:
        """Return everybody's orders of a turn, and where each is given."""
        others = self.others(turn)
        orders: dict[tuple[str, ...], Order] = {}
        active: dict[str, Bools] = {}
        over = world.values[self.scenario.index[self.scenario.tally.war]] >= self.scenario.over_from
        for at in range(world.batch):
            if over[at]:
                continue
            for seat, wish in self._wishes(world, turn, at):
                given = {**_defaults(self.scenario, wish.move), **wish.params}
                key = (seat, wish.move, *(f"{name}={value}" for name, value in sorted(given.items())))
                public = self.scenario.move[wish.move].visibility == "public"
                order = orders.setdefault(key, Order(f"t{turn}:" + ":".join(key), seat, wish.move, given, public))
                active.setdefault(order.id, np.zeros(world.batch, dtype=np.bool_))[at] = True
        return (*others, *orders.values()), active

    def _recorded(self, turn: int) -> Sequence[Order]:
        return scripted(self.scenario, turn, without=tuple(self.seats)) if self.scenario.history else ()

    def _wishes(self, world: World, turn: int, at: int) -> Iterator[tuple[str, Wish]]:
        one = column(world, at)
        stored = one.to_payload(self.scenario)
        case = known(self.scenario, stored, turn)
        readings, self.errors[at] = make_readings(
            case, one, turn=turn, seed=self.seeds[at], errors=self.errors[at], seats=self.seats
        )
        for seat, policy in self.seats.items():
            view = picture(
                case, one, seat, turn, banked=levels_known(case, stored, seat), key=str(self.seeds[at]),
                readings=readings[seat], past=self.past[at][seat], before=self.before[at].get(seat, {}),
            )  # fmt: skip
            self.before[at][seat] = dict(view.readings)
            for wish in choose(policy.chair, view, policy.wishes(view)):
                yield seat, wish

    def after(self, done: BatchResolution, turn: int, given: Sheets) -> None:
        """Let every seat see what it may of the turn that was settled, orders of earlier turns that took effect too."""
        self.orders |= {order.id: (order, given[1].get(order.id)) for order in given[0]}
        fresh = {order.id for order in given[0]}
        held = {pending.order.id: np.array(pending.mask, dtype=np.bool_) for pending in done.world.pending}
        for name, live in done.executed.items():
            if name in self.orders:
                order, sheet = self.orders[name]
                late = held.get(name)
                for at in range(len(self.seeds)):
                    if (sheet is None or sheet[at]) and (live[at] or name in fresh):
                        waits = late is not None and late[at]
                        self._tell(order, turn, at, "done" if live[at] else "delayed" if waits else "blocked")

    def _tell(self, order: Order, turn: int, at: int, status: str) -> None:
        """Tell its own seat what became of an order; others see only what was carried out, if they may."""
        move, side = self.scenario.move[order.move], self.scenario.seat[order.seat].side
        seeing = who_sees(self.scenario, Act(order, move, side, 1)) if status == "done" else ()
        for seat in self.seats:
            if seat == order.seat or "*" in seeing or seat in seeing:
                self.past[at][seat].append(PastOrder(turn=turn, seat=order.seat, move=order.move, status=status))


def column(world: World, at: int) -> World:
    """Return one game of a batch as a world of its own, without what only the settling of turns needs."""
    changes = {
        item.name: getattr(world, item.name)[:, at : at + 1]
        for item in fields(world)
        if item.name in ("values", "clauses", "flags")
    }
    memory = tuple({key: count[at : at + 1] for key, count in past.items() if count[at] > 0} for past in world.memory)
    resources = {name: amount[at : at + 1] for name, amount in world.resources.items()}
    return replace(
        world, **changes, memory=memory, resources=resources, pending=(), vows=(), duties=(), reports=(), tally={},
        marks={name: mark[at : at + 1] for name, mark in world.marks.items()},
    )  # fmt: skip


def picture(
    scenario: Scenario, world: World, seat: str, turn: int, *, key: str, readings: Sequence[Reading],
    banked: Mapping[str, int], past: Sequence[PastOrder] = (), before: Mapping[str, float] | None = None,
    orders_open: bool = True,
) -> BotView:  # fmt: skip
    """Return what a seat sees of a single world as a turn begins, from its own readings and what it may know.

    `scenario` is the case as it stands open (`secrecy.known`), `banked` the levels the seat believes in force.
    """
    here = scenario.seat[seat]
    flags = {flag: up for flag, up in world.flag_map(scenario).items() if knows_flag(scenario, flag, seat)}
    amount = world.resources.get(f"{seat}.capital")
    capital = None if amount is None else float(amount[0])
    points = {
        r.variable: middle_of(scenario.variable[r.variable], r.band) if r.band else r.value
        for r in readings
        if r.band or r.value is not None
    }
    read = {name: float(value) for name, value in points.items() if value is not None}
    priors = {v.id: float(v.init) for v in scenario.variables}
    form = world.value(scenario, scenario.commitments.form)
    here_now = scenario.clock_turn(turn)
    outlook = Outlook(
        scenario, seat, readings={r.variable: r for r in readings}, clauses=banked, flags=flags, turn=turn,
        sheet=(), capital=capital,
    )  # fmt: skip
    return BotView(
        seat=seat, side=here.side, turn=turn, turns=scenario.meta.turns, phase="", orders_open=orders_open,
        bargaining_open=False, key=key, budget=here.budget, used=0, capital=capital, submitted=False, ready=False,
        readings=read | derived_from(scenario, priors | read), before=dict(before or {}), priors=priors,
        moves=_Catalogue(scenario, seat, outlook), sheet=(), past=tuple(past), banked=dict(banked), offers=(), rooms=(),
        terms=scenario.negotiation, flags=flags,
        deals={"in force": FORMS[int(form)]} if form else {},
        tags=frozenset() if here_now is None else frozenset(here_now.tags),
    )  # fmt: skip


class _Catalogue(Mapping[str, MoveOption]):
    """A seat's moves as it can judge them; each is judged when it is looked at."""

    def __init__(self, scenario: Scenario, seat: str, outlook: Outlook) -> None:
        self.scenario, self.outlook = scenario, outlook
        self.own = {move.id: move for move in scenario.moves if seat in move.seats}
        self.judged: dict[str, MoveOption] = {}

    def __getitem__(self, name: str) -> MoveOption:
        if name not in self.judged:
            m = self.own[name]
            self.judged[name] = MoveOption(
                id=m.id, state=self.outlook.state(m), cost=m.cost, capital=m.capital, severity=m.severity,
                goldstein=m.goldstein, group=m.group, params=_defaults(self.scenario, m.id),
            )  # fmt: skip
        return self.judged[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.own)

    def __len__(self) -> int:
        return len(self.own)


def _defaults(scenario: Scenario, move: str) -> dict[str, str | int | float | bool]:
    return {param.id: param.default for param in scenario.move[move].params if param.default is not None}
