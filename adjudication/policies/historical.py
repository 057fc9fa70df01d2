"""The recorded orders of a seat, turn by turn, until the game leaves the record.

Off the record means war, a negotiated text in force that never was, or an order blocked twice: then the seat's
own policy takes over, for the rest of the game.
"""

from adjudication.policies.base import Policy
from adjudication.policies.view import BotView, Wish


class Historical:
    """Play the record; fall back when it no longer fits."""

    id = "historical"

    def __init__(self, fallback: Policy) -> None:
        self.fallback = fallback

    def wishes(self, view: BotView) -> list[Wish]:
        """Return the recorded orders of the turn, or the fallback's wishes off the record."""
        if self.off_record(view):
            return self.fallback.wishes(view)
        return [Wish(move, "On the record.") for move in view.script.get(view.turn, ())]

    def off_record(self, view: BotView) -> bool:
        """Tell whether this game can no longer be the recorded one, as far as the seat knows."""
        if not view.script or view.reads("war") > 0:
            return True
        if any(view.banked.get(issue, 0) >= 2 for issue in ("fac", "unrel")) or view.banked.get("usrel", 0) >= 1:
            return True
        blocked = {order.move for order in view.past if order.seat == view.seat and order.status == "blocked"}
        return any(view.blocked_times(move) >= 2 for move in blocked)
