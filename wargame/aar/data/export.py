"""An export: one zip of tables, lines or statements, with codebook and manifest. The same game gives the same bytes.

Owns which files an export has. What they say is made by the tables; under which terms, by the filter they pass.
"""

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Literal

import msgspec
from msgspec import Struct

from wargame.aar.archive import archive
from wargame.aar.data import codebook
from wargame.aar.data.columns import Column, Row, Table, write_csv, write_parquet
from wargame.aar.data.seat import SeatSource
from wargame.aar.data.source import Source
from wargame.aar.data.tables import SEAT_TABLES, TABLES
from wargame.aar.data.teams import FILES, lines, team_files
from wargame.aar.data.terms import Terms
from wargame.aar.data.xapi import VERBS, statements

Format = Literal["jsonl", "csv", "parquet", "xapi"]
SCHEMA = "data/1"
Members = dict[str, bytes]
Step = Callable[[str], None]


def _quiet(step: str) -> None:
    pass


class About(Struct, frozen=True):
    """What was asked for. `view`: truth, or a seat; "" for a course of many games."""

    format: Format
    view: str
    terms: Terms


NEEDED: dict[Format, frozenset[str]] = {
    "jsonl": frozenset({"games", "events", "feed", *(part for _, parts in FILES.values() for part in parts)}),
    "xapi": frozenset({"games", "people", *VERBS}),
}
"""What a format is made from, where that is not every table."""


def rows_of(source: Source | SeatSource, wanted: Format = "parquet", *, step: Step = _quiet) -> dict[str, list[Row]]:
    """Return the rows of every table a format needs, of a game or of what one seat was shown of it."""
    found: dict[str, list[Row]] = {}
    needed = NEEDED.get(wanted)
    for name, table in tables_of(source).items():
        if needed is not None and name not in needed:
            continue
        step(name)
        if isinstance(source, Source):
            found[name] = list(table.rows(source))
        elif table.seen is not None:
            found[name] = list(table.seen(source))
    return found


def tables_of(source: Source | SeatSource) -> dict[str, Table]:
    """Return the tables a source fills."""
    return TABLES if isinstance(source, Source) else SEAT_TABLES


def export(rows: Mapping[str, list[Row]], about: About, *, seats: Iterable[str], step: Step = _quiet) -> bytes:
    """Return the zip of these rows. `seats`: whose logs a `jsonl` export holds."""
    members: Members = {}
    match about.format:
        case "csv":
            for name, held in rows.items():
                step(name)
                members[f"tables/{name}.csv"] = write_csv(held, _columns(name))
        case "parquet":
            for name, held in rows.items():
                step(name)
                members[f"tables/{name}.parquet"] = write_parquet(held, _columns(name))
        case "jsonl":
            whole = "feed" if "feed" in rows else "events"
            members[f"{whole}.jsonl"] = lines(rows[whole])
            for seat in seats:
                step(seat)
                members |= team_files(seat, rows)
        case "xapi":
            members["statements.json"] = b"[\n" + b",\n".join(map(msgspec.json.encode, statements(rows))) + b"\n]\n"
    counts = {name: len(held) for name, held in rows.items()}
    games = [str(row["game"]) for row in rows.get("games", ())]
    return archive(described(members, about, counts=counts, games=games), compressed=about.format != "parquet")


def _columns(name: str) -> tuple[Column, ...]:
    return (SEAT_TABLES.get(name) or TABLES[name]).columns


def described(
    members: Members, about: About, *, counts: Mapping[str, int], games: Iterable[str], more: Mapping[str, Table] = {}
) -> Members:
    """Return the members with what explains them. `more`: tables that no single game has."""
    told: dict[str, object] = {
        "schema": SCHEMA, "format": about.format, "view": about.view or "course", "consent": about.terms.consent,
        "anonymised": about.terms.anonymised, "games": sorted(games),
    }  # fmt: skip
    members = members | {
        "README.md": codebook.readme(told).encode(), "codebook.md": codebook.codebook(more).encode(),
        "schema.json": codebook.schema(more),
    }  # fmt: skip
    manifest = told | {
        "rows": dict(sorted(counts.items())),
        "files": {name: sha256(body).hexdigest() for name, body in sorted(members.items())},
    }
    members["manifest.json"] = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    return members
