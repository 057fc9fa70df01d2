"""Writing what views are told: numbered rows, and the newest value per key beside them.

A value a view holds already tells it nothing, so it gets no row, no number and no frame: otherwise the
mere arrival of an unchanged value would say that something happened elsewhere. The value `null` takes an entity
away; a view that does not hold it is told nothing of that either.
"""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection

from wargame.store import models
from wargame.store.rows import Insert

CHUNK = 400
# Written as SQL: a public message is two dozen rows, and building statements row by row cost more than writing them.
NEWS = Insert(
    "store_disclosure",
    {
        "game_id": "text", "view": "text", "n": "int8", "first_n": "int8", "seq": "int8", "at_ms": "int8",
        "kind": "text", "key": "text", "value": "bytea",
    },
)  # fmt: skip
_NEWEST = Insert(
    "store_current",
    {
        "game_id": "text", "view": "text", "kind": "text", "key": "text", "n": "int8", "first_n": "int8",
        "at_ms": "int8", "value": "bytea",
    },
    "ON CONFLICT (game_id, view, kind, key)"
    " DO UPDATE SET n = excluded.n, first_n = excluded.first_n, at_ms = excluded.at_ms, value = excluded.value",
)  # fmt: skip
_TAKE_AWAY = "DELETE FROM store_current WHERE game_id = %s AND view = %s AND kind = %s AND key = %s"
_READ_KNOWN = (
    "SELECT view, key, value, first_n FROM store_current"
    " WHERE game_id = %s AND kind = %s AND view IN ({views}) AND key IN ({keys})"
)
GONE = b"null"
"""The value of an entity that a view has no more."""
Place = tuple[str, str, str]
"""(view, kind, key)."""


class Told(NamedTuple):
    """One entity for one view, as JSON, not yet numbered.

    What is told again as it was keeps its time and its place in the order of its kind: `at_ms`, `first_n`.
    """

    seq: int
    view: str
    kind: str
    key: str
    value: bytes
    at_ms: int | None = None
    first_n: int | None = None

    @property
    def place(self) -> Place:
        """Return where the value stands."""
        return self.view, self.kind, self.key


def tell(game: models.Game, told: Sequence[Told]) -> None:
    """Write what is news to each view and advance the game's heads (saved by the caller)."""
    if not told:
        return
    heads: dict[str, int] = json.loads(game.heads)
    known = _known(game.id, told)
    news: list[tuple[str | int | bytes, ...]] = []
    newest: dict[Place, tuple[str | int | bytes, ...]] = {}
    for one in told:
        value, place = known.get(one.place, _NOTHING)
        if value == one.value:
            continue
        n = heads[one.view] = heads.get(one.view, 0) + 1
        first_n = one.first_n or place or n
        known[one.place] = _NOTHING if one.value == GONE else (one.value, first_n)
        at_ms = game.at_ms if one.at_ms is None else one.at_ms
        news.append((game.id, one.view, n, first_n, one.seq, at_ms, one.kind, one.key, one.value))
        newest[one.place] = (game.id, one.view, one.kind, one.key, n, first_n, at_ms, one.value)
    NEWS.write(news)
    with connection.cursor() as sql:
        sql.executemany(_TAKE_AWAY, [(game.id, *place) for place in newest if known[place] == _NOTHING])
    _NEWEST.write([row for place, row in newest.items() if known[place] != _NOTHING])
    game.heads = json.dumps(heads, sort_keys=True)


_NOTHING = (GONE, 0)
"""What a view knows of an entity that it has not."""


def _known(game_id: str, told: Iterable[Told]) -> dict[Place, tuple[bytes, int]]:
    """Return the values, and their places in the order, that stand where something is to be told: one read a kind."""
    places: dict[str, tuple[set[str], set[str]]] = {}
    for one in told:
        views, keys = places.setdefault(one.kind, (set(), set()))
        views.add(one.view)
        keys.add(one.key)
    found: dict[Place, tuple[bytes, int]] = {}
    with connection.cursor() as sql:
        for kind, (views, keys) in sorted(places.items()):
            some = sorted(keys)
            for start in range(0, len(some), CHUNK):
                part = some[start : start + CHUNK]
                query = _READ_KNOWN.format(views=_marks(len(views)), keys=_marks(len(part)))
                sql.execute(query, [game_id, kind, *sorted(views), *part])
                found.update({(view, kind, key): (bytes(value), at) for view, key, value, at in sql.fetchall()})
    return found


def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)
