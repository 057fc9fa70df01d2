"""Writing what views are told: numbered rows, and the newest value per key beside them.

A value a view holds already tells it nothing, so it gets no row, no number and no frame: otherwise the
mere arrival of an unchanged value would say that something happened elsewhere.
"""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection

from wargame.store import models

CHUNK = 400
# Written as SQL: a public message is two dozen rows, and building statements row by row cost more than writing them.
_WRITE_NEWS = (
    "INSERT INTO store_disclosure (game_id, view, n, seq, at_ms, kind, key, value)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)
_WRITE_NEWEST = (
    "INSERT INTO store_current (game_id, view, kind, key, n, first_n, at_ms, value)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (game_id, view, kind, key)"
    " DO UPDATE SET n = excluded.n, at_ms = excluded.at_ms, value = excluded.value"
)
_READ_KNOWN = (
    "SELECT view, key, value FROM store_current"
    " WHERE game_id = %s AND kind = %s AND view IN ({views}) AND key IN ({keys})"
)
Place = tuple[str, str, str]
"""(view, kind, key)."""


class Told(NamedTuple):
    """One entity for one view, as JSON, not yet numbered."""

    seq: int
    view: str
    kind: str
    key: str
    value: bytes

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
    first: dict[Place, int] = {}
    for one in told:
        if known.get(one.place) == one.value:
            continue
        known[one.place] = one.value
        n = heads[one.view] = heads.get(one.view, 0) + 1
        news.append((game.id, one.view, n, one.seq, game.at_ms, one.kind, one.key, one.value))
        first_n = first.setdefault(one.place, n)
        newest[one.place] = (game.id, one.view, one.kind, one.key, n, first_n, game.at_ms, one.value)
    with connection.cursor() as sql:
        sql.executemany(_WRITE_NEWS, news)
        sql.executemany(_WRITE_NEWEST, list(newest.values()))
    game.heads = json.dumps(heads, sort_keys=True)


def _known(game_id: str, told: Iterable[Told]) -> dict[Place, bytes]:
    """Return the values that stand where something is to be told: one read a kind."""
    places: dict[str, tuple[set[str], set[str]]] = {}
    for one in told:
        views, keys = places.setdefault(one.kind, (set(), set()))
        views.add(one.view)
        keys.add(one.key)
    found: dict[Place, bytes] = {}
    with connection.cursor() as sql:
        for kind, (views, keys) in sorted(places.items()):
            some = sorted(keys)
            for start in range(0, len(some), CHUNK):
                part = some[start : start + CHUNK]
                query = _READ_KNOWN.format(views=_marks(len(views)), keys=_marks(len(part)))
                sql.execute(query, [game_id, kind, *sorted(views), *part])
                found.update({(view, kind, key): bytes(value) for view, key, value in sql.fetchall()})
    return found


def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)
