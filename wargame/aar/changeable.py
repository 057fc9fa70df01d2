"""What of a played game may be changed in a counterfactual: orders by turn and seat, values, lenses, players, rulings.

Owns the menu a change is built from: what was sealed, the whole catalogue of every seat, and where each value stood as
each turn began. For readers of the whole truth only; it judges no change (`adjudication.changes` does) and runs none.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from adjudication.lenses import ALL, PRESETS
from adjudication.orders import Order, Override, ParamValue
from adjudication.played import Played
from adjudication.policies import PolicyName, policies_of
from adjudication.scenario.catalogue import Move, Param
from adjudication.scenario.ranges import limits
from adjudication.scenario.schema import Scenario

DECIMALS = 6


class OrderGiven(Struct, frozen=True, kw_only=True):
    """An order as it was sealed, in the shape in which a change writes one."""

    move: str
    label: str
    params: dict[str, ParamValue]
    public: bool


class MoveOffered(Struct, frozen=True, kw_only=True):
    """A move of the catalogue. `text` is what it does, `cost` in orders of the seat's budget, `public` by default."""

    id: str
    code: str
    label: str
    text: str
    group: str
    cost: int
    public: bool
    may_hide: bool
    params: tuple[Param, ...]


class SeatOffered(Struct, frozen=True, kw_only=True):
    """A seat, the orders it may give a turn and the ids of the moves it may order."""

    id: str
    budget: int
    moves: tuple[str, ...]


class ValueOffered(Struct, frozen=True, kw_only=True):
    """A value that may be pinned: a variable, `clause.X` (a level) or `flag.X` (0 or 1).

    `high` None: open above. `starts`: its value as each turn began, in the order of the turns. `words`: of the levels,
    or of a flag down and up; empty for a variable.
    """

    name: str
    label: str
    kind: Literal["variable", "clause", "flag"]
    unit: str
    group: str
    low: float
    high: float | None
    starts: tuple[float, ...]
    words: tuple[str, ...] = ()


class RulingMade(Struct, frozen=True, kw_only=True):
    """A ruling of Control the game was settled with."""

    id: str
    turn: int
    kind: str
    target: str
    label: str
    value: str
    reason: str


class TurnPlayed(Struct, frozen=True):
    """A turn that was settled, and its name."""

    turn: int
    label: str


class Changeable(Struct, frozen=True, kw_only=True):
    """The menu. `orders[turn][seat]`: what was sealed; `played_under`: the lenses; `presets`: lenses by name.

    `players`: by seat, what may play it anew, the case's own choice first.
    """

    turns: tuple[TurnPlayed, ...]
    seats: tuple[SeatOffered, ...]
    moves: tuple[MoveOffered, ...]
    orders: dict[int, dict[str, tuple[OrderGiven, ...]]]
    values: tuple[ValueOffered, ...]
    lenses: tuple[str, ...]
    played_under: tuple[str, ...]
    presets: dict[str, tuple[str, ...]]
    players: dict[str, tuple[PolicyName, ...]]
    rulings: tuple[RulingMade, ...]


def changeable(played: Played) -> Changeable:
    """Return the menu of a game."""
    case = played.scenario
    return Changeable(
        turns=tuple(TurnPlayed(one.number, case.turn_name(one.number)) for one in played.turns),
        seats=tuple(
            SeatOffered(id=seat.id, budget=seat.budget, moves=tuple(m.id for m in case.moves if seat.id in m.seats))
            for seat in case.seats
        ),
        moves=tuple(_move(move) for move in case.moves),
        orders={one.number: _given(case, one.sealed.orders) for one in played.turns},
        values=tuple(_values(case, _starts(played))),
        lenses=tuple(sorted(ALL)),
        played_under=tuple(sorted(played.turns[-1].sealed.lenses if played.turns else ALL)),
        presets={name: tuple(sorted(lenses)) for name, lenses in PRESETS.items()},
        players={seat.id: policies_of(case, seat.id) for seat in case.seats},
        rulings=tuple(
            _ruling(case, one.number, one.sealed.orders, ruling)
            for one in played.turns
            for ruling in one.sealed.overrides
            if ruling.kind != "annotate"
        ),
    )


def _move(move: Move) -> MoveOffered:
    return MoveOffered(
        id=move.id, code=move.code, label=move.text.order, text=move.text.help or move.text.effects, group=move.group,
        cost=move.cost, public=move.visibility == "public", may_hide=move.may_hide, params=move.params,
    )  # fmt: skip


def _given(case: Scenario, orders: Sequence[Order]) -> dict[str, tuple[OrderGiven, ...]]:
    found: dict[str, tuple[OrderGiven, ...]] = {}
    for order in orders:
        move = case.move.get(order.move)
        one = OrderGiven(
            move=order.move, label=order.move if move is None else move.text.order, params=order.params,
            public=order.public,
        )  # fmt: skip
        found[order.seat] = (*found.get(order.seat, ()), one)
    return found


# --- values -------------------------------------------------------------------------------------
def _starts(played: Played) -> list[Mapping[str, Any]]:
    """Return the stored world as each played turn began, from the record; a turn without one repeats the last."""
    worlds: list[Mapping[str, Any]] = [played.start.to_payload(played.scenario)]
    for one in played.turns[:-1]:
        worlds.append(worlds[-1] if one.resolution is None else one.resolution.world)
    return worlds[: len(played.turns)]


def _values(case: Scenario, worlds: Sequence[Mapping[str, Any]]) -> Iterator[ValueOffered]:
    for variable in sorted(case.variables, key=lambda one: one.order):
        low, high = limits(variable.kind, variable.min, variable.max)
        yield ValueOffered(
            name=variable.id, label=variable.label, kind="variable", unit=variable.unit, group=variable.group, low=low,
            high=high if math.isfinite(high) else None,
            starts=tuple(round(float(world["values"][variable.id]), DECIMALS) for world in worlds),
        )  # fmt: skip
    for name in case.issues:
        issue = case.negotiation.deal_issue[name]
        yield ValueOffered(
            name=f"clause.{name}", label=issue.label, kind="clause", unit="", group="clause", low=0.0,
            high=float(len(issue.levels) - 1),
            starts=tuple(float(world.get("clauses", {}).get(name, 0)) for world in worlds),
            words=tuple(level.label for level in issue.levels),
        )  # fmt: skip
    for flag in case.flags:
        fact = case.fact.get(flag)
        label, absent = (fact.label, fact.absent) if fact else (flag.replace("_", " "), "")
        yield ValueOffered(
            name=f"flag.{flag}", label=label, kind="flag", unit="", group="flag", low=0.0, high=1.0,
            starts=tuple(float(flag in world.get("flags", ())) for world in worlds), words=(absent or "no", label),
        )  # fmt: skip


# --- rulings ------------------------------------------------------------------------------------
def _ruling(case: Scenario, turn: int, orders: Sequence[Order], ruling: Override) -> RulingMade:
    label = _subject(case, orders, ruling)
    return RulingMade(
        id=ruling.id, turn=turn, kind=ruling.kind, target=ruling.target, label=label, value=str(ruling.value),
        reason=ruling.reason,
    )  # fmt: skip


def _subject(case: Scenario, orders: Sequence[Order], ruling: Override) -> str:
    """Name what a ruling is about: an order, a variable, or everything it adds."""

    def named(target: str) -> str:
        variable = case.variable.get(target)
        return target.replace("_", " ") if variable is None else variable.label

    order = next((one for one in orders if one.id == ruling.target), None)
    if order is None:
        return named(ruling.target) or ", ".join(named(effect.target) for effect in ruling.effects)
    move, seat = case.move.get(order.move), case.seat[order.seat]
    return f"{seat.short or seat.label}: {order.move if move is None else move.text.order}"
