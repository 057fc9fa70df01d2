"""What one seat has been told, kept up to date from its own feed in the store.

It reads one view's rows and nothing else; it holds no rule.
"""

from wargame.bots.held import Held
from wargame.game.ids import seat_view
from wargame.store import feed

PAGE = 512


class Knowledge(Held):
    """The entities of one seat of one game, read from its feed."""

    def __init__(self, game: str, seat: str) -> None:
        super().__init__(seat)
        self.game = game

    def refresh(self) -> None:
        """Take in what the view has been told since the last look."""
        view = seat_view(self.seat)
        if self.head == 0:
            head, rows = feed.view_now(self.game, view=view)
            self._take(rows)
            self.head = head
            return
        while True:
            rows = feed.feed_after(self.game, view=view, cursor=self.head, limit=PAGE)
            self._take(rows)
            if len(rows) < PAGE:
                return

    def _take(self, rows: list[feed.Row]) -> None:
        for row in rows:
            self.take(row.kind, row.key, row.value, n=row.n)
