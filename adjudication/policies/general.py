"""Policies any seat can play: hawk, dove and tit for tat. They read moves by their severity and Goldstein value.

They never use knowledge of a case: another crisis plays with them on its first day.
"""

from adjudication.policies.base import COOPERATIVE, goldstein_of_others
from adjudication.policies.view import BotView, MoveOption, Wish

STRIKES = frozenset({"vi", "nu"})


def _own(view: BotView, *severities: str) -> list[MoveOption]:
    return [m for m in view.moves.values() if m.severity in severities and m.state != "locked"]


def _spread(view: BotView, option: MoveOption) -> float:
    """Return a small keyed number, so that equal moves are not always taken in the same order."""
    return view.draw(f"order:{option.id}")


class Hawk:
    """Presses: the hardest pressure short of force, held back only when the crisis is about to break."""

    id = "hawk"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return pressure by falling hardness, then words."""
        tension = view.reads("tension")
        hard = sorted(_own(view, "nv"), key=lambda m: (m.goldstein, _spread(view, m)))
        words = sorted(_own(view, "po"), key=lambda m: (m.goldstein, _spread(view, m)))
        first = (words, hard) if tension >= 85 else (hard, words)
        why = (
            "Pressure works only if it does not stop."
            if tension < 85
            else "Hold the line in words while it is this tense."
        )
        steady = sorted(_own(view, "sq"), key=lambda m: _spread(view, m))
        return [Wish(m.id, why) for group in first for m in group] + [Wish(m.id, "Close ranks.") for m in steady]


class Dove:
    """Reassures: the most cooperative moves it can afford, cheap ones first when little has come back."""

    id = "dove"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return cooperative moves by falling Goldstein value, then quiet work."""
        echo = goldstein_of_others(view)
        generous = echo is None or echo > -4
        soft = [m for m in _own(view, *COOPERATIVE) if generous or m.capital == 0]
        soft.sort(key=lambda m: (-m.goldstein + m.capital / 4, _spread(view, m)))
        why = "Somebody has to take the first step." if generous else "Keep the door open at little cost."
        quiet = sorted(_own(view, "sq"), key=lambda m: _spread(view, m))
        return [Wish(m.id, why) for m in soft] + [Wish(m.id, "Prepare the ground.") for m in quiet]


class TitForTat:
    """Answers in kind and in measure; every fourth turn it offers a small step of its own (Osgood's GRIT)."""

    id = "tit_for_tat"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return moves whose Goldstein value lies nearest to the answer due."""
        echo = goldstein_of_others(view)
        opening = view.turn % 4 == 0
        if echo is None or opening or echo >= 1:
            target = 3.0 if echo is None or echo < 1 else min(echo + 1, 7.0)
            why = "A small step of our own." if opening or echo is None else "They gave; we give a little more."
        elif echo <= -3:
            target, why = echo, "They pressed; we answer in the same measure."
        else:
            target, why = 1.0, "Nothing to answer yet; keep talking."
        near = [m for m in view.moves.values() if m.state != "locked" and m.severity not in STRIKES]
        near = [m for m in near if (m.severity in COOPERATIVE) == (target > 0) or m.severity == "sq"]
        near.sort(key=lambda m: (abs(m.goldstein - target), _spread(view, m)))
        return [Wish(m.id, why) for m in near]
