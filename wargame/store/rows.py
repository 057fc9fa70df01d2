"""The rows every command reads and writes, as plain SQL: the game's own line, its new events, the receipt.

Building these few statements anew for each command cost more than carrying them out. Nothing here decides or
opens a transaction; the columns are those of `models`.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection

from wargame.store.chain import Link
from wargame.store.models import Game

_FIELDS = [field.attname for field in Game._meta.concrete_fields]  # noqa: SLF001 - Django documents `_meta`
_LOCK = f"SELECT {', '.join(_FIELDS)} FROM store_game WHERE id = %s"  # noqa: S608 - column names of the model
_ADVANCE = (
    "UPDATE store_game SET title = %s, head = %s, head_hash = %s, heads = %s, epoch = %s, status = %s, at_ms = %s"
    " WHERE id = %s"
)
_WRITE_EVENT = (
    "INSERT INTO store_event (game_id, seq, event_id, kind, v, actor, cause, at_ms, game_date, engine, payload,"
    " prev_hash, hash) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_READ_RECEIPT = (
    "SELECT accepted, seq, n, code, params FROM store_receipt WHERE game_id = %s AND command_id = %s AND person = %s"
)
_WRITE_RECEIPT = (
    "INSERT INTO store_receipt (game_id, person, command_id, accepted, seq, n, code, params, at_ms)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


class Insert(NamedTuple):
    """Adding rows to a table: its columns with their types on PostgreSQL, and what happens to a row that is there."""

    table: str
    columns: dict[str, str]
    conflict: str = ""

    def write(self, rows: Sequence[tuple[str | int | bytes, ...]]) -> None:
        """Add rows, each in the order of the columns.

        A server gets them as one statement with an array a column: a statement a row took half the time of making a
        game there. SQLite repeats a short statement faster than anything else.
        """
        if not rows:
            return
        names = ", ".join(self.columns)
        with connection.cursor() as sql:
            if connection.vendor == "postgresql":
                arrays = ", ".join(f"%s::{kind}[]" for kind in self.columns.values())
                sql.execute(
                    f"INSERT INTO {self.table} ({names}) SELECT * FROM unnest({arrays}) {self.conflict}",  # noqa: S608 - names of ours
                    [list(column) for column in zip(*rows, strict=True)],
                )
            else:
                marks = ", ".join(["%s"] * len(self.columns))
                sql.executemany(f"INSERT INTO {self.table} ({names}) VALUES ({marks}) {self.conflict}", rows)  # noqa: S608 - the same


class Settled(NamedTuple):
    """What became of a command, as kept."""

    accepted: bool
    seq: int
    n: int
    code: str
    params: str


class Linked(NamedTuple):
    """An event with its place in the chain."""

    link: Link
    prev_hash: str
    hash: str


def lock_game(game_id: str) -> Game | None:
    """Return the game and hold its row until the transaction ends, or None if there is none."""
    with connection.cursor() as sql:
        sql.execute(_LOCK + (" FOR UPDATE" if connection.features.has_select_for_update else ""), [game_id])
        found = sql.fetchone()
    return None if found is None else Game.from_db(connection.alias, _FIELDS, found)


def advance_game(game: Game) -> None:
    """Save what an append changes of a game's line."""
    with connection.cursor() as sql:
        sql.execute(
            _ADVANCE,
            [game.title, game.head, game.head_hash, game.heads, game.epoch, game.status, game.at_ms, game.id],
        )


def write_events(events: Sequence[Linked]) -> None:
    """Add events to the log."""
    with connection.cursor() as sql:
        sql.executemany(_WRITE_EVENT, [(*one.link, one.prev_hash, one.hash) for one in events])


def read_receipt(game_id: str, *, person: str, command_id: str) -> Settled | None:
    """Return what became of a command, if it was ever settled."""
    with connection.cursor() as sql:
        sql.execute(_READ_RECEIPT, [game_id, command_id, person])
        found: Iterable[object] | None = sql.fetchone()
    if found is None:
        return None
    accepted, *rest = found
    return Settled(bool(accepted), *rest)  # type: ignore[arg-type]


def write_receipt(game_id: str, settled: Settled, *, person: str, command_id: str, at_ms: int) -> None:
    """Keep what became of a command."""
    with connection.cursor() as sql:
        sql.execute(_WRITE_RECEIPT, [game_id, person, command_id, *settled, at_ms])
