"""The master list as a spreadsheet: what a game has, written out so that it can be read in again without loss.

The text of a cell that we would write otherwise, and columns we do not know, are kept with the entry (`extra`) and
written again as long as they mean the same. Reading is `msel_import`'s matter.
"""

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct

from adjudication.scenario import Scenario
from wargame.control.msel_columns import (
    BY_NAME,
    COLUMNS,
    DATE,
    IDENTITY,
    ORDER,
    REAL_TIME,
    STATE,
    Column,
    Words,
    when_text,
    words_of,
)
from wargame.control.planned_time import Plan, clock_text
from wargame.control.sheets import Format, write_csv, write_xlsx
from wargame.game.commands import EntryWords, When
from wargame.game.entities import MselSeen
from wargame.game.ids import CONTROL
from wargame.game.state import State
from wargame.play import cache
from wargame.store.cases import case_of
from wargame.store.feed import page
from wargame.store.models import Game

AS_TYPED = "as typed: "
"""What begins the names under which an entry keeps the text of a cell that we would write otherwise."""
LAID = "laid: "
"""And the name under which it keeps what its `real time` was read as."""


class Desk(Struct, frozen=True):
    """What a sheet is read against."""

    words: Words
    plan: Plan
    dates: Mapping[int, str]
    entries: Mapping[str, MselSeen]


# --- the list as it is ----------------------------------------------------------------------------
def entries_of(game: str) -> dict[str, MselSeen]:
    """Return the entries as Control's view has them, in the order in which they came onto the list."""
    found: list[MselSeen] = []
    before: str | None = None
    while True:
        rows = page(game, view=CONTROL, kind="msel", before=before, limit=100) or []
        found += [msgspec.json.decode(row.value, type=MselSeen) for row in rows]
        if len(rows) < 100:
            return {entry.id: entry for entry in reversed(found)}
        before = rows[-1].key


def entry_words(seen: MselSeen) -> EntryWords:
    """Return what is written of an entry, as `inject.write` takes it."""
    plain = {**msgspec.to_builtins(seen), "to": list(seen.addressed)}
    kept = {field.encode_name for field in msgspec.structs.fields(EntryWords)}
    return msgspec.convert({key: value for key, value in plain.items() if key in kept}, type=EntryWords)


def desk_of(game: Game, state: State, case: Scenario) -> Desk:
    """Return what a sheet of this game is written and read against."""
    return Desk(
        words=words_of(case),
        plan=Plan(state.phases, first_turn=state.first_turn, last_turn=state.last_turn),
        dates=dict(enumerate(state.game_dates, start=1)),
        entries=entries_of(game.id),
    )


# --- writing --------------------------------------------------------------------------------------
def export(game: Game, *, kind: Format) -> bytes:
    """Return the master list as a file."""
    state, case = cache.state_at_head(game), case_of(game.scenario, game.scenario_hash)
    rows = list(_sheet(desk_of(game, state, case)))
    if kind == "csv":
        return write_csv(rows)
    widths = [BY_NAME[name].width if name in BY_NAME else 12 for name in rows[0]]
    return write_xlsx(rows, title="MSEL", widths=widths)


def _sheet(desk: Desk) -> Iterator[list[str]]:
    own = (AS_TYPED, LAID)
    besides = dict.fromkeys(
        name for seen in desk.entries.values() for name in seen.extra if name not in ORDER and not name.startswith(own)
    )
    heading = [*ORDER, *besides]
    yield heading
    for seen in desk.entries.values():
        cells = _cells(desk, seen)
        yield [cells.get(name, "") for name in heading]


def _cells(desk: Desk, seen: MselSeen) -> dict[str, str]:
    """Return the cells of an entry by column; what was typed otherwise and still means the same stands as typed."""
    entry = entry_words(seen)
    cells = {key: text for key, text in seen.extra.items() if not key.startswith((AS_TYPED, LAID))}
    for column in COLUMNS:
        cells[column.name] = _typed(column, entry, desk.words)
    typed_time = entry.extra.get(AS_TYPED + REAL_TIME)
    if typed_time is not None and entry.extra.get(LAID + REAL_TIME) == when_text(entry.when):
        cells[REAL_TIME], cells["when"] = typed_time, ""
        cells[DATE] = entry.extra.get(AS_TYPED + DATE, "")
    else:
        cells[REAL_TIME], cells[DATE] = _planned(desk, entry.when)
    return {**cells, IDENTITY: seen.id, STATE: seen.state}


def _typed(column: Column, entry: EntryWords, words: Words) -> str:
    plain, typed = column.write(entry), entry.extra.get(AS_TYPED + column.name)
    if typed is None:
        return plain
    try:
        same = column.read(typed, words) == getattr(entry, column.field)
    except ValueError:
        same = False
    return typed if same else plain


def _planned(desk: Desk, when: When) -> tuple[str, str]:
    if when.turn is None:
        return "", ""
    late = when.on is not None or bool(when.silence or when.after)
    at = None if late else desk.plan.elapsed(when.turn, when.phase, when.offset_ms)
    return "" if at is None else clock_text(at), desk.dates.get(when.turn, "")
