"""The newest value of every entity a seat was shown, whatever way it came: by the store's feed or by a socket.

A generic map of entities, as every client of the protocol has one. It holds no rule and asks nobody.
"""

from typing import TypeVar, cast

import msgspec

from wargame.game.entities import KINDS, Entity

E = TypeVar("E", bound=Entity)


class Held:
    """The entities of one seat's view, as of `head`."""

    def __init__(self, seat: str) -> None:
        self.seat = seat
        self.head = 0
        self._raw: dict[str, dict[str, bytes]] = {}
        self._decoded: dict[str, dict[str, Entity]] = {}
        self._ordered: dict[str, list[tuple[str, Entity]]] = {}

    def take(self, kind: str, key: str, value: bytes, *, n: int) -> None:
        """Take in one disclosure; the value `null` takes the entity away."""
        held = self._raw.setdefault(kind, {})
        if value == b"null":
            held.pop(key, None)
        else:
            held[key] = value
        self._decoded.setdefault(kind, {}).pop(key, None)
        self._ordered.pop(kind, None)
        self.head = max(self.head, n)

    def drop(self) -> None:
        """Forget everything: a new first picture follows."""
        self.head = 0
        self._raw.clear()
        self._decoded.clear()
        self._ordered.clear()

    def one(self, shape: type[E], kind: str, key: str) -> E | None:
        """Return the entity of a key, if the view knows one."""
        raw = self._raw.get(kind, {}).get(key)
        if raw is None:
            return None
        decoded = self._decoded[kind]
        held = decoded.get(key)
        if held is None:
            held = decoded[key] = msgspec.json.decode(raw, type=KINDS[kind])
        assert isinstance(held, shape)
        return held

    def all(self, shape: type[E], kind: str) -> list[tuple[str, E]]:
        """Return key and entity of everything of a kind, in order of key; the list is shared, leave it as it is."""
        ordered = self._ordered.get(kind)
        if ordered is None:
            ordered = self._ordered[kind] = [
                (key, held) for key in sorted(self._raw.get(kind, {})) if (held := self.one(shape, kind, key))
            ]
        return cast(list[tuple[str, E]], ordered)
