"""Appendices: participants, outcome indices, goals, rules that fired, what each variable is, and how it was made."""

from wargame.aar.documents.charts import dealings
from wargame.aar.documents.compose.parts import part, refs_column, refs_of, table
from wargame.aar.documents.model import Block, Column, Figure, Text
from wargame.aar.documents.plain import figure, refs, sentence, signed
from wargame.aar.documents.reading import Json, Reading

MOST_TURNS = 14
"""Turns that stand side by side on a page."""


def participants(reading: Reading) -> list[Block]:
    """Return the seats and who held them."""
    team = {lane["id"]: lane["label"] for lane in reading.data["lanes"]}
    rows = [
        (seat["label"], team.get(seat["team"], seat["team"]),
         ", ".join(seat["people"]) or ("Bot" if seat["bot"] else "Vacant"))
        for seat in reading.seats
    ]  # fmt: skip
    columns = [Column("Seat", 2, "strong"), Column("Team", 1.4), Column("Held by", 3)]
    return part("Participants", [table(columns, rows, most=200)] if rows else [])


def outcomes(reading: Reading) -> list[Block]:
    """Return the outcome indices by turn, and how far each seat got with its goals."""
    rows = reading.rows("indices")
    blocks: list[Block] = []
    if rows:
        names = sorted({name for row in rows for name in row["values"]})
        turns = rows[-MOST_TURNS:]
        blocks.append(
            table(
                [Column("Index", 3, "strong"), *(Column(reading.turn(row["turn"]), 1, "number") for row in turns)],
                [(sentence(name), *(_value(row["values"].get(name)) for row in turns)) for name in names],
                caption="Outcome indices by turn" + (f", the last {MOST_TURNS}" if len(rows) > MOST_TURNS else ""),
                note="All 0\u2013100 except points, which are escalation points as they were added up. "
                f"{reading.refs_head}: {refs(merged(rows))}.",
            )
        )
    goals = dealings.goals(reading)
    if goals is not None:
        blocks.append(Figure(goals))
    return part("Outcomes", blocks)


def merged(rows: list[Json]) -> list[int]:
    """Return the references of several claims together."""
    return sorted({ref for row in rows for ref in row.get("refs") or ()})


def _value(value: object) -> str:
    return figure(value, 1) if isinstance(value, int | float) else ""


def firings(reading: Reading) -> list[Block]:
    """Return how often each lens and each rule spoke, and what it moved most, as far as the view may know."""
    found = reading.part("firings")
    label = {row["lens"]: row["label"] for row in found.get("lenses", [])}
    lenses = [(row["label"], figure(row["count"], 0)) for row in found.get("lenses", [])]
    rules = [
        (row["rule"], row["name"], label.get(row["lens"], "None"), figure(row["count"], 0),
         "; ".join(f"{one['label']} {signed(one['amount'], 2)}" for one in row.get("moved", [])[:2]), refs_of(row))
        for row in sorted(found.get("rules", []), key=lambda row: (-row["count"], row["rule"]))
    ]  # fmt: skip
    if not rules:
        return []
    columns = [
        Column("Rule", 0.8, "mono"), Column("Name", 2.6), Column("Lens", 1.2), Column("Fired", 0.6, "number"),
        Column("Moved most", 2.6), refs_column(reading),
    ]  # fmt: skip
    counted = table([Column("Lens", 3, "strong"), Column("Firings", 1, "number")], lenses)
    ruled = table(columns, rules, caption="Rules of the case, the most frequent first", most=80)
    return part("Rules that fired", [counted, ruled])


def codebook(reading: Reading) -> list[Block]:
    """Return what each variable is, with its first and last value as far as this view may know them."""
    rows = []
    for variable in sorted(reading.rows("variables"), key=lambda v: (v["order"], v["id"])):
        truth = variable.get("truth") or []
        ends = (truth[0]["value"], truth[-1]["value"]) if truth else (None, None)
        rows.append(
            (variable["id"], variable["label"], variable["unit"] or "",
             f"{figure(variable['low'], 2)} to {figure(variable['high'], 2)}",
             *("" if value is None else figure(value, 2) for value in ends))
        )  # fmt: skip
    columns = [
        Column("Name", 1.4, "mono"), Column("Variable", 3), Column("Unit", 1.4), Column("Range", 1.1, "number"),
        Column("Start", 0.8, "number"), Column("End", 0.8, "number"),
    ]  # fmt: skip
    return part("Variables", [table(columns, rows, most=200)] if rows else [])


def provenance(reading: Reading, questions: Json | None) -> list[Block]:
    """Return how this document was made and how every figure in it can be checked."""
    data = reading.data
    rows = [
        ("Scenario", data.get("scenario_hash", "")), ("Engine", data.get("engine", "")),
        ("Seed", data.get("seed") or "Secret until the end of the game"),
        ("Hash of the seed", data.get("seed_hash", "")),
    ]  # fmt: skip
    log = reading.part("log")
    if log:
        rows += [("Events in the log", f"{log['events']:,}"), ("Hash of the last event", log["head_hash"])]
    if questions and questions.get("seed_hash"):
        rows.append(("Seeds of the runs", str(questions["seed_hash"])))
    where = (
        "Numbers in the column Log are places of events in the game's hash-chained log; the review opens each of them."
        if reading.truth
        else "Numbers in the column Feed are rows of this seat's own feed, in the order in which it was told."
    )
    same = (
        "The same game gives the same document, byte for byte. Nothing in it was written by anyone but the people of "
        "the game, Control and the rules of the case."
    )
    return part(
        "How this was made",
        [Text(f"{where} {same}"), table([Column("", 1.2, "strong"), Column("", 3, "mono")], rows)],
    )
