"""The recorded orders of a seat, turn by turn, until the game leaves the record.

Off the record means war, a text in force the record has not, or an order blocked twice: then the seat's own policy
takes over, for the rest of the game.
"""

from adjudication.policies.base import Chair, Policy
from adjudication.policies.view import BotView, Wish


class Historical:
    """Play the record; fall back when it no longer fits."""

    id = "historical"

    def __init__(self, chair: Chair, fallback: Policy) -> None:
        self.chair, self.fallback = chair, fallback
        history = chair.case.history
        self._orders = {} if history is None else history.orders
        self._params = {} if history is None else history.params
        self._highest = _highest_recorded(chair)

    def wishes(self, view: BotView) -> list[Wish]:
        """Return the recorded orders of the turn, or the fallback's wishes off the record."""
        if self.off_record(view):
            return self.fallback.wishes(view)
        moves = self._orders.get(view.turn, {}).get(view.seat, ())
        given = self._params.get(view.turn, {})
        return [Wish(move, "On the record.", given.get(move, {}), firm=True) for move in moves]

    def off_record(self, view: BotView) -> bool:
        """Tell whether this game can no longer be the recorded one, as far as the seat knows."""
        recorded = any(view.seat in sheets for sheets in self._orders.values())
        if not recorded or view.reads(self.chair.case.tally.war) > 0:
            return True
        if any(level > self._highest.get(issue, 0) for issue, level in view.banked.items()):
            return True
        blocked = {order.move for order in view.past if order.seat == view.seat and order.status == "blocked"}
        return any(view.blocked_times(move) >= 2 for move in blocked)


def _highest_recorded(chair: Chair) -> dict[str, int]:
    """Return the highest level of each issue the record can have put in force: its statements and its texts."""
    history, highest = chair.case.history, dict[str, int]()
    if history is None:
        return highest
    stated = any(summit.result == "statement" for summit in history.summits)
    signed = [text.levels for text in history.texts]
    signed += [choice.levels for choice in chair.case.negotiation.menus if stated and choice.form == "statement"]
    for levels in signed:
        for issue, level in levels.items():
            highest[issue] = max(level, highest.get(issue, 0))
    return highest
