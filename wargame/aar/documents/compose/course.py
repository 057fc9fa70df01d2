"""The course of the game: overview, timeline, turn by turn, escalation, risk, why numbers moved, turning points."""

from wargame.aar.documents.charts import course as charts
from wargame.aar.documents.charts import dealings
from wargame.aar.documents.compose.parts import by_turn, cell, part, refs_column, refs_of, table
from wargame.aar.documents.model import Block, Chart, Column, Figure, Heading, Table, Text
from wargame.aar.documents.plain import count, figure, moment, percent, signed, small_percent, span
from wargame.aar.documents.reading import Json, Reading

MOST_WHY = 3
STYLES = {
    "rigid": "Rigid: the engine settles every move", "semi_rigid": "Semi-rigid: the engine proposes, Control approves",
    "free": "Free: Control settles every move",
}  # fmt: skip


def figures(*found: Chart | None) -> list[Block]:
    """Return the charts that there are."""
    return [Figure(chart) for chart in found if chart is not None]


def overview(reading: Reading) -> list[Block]:
    """Return what exercise this was: case, dates, style, scope, seats."""
    game = reading.game
    ended = moment(game["ended_ms"]) if game["ended_ms"] else "Still running when this was written"
    rows = [
        ("Exercise", game["title"]), ("Case", game["case_title"]), ("View", reading.viewer),
        ("Began", moment(game["started_ms"])), ("Ended", ended),
        ("Played", f"{game['turns_played']} of {count(game['turns'], 'turn')}"
         + (f", {span(game['ended_ms'] - game['started_ms'])}" if game["ended_ms"] else "")),
        ("How it ended", game["ended_reason"]), ("Adjudication", STYLES.get(game["style"], game["style"])),
        ("Preset", game.get("preset", "")), ("Times", "Wall clock in UTC; days of the case as the case counts them"),
    ]  # fmt: skip
    blocks: list[Block] = [
        table([Column("", 1, "strong"), Column("", 3)], [row for row in rows if row[1]], caption="What was played")
    ]
    back = reading.rows("rewinds")
    if back:
        blocks += [
            Text("Control took the game back. What was taken back stays in the log and is in no other part."),
            table(
                [Column("When", 1.2), Column("To", 1), Column("Why, as everybody was told", 3), refs_column(reading)],
                [(moment(row["at_ms"]), reading.turn(row["turn"]), row["reason"], refs_of(row)) for row in back],
            ),
        ]
    return part("Exercise overview", blocks)


def story(reading: Reading) -> list[Block]:
    """Return the timeline and what each seat did in each turn."""
    blocks = figures(charts.timeline(reading))
    rows = [
        row for row in by_turn(reading.rows("timeline")) if row["kind"] in ("summit", "event", "text", "ruling")
    ]  # fmt: skip
    sharp = [row for row in by_turn(reading.rows("timeline")) if row["kind"] == "move" and "sharply" in row["severity"]]
    shown = sorted([*rows, *sharp], key=lambda row: (row["turn"], row["frac"], row["seq"]))
    if shown:
        blocks.append(
            table(
                [Column("Turn", 0.9, "strong"), Column("Kind", 0.8), Column("What happened", 4), refs_column(reading)],
                [
                    (reading.turn(m["turn"]), m["kind"].capitalize(), cell(m["text"] or m["label"], 220), refs_of(m))
                    for m in shown
                ],
                caption="Sharp steps, meetings, texts, events and rulings", most=40,
            )
        )  # fmt: skip
    return part("Course of the game", blocks)


def escalation(reading: Reading) -> list[Block]:
    """Return escalation by turn and side, and the hazard carried."""
    rows = reading.rows("escalation")
    lanes = {lane["id"]: lane["label"] for lane in reading.data["lanes"]}
    blocks: list[Block] = []
    if rows:
        sides = [lane for lane in lanes if any(lane in row["by_lane"] for row in rows)]
        blocks.append(
            table(
                [Column("Turn", 1, "strong"), Column("Points", 0.8, "number"),
                 *(Column(lanes[side], 1, "number") for side in sides), Column("Goldstein", 0.9, "number"),
                 refs_column(reading)],
                [
                    (reading.turn(row["turn"]), figure(row["points"], 0),
                     *(figure(row["by_lane"].get(side, 0), 0) for side in sides),
                     signed(row["goldstein"], 1) if "goldstein" in row else "", refs_of(row))
                    for row in rows
                ],
                caption="Severity points of the moves carried out, by turn and team", note=_scales(reading),
            )
        )  # fmt: skip
    blocks += figures(dealings.goldstein(reading), charts.risk(reading))
    blocks += _hazard(reading)
    return part("Escalation and risk", blocks)


def _scales(reading: Reading) -> str:
    method = reading.part("method").get("escalation") or {}
    said = [
        f"{str(one.get('words', '')).rstrip('.')} ({one['source']})."
        for one in (method.get("severity"), method.get("goldstein"))
        if isinstance(one, dict) and one.get("source")
    ]
    return " ".join(said)


def _hazard(reading: Reading) -> list[Block]:
    """Return the danger carried by turn, and how lucky the game was; a seat has what it was told."""
    found = reading.part("hazard")
    rows = found.get("turns", [])
    if rows and "p_war" in rows[0]:
        luck = found.get("luck") or {}
        few, many = luck.get("as_few"), luck.get("as_many")
        note = f"Clashes: {found['clashes']}, expected {figure(found['clashes_expected'], 2)}."
        if few is not None and many is not None:
            note += f" Chance of as few {percent(few)}, of as many {percent(many)}, given the dangers carried."
        return [
            table(
                [Column("Turn", 1, "strong"), Column("Clash", 0.8, "number"), Column("Clash so far", 0.9, "number"),
                 Column("War", 0.8, "number"), Column("War so far", 0.9, "number"),
                 Column("Share of the risk", 1, "number"), Column("What the dice did", 2.2), refs_column(reading)],
                [(reading.turn(r["turn"]), small_percent(r["p_clash"]), small_percent(r["cum_clash"]),
                  small_percent(r["p_war"]), small_percent(r["cum_war"]), percent(r["share"]),
                  cell("; ".join(r["happened"]) or _dice(r["dice"]), 140), refs_of(r)) for r in rows],
                caption="Danger carried, before the dice", note=note,
            )
        ]  # fmt: skip
    told = [row for row in reading.rows("risk") if row.get("clash_word")]
    if not told:
        return []
    return [
        table(
            [Column("Turn", 1, "strong"), Column("Clash, as told", 1), Column("War, as told", 1), refs_column(reading)],
            [(reading.turn(r["turn"]), r["clash_word"], r.get("war_word", ""), refs_of(r)) for r in told],
            caption="Danger as this seat was told it",
        )
    ]


def _dice(dice: list[Json]) -> str:
    return "; ".join(
        f"{die['label']}: {die['outcome']} ({figure(die['u'], 3)} against {figure(die['chance'], 3)})"
        for die in dice[:2]
    )


def turning_points(reading: Reading) -> list[Block]:
    """Return the turning points: what turned, why, and what hung on whose orders."""
    found = reading.part("turning_points")
    blocks: list[Block] = []
    for one in found.get("points", []):
        blocks += [
            Heading(f"{reading.turn(one['turn'])}: {one['title']}", 3), Text(str(one["text"])),
            Text(f"{reading.refs_head}: {refs_of(one)}", "note"),
        ]  # fmt: skip
        rows = [
            (who, what[0], _amount(c["original"], what), _amount(c["changed"], what), _change(c["delta"], what),
             f"{_change(c['low'], what, '')} to {_change(c['high'], what)}")
            for other in one.get("without", [])
            for name, c in other["outcomes"].items()
            for who, what in [("Everybody" if other["seat"] is None else reading.seat(other["seat"]), MEASURES[name])]
            if (c["low"] > 0 or c["high"] < 0) and abs(c["delta"]) >= what[1]
        ]  # fmt: skip
        if rows:
            columns = [
                Column("Without the orders of", 1.6, "strong"), Column("Outcome", 1.6),
                Column("As ordered", 1, "number"),
                Column("Without", 1, "number"), Column("Difference", 1, "number"), Column("Interval", 1.6, "number"),
            ]  # fmt: skip
            note = "Differences worth telling whose interval leaves out zero."
            blocks.append(table(columns, rows, note=note, most=16))
    method = reading.part("method").get("turning_points") or {}
    words = " ".join(str(method[name]) for name in ("weight", "without", "held_fixed") if method.get(name))
    return part("Turning points", blocks, intro=words if blocks else "")


MEASURES = {
    "strain": ("Strain", 1.0, False), "war_risk": ("Chance of war so far", 0.005, True),
    "signed": ("A text signed", 0.05, True), "durability": ("Durability", 2.0, False),
}  # fmt: skip
"""Outcomes of the turning points: words, the smallest difference worth a row, and whether it is a share."""


def _amount(value: float, what: tuple[str, float, bool]) -> str:
    return percent(value) if what[2] else figure(value, 1)


def _change(value: float, what: tuple[str, float, bool], unit: str = " points") -> str:
    return f"{signed(value * 100, 1)}{unit}" if what[2] else signed(value, 1)


def why(reading: Reading) -> list[Block]:
    """Return the waterfalls of the largest changes of the strain of the case, and the beliefs behind a deal."""
    changes = [row for row in reading.rows("ledger") if row["variable"] == reading.game.get("strain")]
    largest = sorted(changes, key=lambda row: (-abs(row["after"] - row["before"]), row["turn"]))[:MOST_WHY]
    blocks = [Figure(charts.waterfall(reading, row)) for row in by_turn(largest)]
    return part("Why the numbers moved", [*blocks, *figures(charts.trust(reading))])


def findings(reading: Reading) -> list[Block]:
    """Return every finding with its references; the first page has the first of them."""
    rows = reading.rows("findings")
    if not rows:
        return []
    shown = [
        (str(at), row.get("title") or row.get("lead") or "", cell(row.get("text"), 600), refs_of(row))
        for at, row in enumerate(rows, start=1)
    ]
    columns = [
        Column("", 0.3, "strong"),
        Column("Finding", 1.8, "strong"),
        Column("What shows it", 3.6),
        refs_column(reading),
    ]
    return part("Findings", [Table(columns, shown)])
