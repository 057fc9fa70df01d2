"""Objectives with ratings, strengths and areas for improvement, and the improvement plan with owners and dates.

The order and the words are those of an after-action report and improvement plan of the Homeland Security Exercise and
Evaluation Program (HSEEP doctrine 2020). Every judgement in it is the instructor's.
"""

from wargame.aar.documents.compose.parts import RATINGS, cell, part, refs_of, table
from wargame.aar.documents.model import Block, Column, Heading, Points, Table, Text
from wargame.aar.documents.plain import case_day, clean
from wargame.aar.documents.reading import Json, Reading

SAID = (
    "Ratings follow the Homeland Security Exercise and Evaluation Program: P performed without challenges, S performed "
    "with some challenges, M performed with major challenges, U unable to be performed. They are the instructor's."
)


def analysis(reading: Reading, assessment: Json) -> list[Block]:
    """Return each objective with its rating, strengths, areas for improvement and observers' notes."""
    rows = assessment.get("ratings") or []
    if not rows:
        return []
    notes = _notes(reading)
    blocks: list[Block] = [Text(SAID), _table(rows)]
    for row in rows:
        blocks += _one(row, notes.pop(row["objective"], []))
    rest = [line for lines in notes.values() for line in lines]
    if rest:
        blocks += [Heading("Other observations", 3), Points(rest)]
    return part("Analysis of objectives", blocks)


def _table(rows: list[Json]) -> Table:
    sources = dict.fromkeys(row["source"] for row in rows if row.get("source"))
    return Table(
        [Column("Objective", 4, "strong"), Column("Rating", 0.8, "rating"), Column("Meaning", 2.2),
         Column("Ability", 2)],
        [[row["label"], row["rating"], RATINGS[row["rating"]], row.get("competency", "")] for row in rows],
        "Objectives and ratings", " ".join(f"Source: {source}" for source in sources),
    )  # fmt: skip


def _one(row: Json, notes: list[str]) -> list[Block]:
    blocks: list[Block] = []
    for words, key in (("Strengths", "strengths"), ("Areas for improvement", "improve")):
        said = [clean(line).strip("-\u2022* ") for line in str(row[key]).splitlines() if line.strip()]
        if said:
            blocks += [Text(words, "note"), Points(said)]
    if notes:
        blocks += [Text("Observers' notes", "note"), Points(notes)]
    if not blocks:
        return []
    by = f"Rated {RATINGS[row['rating']].lower()}" + (f" by {row['by']}" if row["by"] else "")
    evidence = f". Evidence in the log: {refs_of(row)}" if row["refs"] else ""
    return [Heading(row["label"], 3), Text(f"{by}{evidence}.", "note"), *blocks]


def _notes(reading: Reading) -> dict[str, list[str]]:
    """Return observers' notes by objective (the id, or "" for none)."""
    found: dict[str, list[str]] = {}
    for row in reading.rows("notes"):
        inner = row.get("notes")
        for note in inner if isinstance(inner, list) else [row]:
            words = cell(note.get("text"))
            where = f" ({refs_of(note)})" if note.get("refs") else ""
            who = f"{note['by']}: " if note.get("by") else ""
            found.setdefault(str(row.get("objective") or note.get("objective") or ""), []).append(
                f"{who}{words}{where}"
            )
    return found


def plan(assessment: Json) -> list[Block]:
    """Return the improvement plan."""
    items = assessment.get("plan") or []
    if not items:
        return []
    label = {row["objective"]: row["label"] for row in assessment.get("ratings") or []}
    return part(
        "Improvement plan",
        [
            table(
                [Column("Area for improvement", 2.4, "strong"), Column("Corrective action", 3),
                 Column("Objective", 1.8), Column("Owner", 1.4), Column("Start", 1), Column("Due", 1)],
                [
                    (one["area"], one["action"], label.get(one["objective"], one["objective"]), one["owner"],
                     case_day(one["start"]), case_day(one["due"]))
                    for one in items
                ],
                caption="What is to change, who sees to it and by when", most=200,
            )
        ],
    )  # fmt: skip
