"""What a document is made of, whatever form it takes: blocks in order, and nothing of how they look.

Owns the shapes every composer fills and every renderer sets. All text in them is plain text as people typed it or as
the rules say it: a renderer escapes it, no composer does.
"""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

Rating = Literal["P", "S", "M", "U", ""]
ColumnKind = Literal["text", "strong", "number", "mono", "rating"]


class Column(Struct, frozen=True):
    """A column of a table. `width`: its share of the line, in proportion to the others."""

    head: str
    width: float = 1.0
    kind: ColumnKind = "text"


class Table(Struct, frozen=True, tag="table", tag_field="block"):
    """Rows under heads. `caption` is read out and set above; `note` below. Every row has as many cells as heads."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    note: str = ""


class Heading(Struct, frozen=True, tag="heading", tag_field="block"):
    """A heading. Level 1 begins a part and is in the contents; `page`: on a new page."""

    text: str
    level: Literal[1, 2, 3] = 1
    page: bool = False


class Text(Struct, frozen=True, tag="text", tag_field="block"):
    """A paragraph. `note`: small print; `lead`: in the reading face; `quote`: somebody's own words."""

    text: str
    style: Literal["body", "note", "lead", "quote"] = "body"


class Facts(Struct, frozen=True, tag="facts", tag_field="block"):
    """Names and values in a row between rules."""

    items: Sequence[tuple[str, str]]


class Finding(Struct, frozen=True):
    """A numbered finding: what was found, in bold, what shows it, and its references."""

    lead: str
    text: str
    refs: str = ""


class Findings(Struct, frozen=True, tag="findings", tag_field="block"):
    """Numbered findings."""

    items: Sequence[Finding]


class Entry(Struct, frozen=True):
    """Something somebody wrote: when, where and to whom; the words in full; the references."""

    head: str
    text: str
    refs: str = ""


class Record(Struct, frozen=True, tag="record", tag_field="block"):
    """Entries one after the other: a table of thousands of rows takes half a gibibyte to set, and this does not."""

    entries: Sequence[Entry]


class Points(Struct, frozen=True, tag="points", tag_field="block"):
    """A list of short points."""

    items: Sequence[str]


class Chart(Struct, frozen=True):
    """A drawing with the table of what it draws. `id` is its file name; `title` states the finding.

    Cells are texts and numbers; the drawing is SVG, `width` by `height` CSS pixels.
    """

    id: str
    title: str
    subtitle: str
    source: str
    svg: str
    width: float
    height: float
    heads: Sequence[str]
    rows: Sequence[Sequence[str | float | int | None]]


class Figure(Struct, frozen=True, tag="figure", tag_field="block"):
    """A chart in its place."""

    chart: Chart


class Columns(Struct, frozen=True, tag="columns", tag_field="block"):
    """Two columns side by side; on a narrow screen one below the other."""

    left: "Sequence[Plain]"
    right: "Sequence[Plain]"


Plain = Table | Heading | Text | Facts | Findings | Points | Record | Figure
Block = Plain | Columns


class Document(Struct, frozen=True):
    """A whole document. `running` heads each page (left, right), `foot` ends it; `hidden` words are for programs."""

    title: str
    deck: str
    running: tuple[str, str]
    foot: tuple[str, str]
    summary: Sequence[Block]
    """What stands before the contents: the first page."""
    body: Sequence[Block]
    dated_ms: int = 0
    """The day it bears: of the game, never of its making."""
    subject: str = "After-action report"
    contents: bool = True


def charts_of(document: Document) -> list[Chart]:
    """Return every chart of a document, in order."""
    return [
        chart
        for block in (*document.summary, *document.body)
        for inner in ((*block.left, *block.right) if isinstance(block, Columns) else (block,))
        if isinstance(inner, Figure)
        for chart in (inner.chart,)
    ]
