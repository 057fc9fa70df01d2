"""Tables in files: xlsx and csv read into cells with addresses, and written again. Knows nothing of what a table means.

Reads no formula, no merged cell and no macro: each is a fault with its address, and the rest is read all the same, so
that a person can mend a sheet in one go. Bounded: a file that unpacks to more than `MOST_BYTES` or has more than
`MOST_ROWS` rows is refused before it is held in memory. Writes text only: nothing written here is ever a formula.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Literal
from xml.parsers import expat

from msgspec import Struct
from openpyxl import Workbook, load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

Format = Literal["xlsx", "csv"]
MOST_ROWS = 2_000
"""Rows of a sheet that are looked at; lists are much shorter, and a longer sheet is the wrong file."""
MOST_ROWS_OF_FORMAT = 1_048_576
MOST_COLUMNS = 60
MOST_BYTES = 24_000_000
"""What a file may hold unpacked."""
MOST_CELL = 32_767
"""Characters of a cell: the limit of the format itself (ECMA-376 part 1, 18.18.11, as written by common programs)."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
"""What makes a program read text of a csv file as a formula (OWASP, CSV injection), and the mark that prevents it."""
XLSX = b"PK\x03\x04"
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_UNREADABLE = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError,
    ArithmeticError, RuntimeError, SyntaxError, EOFError, expat.ExpatError,
)  # fmt: skip
"""What the libraries raise over a file that is damaged, locked or no workbook."""
_PLAIN_NUMBER = re.compile(r"[+-]\d+([.,:]\d+)*")


class Fault(Struct, frozen=True):
    """What is wrong with a file. `cell` is an address as the programs show it (`C7`, `B4:B6`), or "" for the file."""

    cell: str
    message: str


class Cell(Struct, frozen=True):
    """A cell with something in it."""

    address: str
    text: str


class Table(Struct, frozen=True):
    """A sheet: its heading, and its rows by column number (0-based); empty cells and empty rows are left out."""

    heading: dict[int, Cell]
    rows: tuple[dict[int, Cell], ...]
    faults: tuple[Fault, ...] = ()


def address(column: int, row: int) -> str:
    """Return the address of a cell: column 0-based, row 1-based."""
    return f"{get_column_letter(column + 1)}{row}"


# --- reading --------------------------------------------------------------------------------------
def read_table(raw: bytes, *, kind: Format) -> Table:
    """Return the first sheet of a file. Everything that is wrong with it is among its faults; nothing is raised."""
    if not raw.strip():
        return _refused("The file is empty. Choose the one you saved.")
    packed = raw.startswith(XLSX)
    if kind == "xlsx" and not packed:
        return _refused("This is no xlsx file. Save the sheet as xlsx, or send it as csv.")
    if kind == "csv" and packed:
        return _refused("This is an xlsx file. Send it as xlsx.")
    return _read_xlsx(raw) if packed else _read_csv(raw)


def _refused(message: str) -> Table:
    return Table({}, (), (Fault("", message),))


def _table(rows: Iterable[dict[int, Cell]], faults: list[Fault]) -> Table:
    filled = [row for row in rows if row]
    if not filled:
        return Table({}, (), (*faults, Fault("", "The sheet is empty. Its first row names the columns.")))
    return Table(filled[0], tuple(filled[1:]), tuple(faults))


def _too_long(rows: int) -> Fault:
    return Fault(f"A{MOST_ROWS + 1}", f"The sheet has more than {rows:,} rows. Is it the right one? Split it.")


def _read_csv(raw: bytes) -> Table:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as odd:
        row = raw[: odd.start].count(b"\n") + 1
        return _refused(f"Row {row} is not UTF-8. Save the sheet as csv with the encoding UTF-8.")
    if "\0" in text:
        return _refused("This is no text. Save the sheet as csv with the encoding UTF-8.")
    faults: list[Fault] = []
    return _table(_csv_rows(text, faults), faults)


def _csv_rows(text: str, faults: list[Fault]) -> Iterator[dict[int, Cell]]:
    heading = text.split("\n", 1)[0]
    delimiter = max((",", ";", "\t"), key=heading.count)
    csv.field_size_limit(MOST_BYTES)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            if number > MOST_ROWS:
                faults.append(_too_long(MOST_ROWS))
                return
            found = {}
            for column, value in enumerate(row):
                cell = _cell(column, number, _unguarded(value.replace("\r\n", "\n").replace("\r", "\n")), faults)
                if cell is not None:
                    found[column] = cell
            yield found
    except csv.Error as odd:
        faults.append(Fault("", f"The file is no csv ({odd}). Save it anew."))


def _cell(column: int, row: int, text: str, faults: list[Fault]) -> Cell | None:
    if not text.strip():
        return None
    place = address(column, row)
    if column >= MOST_COLUMNS:
        if column == MOST_COLUMNS:
            faults.append(Fault(place, f"A sheet has up to {MOST_COLUMNS} columns. Take out what is not needed."))
        return None
    if len(text) > MOST_CELL:
        faults.append(Fault(place, f"The cell has {len(text):,} characters; {MOST_CELL:,} is the most. Shorten it."))
        return None
    return Cell(place, text)


def _read_xlsx(raw: bytes) -> Table:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
                return _refused("The file unpacks to far more than a list of injects. Save only the sheet itself.")
            return _read_first_sheet(raw, parts)
    except _UNREADABLE:
        return _refused("The file cannot be read as xlsx; it may be damaged or locked with a password. Save it anew.")


def _read_first_sheet(raw: bytes, parts: zipfile.ZipFile) -> Table:
    # Row by row: held as a whole, a border down all columns or a merge across them is millions of cells.
    book = load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
    try:
        sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
        if sheet is None:
            return _refused("The file has no sheet that can be seen.")
        sheet.reset_dimensions()  # what a file says of its own size is not to be relied on
        faults = [
            Fault(merged, "These cells are merged, so that it is unclear which row they belong to. Split them.")
            for merged in _merged(parts, sheet._worksheet_path)  # noqa: SLF001 - read row by row, it tells of no merges
        ]
        rows = islice(sheet.iter_rows(max_col=MOST_COLUMNS + 1), MOST_ROWS_OF_FORMAT)
        found: list[dict[int, Cell]] = []
        blank: Sequence[object] = ()
        for number, row in enumerate(rows, start=1):
            if row is blank or all(cell is EMPTY_CELL for cell in row):
                blank = row  # rows of a gap are all this one
                continue
            if number <= MOST_ROWS:
                found.append(_xlsx_row(number, row, faults))
            elif any(cell.value is not None for cell in row):
                return Table({}, (), (_too_long(MOST_ROWS),))
        return _table(found, faults)
    finally:
        book.close()


def _merged(parts: zipfile.ZipFile, path: str) -> list[str]:
    """Return the ranges of a sheet that are merged, at most one a row that is read."""
    found: list[str] = []

    def begun(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "mergeCell" and len(found) < MOST_ROWS:
            found.append(attributes.get("ref", ""))

    parser = expat.ParserCreate()
    parser.StartElementHandler = begun
    with parts.open(path) as part:
        parser.ParseFile(part)
    return sorted(found)


def _xlsx_row(number: int, row: Sequence[object], faults: list[Fault]) -> dict[int, Cell]:
    found: dict[int, Cell] = {}
    for column, cell in enumerate(row):
        kind, value = getattr(cell, "data_type", "n"), getattr(cell, "value", None)
        if value is None:
            continue
        place = address(column, number)
        if kind == "f":
            faults.append(Fault(place, "The cell holds a formula. Paste its value in its place."))
        elif kind == "e":
            faults.append(Fault(place, f"The cell holds an error ({value}). Mend it, or empty it."))
        else:
            kept = _cell(column, number, _text(value), faults)
            if kept is not None:
                found[column] = kept
    return found


def _text(value: object) -> str:
    """Return the text of a value: whole numbers without a point, days and times as ISO 8601 writes them."""
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time(0):
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes" if not value.second else "seconds")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat(timespec="minutes" if not value.second else "seconds")
        case timedelta():
            seconds = round(value.total_seconds())
            return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        case _:
            return str(value).replace("\r\n", "\n").replace("_x000D_", "")


# --- writing --------------------------------------------------------------------------------------
def write_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as csv in UTF-8 with a mark at the start, by which common programs know the encoding."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([guarded(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """Return text that no program takes for a formula; a plain number is none."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(text) else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def write_xlsx(rows: Sequence[Sequence[str]], *, title: str, widths: Sequence[int]) -> bytes:
    """Return rows as the one sheet of an xlsx file: heading fast, cells of text. `widths`: in characters."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if not text:
                continue
            cell = sheet.cell(row=number, column=column)
            cell.value = _UNWRITABLE.sub("", text)[:MOST_CELL]
            cell.data_type = "s"  # openpyxl would make a formula of what begins with a sign of equality
            cell.number_format = "@"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(bold=number == 1)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
