"""The audit trail: every line of Control's log, filtered by who, what, when and words, and as a sheet.

Reads the rows of Control's own view and nothing else; writes nothing. Bounded: one answer reads at most `SCAN` lines
and says where the next one goes on.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from wargame.game.ids import CONTROL
from wargame.store.feed import Row
from wargame.store.search import folded, older

SCAN = 10_000
PAGE = 100
HEADING = ("time (UTC)", "turn", "who", "as", "what", "text")


class Asked(Struct, frozen=True, kw_only=True):
    """What is looked for. `what` is the beginning of a kind (`ruling`, `ruling.made`); an empty field matches all."""

    who: str = ""
    role: str = ""
    what: str = ""
    turn: int | None = None
    words: tuple[str, ...] = ()


class Line(Struct):
    """What of a line can match."""

    at_ms: int = 0
    who: str = ""
    role: str = ""
    what: str = ""
    text: str = ""
    turn: int = 0


class Found(Struct, frozen=True):
    """Lines, newest first. `next` is where older ones go on, None at the beginning of the game."""

    rows: list[Row]
    next: int | None


_LINE = msgspec.json.Decoder(Line)


def trail(game_id: str, *, asked: Asked, before: int | None = None, limit: int = PAGE) -> Found:
    """Return lines of the log first told before `before` (a number of Control's view)."""
    found: list[Row] = []
    for read, (first_n, row) in enumerate(_lines(game_id, before), start=1):
        if matches(_LINE.decode(row.value), asked):
            found.append(row)
        if len(found) >= limit or read >= SCAN:
            return Found(found, first_n)
    return Found(found, None)


def matches(line: Line, asked: Asked) -> bool:
    """Tell whether a line is one of those meant."""
    if asked.who and line.who != asked.who:
        return False
    if asked.role and line.role != asked.role:
        return False
    if asked.what and not (line.what == asked.what or line.what.startswith(f"{asked.what}.")):
        return False
    if asked.turn is not None and line.turn != asked.turn:
        return False
    text = folded(f"{line.who}\n{line.text}")
    return all(word in text for word in asked.words)


def trail_table(game_id: str, *, asked: Asked) -> Iterator[tuple[str, ...]]:
    """Yield the whole log as rows of a sheet, the oldest first, under `HEADING`."""
    lines = [_LINE.decode(row.value) for _, row in _lines(game_id, None)]
    for line in reversed(lines):
        if matches(line, asked):
            when = datetime.fromtimestamp(line.at_ms / 1000, tz=UTC).strftime("%Y-%m-%d %H:%M:%S")
            yield (when, str(line.turn or ""), line.who, line.role, line.what, line.text)


def _lines(game_id: str, before: int | None) -> Iterator[tuple[int, Row]]:
    cursor = before
    while True:
        rows = older(game_id, CONTROL, ("log",), cursor)
        yield from rows
        if not rows:
            return
        cursor = rows[-1][0]
