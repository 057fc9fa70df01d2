"""Giving each view back what it knew at a moment of the log, from its own disclosures.

A view that learnt nothing since is told nothing. What it learnt since is taken away, what changed is told as it was,
with its time and its place in the order of its kind. It reads a view's rows to write the same view's rows.
"""

import json
from collections.abc import Iterator

from django.db.models import Max

from wargame.game.visibility import KEPT, in_order
from wargame.store import models
from wargame.store.disclosures import GONE, Told

CHUNK = 400
Name = tuple[str, str]
"""(kind, key) within a view."""


def told_again(game: models.Game, *, to_seq: int, seq: int) -> Iterator[Told]:
    """Yield what event `seq` tells each view by taking the game back to event `to_seq`. All before it is told."""
    rows = models.Disclosure.objects.filter(game_id=game.id)
    heads = dict(rows.filter(seq__lte=to_seq).values("view").annotate(n=Max("n")).values_list("view", "n"))
    for view in sorted(json.loads(game.heads)):
        yield from _view_again(game.id, view, upto=heads.get(view, 0), seq=seq)


def _view_again(game_id: str, view: str, *, upto: int, seq: int) -> Iterator[Told]:
    mine = models.Disclosure.objects.filter(game_id=game_id, view=view)
    since = mine.filter(n__gt=upto).exclude(kind__in=KEPT)
    changed: set[Name] = set(since.values_list("kind", "key").distinct())
    then = _then(game_id, view, changed, upto=upto)
    for name in in_order(changed, {name: told.first_n or 0 for name, told in then.items()}):
        yield then[name]._replace(seq=seq) if name in then else Told(seq, view, *name, GONE)


def _then(game_id: str, view: str, names: set[Name], *, upto: int) -> dict[Name, Told]:
    """Return what the view had of these, at its number `upto`."""
    mine = models.Disclosure.objects.filter(game_id=game_id, view=view)
    numbers: list[int] = []
    for kind in sorted({kind for kind, _ in names}):
        keys = sorted(key for of, key in names if of == kind)
        for start in range(0, len(keys), CHUNK):
            known = mine.filter(kind=kind, key__in=keys[start : start + CHUNK], n__lte=upto)
            numbers += known.values("key").annotate(newest=Max("n")).values_list("newest", flat=True)
    found: dict[Name, Told] = {}
    for start in range(0, len(numbers), CHUNK):
        rows = mine.filter(n__in=numbers[start : start + CHUNK])
        for kind, key, value, at_ms, first_n in rows.values_list("kind", "key", "value", "at_ms", "first_n"):
            if bytes(value) != GONE:
                found[kind, key] = Told(0, view, kind, key, bytes(value), at_ms, first_n)
    return found
