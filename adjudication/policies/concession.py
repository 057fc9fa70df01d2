"""How far a bot's claims fall as a talk goes on: Boulware, linear, conceder, tit for tat.

Owns the curves, in surplus over waiting as the seat itself judges it. They are functions of numbers: no text, no view.
Time-dependent tactics after Faratin, Sierra and Jennings (1998), tit for tat in one's own utility as there; the case
gives the numbers (`bargains`).
"""

from collections.abc import Sequence

from adjudication.policies.base import Chair
from adjudication.scenario.bots import Bargaining

BETA = {"boulware": 0.25, "linear": 1.0, "conceder": 3.0}
"""The bend of a curve where the case gives none."""
OF_POLICY = {"hawk": "boulware", "dove": "conceder", "tit_for_tat": "tit_for_tat"}
"""How general policies bargain where the case does not say; all others give way evenly."""
LAST_WORD = 3
"""Versions beyond the deadline after which a bot takes what beats its reserve or leaves."""


def bargaining_of(chair: Chair) -> Bargaining:
    """Return how a seat bargains: as the case says, else as its policy does."""
    if chair.spec.bargains is not None:
        return chair.spec.bargains
    match OF_POLICY.get(chair.spec.policy):
        case "boulware":
            return Bargaining(strategy="boulware")
        case "conceder":
            return Bargaining(strategy="conceder")
        case "tit_for_tat":
            return Bargaining(strategy="tit_for_tat")
        case _:
            return Bargaining()


def elapsed(how: Bargaining, version: int) -> float:
    """Return how much of the time for a text is over, 0..1."""
    return min(1.0, max(0, version) / how.deadline)


def claim(how: Bargaining, best: float, version: int, theirs: Sequence[float] = ()) -> float:
    """Return the surplus a seat insists on at a version.

    `best`: what its best realistic text would leave it. `theirs`: what the other's versions so far left it, oldest
    first. Never below the reserve, never rising from one version to the next for the same history, at the reserve
    from the deadline on.
    """
    top = max(how.reserve, how.start * best)
    over = elapsed(how, version)
    if over >= 1.0:
        return how.reserve
    if how.strategy == "tit_for_tat":
        given = max(theirs) - theirs[0] if theirs else 0.0
        return max(how.reserve, top - how.matches * given)
    bend = BETA[how.strategy] if how.beta is None else how.beta
    return how.reserve + (top - how.reserve) * (1.0 - float(over ** (1.0 / bend)))


def is_last(how: Bargaining, version: int) -> bool:
    """Tell whether a talk has gone on so long that a seat takes what beats its reserve, or leaves."""
    return version >= how.deadline + LAST_WORD
