"""Writing what views are told: numbered rows, and the newest value per key beside them.

A value a view holds already tells it nothing, so it gets no row, no number and no frame: otherwise the
mere arrival of an unchanged value would say that something happened elsewhere.
"""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from wargame.store import models

CHUNK = 400
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
    heads: dict[str, int] = json.loads(game.heads)
    known = _known(game.id, told)
    news: list[models.Disclosure] = []
    newest: dict[Place, models.Current] = {}
    for one in told:
        if known.get(one.place) == one.value:
            continue
        known[one.place] = one.value
        n = heads[one.view] = heads.get(one.view, 0) + 1
        row = models.Disclosure(
            game_id=game.id, view=one.view, n=n, seq=one.seq, at_ms=game.at_ms, kind=one.kind, key=one.key,
            value=one.value,
        )  # fmt: skip
        first_n = newest[one.place].first_n if one.place in newest else n
        newest[one.place] = models.Current(
            game_id=game.id, view=one.view, kind=one.kind, key=one.key, n=n, first_n=first_n, at_ms=game.at_ms,
            value=one.value,
        )  # fmt: skip
        news.append(row)
    models.Disclosure.objects.bulk_create(news, batch_size=CHUNK)
    models.Current.objects.bulk_create(
        newest.values(), batch_size=CHUNK, update_conflicts=True,
        unique_fields=["game", "view", "kind", "key"], update_fields=["n", "at_ms", "value"],
    )  # fmt: skip
    game.heads = json.dumps(heads, sort_keys=True)


def _known(game_id: str, told: Iterable[Told]) -> dict[Place, bytes]:
    """Return the values that stand where something is to be told."""
    places = {one.place for one in told}
    keys, views = sorted({key for _, _, key in places}), sorted({view for view, _, _ in places})
    found: dict[Place, bytes] = {}
    for start in range(0, len(keys), CHUNK):
        some = models.Current.objects.filter(game_id=game_id, view__in=views, key__in=keys[start : start + CHUNK])
        for view, kind, key, value in some.values_list("view", "kind", "key", "value"):
            if (view, kind, key) in places:
                found[view, kind, key] = bytes(value)
    return found
