"""Words and small tables that several parts of a document share."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wargame.aar.documents.model import Block, Column, Heading, Table, Text
from wargame.aar.documents.plain import clean, refs, sentence, short, signed
from wargame.aar.documents.reading import Json, Reading

MOST_ROWS = 60
"""Rows of a table in print; what is left out is counted below it and is whole in the data export."""
CELL = 420
"""Characters of somebody's words in a cell."""
RATINGS = {
    "P": "Performed without challenges", "S": "Performed with some challenges",
    "M": "Performed with major challenges", "U": "Unable to be performed", "": "Not rated",
}  # fmt: skip
"""Rating definitions of the Homeland Security Exercise and Evaluation Program (HSEEP doctrine 2020, annex on
after-action reports)."""
STATUS = {
    "done": "Carried out", "partial": "Carried out in part", "blocked": "Returned", "delayed": "Held up",
    "cancelled": "Called off", "in_force": "In force", "walked_away": "Walked away", "snapped_back": "Snapped back",
}  # fmt: skip


def status(word: str | None) -> str:
    """Return a state in the words of the pages."""
    return STATUS.get(word or "", sentence(word or ""))


def cell(words: Any, most: int = CELL) -> str:
    """Return somebody's words for a cell of a table."""
    return short(str(words or ""), most)


def table(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, caption: str = "", note: str = "",
    most: int = MOST_ROWS,
) -> Table:  # fmt: skip
    """Return a table of at most `most` rows; what is left out is said below it."""
    held = [[clean("" if value is None else str(value)) for value in row] for row in rows]
    more = len(held) - most
    if more > 0:
        said = f"{more:,} more {'row' if more == 1 else 'rows'} in the data export."
        note = f"{note} {said}" if note else said
    return Table(columns, held[:most], caption, note)


def refs_column(reading: Reading, width: float = 1.0) -> Column:
    """Return the column that holds references."""
    return Column(reading.refs_head, width, "mono")


def refs_of(row: Mapping[str, Any]) -> str:
    """Return the references of a claim, as a cell."""
    found = row.get("refs")
    return refs(found) if found else ""


def part(title: str, blocks: Sequence[Block], *, level: int = 1, intro: str = "", page: bool = False) -> list[Block]:
    """Return blocks under a heading, or nothing where there are none."""
    if not blocks:
        return []
    heading = Heading(title, level, page)  # type: ignore[arg-type]
    return [heading, *([Text(intro)] if intro else []), *blocks]


def moved(row: Mapping[str, Any]) -> str:
    """Return what an order moved: the amount, or the word a seat was given for it."""
    found = row.get("moved")
    return "; ".join(
        f"{one['label']} {signed(one['amount'], 2) if one.get('amount') is not None else one.get('word', '')}".strip()
        for one in (found if isinstance(found, list) else ())
    )


def by_turn(rows: Iterable[Json]) -> list[Json]:
    """Return rows in the order of their turns, else as they were."""
    return sorted(rows, key=lambda row: int(row.get("turn") or 0))
