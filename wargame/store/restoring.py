"""Writing a whole game back as it was kept elsewhere: its log, what each view was told, and all that follows from both.

Log and disclosures are written as they are, numbers, times and hashes included; projections, stored folds and what
each view holds are made from them. It needs a new game's row and the caller's transaction, and checks nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from wargame.game.evolve import evolve
from wargame.game.snapshot import snapshot
from wargame.game.state import EMPTY, State
from wargame.store import models
from wargame.store.copying import hold_newest
from wargame.store.disclosures import NEWS
from wargame.store.log import SNAPSHOT_EVERY, recorded_events
from wargame.store.projections import project
from wargame.store.rows import Linked, advance_game, write_events
from wargame.version import ENGINE

T = TypeVar("T")
BATCH = 500


class ToldRow(NamedTuple):
    """A disclosure as its table holds it, without the game."""

    view: str
    n: int
    first_n: int
    seq: int
    at_ms: int
    kind: str
    key: str
    value: bytes


def told_rows(game_id: str, *, upto: int) -> Iterator[ToldRow]:
    """Yield what all views were told by the events up to `upto`, by event, view and number."""
    rows = models.Disclosure.objects.filter(game_id=game_id, seq__lte=upto).order_by("seq", "view", "n")
    for row in map(ToldRow._make, rows.values_list(*ToldRow._fields).iterator(chunk_size=2000)):
        yield row._replace(value=bytes(row.value))


def restore_rows(game: models.Game, *, log: Sequence[Linked], told: Iterable[ToldRow]) -> State:
    """Give a new and empty game its log and what its views were told; return the state they lead to.

    The game's head, hash, view heads and times are set and saved here.
    """
    game.head, game.at_ms, game.head_hash = log[-1].link.seq, log[-1].link.at_ms, log[-1].hash
    for some in _batches(log):
        write_events(some)
    for rows in _batches(told):
        NEWS.write([(game.id, *row) for row in rows])
    hold_newest(game)
    state, ran_ms = _fold_and_keep(game)
    project(game, EMPTY, state)
    game.running_ms = ran_ms
    models.Game.objects.filter(pk=game.pk).update(running_ms=ran_ms)
    advance_game(game)
    return state


def _fold_and_keep(game: models.Game) -> tuple[State, int]:
    """Return the state the log leads to, and when the game last began to run; keep folds on the way."""
    state, ran_ms = EMPTY, 0
    for recorded in recorded_events(game.id):
        after = evolve(state, recorded)
        if after.status == "running" != state.status:
            ran_ms = recorded.at_ms
        state = after
        if recorded.seq % SNAPSHOT_EVERY == 0:
            models.Snapshot.objects.create(game_id=game.id, seq=recorded.seq, engine=ENGINE, state=snapshot(state))
    return state, ran_ms


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while some := list(islice(left, BATCH)):
        yield some
