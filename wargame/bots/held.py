"""The newest value of every entity a seat was shown, whatever way it came: by the store's feed or by a socket.

A generic map of entities, as every client of the protocol has one. It holds no rule and asks nobody.
"""

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from wargame.game.entities import KINDS, Entity

E = TypeVar("E", bound=Entity)


class Held:
    """The entities of one seat's view, as of `head`."""

    def __init__(self, seat: str) -> None:
        self.seat = seat
        self.head = 0
        self._raw: dict[str, dict[str, bytes]] = {}
        self._decoded: dict[tuple[str, str], Entity] = {}

    def take(self, kind: str, key: str, value: bytes, *, n: int) -> None:
        """Take in one disclosure."""
        self._raw.setdefault(kind, {})[key] = value
        self._decoded.pop((kind, key), None)
        self.head = max(self.head, n)

    def drop(self) -> None:
        """Forget everything: a new first picture follows."""
        self.head = 0
        self._raw.clear()
        self._decoded.clear()

    def one(self, shape: type[E], kind: str, key: str) -> E | None:
        """Return the entity of a key, if the view knows one."""
        raw = self._raw.get(kind, {}).get(key)
        if raw is None:
            return None
        held = self._decoded.get((kind, key))
        if held is None:
            held = self._decoded[kind, key] = msgspec.json.decode(raw, type=KINDS[kind])
        assert isinstance(held, shape)
        return held

    def all(self, shape: type[E], kind: str) -> Iterator[tuple[str, E]]:
        """Yield key and entity of a kind, in order of key."""
        for key in sorted(self._raw.get(kind, {})):
            held = self.one(shape, kind, key)
            assert held is not None
            yield key, held
