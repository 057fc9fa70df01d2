"""What one seat has been told, kept up to date from its own feed.

Owns the entity store of a bot: the newest value of every (kind, key), decoded when somebody looks. It reads one
view's rows and nothing else; it holds no rule.
"""

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from wargame.game.entities import KINDS, Entity
from wargame.game.ids import seat_view
from wargame.store import feed

E = TypeVar("E", bound=Entity)
PAGE = 512


class Knowledge:
    """The entities of one view, as of `head`."""

    def __init__(self, game: str, seat: str) -> None:
        self.game = game
        self.seat = seat
        self.head = 0
        self._raw: dict[str, dict[str, bytes]] = {}
        self._seen: dict[tuple[str, str], Entity] = {}

    def refresh(self) -> None:
        """Take in what the view has been told since the last look."""
        view = seat_view(self.seat)
        if self.head == 0:
            self.head, rows = feed.view_now(self.game, view=view)
            for row in rows:
                self._raw.setdefault(row.kind, {})[row.key] = row.value
            return
        while True:
            rows = feed.feed_after(self.game, view=view, cursor=self.head, limit=PAGE)
            for row in rows:
                self._raw.setdefault(row.kind, {})[row.key] = row.value
                self._seen.pop((row.kind, row.key), None)
                self.head = row.n
            if len(rows) < PAGE:
                return

    def one(self, shape: type[E], kind: str, key: str) -> E | None:
        """Return the entity of a key, if the view knows one."""
        raw = self._raw.get(kind, {}).get(key)
        if raw is None:
            return None
        held = self._seen.get((kind, key))
        if held is None:
            held = msgspec.json.decode(raw, type=KINDS[kind])
            self._seen[kind, key] = held
        assert isinstance(held, shape)
        return held

    def all(self, shape: type[E], kind: str) -> Iterator[tuple[str, E]]:
        """Yield key and entity of a kind, in order of key."""
        for key in sorted(self._raw.get(kind, {})):
            held = self.one(shape, kind, key)
            assert held is not None
            yield key, held
