"""From wishes to orders: what fits the seat's budget, authority and capital.

Owns the choice of orders out of a policy's wishes, in the policy's order of preference. It must never order
what the seat's own catalogue shows as locked, nor two moves that exclude each other.
"""

from collections.abc import Iterable

from msgspec import Struct

from adjudication.orders import ParamValue
from adjudication.policies.base import Chair
from adjudication.policies.view import Act, BotView, MoveOption, Wish
from adjudication.scenario.schema import Move

CAPITAL_KEPT = 10.0
"""Political capital a policy does not spend on ordinary wishes, so that it can still answer a crisis."""


class Purse(Struct, frozen=True):
    """What a seat may still spend. `capital` is None for a seat that has none to spend."""

    budget: float
    capital: float | None

    @staticmethod
    def of(view: BotView, *, kept: float) -> "Purse":
        """Return what the seat has left this turn, some capital kept back."""
        return Purse(float(view.budget - view.used), None if view.capital is None else view.capital - kept)

    def affords(self, option: MoveOption) -> bool:
        """Tell whether a move can still be paid."""
        short = self.capital is not None and option.capital > 0 and option.capital > self.capital
        return option.cost <= self.budget and not short

    def less(self, option: MoveOption) -> "Purse":
        """Return what is left after a move."""
        return Purse(self.budget - option.cost, None if self.capital is None else self.capital - option.capital)


def choose(chair: Chair, view: BotView, wishes: Iterable[Wish]) -> list[Wish]:
    """Return the wishes that can be ordered together, in order of preference; each move once."""
    purse = Purse.of(view, kept=0.0)
    kept = chair.number("capital_kept", CAPITAL_KEPT)
    taken: dict[str, Wish] = {}
    for wish in wishes:
        option = view.moves.get(wish.move)
        if option is None or option.state == "locked" or wish.move in taken or wish.move in view.sheet:
            continue
        held = 0.0 if wish.firm or purse.capital is None or not option.capital else kept
        able = purse if purse.capital is None else Purse(purse.budget, purse.capital - held)
        if not able.affords(option) or _clashes(chair, wish.move, (*taken, *view.sheet)):
            continue
        purse = purse.less(option)
        taken[wish.move] = wish
    return list(taken.values())


def order_acts(chair: Chair, view: BotView, wishes: Iterable[Wish]) -> list[Act]:
    """Return the commands that put the chosen orders on the sheet and seal it."""
    acts = []
    for wish in choose(chair, view, wishes):
        option, move = view.moves[wish.move], chair.move(wish.move)
        args: dict[str, object] = {
            "order": f"t{view.turn}-{wish.move}", "move": wish.move, "params": {**option.params, **wish.params},
            "rationale": wish.why,
        }  # fmt: skip
        if wish.public is not None and move.may_hide:
            args["public"] = wish.public
        acts.append(Act("order.draft", args, f"order:{wish.move}"))
    acts.append(Act("orders.submit", {}, "submit"))
    return acts


def params_of(move: Move) -> dict[str, ParamValue]:
    """Return the parameters of a move as they are when nobody says otherwise."""
    return {param.id: param.default for param in move.params if param.default is not None}


def _clashes(chair: Chair, move: str, taken: Iterable[str]) -> bool:
    own = set(chair.move(move).exclusive)
    return any(other in own or move in chair.move(other).exclusive for other in taken if other in chair.case.move)
