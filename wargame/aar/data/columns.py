"""What a table is made of, and how its rows become Parquet and CSV.

Owns the shape of a column (its type, its unit, what it means) and the writing: the same rows give the same bytes with
the same release of pyarrow. It knows no game and no case.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct

from wargame.control.sheets import guarded

Row = Mapping[str, Any]
ColumnType = Literal["int", "float", "bool", "text", "list", "json"]
"""`list`: of texts, in order. `json`: a value of no fixed shape, as JSON. Any row may hold nothing (null)."""

PARQUET: dict[ColumnType, pa.DataType] = {
    "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(), "text": pa.string(), "list": pa.list_(pa.string()),
    "json": pa.string(),
}  # fmt: skip


class Column(Struct, frozen=True):
    """One column. `unit` "": none, or named by another column of the row. `words` says what it is, in a sentence."""

    name: str
    type: ColumnType
    unit: str
    words: str


class Table(Struct, frozen=True):
    """One table: what a row stands for, its columns (those of `key` name a row), and where its rows come from.

    `rows` reads the whole truth, `seen` what one seat was shown (None: a seat was shown nothing of the kind).
    """

    words: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Any], Iterable[Row]]
    seen: Callable[[Any], Iterable[Row]] | None = None


def plain(kind: ColumnType, value: Any) -> Any:
    """Return a value as a column of this type holds it. Raises TypeError or ValueError for one that does not fit."""
    if value is None:
        return None
    match kind:
        case "int":
            return int(value)
        case "float":
            return float(value)
        case "bool":
            return bool(value)
        case "list":
            return [str(one) for one in value]
        case "json":
            return msgspec.json.encode(value, order="sorted").decode()
        case "text":
            return str(value)


def write_parquet(rows: Iterable[Row], columns: Sequence[Column]) -> bytes:
    """Return rows (column name -> value, missing: null) as one Parquet file. Raises KeyError for an unknown column."""
    return parquet_file(arrow_table(rows, columns))


def arrow_table(rows: Iterable[Row], columns: Sequence[Column]) -> pa.Table:
    """Return rows column by column, as a Parquet file holds them. Raises KeyError for an unknown column."""
    held: dict[str, list[Any]] = {column.name: [] for column in columns}
    for row in rows:
        strange = row.keys() - held.keys()
        if strange:
            raise KeyError(f"no such column: {', '.join(sorted(strange))}")
        for column in columns:
            held[column.name].append(plain(column.type, row.get(column.name)))
    fields = [
        pa.field(c.name, PARQUET[c.type], metadata={"unit": c.unit, "description": c.words}) for c in columns
    ]  # fmt: skip
    arrays = [pa.array(held[field.name], type=field.type) for field in fields]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def parquet_file(*parts: pa.Table) -> bytes:
    """Return tables of one schema as one Parquet file, in their order."""
    out = io.BytesIO()
    pq.write_table(pa.concat_tables(parts), out, compression="zstd")
    return out.getvalue()


def write_csv(rows: Iterable[Row], columns: Sequence[Column]) -> bytes:
    """Return rows as CSV (RFC 4180) in UTF-8 with a heading; what is not known is empty, true and false are words.

    Text that a program would take for a formula has an apostrophe before it (OWASP, CSV injection).
    """
    return csv_heading(columns) + csv_rows(rows, columns)


def csv_heading(columns: Sequence[Column]) -> bytes:
    """Return the first line of a CSV file, with the mark by which programs know UTF-8."""
    return (",".join(column.name for column in columns) + "\r\n").encode("utf-8-sig")


def csv_rows(rows: Iterable[Row], columns: Sequence[Column]) -> bytes:
    """Return rows as lines of a CSV file, without a heading."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([_cell(column.type, plain(column.type, row.get(column.name))) for column in columns])
    return out.getvalue().encode()


def _cell(kind: ColumnType, value: Any) -> str:
    if value is None:
        return ""
    if kind == "bool":
        return "true" if value else "false"
    if kind == "list":
        return msgspec.json.encode(value).decode()
    return repr(value) if kind == "float" else guarded(value) if kind in ("text", "json") else str(value)
