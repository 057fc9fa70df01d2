"""One report page in, one file out: the formats there are and how each is made.

Pure over JSON. `tell` says how far it is; nothing else leaves this module.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, assert_never

from msgspec import Struct

from wargame.aar.archive import archive
from wargame.aar.documents import docx, html, pdf
from wargame.aar.documents.charts.catalogue import charts
from wargame.aar.documents.compose import evidence as packs
from wargame.aar.documents.compose.whole import document
from wargame.aar.documents.model import Chart
from wargame.aar.documents.plain import clean
from wargame.aar.documents.reading import Json, Reading
from wargame.aar.documents.typesetting import pictures
from wargame.control.sheets import guarded

Format = Literal["html", "pdf", "docx", "charts", "evidence"]
Paper = Literal["a4", "letter"]
Tell = Callable[[str, int, int], None]
BATCH = 8
"""Drawings made into pictures at a time: a reader sees it move and can stop it."""


class Made(Struct, frozen=True):
    """A file: its bytes, its media type and the end of its name."""

    body: bytes
    media: str
    ending: str


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"


def _silent(message: str, done: int, of: int) -> None:
    """Tell nobody."""


def build(
    report: Mapping[str, Any], questions: Json | None = None, assessment: Json | None = None, *, form: Format,
    paper: Paper = "a4", lenses: Json | None = None, evidence: Sequence[Json] | None = None, tell: Tell = _silent,
) -> Made:  # fmt: skip
    """Return a document of a report page in one format.

    `evidence`: the packs of the people (`wargame.aar.evidence`); without them a seat's report is its own pack.
    """
    match form:
        case "charts":
            return _charts(Reading(report), questions, lenses, tell)
        case "evidence":
            return _evidence(Reading(report), evidence, paper, tell)
        case "html" | "pdf" | "docx":
            tell("Writing the report", 0, 2)
            written = document(report, questions=questions, lenses=lenses, assessment=assessment)
            tell("Setting the pages", 1, 2)
            if form == "html":
                return Made(html.render(written), "text/html; charset=utf-8", ".html")
            if form == "pdf":
                return Made(pdf.render(written, paper=paper), "application/pdf", ".pdf")
            return Made(docx.render(written, paper=paper), DOCX, ".docx")
        case _:
            assert_never(form)


# --- every chart --------------------------------------------------------------------------------
SAID = """Every chart of the report, for slides.

svg/  drawings: sharp at any size, words are words and can be edited. They ask for IBM Plex Sans and do with Arial.
png/  the same as pictures, 220 dots an inch.
csv/  the numbers behind each.

01-06 course and risk, 10 why the strain moved by turn, 20 variables, 30 bargaining by turn, 40 goals and voices,
50 questions of the case, 60 lenses.
"""


def _charts(reading: Reading, questions: Json | None, lenses: Json | None, tell: Tell) -> Made:
    drawn = charts(reading, questions if reading.truth else None, lenses if reading.truth else None)
    members = {"README.txt": SAID.encode()}
    for at in range(0, len(drawn), BATCH):
        tell("Drawing the charts", at, len(drawn))
        some = drawn[at : at + BATCH]
        for chart, png in zip(some, pictures([(c.title, c.svg, c.width) for c in some]), strict=True):
            name = slug(chart.id)
            members[f"svg/{name}.svg"] = b'<?xml version="1.0" encoding="UTF-8"?>\n' + chart.svg.encode()
            members[f"png/{name}.png"] = png
            members[f"csv/{name}.csv"] = _csv(chart.heads, chart.rows, title=chart)
    return Made(archive(members, compressed=True), ZIP, "-charts.zip")


def _csv(heads: Sequence[str], rows: Sequence[Sequence[Any]], *, title: Chart | None = None) -> bytes:
    """Return a table as CSV (RFC 4180) with a byte order mark; text that reads as a formula is defused."""
    out = io.StringIO()
    writer = csv.writer(out)
    if title is not None:
        writer.writerow([guarded(title.title)])
    writer.writerow([guarded(head) for head in heads])
    writer.writerows([[guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


# --- evidence packs -----------------------------------------------------------------------------
def _evidence(reading: Reading, people: Sequence[Json] | None, paper: Paper, tell: Tell) -> Made:
    if people is None:
        tell("Setting the pages", 0, 1)
        return Made(pdf.render(packs.of_seat(reading), paper=paper), "application/pdf", "-evidence.pdf")
    if len(people) == 1:
        tell("Setting the pages", 0, 1)
        one = people[0]
        return Made(
            pdf.render(packs.of_person(reading, one), paper=paper), "application/pdf", f"-{slug(one['display'])}.pdf"
        )
    members: dict[str, bytes] = {}
    index = []
    for at, one in enumerate(people, start=1):
        tell(f"Setting the pack of person {at}", at - 1, len(people))
        name = f"{at:02d}-{slug(one['display'])}.pdf"
        members[name] = pdf.render(packs.of_person(reading, one), paper=paper)
        seats = " ".join(dict.fromkeys(reading.seat(stay["seat"]) for stay in one["seats"]))
        index.append((name, clean(one["display"]), seats, *(one["counts"][key] for key in _COUNTED)))
    members["index.csv"] = _csv(("file", "name", "seats", *_COUNTED), index)
    return Made(archive(members, compressed=True), ZIP, "-evidence.zip")


_COUNTED = ("said", "words", "orders", "papers", "texts", "opened")


def slug(words: str) -> str:
    """Return a name that is safe in every file system: ASCII letters, digits and hyphens, at most 60."""
    plain = unicodedata.normalize("NFKD", clean(words)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+", "-", plain).strip("-")[:60] or "unnamed"
