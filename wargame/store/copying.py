"""Copying the beginning of a game's log into a new game: events on a chain of their own, and what each view was told.

What is copied is told as it was then: values, numbers, times. Whoever joins the new game sees through its views.
Projections follow from the folded state, as always. It needs the new game's row; the first game is only read.
"""

import json

from django.db import connection
from django.db.models import Max

from wargame.game.snapshot import snapshot
from wargame.game.state import EMPTY, State
from wargame.store import models
from wargame.store.chain import GENESIS, event_hash
from wargame.store.disclosures import GONE
from wargame.store.log import fold, link_of
from wargame.store.projections import project
from wargame.store.rows import Linked, advance_game, write_events
from wargame.version import ENGINE

BATCH = 500
_COLUMNS = "view, n, first_n, seq, at_ms, kind, key, value"
_COPY_TOLD = (
    f"INSERT INTO store_disclosure (game_id, {_COLUMNS})"  # noqa: S608 - constants and placeholders only
    f" SELECT %s, {_COLUMNS} FROM store_disclosure WHERE game_id = %s AND seq <= %s"
)
_HOLD_NEWEST = (
    "INSERT INTO store_current (game_id, view, kind, key, n, first_n, at_ms, value)"
    " SELECT told.game_id, told.view, told.kind, told.key, told.n, told.first_n, told.at_ms, told.value"
    " FROM store_disclosure AS told JOIN (SELECT view, kind, key, MAX(n) AS n FROM store_disclosure"
    " WHERE game_id = %s GROUP BY view, kind, key) AS newest"
    " ON told.view = newest.view AND told.n = newest.n WHERE told.game_id = %s AND told.value <> %s"
)


def copy_beginning(origin: models.Game, game: models.Game, *, upto: int) -> State:
    """Give `game`, new and empty, the events of `origin` up to `upto` and return the state they lead to."""
    rows = models.Event.objects.filter(game_id=origin.id, seq__lte=upto).order_by("seq")
    batch: list[Linked] = []
    prev = GENESIS
    for row in rows.iterator(chunk_size=BATCH):
        link = link_of(row)._replace(game=game.id)
        linked = Linked(link, prev, event_hash(prev, link))
        game.head, game.at_ms, game.head_hash = row.seq, row.at_ms, linked.hash
        prev = linked.hash
        batch.append(linked)
        if len(batch) == BATCH:
            write_events(batch)
            batch.clear()
    write_events(batch)
    with connection.cursor() as sql:
        sql.execute(_COPY_TOLD, [game.id, origin.id, upto])
    hold_newest(game)
    _, state = fold(game.id, upto=upto)
    project(game, EMPTY, state)
    models.Snapshot.objects.create(game_id=game.id, seq=upto, engine=ENGINE, state=snapshot(state))
    advance_game(game)
    return state


def hold_newest(game: models.Game) -> None:
    """Fill in what each view of a game holds, from all it was ever told; set (but do not save) the game's heads."""
    with connection.cursor() as sql:
        sql.execute(_HOLD_NEWEST, [game.id, game.id, GONE])
    told = models.Disclosure.objects.filter(game_id=game.id).values("view").annotate(n=Max("n"))
    game.heads = json.dumps(dict(told.values_list("view", "n")), sort_keys=True)


def end_of_command(game: models.Game, seq: int) -> tuple[int, int] | None:
    """Return (seq, time in ms) of the last event of the command that wrote event `seq`, None if there is no such event.

    The middle of a command is no place to go on from: what the rules do in one go is not half done.
    """
    log = models.Event.objects.filter(game_id=game.id)
    cause = log.filter(seq=seq).values_list("cause", flat=True).first()
    if cause is None:
        return None
    following = log.filter(seq__gt=seq).exclude(cause=cause).order_by("seq").values_list("seq", flat=True).first()
    return log.filter(seq=following - 1 if following else game.head).values_list("seq", "at_ms").first()
