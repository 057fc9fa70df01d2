"""What else was possible: the questions of the case, the lenses, Control's rulings and their effect.

Every sentence about what would have been carries the wording rule (docs/adr/0107-counterfactuals.md): in this model,
holding the other players' orders fixed, with an interval and the number of runs.
"""

from typing import Any

from wargame.aar.documents.charts import dealings
from wargame.aar.documents.compose.parts import cell, part, refs_column, refs_of, status, table
from wargame.aar.documents.model import Block, Column, Figure, Heading, Points, Text
from wargame.aar.documents.plain import count, figure, percent, refs, signed
from wargame.aar.documents.reading import Json, Reading

MOST_MOVED = 6
"""Outcomes named of a replay under other lenses."""


def questions(reading: Reading, found: Json | None) -> list[Block]:
    """Return one page a question: finding, measures, runs with intervals, the two numbers it hangs on."""
    asked = (found or {}).get("questions", [])
    if not asked:
        return []
    begun = dealings.span([run["runs"] for question in asked for run in question.get("runs", [])])
    intro = f"{dealings.HELD}." + (f" {begun} for each change, on the same dice." if begun else "")
    blocks: list[Block] = []
    for number, question in enumerate(asked, start=1):
        blocks += _question(reading, question, number)
    return part("The questions of the case", blocks, intro=intro, page=True)


def _question(reading: Reading, question: Json, number: int) -> list[Block]:
    blocks: list[Block] = [Heading(question["title"], 2, number > 1)]
    if question.get("text"):
        blocks.append(Text(str(question["text"]), "note"))
    if question.get("finding"):
        blocks.append(Text(str(question["finding"]), "lead"))
    metrics = question.get("metrics", [])
    if metrics:
        blocks.append(
            table(
                [Column("Measure", 3, "strong"), Column("As played", 3), refs_column(reading)],
                [(m["label"], _measured(reading, m), refs_of(m)) for m in metrics],
                caption="From the log of this game",
            )
        )
    chart = dealings.question_chart(question, number)
    if chart is not None:
        blocks.append(Figure(chart))
    blocks += _runs(question)
    blocks += _sensitive(question)
    if question.get("refs"):
        blocks.append(Text(f"Evidence in the log: {refs(question['refs'])}.", "note"))
    if question.get("source"):
        blocks.append(Text(f"Source of the question: {str(question['source']).rstrip('.')}.", "note"))
    return blocks


def _measured(reading: Reading, metric: Json) -> str:
    unit = f" {metric['unit']}" if metric.get("unit") and metric["unit"] not in ("share", "%") else ""
    if metric.get("series"):
        points = [p for p in metric["series"] if p.get("value") is not None]
        if not points:
            return ""
        first, last = points[0], points[-1]
        top = max(points, key=lambda p: (p["value"], -p["turn"]))
        said = ", ".join(f"{_number(metric, p['value'])} in {reading.turn(p['turn'])}" for p in (first, last))
        return (
            said
            + (
                f", most {_number(metric, top['value'])} in {reading.turn(top['turn'])}"
                if top not in (first, last)
                else ""
            )
            + unit
        )
    return _number(metric, metric.get("value")) + unit


def _number(metric: Json, value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no"}.get(value, "none") if isinstance(value, bool) else "none"
    if not isinstance(value, int | float):
        return str(value)
    return percent(value) if metric.get("unit") == "share" else figure(value, 2 if abs(value) < 2 else 1)


def _runs(question: Json) -> list[Block]:
    """Return what each run changed, in words, and what came of it."""
    rows, changes = [], []
    for run in question.get("runs", []):
        fixed = f" {run['held_fixed']}" if run.get("held_fixed") else ""
        changes.append(f"{run['label']}: {run.get('change') or ''}{fixed} {count(run['runs'], 'paired run')}.")
        for at, one in enumerate(run.get("outcomes", [])):
            low, high = dealings.interval(one)
            write = percent if one["share"] else figure
            between = f"{_difference(low, one['share'], '')} to {_difference(high, one['share'], '')}"
            rows.append(
                ("" if at else run["label"], one["label"], write(one["original"]), write(one["changed"]),
                 _difference(one["delta"], one["share"]), between, str(one["pairs"]))
            )  # fmt: skip
    if not rows:
        return []
    columns = [
        Column("Run", 2.4, "strong"), Column("Outcome", 1.8), Column("Played", 0.8, "number"),
        Column("Changed", 0.8, "number"), Column("Difference", 1.1, "number"), Column("Interval", 1.3, "number"),
        Column("Pairs", 0.6, "number"),
    ]  # fmt: skip
    note = f"Interval: {dealings.INTERVALS}."
    return [table(columns, rows, caption="Played against counterfactual", note=note), Points(changes)]


def _difference(value: float, share: bool, unit: str = " points") -> str:
    return f"{signed(value * 100, 1)}{unit}" if share else signed(value, 2)


def _sensitive(question: Json) -> list[Block]:
    rows = []
    sensitive = question.get("sensitive", [])
    for one in sensitive:
        share = bool(one.get("share"))
        over = f"{figure(one['low'], 3)} to {figure(one['high'], 3)}" + (" times" if one.get("scale") else "")
        effect = f"{_difference(one['effect_low'], share, '')} to {_difference(one['effect_high'], share)}"
        rows.append((one["label"], over, effect, one.get("outcome_label") or one["outcome"]))
    if not rows:
        return []
    columns = [Column("Parameter", 3, "strong"), Column("Turned over", 1.6), Column("Effect", 1.6), Column("On", 2)]
    note = f"Turned over {dealings.span([one['pairs'] for one in sensitive])} at each end of the range."
    return [table(columns, rows, caption="The two parameters the answer hangs on most", note=note)]


def lenses(found: Json | None) -> list[Block]:
    """Return the replays under each set of lenses and what each lens added."""
    if not found:
        return []
    blocks: list[Block] = [Figure(chart) for chart in dealings.lens_charts(found)]
    rows = []
    for replay in found.get("sets", []):
        moved = sorted(
            replay["outcomes"], key=lambda one: (-abs(one["delta"]) * (100 if one["share"] else 1), one["id"])
        )
        rows += [
            ("" if at else replay["label"], one["label"], _value(one, "original"), _value(one, "changed"),
             _difference(one["delta"], one["share"]))
            for at, one in enumerate(moved[:MOST_MOVED])
        ]  # fmt: skip
    if rows:
        columns = [
            Column("Settled again under", 2.4, "strong"), Column("Outcome", 2.4), Column("Played", 1, "number"),
            Column("Under it", 1, "number"), Column("Difference", 1.2, "number"),
        ]  # fmt: skip
        note = str(found.get("caveat", ""))
        blocks.append(
            table(
                columns, rows, caption=f"Replays beside the game: the {MOST_MOVED} outcomes each moves most", note=note
            )
        )
    return part("Lenses", blocks, intro=str(found.get("method") or f"{dealings.HELD}."))


def _moved(one: Json) -> float:
    """Return how far an outcome moved, shares in points: what a row is chosen by, never what it says."""
    return abs(float(one["delta"])) * (100 if one["share"] else 1)


def _value(one: Json, name: str) -> str:
    return percent(one[name]) if one["share"] else figure(one[name], 2)


def rulings(reading: Reading) -> list[Block]:
    """Return Control's rulings with reasons, and what they changed."""
    rows = reading.rows("rulings")
    blocks: list[Block] = []
    if rows:
        blocks.append(
            table(
                [Column("Turn", 0.9, "strong"), Column("What", 2), Column("Proposed", 1.1), Column("Ruled", 1.1),
                 Column("Reason", 2.8), Column("By", 1), refs_column(reading)],
                [
                    (reading.turn(r["turn"]), r["target_label"], status(r["proposed"]), status(r["value"]),
                     cell(r["reason"]), r["by"], refs_of(r))
                    for r in rows
                ],
                caption="Rulings that stood, beside what the engine had proposed",
            )
        )  # fmt: skip
    blocks += _effects(reading)
    return part("Rulings", blocks)


def _effects(reading: Reading) -> list[Block]:
    """Return what the rulings changed: each turn, and the whole game, on its own dice with and without them."""
    found = reading.part("overrides")
    rows = [
        (reading.turn(ruling["turn"]), ruling["target_label"], one["label"], figure(one["without"], 2),
         figure(one["with"], 2), signed(one["delta"], 2), refs_of(ruling))
        for ruling in found.get("rulings", [])
        for one in ruling["changed"][:3]
    ]  # fmt: skip
    game = found.get("game")
    if isinstance(game, dict):
        rows += [
            ("Whole game", "Without any ruling", one["label"], figure(one["without"], 2), figure(one["with"], 2),
             signed(one["delta"], 2), refs_of(game))
            for one in game["changed"][:6]
        ]  # fmt: skip
    if not rows:
        return []
    columns = [
        Column("Turn", 0.9, "strong"), Column("Ruling", 2), Column("Moved", 2), Column("Without", 0.8, "number"),
        Column("With", 0.8, "number"), Column("Effect", 0.8, "number"), refs_column(reading),
    ]  # fmt: skip
    method = reading.part("method").get("overrides") or {}
    note = " ".join(str(words) for words in method.values() if isinstance(words, str))
    return [table(columns, rows, caption="With and without the rulings, on the game's own dice", note=note)]
