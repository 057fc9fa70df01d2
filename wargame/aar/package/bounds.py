"""Whether the rows of a package fit the tables of a server: ids, names and numbers no server of ours ever wrote.

SQLite keeps whatever it is given, PostgreSQL refuses it half way: so a package is held against the columns before
anything is written, and is refused alike on both. Reads the columns from `wargame.store.models`; asks no table.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from django.db.models import BigIntegerField, Field, Model

from wargame.aar.package.container import GameLine
from wargame.game.state import State
from wargame.game.timers import timers
from wargame.store.models import Disclosure, Event, Game, Membership, Timer
from wargame.store.restoring import ToldRow
from wargame.store.rows import Linked

GAME_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""What a game may be called: its id stands in addresses, in cookies and in the names of files."""
NAME = re.compile(r"[A-Za-z0-9._:@-]{1,64}")
"""What a person may be called inside a game (`wargame.game.commands.base.Id`)."""
Value = str | int | None


def misfits(line: GameLine, *, log: Sequence[Linked], told: Iterable[ToldRow], state: State) -> list[str]:
    """Return what a server would not keep, one sentence a table. `state`: that at the end of the log."""
    found = [] if GAME_ID.fullmatch(line.id) else [
        "the game is called what no server calls a game: an id has up to 40 letters, digits, - and _"
    ]  # fmt: skip
    for rows in (_games(line), _events(log), _told(told), _people(state), _timers(state)):
        found += next(([fault] for fault in rows), [])
    return found


def _games(line: GameLine) -> Iterator[str]:
    names = ("title", "scenario", "scenario_hash", "preset", "engine", "created_ms", "status")
    yield from _faults(Game, {name: getattr(line, name) for name in names}, "the game")


def _events(log: Sequence[Linked]) -> Iterator[str]:
    for link, prev, own in log:
        columns: dict[str, Value] = {
            "seq": link.seq, "event_id": link.event_id, "kind": link.kind, "v": link.v, "actor": link.actor,
            "cause": link.cause, "at_ms": link.at_ms, "game_date": link.game_date, "engine": link.engine,
            "prev_hash": prev, "hash": own,
        }  # fmt: skip
        yield from _faults(Event, columns, f"event {link.seq}")


def _told(told: Iterable[ToldRow]) -> Iterator[str]:
    for row in told:
        columns: dict[str, Value] = {
            "view": row.view, "n": row.n, "first_n": row.first_n, "seq": row.seq, "at_ms": row.at_ms, "kind": row.kind,
            "key": row.key,
        }  # fmt: skip
        yield from _faults(Disclosure, columns, f"a disclosure of event {row.seq}")


def _people(state: State) -> Iterator[str]:
    for name, person in state.people.items():
        if not NAME.fullmatch(name):
            yield "a person of the game has an id that no server gives"
        columns: dict[str, Value] = {
            "display": person.display, "role": person.role, "seat": person.seat, "link": person.link
        }  # fmt: skip
        yield from _faults(Membership, columns, "a person of the game")


def _timers(state: State) -> Iterator[str]:
    for key, (generation, due, left) in timers(state).items():
        columns: dict[str, Value] = {"key": key, "generation": generation, "due_at_ms": due, "remaining_ms": left}
        yield from _faults(Timer, columns, "a deadline of the game")


def _faults(model: type[Model], columns: dict[str, Value], what: str) -> Iterator[str]:
    for name, value in columns.items():
        field = _field(model, name)
        if isinstance(value, str):
            most = field.max_length
            if most is not None and len(value) > most:
                yield f"{what} has a {name} of {len(value)} letters; a server keeps {most}"
            elif "\0" in value:
                yield f"{what} has a {name} with a character that no server keeps"
        elif value is not None and not -(1 << _bits(field)) <= value < 1 << _bits(field):
            yield f"{what} has a {name} that is too large a number to be kept"


@lru_cache(maxsize=128)
def _field(model: type[Model], name: str) -> "Field[object, object]":
    found = model._meta.get_field(name)  # noqa: SLF001 - Django documents `_meta`
    assert isinstance(found, Field)
    return found


def _bits(field: "Field[object, object]") -> int:
    """Return how many bits the size of a number may take, its sign aside."""
    return 63 if isinstance(field, BigIntegerField) else 31
