"""Finding words in what a view has been told: said in rooms, in letters, papers and requests, sent, overheard.

Reads the newest values of the asking view and nothing else, so that neither a result nor its absence, its number nor
its time can say anything of another view's rows. Newest first, paged by range. Words are compared with case folded and
in one normal form (Unicode NFKC), alike on every database; a search reads a bounded number of rows and says where the
next one goes on.
"""

import unicodedata
from collections.abc import Sequence

import msgspec
from django.db import connection
from msgspec import Struct

from wargame.store.feed import Row

SEARCHED = ("inject", "intercept", "letter", "message", "paper", "tasking")
"""Kinds with words in them, each with its page of newest values and its index by age."""
SCAN = 10_000
"""Most rows one search reads; a longer past is searched in several steps."""
BATCH = 1_000
LIMIT = 50


class Hits(Struct, frozen=True):
    """What was found, newest first. `next` is where an older search goes on, None at the beginning of the game."""

    rows: list[Row]
    next: int | None


class Asked(Struct, frozen=True, kw_only=True):
    """What is looked for: every word of `words` (folded), in rows of these kinds, a room, a seat, a turn."""

    words: tuple[str, ...]
    kinds: tuple[str, ...] = SEARCHED
    room: str = ""
    seat: str = ""
    turn: int | None = None


class _Said(Struct):
    """The fields of any searched kind that can match."""

    room: str = ""
    seat: str = ""
    turn: int = -1
    text: str = ""
    title: str = ""
    display: str = ""
    source: str = ""
    ref: str = ""
    answer: str = ""
    fields: dict[str, str] = {}


_SAID = msgspec.json.Decoder(_Said)


def folded(text: str) -> str:
    """Return a text as it is compared."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def words_of(query: str) -> tuple[str, ...]:
    """Return the words of a query, folded, each once."""
    return tuple(dict.fromkeys(folded(query).split()))


def search(game_id: str, *, view: str, asked: Asked, before: int | None = None, limit: int = LIMIT) -> Hits:
    """Return what the view holds that matches, first told before `before` (a number of the view)."""
    found: list[Row] = []
    cursor, read = before, 0
    while read < SCAN:
        rows = older(game_id, view, asked.kinds, cursor)
        for first_n, row in rows:
            cursor, read = first_n, read + 1
            if _matches(row.value, asked):
                found.append(row)
                if len(found) >= limit:
                    return Hits(found, cursor)
        if len(rows) < BATCH:
            return Hits(found, None)
    return Hits(found, cursor)


def older(game_id: str, view: str, kinds: Sequence[str], before: int | None) -> list[tuple[int, Row]]:
    """Return up to `BATCH` rows of these kinds with where each began, newest first, from one index walk a kind."""
    bound = "" if before is None else " AND first_n < %s"
    one = (
        "SELECT first_n, n, kind, key, at_ms, value FROM store_current"  # noqa: S608 - constants and placeholders
        f" WHERE game_id = %s AND view = %s AND kind = %s{bound} ORDER BY first_n DESC LIMIT %s"
    )
    params: list[str | int] = []
    for kind in kinds:
        params += [game_id, view, kind, *([] if before is None else [before]), BATCH]
    parts = " UNION ALL ".join(f"SELECT * FROM ({one}) AS part{at}" for at in range(len(kinds)))  # noqa: S608 - as above
    with connection.cursor() as sql:
        sql.execute(f"{parts} ORDER BY first_n DESC LIMIT %s", [*params, BATCH])
        return [
            (first_n, Row(n, kind, key, at_ms, bytes(value))) for first_n, n, kind, key, at_ms, value in sql.fetchall()
        ]


def _matches(value: bytes, asked: Asked) -> bool:
    if value.isascii() and not _may_hold(value, asked.words):
        return False
    said = _SAID.decode(value)
    if asked.room and said.room != asked.room:
        return False
    if asked.seat and said.seat != asked.seat:
        return False
    if asked.turn is not None and said.turn != asked.turn:
        return False
    words = (said.text, said.title, said.display, said.source, said.ref, said.answer, *said.fields.values())
    text = folded("\n".join(words))
    return all(word in text for word in asked.words)


def _may_hold(value: bytes, words: tuple[str, ...]) -> bool:
    """Tell from the bytes alone whether a row could match: most cannot, and decoding is what costs."""
    low = value.lower()
    return all('"' in word or "\\" in word or word.encode() in low for word in words)
