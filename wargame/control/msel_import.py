"""Read a spreadsheet into the master list: first as a plan that changes nothing, then as commands.

The plan says every fault with its cell and what each row would change, asked of the rules themselves; carrying it out
is `inject.write` for every changed row, through the one path of all actions. A file with a fault changes nothing.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from hashlib import blake2b

import msgspec
from msgspec import Struct

from adjudication.scenario import Scenario
from wargame.control.msel_columns import (
    COLUMNS,
    DATE,
    IDENTITY,
    NAMES,
    PROFILE,
    REAL_TIME,
    REQUIRED,
    Column,
    squeezed,
    when_text,
)
from wargame.control.msel_plan import Change, Imported, Preview, Row
from wargame.control.planned_time import Calendar
from wargame.control.sheets import Cell, Fault, Format, Table, address, read_table
from wargame.control.spreadsheet import AS_TYPED, LAID, Desk, desk_of, entry_words
from wargame.game.commands import EntryWords, InjectWrite, When
from wargame.game.decide import decide
from wargame.game.entities import MselSeen
from wargame.game.events import Actor, Ctx, Recorded
from wargame.game.evolve import evolve
from wargame.game.rejections import Rejected, sentence
from wargame.game.state import MSEL_ENTRIES, State
from wargame.play import cache
from wargame.play.answers import Accepted, ActorRef
from wargame.play.handle import handle
from wargame.store.cases import case_of
from wargame.store.models import Game

EXTRA_MOST = 16
"""Cells an entry keeps besides its own (bounded by `inject.write`)."""
EDITABLE = ("draft", "waiting", "held", "skipped", "undone", "passed")


class Order(Struct, frozen=True):
    """A row of the sheet and the command that carries it out."""

    row: int
    command: InjectWrite


# --- reading --------------------------------------------------------------------------------------
class _Headings(Struct, frozen=True):
    """Which column of the sheet is which: by our name, and the ones that mean nothing here by their own."""

    known: dict[str, int]
    besides: dict[str, int]


class _Reader:
    """Reads the rows of one sheet against a game; collects every fault before it gives up anything."""

    def __init__(self, desk: Desk, table: Table, *, start: str) -> None:
        self.desk, self.table = desk, table
        self.faults, self.notes = list(table.faults), list[Fault]()
        self.headings = _Headings({}, {})
        self.orders: list[Order] = []
        self.rows: list[Row] = []
        self._by_number = {seen.number: name for name, seen in desk.entries.items() if seen.number}
        self._taken: dict[str, Cell] = {}
        try:
            self.calendar = Calendar(start)
        except ValueError as odd:
            self.calendar = Calendar()
            self.faults.append(Fault("", f"The start: {odd}"))

    def read(self) -> None:
        """Read headings, then rows."""
        if not self.table.heading:
            return
        self.headings = self._read_headings()
        if any(column.name not in self.headings.known for column in REQUIRED):
            return  # every row would be at fault for the same reason
        if len(self.table.rows) > MSEL_ENTRIES:
            many = f"The sheet has {len(self.table.rows):,} entries; a list holds {MSEL_ENTRIES}. Is it the right one?"
            self.faults.append(Fault("", many))
            return
        named = [(self._id_of(cells, _row_of(cells)), cells) for cells in self.table.rows]
        for msel, cells in named:
            self._read_row(msel, cells)

    def _read_headings(self) -> _Headings:
        known: dict[str, int] = {}
        besides: dict[str, int] = {}
        for place, cell in self.table.heading.items():
            name, foreign = NAMES.get(squeezed(cell.text), ""), cell.text.strip()[:64]
            foreign = PROFILE if squeezed(foreign) == PROFILE else foreign
            if name in known:
                self.faults.append(Fault(cell.address, f"The column {name!r} is there twice. Rename or remove one."))
            elif name:
                known[name] = place
            elif foreign in besides:
                self.faults.append(Fault(cell.address, f"Two columns are called {cell.text.strip()!r}. Rename one."))
            else:
                besides[foreign] = place
        for column in REQUIRED:
            if column.name not in known:
                self.faults.append(self._missing(column, besides))
        unknown = [name for name in besides if name != PROFILE]
        if unknown:
            told = f"Columns that mean nothing here are kept and written again: {', '.join(unknown)}."
            self.notes.append(Fault("", told))
        return _Headings(known, besides)

    def _missing(self, column: Column, besides: Mapping[str, int]) -> Fault:
        """Say that a column is not there, at the heading that may have been meant for it."""
        names = {squeezed(name): name for name in besides}
        near = get_close_matches(column.name, names, n=1, cutoff=0.75)
        also = ", ".join(column.aliases)
        message = f"There is no column {column.name!r} ({column.help}) It may also be called: {also}."
        if near:
            message = f"Is {names[near[0]]!r} the column {column.name!r}? {message}"
        return Fault(address(besides[names[near[0]]] if near else 0, self._first_row()), message)

    def _first_row(self) -> int:
        return _row_of(self.table.heading)

    def _text(self, cells: Mapping[int, Cell], name: str) -> Cell:
        """Return the cell of a known column; an empty one where the row has none."""
        place = self.headings.known.get(name)
        return cells.get(place, Cell(address(place, _row_of(cells)), "")) if place is not None else Cell("", "")

    def _read_row(self, msel: str, cells: Mapping[int, Cell]) -> None:
        row = _row_of(cells)
        before = len(self.faults)
        seen = self.desk.entries.get(msel)
        plain = {} if seen is None else msgspec.structs.asdict(entry_words(seen))
        extra = self._besides(cells)
        for column in COLUMNS:
            if column.name in self.headings.known:
                self._read_cell(column, self._text(cells, column.name), plain, extra)
        self._read_time(cells, seen, plain, extra)
        if len(extra) > EXTRA_MOST:
            most = f"This row has more to keep than {EXTRA_MOST} cells ({', '.join(extra)}). Remove columns."
            self.faults.append(Fault(address(0, row), most))
        if len(self.faults) == before:
            self._order(row, msel, seen, {**plain, "extra": extra}, cells)

    def _id_of(self, cells: Mapping[int, Cell], row: int) -> str:
        """Return the entry a row is: by its id, else by its number, else a new one named after its number or row."""
        given, number = self._text(cells, IDENTITY), self._text(cells, "number").text.strip()
        name = given.text.strip() or self._by_number.get(number, "")
        if not name:
            slug = re.sub(r"[^A-Za-z0-9._-]+", "-", number).strip("-")[:50]
            name = f"n-{slug}" if slug else f"row-{row}"
        cell = given if given.text else self._text(cells, "number")
        if name in self._taken:
            other = self._taken[name].address or "above"
            self.faults.append(Fault(cell.address, f"Two rows are entry {name!r} (the other is at {other})."))
        self._taken[name] = cell
        if number:
            self._by_number.setdefault(number, name)
        return name

    def _besides(self, cells: Mapping[int, Cell]) -> dict[str, str]:
        return {name: cells[place].text for name, place in self.headings.besides.items() if place in cells}

    def _read_cell(self, column: Column, cell: Cell, plain: dict[str, object], extra: dict[str, str]) -> None:
        """Read one cell into the entry; keep its text where ours would differ."""
        if column.name == "when" and not cell.text.strip():
            return  # the wall clock may say it
        if not cell.text.strip() and column not in REQUIRED:
            plain.pop(column.field, None)
            return
        try:
            value = self._meant(column.read(cell.text, self.desk.words))
            written = column.write(msgspec.structs.replace(_BLANK, **{column.field: value}))
        except ValueError as odd:
            self.faults.append(Fault(cell.address, str(odd)))
            return
        plain[column.field] = value
        if written != cell.text:
            extra[AS_TYPED + column.name] = cell.text

    def _meant(self, value: object) -> object:
        """Let an entry wait for another by its number as well as by its id."""
        if not isinstance(value, When):
            return value
        waits = {
            field: self._by_number.get(name, name)
            for field, name in (("silence", value.silence), ("after", value.after))
            if name and name not in self.desk.entries and name not in self._taken
        }
        return msgspec.structs.replace(value, **waits)

    def _read_time(
        self, cells: Mapping[int, Cell], seen: MselSeen | None, plain: dict[str, object], extra: dict[str, str]
    ) -> None:
        """Lay the clock on the wall onto turns and phases, where the row does not say otherwise what sets it off."""
        if self._text(cells, "when").text.strip():
            return
        clock, day = self._text(cells, REAL_TIME), self._text(cells, DATE)
        if not clock.text.strip():
            said = "when" in self.headings.known or REAL_TIME in self.headings.known
            if seen is None or said:
                plain["when"] = When(hand=True)
            if day.text.strip():
                extra[AS_TYPED + DATE] = day.text
            return
        if not self.desk.plan.known:
            note = "The phases of this game have no planned lengths: the entry waits for your hand. Fill `when`."
            self.notes.append(Fault(clock.address, note))
            when = When(hand=True)
        else:
            try:
                place = self.desk.plan.place(self.calendar.elapsed(clock.text, day.text))
            except ValueError as odd:
                self.faults.append(Fault(clock.address, str(odd)))
                return
            when = When(turn=place.turn, phase=place.phase, offset_ms=place.offset_ms)
        plain["when"] = when
        extra |= {AS_TYPED + REAL_TIME: clock.text, LAID + REAL_TIME: when_text(when)}
        if day.text.strip():
            extra[AS_TYPED + DATE] = day.text

    def _order(
        self, row: int, msel: str, seen: MselSeen | None, plain: Mapping[str, object], cells: Mapping[int, Cell]
    ) -> None:
        try:
            entry = msgspec.convert(msgspec.to_builtins(EntryWords(**plain)), type=EntryWords)  # type: ignore[arg-type]
            command = msgspec.convert(
                {
                    "msel": msel,
                    "entry": msgspec.to_builtins(entry),
                    "version": 0 if seen is None else seen.version,
                    "draft": seen is not None and seen.state == "draft",
                },
                type=InjectWrite,
            )
        except (msgspec.ValidationError, TypeError) as odd:
            fault = self._misfit(odd, row, cells)
            if fault.cell not in {one.cell for one in self.faults}:
                self.faults.append(fault)
            return
        changes = _changes(None if seen is None else entry_words(seen), entry)
        what = "new" if seen is None else "changed" if changes else "same"
        if seen is not None and changes and seen.state not in EDITABLE:
            what = "sent"
            told = f"{seen.number or msel} was sent already and stays as it went out."
            self.notes.append(Fault(address(0, row), told))
        self.rows.append(Row(row, msel, entry.number, entry.title, what, changes))
        if what in ("new", "changed"):
            self.orders.append(Order(row, command))

    def _misfit(self, odd: Exception, row: int, cells: Mapping[int, Cell]) -> Fault:
        """Say which cell does not fit the bounds of an entry."""
        said, _, path = str(odd).partition(" - at `$.")
        field = re.split(r"[.\[`]", path)[0]
        column = next((one for one in COLUMNS if one.field == field), None)
        where = self._text(cells, column.name).address if column is not None else address(0, row)
        return Fault(where, f"{said}.")


def _row_of(cells: Mapping[int, Cell]) -> int:
    return int(re.sub(r"\D", "", next(iter(cells.values())).address))


def _by_need(orders: list[Order]) -> list[Order]:
    """Return the orders so that an entry comes after the one it waits for, where both are in the sheet."""
    left, found = list(orders), list[Order]()
    while left:
        names = {order.command.msel for order in left}
        free = [one for one in left if not {one.command.entry.when.after, one.command.entry.when.silence} & names]
        found += free or left  # a circle is for the rules to name
        left = [one for one in left if one not in free] if free else []
    return found


_BLANK = EntryWords(title="-", text="-", to=("all",))


def _changes(before: EntryWords | None, after: EntryWords) -> tuple[Change, ...]:
    found = []
    for column in COLUMNS:
        old, new = "" if before is None else column.write(before), column.write(after)
        if old != new:
            found.append(Change(column.name, old, new))
    if before is not None and before.extra != after.extra:
        old, new = (", ".join(f"{k}: {v}" for k, v in sorted(one.extra.items())) for one in (before, after))
        found.append(Change("other columns", old, new))
    return tuple(found)


def plan_import(game: Game, raw: bytes, *, kind: Format, actor: Actor, start: str = "") -> tuple[Preview, list[Order]]:
    """Return what a file would change in the list of a game, and the commands that would do it. Changes nothing.

    `start`: the time of day at which the exercise begins, for lists that say when by the clock on the wall; without it
    the first time of the list is the start.
    """
    state, case = cache.state_at_head(game), case_of(game.scenario, game.scenario_hash)
    reader = _Reader(desk_of(game, state, case), read_table(raw, kind=kind), start=start)
    reader.read()
    reader.orders = _by_need(reader.orders)
    if not reader.faults:
        reader.faults += _refused_by_rules(reader, state, case, game, actor)
    planned = {row.msel for row in reader.rows}
    absent = tuple(name for name in reader.desk.entries if name not in planned) if planned else ()
    told = (tuple(reader.rows), tuple(reader.faults), tuple(reader.notes), absent)
    versions = [order.command.version for order in reader.orders]
    stamp = blake2b(msgspec.json.encode((game.id, told, versions)), digest_size=8).hexdigest()
    preview = Preview(*told, stamp)
    return preview, [] if reader.faults else reader.orders


def _refused_by_rules(reader: _Reader, state: State, case: Scenario, game: Game, actor: Actor) -> Iterator[Fault]:
    """Yield what the rules of the game would refuse, one row after the other, as if each had been carried out."""
    for number, order in enumerate(reader.orders):
        ctx = Ctx(
            now_ms=game.at_ms, actor=actor, command_id=f"preview:{number}", scenario=case,
            ids=partial("{}:{}".format, number), game=game.id,
        )  # fmt: skip
        decided = decide(state, order.command, ctx)
        if isinstance(decided, Rejected):
            yield Fault(address(0, order.row), sentence(decided))
            continue
        for fact in decided:
            recorded = Recorded(
                seq=0, id="", kind=fact.kind, v=fact.v, actor=actor, cause=ctx.command_id, at_ms=ctx.now_ms,
                game_date="", payload=fact.payload,
            )  # fmt: skip
            state = evolve(state, recorded)


# --- carrying out ---------------------------------------------------------------------------------
def carry_out(
    game: Game, raw: bytes, *, kind: Format, actor: Actor, now_ms: int, start: str = "", seen: str = ""
) -> Imported:
    """Write every row that is new or changed, unless the file has a fault; then nothing is done.

    The same file sent twice does nothing twice. `seen`: the stamp of the plan that was looked at; if the list has
    changed since, nothing is done either. A row that somebody changes while others are written is refused and named.
    """
    preview, orders = plan_import(game, raw, kind=kind, actor=actor, start=start)
    if seen and seen != preview.stamp:
        return Imported((), {}, preview, moved_on=True)
    written: list[str] = []
    refused: dict[str, str] = {}
    for order in orders:
        command_id = f"msel:{preview.stamp}:{order.row}:{order.command.version}"
        answer = handle(
            game.id, actor=ActorRef.of_person(actor.person), command_id=command_id, name="inject.write",
            args=msgspec.json.encode(msgspec.to_builtins(order.command)), now_ms=now_ms,
        )  # fmt: skip
        if isinstance(answer, Accepted):
            written.append(order.command.msel)
        else:
            refused[order.command.msel] = sentence(Rejected(answer.code, answer.params))  # type: ignore[arg-type]
    return Imported(tuple(written), refused, preview)
