"""The first page: what the game came to, who played, what happened, what was found, and how objectives were met."""

from wargame.aar.documents.charts import course
from wargame.aar.documents.compose.parts import by_turn, cell, refs_of
from wargame.aar.documents.model import (
    Block,
    Column,
    Columns,
    Facts,
    Figure,
    Finding,
    Findings,
    Heading,
    Table,
    Text,
)
from wargame.aar.documents.plain import count, listed, lower, opening, refs, span
from wargame.aar.documents.reading import Json, Reading

MOST_FINDINGS = 4
MOST_OBJECTIVES = 4
MOST_WORDS = 150
"""What a first page holds: findings, objectives, and characters of one finding."""
HEIGHT = 232.0


def summary(reading: Reading, assessment: Json) -> list[Block]:
    """Return the first page."""
    blocks: list[Block] = [Facts(facts(reading))]
    told, found = what_happened(reading), findings(reading)
    if told and found:
        blocks.append(Columns([Heading("What happened", 3), Text(told)], [Heading("Findings", 3), Findings(found)]))
    elif told or found:
        blocks += [Heading("What happened" if told else "Findings", 3), Text(told) if told else Findings(found)]
    chart = course.strain(reading, height=HEIGHT)
    if chart is not None:
        blocks.append(Figure(chart))
    return [*blocks, *objectives(assessment)]


def facts(reading: Reading) -> list[tuple[str, str]]:
    """Return the facts below the headline."""
    game = reading.game
    took = span(game["ended_ms"] - game["started_ms"]) if game["ended_ms"] else ""
    played = count(game["turns_played"], "turn") + (
        f" of {game['turns']}" if game["turns_played"] < game["turns"] else ""
    )
    found = [("Case", game["case_title"]), ("Played", played + (f" in {took}" if took else ""))]
    people = {name for seat in reading.seats for name in seat["people"]}
    held = sum(bool(seat["people"]) for seat in reading.seats)
    bots = sum(bool(seat["bot"]) for seat in reading.seats)
    who = f"{len(people)} in {count(held, 'seat')}" if people else "None"
    found.append(("People", who + (f", {count(bots, 'bot')}" if bots else "")))
    if reading.truth:
        orders = len(reading.rows("moves"))
        ruled = len({row["target"] for row in reading.rows("rulings") if row["kind"] != "edit"})
        found.append(("Rulings changed by Control", f"{ruled} of {orders}"))
    else:
        found.append(("View", reading.viewer))
    return found


def what_happened(reading: Reading) -> str:
    """Return the game in sentences made from its turning points, sharpest moves, meetings and end."""
    sentences: list[str] = []
    running = reading.game["status"] == "running"
    sharp = [mark for mark in reading.rows("timeline") if mark["severity"] == "raises_sharply"]
    if sharp:
        first = by_turn(sharp)[0]
        sentences.append(
            f"{count(len(sharp), 'step')} raised the crisis sharply, the first in {reading.turn(first['turn'])}"
            f" ({lower(first['label'])})."
        )
    summits = by_turn(mark for mark in reading.rows("timeline") if mark["kind"] == "summit")
    for mark in summits[:3]:
        how = mark["label"].partition(":")[2].strip() or mark["label"]
        sentences.append(f"Leaders met in {reading.turn(mark['turn'])}: {lower(how)}.")
    if len(summits) > 3:
        sentences.append(f"They met {count(len(summits) - 3, 'more time')} after that.")
    texts = [text for text in reading.rows("texts") if text["versions"]]
    if texts:
        signed = sum(len(set(text["parties"]) - set(text["signed"])) == 0 for text in texts)
        sentences.append(
            f"{count(len(texts), 'text')} came to the table, {signed} {'was' if signed == 1 else 'were'} signed."
        )
    force = [a for a in reading.rows("agreements") if a["status"] == "in_force"]
    gone = [a for a in reading.rows("agreements") if a["status"] != "in_force"]
    if force or gone:
        when = "so far" if running else "at the end"
        sentences.append(
            f"{count(len(force), 'agreement')} {'is' if len(force) == 1 else 'are'} in force {when}"
            + (f", {len(gone)} came to an end before." if gone else ".")
        )
    turned = [
        f"{reading.turn(one['turn'])} ({one['title']})" for one in reading.part("turning_points").get("points", [])
    ]
    if turned:
        sentences.append(f"The game turned in {listed(turned)}.")
    if reading.game["turns_played"] == 0:
        if running:
            return "No outcome is released yet."
        return "No turn was resolved: the game ended before any outcome was released."
    if reading.data.get("rewinds"):
        sentences.append(
            f"Control took the game back {count(len(reading.rows('rewinds')), 'time')}; that part is left out."
        )
    return " ".join(sentences)


def findings(reading: Reading, most: int = MOST_FINDINGS) -> list[Finding]:
    """Return the first findings of the report, each in a line or three; the whole of them follow in the body."""
    return [
        Finding(f"{row['title'].rstrip('.')}.", opening(row["text"], MOST_WORDS), refs(row.get("refs") or ()))
        for row in reading.rows("findings")[:most]
    ]


def objectives(assessment: Json) -> list[Block]:
    """Return the objectives with their ratings, in one line each."""
    rows = assessment.get("ratings") or []
    if not rows:
        return []
    note = "P performed without challenges, S with some, M with major, U unable to perform."
    if len(rows) > MOST_OBJECTIVES:
        note += f" {count(len(rows) - MOST_OBJECTIVES, 'more objective')} in the analysis."
    some = rows[:MOST_OBJECTIVES]
    if not any(row["rating"] or row["strengths"] or row["improve"] for row in rows):
        columns = [Column("Objective", 6, "strong"), Column("Rating", 0.8, "rating"), Column("Ability", 2.6)]
        bare = [[row["label"], "", row.get("competency", "")] for row in some]
        return [
            Heading("Learning objectives", 3),
            Table(columns, bare, "", f"Not rated yet. {note}"),
        ]
    columns = [
        Column("Objective", 3, "strong"), Column("Rating", 0.8, "rating"), Column("Evidence", 2.4),
        Column("Work on next", 2.4), Column("Log", 0.9, "mono"),
    ]  # fmt: skip
    shown = [
        [row["label"], row["rating"], cell(row["strengths"], 90), cell(row["improve"], 90), refs_of(row)]
        for row in some
    ]
    return [Heading("Learning objectives", 3), Table(columns, shown, "", note)]
