"""The game beside what happened: recorded events by turn, paths and indicators, every one with its source."""

import re

from wargame.aar.documents.charts import dealings
from wargame.aar.documents.compose.parts import cell, part, refs_of, table
from wargame.aar.documents.model import Block, Column, Figure, Text
from wargame.aar.documents.plain import case_day, figure
from wargame.aar.documents.reading import Json, Reading

MOST_PATHS = 3


def record(reading: Reading) -> list[Block]:
    """Return the game beside the record of the case."""
    found = reading.part("history")
    if not found.get("recorded"):
        return []
    blocks: list[Block] = [Figure(chart) for chart in list(dealings.paths(reading))[:MOST_PATHS]]
    return part("Beside what happened", [*blocks, *_turns(reading, found), *_indicators(reading, found)])


def _turns(reading: Reading, found: Json) -> list[Block]:
    rows = []
    for turn in found.get("turns", []):
        recorded = "; ".join(f"{case_day(one['date'])}: {one['title']}" for one in turn["recorded"])
        played = "; ".join(_played(reading, one) for one in turn["played"][:4])
        rows.append((reading.turn(turn["turn"]), cell(recorded), cell(played), refs_of(turn)))
    columns = [
        Column("Turn", 0.9, "strong"), Column("On record", 3), Column("In this game", 3),
        Column(reading.refs_head, 0.8, "mono"),
    ]  # fmt: skip
    cited = [one["cites"] for turn in found.get("turns", []) for one in turn["recorded"] if one.get("cites")]
    # Events share sources: each sentence of them is said once.
    sources = list(dict.fromkeys(words for one in cited for words in re.split(r"(?<=[.)])\s+(?=[A-Z])", one)))
    blocks: list[Block] = [table(columns, rows, caption="Turn by turn")] if rows else []
    return [*blocks, Text(f"Sources: {' '.join(sources)}", "note")] if sources else blocks


def _played(reading: Reading, one: Json) -> str:
    words = str(one.get("text") or one.get("label") or "")
    return (
        words
        if not one.get("seat") or words.startswith(reading.seat(one["seat"]))
        else f"{reading.seat(one['seat'])}: {words}"
    )


def _indicators(reading: Reading, found: Json) -> list[Block]:
    """Return each indicator on record, and the number of the game that stands beside it."""
    rows = []
    for one in found.get("indicators", []):
        played = {point["turn"]: point["value"] for point in one.get("game") or []}
        opened = {turn for turn, _ in reading.axis()}
        known = [point for point in one["record"] if point["value"] is not None and point["turn"] in opened]
        values = [(point["turn"], point["value"]) for point in known]
        recorded = ", ".join(f"{reading.turn(turn)} {figure(value, 1)}" for turn, value in values)
        beside = ", ".join(f"{reading.turn(turn)} {figure(value, 1)}" for turn, value in played.items())
        rows.append((f"{one['label']} ({one['unit']})", cell(recorded), cell(beside), one.get("cites", "")))
    columns = [
        Column("Indicator", 2, "strong"),
        Column("On record", 2.4),
        Column("In this game", 2.4),
        Column("Source", 2),
    ]
    note = "What stands beside an indicator is the nearest thing the model counts, not the same thing."
    return [table(columns, rows, caption="Indicators", note=note)] if rows else []
