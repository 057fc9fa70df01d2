"""A condition held against what one seat knows, as a bot reads it.

Owns the reading: point values rather than intervals, orders it saw rather than orders there were, its own dice. What
the seat cannot tell does not hold, nor does its opposite. No true value enters here.
"""

from collections.abc import Mapping

import numpy as np

from adjudication.conditions import Condition, OrderFilter, judge
from adjudication.policies.base import Chair
from adjudication.policies.view import CARRIED_OUT, BotView, PastOrder
from adjudication.scalars import Scalar, evaluate
from adjudication.scenario.schema import Scenario


class Knowing:
    """One seat's knowledge, as conditions ask it (`conditions.Knower`) and as scalars read it."""

    def __init__(self, chair: Chair, view: BotView) -> None:
        self.chair, self.view = chair, view
        self._seen: dict[str, list[PastOrder]] = {}
        for past in view.past:
            self._seen.setdefault(past.move, []).append(past)

    def holds(self, condition: Condition | None) -> bool:
        """Tell whether a condition holds for all the seat knows; no condition always does."""
        return condition is None or judge(condition, self) is True

    def interval(self, name: str) -> tuple[float, float] | str | None:
        """Return a name's value as an interval of no width, a word of a parameter, or None."""
        value = self._value(name)
        return value if value is None or isinstance(value, str) else (value, value)

    def _value(self, name: str) -> float | str | None:
        view = self.view
        head, _, tail = name.partition(".")
        if not tail:
            if name == "turn":
                return float(self.chair.case.calendar_turn(view.turn))
            found = view.readings.get(name)
            return view.priors.get(name) if found is None else found
        if head == "clause":
            return float(view.banked[tail]) if tail in view.banked else None
        if head == "flag":
            return float(view.flags[tail]) if tail in view.flags else None
        if head == "tag":
            return float(tail in view.tags)
        if head == "param":
            given = self.chair.spec.params.get(tail)
            return given if given is None or isinstance(given, str) else float(given)
        if name == f"resource.{view.seat}.capital":
            return view.capital
        return None

    def read(self, name: str) -> np.ndarray:
        """Return a value for the formulas of a die; what the seat cannot tell counts as nought."""
        value = self._value(name)
        return np.asarray(0.0 if value is None or isinstance(value, str) else value)

    def count(self, orders: OrderFilter, within: int) -> tuple[float, float]:
        """Count the orders it saw carried out in the turns before (or refused, if asked), and its own of this turn."""
        view = self.view
        wanted = frozenset({"blocked"}) if orders.blocked else CARRIED_OUT
        since = view.turn - within
        seen = sum(
            past.status in wanted and self._meant(orders, past.move, past.seat)
            for move in orders.moves or self._seen
            for past in self._seen.get(move, ())
            if since <= past.turn < view.turn
        )
        own = 0 if orders.blocked else sum(self._meant(orders, move, view.seat) for move in view.sheet)
        return (float(seen + own), float(seen + own))

    def _meant(self, orders: OrderFilter, name: str, seat: str) -> bool:
        move, signal = self.chair.case.move[name], self.chair.case.move[name].signal
        sign = 0.0 if signal is None else signal.trust
        return (
            (not orders.moves or name in orders.moves)
            and (not orders.by or seat in orders.by)
            and (not orders.side or self.chair.case.seat[seat].side == orders.side)
            and (not orders.severity or move.severity in orders.severity)
            and (orders.public is None or (move.visibility == "public") == orders.public)
            and (orders.unilateral is None or move.unilateral == orders.unilateral)
            and (orders.leader is None or move.leader_channel == orders.leader)
            and (not orders.consent or orders.consent in move.consent)
            and (not orders.signal or (sign > 0 if orders.signal == "positive" else sign < 0))
        )

    def deal(self, form: str) -> bool | None:
        """Tell whether the seat knows of a text of that form in force."""
        return bool(self.view.deals) if form == "any" else form in self.view.deals.values()

    def lens(self, name: str) -> bool:
        """Tell whether a lens is on: a bot plays the whole model."""
        return name in self.chair.case.lenses

    def roll(self, key: str, p: Scalar) -> bool:
        """Draw the bot's own die of that name."""
        return self.view.draw(f"rule:{key}") < float(np.asarray(evaluate(p, self)).reshape(-1)[0])


def derived_from(case: Scenario, values: Mapping[str, float]) -> dict[str, float]:
    """Return what the case's formulas make of the values a seat has; a name it has not counts as nought."""
    reader = _Given(dict(values))
    for derived in case.derived:
        reader.values[derived.id] = float(np.asarray(evaluate(derived.scalar, reader)).reshape(-1)[0])
    return {derived.id: reader.values[derived.id] for derived in case.derived}


class _Given:
    """Plain values for the case's formulas."""

    def __init__(self, values: dict[str, float]) -> None:
        self.values = values

    def read(self, name: str) -> np.ndarray:
        """Return a value; what is not there counts as nought."""
        return np.asarray(self.values.get(name, 0.0), dtype=np.float64)
