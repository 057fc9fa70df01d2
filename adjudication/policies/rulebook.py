"""What a case knows better than any general policy: its rules for a seat, read on what the seat knows.

Owns the reading of a rule book (top down, blocks, `last`), patience, and how a name becomes a policy. It must never
know a move or a variable by name.
"""

from collections.abc import Iterator, Sequence

from adjudication.policies.base import Chair, Policy
from adjudication.policies.knowing import Knowing
from adjudication.policies.view import BotView, Wish
from adjudication.scenario.bots import BotRule

IMPATIENCE = 0.25
"""Chance a turn that a policy out of patience changes its plan (section 6)."""


class Rulebook:
    """The rules of a seat first; what they leave of the budget goes to a general policy, if there is one."""

    def __init__(self, chair: Chair, rest: Policy | None = None, *, name: str = "rulebook") -> None:
        self.chair, self.rest, self.id = chair, rest, name

    def wishes(self, view: BotView) -> list[Wish]:
        """Return the orders of every rule that holds, in the order of the book, then those of the general policy."""
        knowing = Knowing(self.chair, view)
        found = list(_read(self.chair.spec.rules, knowing))
        return found if self.rest is None else found + self.rest.wishes(view)


def _read(rules: Sequence[BotRule], knowing: Knowing) -> Iterator[Wish]:
    for rule in rules:
        if not knowing.holds(rule.when):
            continue
        if rule.order:
            yield Wish(rule.order, rule.why, rule.params, rule.public, firm=not rule.within_budget)
        yield from _read(rule.rules, knowing)
        if rule.last:
            return


class Patient:
    """One policy until patience ends without a text in force, then perhaps another, for the rest of the game."""

    def __init__(self, first: Policy, then: Policy, *, patience: float, impatience: float) -> None:
        self.first, self.then, self.patience, self.impatience = first, then, patience, impatience
        self.id, self.chair = first.id, first.chair

    def wishes(self, view: BotView) -> list[Wish]:
        """Return the wishes of the plan the seat now follows."""
        return (self.then if self.gave_up(view) else self.first).wishes(view)

    def gave_up(self, view: BotView) -> bool:
        """Tell whether the seat has dropped its first plan: a text in force ends the temptation, a die decides."""
        if view.deals:
            return False
        since = int(self.patience) + 1
        return any(view.draw("patience", turn=turn) < self.impatience for turn in range(since, view.turn + 1))
