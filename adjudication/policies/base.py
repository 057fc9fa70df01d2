"""What every policy is, and what it may know before the first turn: the rule book, its seat, the case's advice.

Owns the interface of a policy and judgements of a crisis that need no knowledge of a case: moves are read by their
severity, weight and group, variables by the part they play in the model. It must never name one of a case.
"""

from functools import cached_property
from typing import Protocol

from adjudication.policies.view import CARRIED_OUT, BotView, MoveOption, Wish
from adjudication.scenario.bots import BotSpec
from adjudication.scenario.schema import Move, Scenario, Seat

COOPERATIVE = frozenset({"de"})
HOT = 85.0
TENSE = 60.0
MEMORY = 0.6
"""Weight of the last turn in the account of what the others did; the rest is the turn before (section 2.6)."""


class Chair:
    """A seat of a case, as the policy that plays it finds it before the first turn."""

    def __init__(self, case: Scenario, seat: str, spec: BotSpec | None = None) -> None:
        self.case = case
        self.seat: Seat = case.seat[seat]
        self.spec = spec if spec is not None else case.bots.get(seat) or BotSpec(policy="tit_for_tat")

    def number(self, name: str, default: float) -> float:
        """Return a number the case gives the policy."""
        value = self.spec.params.get(name, default)
        return default if isinstance(value, str) else float(value)

    def move(self, move: str) -> Move:
        """Return a move of any seat as the rule book has it."""
        return self.case.move[move]

    def weight(self, move: str) -> float:
        """Return the Goldstein value of a move with its multiplier: hostile below 0, cooperative above."""
        found = self.case.move[move]
        return found.goldstein * found.multiplier

    @cached_property
    def danger(self) -> str:
        """The variable the model takes for the heat of the crisis."""
        return self.case.interaction.variable

    @cached_property
    def groundwork(self) -> str:
        """The variable that tells how far officials have prepared a text."""
        return self.case.commitments.institution

    @cached_property
    def meetings(self) -> frozenset[str]:
        """The orders that make a meeting of leaders."""
        return frozenset(self.case.summit.orders) if self.case.summit is not None else frozenset()

    @cached_property
    def superior(self) -> str:
        """The seat this one answers to: as the case says, else the one whose orders it executes most."""
        if self.seat.superior:
            return self.seat.superior
        given = [
            seat
            for move in self.case.moves
            if move.executor == self.seat.id and self.seat.id not in move.seats
            for seat in move.seats
        ]
        return max(sorted(set(given)), key=given.count) if given else ""


class Policy(Protocol):
    """A way to play a seat."""

    id: str
    chair: Chair

    def wishes(self, view: BotView) -> list[Wish]:
        """Return the orders the policy would like to give this turn, most wanted first."""
        ...


def own_moves(view: BotView, *severities: str) -> list[MoveOption]:
    """Return the moves of the seat that are not locked, of these severities (all if none is named)."""
    return [m for m in view.moves.values() if m.state != "locked" and (not severities or m.severity in severities)]


def echo(chair: Chair, view: BotView) -> float | None:
    """Return the mean weight of what the other sides did last turn, smoothed with the turn before; None if nothing."""
    means = []
    for back in (1, 2):
        values = [
            chair.weight(order.move)
            for order in view.past
            if order.turn == view.turn - back
            and order.status in CARRIED_OUT
            and chair.case.seat[order.seat].side != view.side
        ]
        means.append(sum(values) / len(values) if values else None)
    last, before = means
    if last is None:
        return before
    return last if before is None else MEMORY * last + (1 - MEMORY) * before


def spread(view: BotView, move: str) -> float:
    """Return a small keyed number, so that equal moves are not always taken in the same order."""
    return view.draw(f"order:{move}")
