"""Facts about a turn as the engine settles it."""

from adjudication.results import Resolution
from wargame.game.events.base import Payload, fact


@fact("turn.proposed")
class TurnProposed(Payload, frozen=True, kw_only=True):
    """What the engine makes of the locked orders, without any ruling."""

    turn: int
    resolution: Resolution


@fact("turn.reproposed")
class TurnReproposed(Payload, frozen=True, kw_only=True):
    """The proposal after a ruling was made or dropped; dice and orders are the same."""

    turn: int
    resolution: Resolution


@fact("turn.resolved")
class TurnResolved(Payload, frozen=True, kw_only=True):
    """The outcome as released; the world it leads to is `resolution.world`.

    `rulings` are in it. `ends`: why the game is over after it, if it is.
    """

    turn: int
    resolution: Resolution
    rulings: tuple[str, ...]
    ends: str = ""
