"""How rows of the store stand in a package: a line of JSON an event, a line a disclosure with every view it went to.

What is JSON in the store is put in as it is, byte for byte, since hashes cover it. Owns the two shapes and the way to
and from them, nothing else.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
from msgspec import Raw, Struct

from wargame.store.chain import Link
from wargame.store.restoring import ToldRow
from wargame.store.rows import Linked

LOG, TOLD = "log.jsonl", "told.jsonl"


class LogLine(Struct, frozen=True, forbid_unknown_fields=True):
    """An event of the log with its place in the hash chain. `actor` and `payload` are hashed as they are written."""

    seq: int
    id: str
    kind: str
    v: int
    actor: Raw
    cause: str
    at_ms: int
    game_date: str
    engine: str
    payload: Raw
    prev_hash: str
    hash: str


class At(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A view, the number of this disclosure in it, and the number of the first one of the same entity."""

    view: str
    n: int
    first_n: int


class ToldLine(Struct, frozen=True, forbid_unknown_fields=True):
    """One value of one entity (`null`: it is gone), and every view that event `seq` told it to."""

    seq: int
    at_ms: int
    kind: str
    key: str
    value: Raw
    to: tuple[At, ...]


def write_log(events: Iterable[Linked]) -> bytes:
    """Return the log as lines, in order."""
    return _lines(
        LogLine(
            link.seq, link.event_id, link.kind, link.v, Raw(link.actor.encode()), link.cause, link.at_ms,
            link.game_date, link.engine, Raw(link.payload), prev, own,
        )
        for link, prev, own in events
    )  # fmt: skip


def read_log(raw: bytes, *, game: str) -> list[Linked]:
    """Return the events of a log. Raises msgspec.DecodeError."""
    return [
        Linked(
            Link(
                game, line.seq, line.id, line.kind, line.v, bytes(line.actor).decode(), line.cause, line.at_ms,
                line.game_date, line.engine, bytes(line.payload),
            ),
            line.prev_hash, line.hash,
        )
        for line in map(msgspec.json.Decoder(LogLine).decode, raw.splitlines())
    ]  # fmt: skip


def write_told(rows: Iterable[ToldRow]) -> bytes:
    """Return what the views were told as lines: by event, then by kind, key and number."""
    return _lines(line for _, told in groupby(rows, lambda row: row.seq) for line in _of_one_event(told))


def read_told(raw: bytes) -> list[ToldRow]:
    """Return what the views were told, a row a view, by view and number. Raises msgspec.DecodeError."""
    lines = map(msgspec.json.Decoder(ToldLine).decode, raw.splitlines())
    return sorted(
        ToldRow(at.view, at.n, at.first_n, line.seq, line.at_ms, line.kind, line.key, bytes(line.value))
        for line in lines
        for at in line.to
    )


def _of_one_event(rows: Iterable[ToldRow]) -> Iterator[ToldLine]:
    """Yield a line for each value, with its views side by side: most of what is told is told to many."""
    found: dict[tuple[str, str, int, bytes], list[At]] = {}
    seq = 0
    for row in rows:
        seq = row.seq
        found.setdefault((row.kind, row.key, row.at_ms, row.value), []).append(At(row.view, row.n, row.first_n))
    to = {place: tuple(sorted(ats, key=lambda at: (at.view, at.n))) for place, ats in found.items()}
    for kind, key, at_ms, value in sorted(to):
        yield ToldLine(seq, at_ms, kind, key, Raw(value), to[kind, key, at_ms, value])


def _lines(rows: Iterable[Struct]) -> bytes:
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
