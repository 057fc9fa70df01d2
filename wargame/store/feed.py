"""Reading what a view knows: the rows after a cursor, the picture at a moment, a page of a long list.

Every reader of the product (socket, replay, export, report) reads here and names its view. Nothing here
can see another view's rows, nothing opens a transaction, and nothing scans a log to show the present.
"""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection
from django.db.models import Max

from wargame.game.entities import PAGE, PAGED
from wargame.store.disclosures import GONE
from wargame.store.models import Current, Disclosure, Event, Game


class Row(NamedTuple):
    """One disclosure as read: `value` is the JSON of the entity, never decoded on its way out.

    In a feed the value `null` takes the entity away; in a picture or a page it never stands.
    """

    n: int
    kind: str
    key: str
    at_ms: int
    value: bytes


class Told(NamedTuple):
    """A disclosure with the event of the log it came of. The seq is for Control alone: its gaps are knowledge."""

    row: Row
    seq: int


class Standing(NamedTuple):
    """Where a game's feeds stand."""

    heads: dict[str, int]
    epoch: int


_AFTER = (
    "SELECT n, kind, key, at_ms, value FROM store_disclosure"
    " WHERE game_id = %s AND view = %s AND n > %s ORDER BY n LIMIT %s"
)

_PAGE = (
    "SELECT n, kind, key, at_ms, value, NULL FROM store_current"
    " WHERE game_id = %s AND view = %s AND kind = %s ORDER BY first_n DESC LIMIT %s"
)
_REST = (  # constants and placeholders only
    "SELECT n, kind, key, at_ms, value, NULL FROM store_current"  # noqa: S608 - constants only
    f" WHERE game_id = %s AND view = %s AND kind NOT IN ({', '.join(['%s'] * len(PAGED))})"
)
_HEADS = "SELECT 0, '', '', 0, NULL, heads FROM store_game WHERE id = %s"
_PAGES = [f"SELECT * FROM ({_PAGE}) AS page{place}" for place in range(len(PAGED))]  # noqa: S608 - constants
_NOW = " UNION ALL ".join([_REST, *_PAGES, _HEADS])


def feed_after(game_id: str, *, view: str, cursor: int, limit: int = 512) -> list[Row]:
    """Return up to `limit` disclosures of the view after `cursor`, in order."""
    with connection.cursor() as sql:
        sql.execute(_AFTER, [game_id, view, cursor, limit])
        return [Row(n, kind, key, at_ms, bytes(value)) for n, kind, key, at_ms, value in sql.fetchall()]


def rows_told(
    game_id: str, *, view: str, after: int = 0, upto: int | None = None, limit: int | None = None
) -> list[Told]:
    """Return the disclosures of the view after a number, in order: of events up to seq `upto`, at most `limit`."""
    mine = Disclosure.objects.filter(game_id=game_id, view=view, n__gt=after).order_by("n")
    if upto is not None:
        mine = mine.filter(seq__lte=upto)
    values = mine.values_list("n", "kind", "key", "at_ms", "value", "seq")[:limit]
    return [Told(Row(n, kind, key, at_ms, bytes(value)), seq) for n, kind, key, at_ms, value, seq in values]


def standings(games: Iterable[str]) -> dict[str, Standing]:
    """Return where the feeds of these games stand, in one read."""
    rows = Game.objects.filter(pk__in=list(games)).values_list("id", "heads", "epoch")
    return {game: Standing(json.loads(heads), epoch) for game, heads, epoch in rows}


def head_of(game_id: str, *, view: str) -> int | None:
    """Return the view's newest n (0: nothing yet), or None if there is no such game."""
    standing = standings([game_id]).get(game_id)
    return None if standing is None else standing.heads.get(view, 0)


def view_now(game_id: str, *, view: str) -> tuple[int, list[Row]]:
    """Return (n, newest value of every key) at the head; of each paged kind only its newest page.

    One statement, so that the number and the values are of the same moment on every database.
    """
    paged = sorted(PAGED)
    params: list[str | int] = [game_id, view, *paged]
    for kind in paged:
        params += [game_id, view, kind, PAGE]
    with connection.cursor() as sql:
        sql.execute(_NOW, [*params, game_id])
        found = sql.fetchall()
    heads = next((heads for *_, heads in found if heads is not None), "{}")
    rows = [Row(n, kind, key, at_ms, bytes(value)) for n, kind, key, at_ms, value, _ in found if value is not None]
    return json.loads(heads).get(view, 0), sorted(rows)


def view_at(game_id: str, *, view: str, n: int | None = None, at_ms: int | None = None) -> tuple[int, list[Row]]:
    """Return (n, newest value of every key up to then) at n, or at a time; without either, now."""
    if n is None and at_ms is None:
        return view_now(game_id, view=view)
    rows = Disclosure.objects.filter(game_id=game_id, view=view)
    rows = rows.filter(seq__lte=seq_at(game_id, at_ms or 0)) if n is None else rows.filter(n__lte=n)
    newest = list(rows.values("kind", "key").annotate(newest=Max("n")).values_list("kind", "newest"))
    kept = _held(game_id, view, sorted(at for kind, at in newest if kind not in PAGED))
    for paged in sorted(PAGED):
        kept += _newest_held(game_id, view, sorted(at for kind, at in newest if kind == paged))
    upto = max((at for _, at in newest), default=0)
    return upto, sorted(kept)


def latest_value(game_id: str, *, view: str, kind: str, key: str) -> dict[str, object] | None:
    """Return one entity as the view has it now, or None."""
    found = (
        Current.objects.filter(game_id=game_id, view=view, kind=kind, key=key).values_list("value", flat=True).first()
    )
    if found is None:
        return None
    value: dict[str, object] = json.loads(bytes(found))
    return value


def page(game_id: str, *, view: str, kind: str, before: str | None, limit: int) -> list[Row] | None:
    """Return up to `limit` values of a kind first known before that of key `before`, newest first.

    None if the view has no such key: hidden and missing look the same.
    """
    mine = Current.objects.filter(game_id=game_id, view=view, kind=kind)
    if before is not None:
        bound = mine.filter(key=before).values_list("first_n", flat=True).first()
        if bound is None:
            return None
        mine = mine.filter(first_n__lt=bound)
    return _rows(mine.order_by("-first_n")[: max(1, min(limit, PAGE))])


def newest_keys(game_id: str, *, view: str, kind: str, limit: int) -> list[tuple[str, int]]:
    """Return (key, time of its newest value in ms) of the kind's values that came last, newest first, unread."""
    mine = Current.objects.filter(game_id=game_id, view=view, kind=kind).order_by("-first_n")
    return list(mine.values_list("key", "at_ms")[:limit])


def holders(game_id: str, *, views: Sequence[str], kind: str, keys: Sequence[str]) -> dict[str, set[str]]:
    """Return key -> which of these views hold it; a key none of them holds is missing."""
    rows = Current.objects.filter(game_id=game_id, view__in=list(views), kind=kind, key__in=list(keys))
    found: dict[str, set[str]] = {}
    for key, view in rows.values_list("key", "view"):
        found.setdefault(key, set()).add(view)
    return found


def values_by_key(game_id: str, *, view: str, kind: str, keys: Sequence[str]) -> dict[str, bytes]:
    """Return the newest values of these keys as the view has them, as JSON; a key it does not have is missing."""
    mine = Current.objects.filter(game_id=game_id, view=view, kind=kind, key__in=list(keys))
    return {key: bytes(value) for key, value in mine.values_list("key", "value")}


def room_page(game_id: str, *, view: str, room: str, upto: int, limit: int) -> list[Row]:
    """Return the messages of a room numbered `upto` and below that the view holds, newest first, at most `limit`.

    Read by their keys: as quick in a long game as in a short one. A room one is not in is an empty one.
    """
    count = max(1, min(limit, PAGE))
    keys = [f"{room}:{number}" for number in range(upto, max(0, upto - count), -1)]
    mine = Current.objects.filter(game_id=game_id, view=view, kind="message", key__in=keys)
    place = {key: at for at, key in enumerate(keys)}
    return sorted(_rows(mine), key=lambda row: place[row.key])


def _rows(query: object) -> list[Row]:
    values = query.values_list("n", "kind", "key", "at_ms", "value")  # type: ignore[attr-defined]
    return [Row(n, kind, key, at_ms, bytes(value)) for n, kind, key, at_ms, value in values]


def seq_at(game_id: str, at_ms: int) -> int:
    """Return the seq of the last event up to a time; by the log, because a restored value keeps its own time."""
    known = Event.objects.filter(game_id=game_id, at_ms__lte=at_ms).order_by("-seq")
    return known.values_list("seq", flat=True).first() or 0


def number_at(game_id: str, *, view: str, seq: int) -> int:
    """Return the newest n of a view that an event of the log up to this one told it; 0: nothing."""
    known = Disclosure.objects.filter(game_id=game_id, view=view, seq__lte=seq).order_by("-n")
    return known.values_list("n", flat=True).first() or 0


def _held(game_id: str, view: str, numbers: Sequence[int], chunk: int = 500) -> list[Row]:
    """Return the disclosures of these numbers without those that took an entity away."""
    rows: list[Row] = []
    for start in range(0, len(numbers), chunk):
        some = numbers[start : start + chunk]
        rows += _rows(Disclosure.objects.filter(game_id=game_id, view=view, n__in=some))
    return [row for row in rows if row.value != GONE]


def _newest_held(game_id: str, view: str, numbers: Sequence[int]) -> list[Row]:
    """Return the newest page of these disclosures; what was taken away leaves room for older ones."""
    rows: list[Row] = []
    left = list(numbers)
    while left and len(rows) < PAGE:
        some, left = left[-PAGE:], left[:-PAGE]
        rows += sorted(_held(game_id, view, some), reverse=True)
    return rows[:PAGE]
