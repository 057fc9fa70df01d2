"""Look-ahead: try bundles of orders on the believed world, on the engine itself, and take what serves the own goals.

Owns candidates, rollouts on the batch engine and the choice (section 6: at most 60 bundles, 8 dice, 2 turns, discount
.9, softmax). The world it tries them on is built from the seat's own readings, the published starting values where it
reads nothing, the flags and clauses it may know and the orders it saw. It must never meet the true state or true dice.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from math import exp

import numpy as np
from msgspec.structs import replace as changed
from numpy.typing import NDArray

from adjudication.orders import Order
from adjudication.policies.base import Chair, own_moves, spread
from adjudication.policies.general import General, TitForTat
from adjudication.policies.sheet import CAPITAL_KEPT, Purse, params_of
from adjudication.policies.view import CARRIED_OUT, BotView, MoveOption, PastOrder, Wish
from adjudication.resolve import resolve_batch
from adjudication.world import MEMORY_TURNS, World

BUNDLES = 60
SINGLES = 10
DICE = 8
HORIZON = 2
GAMMA = 0.9
TAU = 0.02
VISIBLE = "symbol"
"""The goal `media_weight` is a factor on, unless the case names another in `media_goal`."""

Floats = NDArray[np.float64]
Bundle = tuple[str, ...]


class Maximiser(General):
    """Tries what it could do, two turns ahead, and picks among the best."""

    id = "maximiser"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return the chosen bundle, then single moves that did better than doing nothing."""
        bundles = self.candidates(view)
        values = self.values(view, bundles)
        chosen = bundles[self._pick(view, values)]
        idle = values[bundles.index(())]
        ranked = sorted(
            ((value, bundle[0]) for value, bundle in zip(values, bundles, strict=True) if len(bundle) == 1),
            key=lambda pair: (-pair[0], pair[1]),
        )
        rest = [move for value, move in ranked if value > idle and move not in chosen]
        why = f"Best for our goals of {len(bundles)} plans tried {HORIZON} turns ahead."
        return [Wish(move, why) for move in chosen] + [
            Wish(move, "It also looked better than waiting.") for move in rest
        ]

    def candidates(self, view: BotView) -> list[Bundle]:
        """Return at most 60 bundles: nothing, single moves of every kind and their pairs, within budget and capital."""
        purse = Purse.of(view, kept=self.chair.number("capital_kept", CAPITAL_KEPT))
        able = [m for m in own_moves(view, "de", "sq", "po", "nv") if purse.affords(m)]
        singles = self._varied(view, able)
        pairs = [(one.id, two.id) for one, two in combinations(singles, 2) if purse.less(one).affords(two)]
        return [(), *((m.id,) for m in singles), *pairs][:BUNDLES]

    def _varied(self, view: BotView, able: Sequence[MoveOption]) -> list[MoveOption]:
        """Take in turn the most cooperative, the hardest and the least noticed of the moves, ten in all."""
        ways = (
            sorted(able, key=lambda m: (-self.weight(m), spread(view, m.id))),
            sorted(able, key=lambda m: (self.weight(m), spread(view, m.id))),
            sorted(able, key=lambda m: (abs(self.weight(m)), spread(view, m.id))),
        )
        taken: dict[str, MoveOption] = {}
        for row in zip(*ways, strict=True):
            for option in row:
                if len(taken) < SINGLES:
                    taken.setdefault(option.id, option)
        return list(taken.values())

    def values(self, view: BotView, bundles: Sequence[Bundle]) -> list[float]:
        """Return what each bundle is worth: discounted scores of the own goals, mean over the dice."""
        case, width = self.chair.case, len(bundles) * DICE
        world = believed(self.chair, view, width)
        seeds = [f"{view.key}|{view.seat}|{view.turn}|{number}" for _ in bundles for number in range(DICE)]
        total = np.zeros(width)
        views = [view] * len(bundles)
        for step in range(HORIZON):
            sheets = [self._sheets(v, bundle if step == 0 else None) for v, bundle in zip(views, bundles, strict=True)]
            orders, active = _merged(sheets)
            done = resolve_batch(
                case, world, turn=view.turn + step, orders=orders, seeds=seeds, active=active, bots=tuple(case.seat)
            )
            world = done.world
            total += GAMMA**step * self._worth(done.scores.get(view.seat, {}), width)
            views = [_after(v, sheet) for v, sheet in zip(views, sheets, strict=True)]
            if view.turn + step >= view.turns:
                break
        return [float(x) for x in total.reshape(len(bundles), DICE).mean(axis=1)]

    def _sheets(self, view: BotView, own: Bundle | None) -> list[Order]:
        """Return everybody's orders: its own bundle (later a simple policy's), others as tit for tat would have it."""
        found: list[Order] = []
        for seat in self.chair.case.seats:
            if seat.id == view.seat and own is not None:
                moves: Sequence[str] = own
            else:
                moves = self._guess(view, seat.id)
            found += [_order(self.chair, seat.id, move) for move in moves]
        return found

    def _guess(self, view: BotView, seat: str) -> list[str]:
        """Return what a seat would order if it knew what this one knows and answered in kind."""
        chair = Chair(self.chair.case, seat)
        purse = Purse(float(chair.seat.budget), None)
        shoes = changed(view, seat=seat, side=chair.seat.side, moves=_open_book(chair), sheet=())
        chosen: list[str] = []
        for wish in TitForTat(chair).wishes(shoes):
            option = shoes.moves[wish.move]
            if purse.affords(option) and wish.move not in chosen and option.cost:
                purse = purse.less(option)
                chosen.append(wish.move)
        return chosen

    def _worth(self, scores: dict[str, Floats], width: int) -> Floats:
        risk, media = self.chair.number("risk", 1.0), self.chair.number("media_weight", 1.0)
        visible = self.chair.spec.params.get("media_goal", VISIBLE)
        goals = self.chair.case.goals.get(self.chair.seat.id, {})
        worth = np.zeros(width)
        for name, score in sorted(scores.items()):
            factor = media if name == visible else 1.0
            worth = worth + factor * goals[name].weight * (np.broadcast_to(score, (width,)) / 100.0) ** risk
        return worth

    def _pick(self, view: BotView, values: Sequence[float]) -> int:
        """Return a bundle by softmax: with a small tau almost always the best."""
        tau = max(1e-6, self.chair.number("tau", TAU))
        top = max(values)
        odds = [exp((value - top) / tau) for value in values]
        left = view.draw("softmax") * sum(odds)
        for place, odd in enumerate(odds):
            left -= odd
            if left < 0:
                return place
        return values.index(top)


def believed(chair: Chair, view: BotView, width: int) -> World:
    """Return the world as the seat believes it, side by side `width` times."""
    case = chair.case
    known = {v.id: view.reads(v.id) for v in case.variables}
    known |= {f"clause.{issue}": float(view.banked.get(issue, 0)) for issue in case.issues}
    known |= {f"flag.{flag}": float(view.flags.get(flag, False)) for flag in case.flags}
    world = World.initial(case, 1).with_values(case, known)
    memory: list[dict[str, Floats]] = [{} for _ in range(MEMORY_TURNS)]
    for past in view.past:
        back = view.turn - past.turn
        if 1 <= back <= MEMORY_TURNS and past.status in CARRIED_OUT:
            key = f"{past.seat}:{past.move}"
            memory[-back][key] = memory[-back].get(key, np.zeros(width)) + 1.0
    own = f"{view.seat}.capital"
    resources = {
        name: np.full(width, view.capital if name == own and view.capital is not None else float(amount[0]))
        for name, amount in world.resources.items()
    }
    return replace(
        World.initial(case, width), turn=view.turn - 1, values=np.repeat(world.values, width, axis=1),
        clauses=np.repeat(world.clauses, width, axis=1), flags=np.repeat(world.flags, width, axis=1),
        resources=resources, memory=tuple(memory),
    )  # fmt: skip


def _open_book(chair: Chair) -> dict[str, MoveOption]:
    return {
        m.id: MoveOption(
            id=m.id, state="conditional", cost=m.cost, capital=m.capital, severity=m.severity, goldstein=m.goldstein,
            group=m.group,
        )
        for m in chair.case.moves
        if chair.seat.id in m.seats
    }  # fmt: skip


def _order(chair: Chair, seat: str, move: str) -> Order:
    return Order(f"{seat}:{move}", seat, move, params_of(chair.move(move)))


def _merged(sheets: Sequence[Sequence[Order]]) -> tuple[list[Order], dict[str, NDArray[np.bool_]]]:
    """Return every order once, and in which columns it is given."""
    orders: dict[str, Order] = {}
    active: dict[str, NDArray[np.bool_]] = {}
    for at, sheet in enumerate(sheets):
        for order in sheet:
            orders[order.id] = order
            mask = active.setdefault(order.id, np.zeros(len(sheets) * DICE, dtype=np.bool_))
            mask[at * DICE : (at + 1) * DICE] = True
    return list(orders.values()), active


def _after(view: BotView, sheet: Sequence[Order]) -> BotView:
    """Return the view one turn on, with these orders in its memory; the readings stay what they were."""
    done = tuple(PastOrder(turn=view.turn, seat=o.seat, move=o.move, status="done") for o in sheet)
    return changed(view, turn=view.turn + 1, past=(*view.past, *done))
