"""From wishes to orders: what fits the seat's budget, authority and capital.

Owns the choice of orders out of a policy's wishes, in the policy's order of preference. It must never order
what the seat's own catalogue shows as locked.
"""

from collections.abc import Iterable

from adjudication.policies.view import Act, BotView, Wish

CAPITAL_KEPT = 10.0
"""Political capital a policy does not spend, so that it can still answer a crisis."""

EXCLUSIVE = (
    frozenset({"summit", "call_off"}),
    frozenset({"d_talks", "d_break_talks"}),
    frozenset({"icbm", "moratorium"}),
)


def choose(view: BotView, wishes: Iterable[Wish]) -> list[Wish]:
    """Return the wishes that can be ordered together, in order of preference; each move once."""
    left = view.budget - view.used
    capital = view.capital
    taken: dict[str, Wish] = {}
    for wish in wishes:
        option = view.moves.get(wish.move)
        if option is None or option.state == "locked" or wish.move in taken or wish.move in view.sheet:
            continue
        if option.cost > left or _clashes(wish.move, taken):
            continue
        if capital is not None and option.capital > 0 and capital - option.capital < CAPITAL_KEPT:
            continue
        left -= option.cost
        capital = None if capital is None else capital - option.capital
        taken[wish.move] = wish
    return list(taken.values())


def order_acts(view: BotView, wishes: Iterable[Wish]) -> list[Act]:
    """Return the commands that put the chosen orders on the sheet and seal it."""
    acts = []
    for wish in choose(view, wishes):
        option = view.moves[wish.move]
        params = {**option.params, **wish.params}
        args: dict[str, object] = {
            "order": f"t{view.turn}-{wish.move}", "move": wish.move, "params": params, "rationale": wish.why
        }  # fmt: skip
        if wish.public is not None:
            args["public"] = wish.public
        acts.append(Act("order.draft", args, f"order:{wish.move}"))
    acts.append(Act("orders.submit", {}, "submit"))
    return acts


def _clashes(move: str, taken: Iterable[str]) -> bool:
    together = {move, *taken}
    return any(move in pair and pair <= together for pair in EXCLUSIVE)
