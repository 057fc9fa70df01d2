"""An evidence pack as a document: what one person wrote, ordered, signed, read and expected, for grading.

Nothing is shortened in it: it is the record. What one seat may read of its own doings has the same shape.
"""

from collections.abc import Sequence
from typing import Any

from wargame.aar.documents.compose.parts import moved, part, refs_column, refs_of, status, table
from wargame.aar.documents.compose.whole import dated, foot, running
from wargame.aar.documents.model import Block, Column, Document, Entry, Facts, Record, Table
from wargame.aar.documents.plain import clean, count, figure, listed, moment, sentence, span
from wargame.aar.documents.reading import Json, Reading

MOST = 20_000
"""Rows of a table: beyond what anybody can write in a game."""


def of_person(reading: Reading, pack: Json) -> Document:
    """Return the pack of one person."""
    seats = listed(list(dict.fromkeys(reading.seat(stay["seat"]) for stay in pack["seats"])))
    counts, silence = pack["counts"], pack.get("silence") or {}
    facts = [
        ("Seat", seats or "None"), ("Said", f"{count(counts['said'], 'time')}, {count(counts['words'], 'word')}"),
        ("Ordered", count(counts["orders"], "order")), ("Opened", count(counts["opened"], "item")),
        ("Longest silence", span((silence.get("longest") or {}).get("ms")) or "None"),
    ]  # fmt: skip
    times = [
        (reading.seat(stay["seat"]), moment(stay["from_ms"]), moment(stay["until_ms"]) or "to the end", refs_of(stay))
        for stay in pack["seats"]
    ]
    columns = [Column("Seat", 1, "strong"), Column("From", 1), Column("Until", 1), refs_column(reading)]
    body: list[Block] = [
        *part("In which seat, and when", [table(columns, times, most=MOST)]), *_wrote(reading, pack["wrote"]),
        *_ordered(reading, pack["ordered"]), *_table(reading, pack["table"]), *_read(reading, pack["read"]),
    ]  # fmt: skip
    return _document(reading, clean(pack["display"]) or "Without a name", f"Evidence pack. {seats}.", facts, body)


def of_seat(reading: Reading) -> Document:
    """Return what a seat did, from its own report alone."""
    seat = reading.data["view"]
    wrote = [
        {"turn": m["turn"], "at_ms": m["at_ms"], "kind": "message", "where": m["room_title"], "to": m["audience"],
         "text": m["text"], "refs": m.get("refs")}
        for m in reading.rows("messages")
        if m["seat"] == seat
    ]  # fmt: skip
    ordered = [m for m in reading.rows("journals") or reading.rows("moves") if m["seat"] == seat]
    at_table = [
        {"turn": text["turn"], "at_ms": None, "what": "signed" if seat in text["signed"] else "accepted",
         "title": text["title"], "version": len(text["versions"]), "text": "", "refs": text.get("refs")}
        for text in reading.rows("texts")
        if seat in text["signed"] or seat in text["accepted"]
    ]  # fmt: skip
    read = [
        {"turn": inject["turn"], "at_ms": one["at_ms"], "kind": "inject", "label": inject["title"],
         "refs": inject.get("refs")}
        for inject in reading.rows("injects")
        for one in inject["opened"]
        if one["seat"] == seat
    ]  # fmt: skip
    facts = [
        ("Seat", reading.seat(seat)), ("Said", count(len(wrote), "message")), ("Ordered", count(len(ordered), "order")),
        ("Texts", count(len(at_table), "text")), ("Opened", count(len(read), "item")),
    ]  # fmt: skip
    body: list[Block] = [
        *_wrote(reading, wrote),
        *_ordered(reading, ordered),
        *_table(reading, at_table),
        *_read(reading, read),
    ]
    return _document(reading, f"{reading.seat(seat)}: what this seat did", reading.viewer, facts, body)


def _document(
    reading: Reading, title: str, deck: str, facts: list[tuple[str, str]], body: list[Block]
) -> Document:  # fmt: skip
    return Document(
        title=title, deck=deck, running=running(reading), foot=foot(reading), summary=[Facts(facts)], body=body,
        dated_ms=dated(reading), subject="Evidence pack", contents=False,
    )  # fmt: skip


def _wrote(reading: Reading, rows: list[Json]) -> list[Block]:
    entries = [
        Entry(
            ", ".join(word for word in (reading.turn(row["turn"]), moment(row["at_ms"]), sentence(row["kind"]),
                                        clean(row["where"]), _to(reading, row["to"])) if word),
            clean(row["text"]), refs_of(row),
        )
        for row in rows
    ]  # fmt: skip
    return part("Wrote", [Record(entries)] if entries else [])


def _to(reading: Reading, seats: Any) -> str:
    return "" if not seats else f"to {reading.seats_named(seats)}"


def _ordered(reading: Reading, rows: list[Json]) -> list[Block]:
    shown = []
    for row in rows:
        came = moved(row)
        outcome = f"{status(row['status'])}{_share(row)}" + (f". {came}" if came else "")
        shown.append((reading.turn(row["turn"]), row["label"], row["rationale"], row["expects"], outcome, refs_of(row)))
    columns = [
        Column("Turn", 0.9, "strong"), Column("Order", 1.7), Column("Because", 2), Column("Expected", 1.8),
        Column("What came", 1.8), refs_column(reading, 0.8),
    ]  # fmt: skip
    return part("Ordered and expected", _rows(columns, shown))


def _share(row: Json) -> str:
    return "" if row.get("fidelity") is None else f", {figure(row['fidelity'] * 100, 0)}%"


def _table(reading: Reading, rows: list[Json]) -> list[Block]:
    shown = [
        (reading.turn(row["turn"]), sentence(row["what"]),
         clean(row["title"]) + (f", version {row['version']}" if row["version"] else ""), row["text"], refs_of(row))
        for row in rows
    ]  # fmt: skip
    columns = [
        Column("Turn", 0.9, "strong"), Column("Did", 0.9), Column("Text", 1.8), Column("Words", 3.6),
        refs_column(reading, 0.8),
    ]  # fmt: skip
    return part("At the table", _rows(columns, shown))


def _read(reading: Reading, rows: list[Json]) -> list[Block]:
    shown = [
        (reading.turn(row["turn"]), moment(row["at_ms"]), sentence(row["kind"]), row["label"], refs_of(row))
        for row in rows
    ]
    columns = [
        Column("Turn", 0.9, "strong"), Column("Opened", 1.2), Column("Kind", 0.8), Column("What", 3.6),
        refs_column(reading, 0.8),
    ]  # fmt: skip
    return part("Opened and read", _rows(columns, shown))


def _rows(columns: list[Column], rows: Sequence[Sequence[str]]) -> list[Table]:
    return [table(columns, rows, most=MOST)] if rows else []
