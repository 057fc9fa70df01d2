"""What every policy is, and the readings several of them share.

Owns the interface of a policy (wishes of a turn, in order of preference) and common judgements of a crisis. It
holds no state: a policy remembers only what its seat's view still shows.
"""

from typing import Protocol

from adjudication.policies.view import BotView, Wish

COOPERATIVE = frozenset({"de"})
HOSTILE = frozenset({"po", "nv", "vi", "nu"})
TESTS = ("nuke", "icbm", "irbm", "slbm", "satellite")


class Policy(Protocol):
    """A way to play a seat."""

    id: str

    def wishes(self, view: BotView) -> list[Wish]:
        """Return the orders the policy would like to give this turn, most wanted first."""
        ...


def pivoted(view: BotView) -> bool:
    """Tell whether the North has, as far as the seat knows, turned from testing to talking."""
    return any(view.saw(move) for move in ("moratorium", "charm", "d_offer_summit")) or view.banked.get("test", 0) >= 1


def tested_lately(view: BotView) -> bool:
    """Tell whether a longer-range or nuclear test was seen in the last two turns."""
    return any(view.saw(move, within=2) for move in TESTS)


def invited(view: BotView) -> bool:
    """Tell whether a leaders' meeting was offered in public last turn, by either side."""
    return view.saw("d_offer_summit", within=1) or view.saw("offer_summit", within=1)


def goldstein_of_others(view: BotView) -> float | None:
    """Return the mean Goldstein value of what the other sides did last turn, smoothed with the turn before."""
    means = []
    for back in (1, 2):
        values = [
            view.book[order.move].goldstein
            for order in view.past
            if order.turn == view.turn - back and order.move in view.book and view.book[order.move].side != view.side
        ]
        means.append(sum(values) / len(values) if values else None)
    last, before = means
    if last is None:
        return before
    return last if before is None else 0.6 * last + 0.4 * before
