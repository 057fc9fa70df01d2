"""What was possible and what was agreed: maps, gap, missed deals, texts, agreements, obligations, readings."""

from wargame.aar.documents.charts import dealings
from wargame.aar.documents.compose.parts import by_turn, cell, part, refs_column, refs_of, status, table
from wargame.aar.documents.model import Block, Column, Figure
from wargame.aar.documents.plain import figure, listed, sentence, signed
from wargame.aar.documents.reading import Json, Reading

MOST_MAPS = 3


def possible(reading: Reading) -> list[Block]:
    """Return the gap over the turns, the maps of the turns that mattered most, and the missed deals."""
    gap = dealings.gap(reading)
    blocks: list[Block] = [Figure(gap)] if gap is not None else []
    blocks += [Figure(dealings.bargaining_map(reading, drawn)) for drawn in _maps(reading)]
    missed = reading.rows("missed")
    if missed:
        blocks.append(
            table(
                [Column("Turn", 1, "strong"), Column("Gap", 0.7, "number"), Column("With side clauses", 0.9, "number"),
                 Column("Nearest text and what would have closed it", 4), refs_column(reading)],
                [
                    (reading.turn(m["turn"]), signed(m["gap"], 3), signed(m["catalogue_gap"], 3), closing(m),
                     refs_of(m))
                    for m in missed
                ],
                caption="Turns in which a deal was there and none on the table was one",
            )
        )  # fmt: skip
    return part("What was possible", blocks)


def _maps(reading: Reading) -> list[Json]:
    """Return the maps with most texts on them; without any text, the last."""
    drawn = reading.rows("map")
    with_offers = sorted((m for m in drawn if m["offers"]), key=lambda m: (-len(m["offers"]), -m["turn"]))
    return by_turn(with_offers[:MOST_MAPS] or drawn[-1:])


def closing(missed: Json) -> str:
    """Return what a missed deal lacked, in a sentence."""
    near = missed.get("nearest")
    if not near:
        return "No text lay on the table."
    change = near.get("closing")
    how = (
        f"{change['label']}: {change['level_label']} would have closed it."
        if change
        else "No single clause would have closed it."
    )
    lawful = "" if near["feasible"] else "could not be carried out, "
    return f"{near['label']} was nearest, {lawful}{figure(near['short'], 3)} short. {how}"


def agreed(reading: Reading) -> list[Block]:
    """Return texts, agreements, and obligations met or breached."""
    blocks: list[Block] = []
    texts = [text for text in reading.rows("texts") if text["versions"]]
    if texts:
        blocks.append(
            table(
                [Column("Text", 2, "strong"), Column("Parties", 1.2), Column("Versions", 0.7, "number"),
                 Column("Last version says", 3.2), Column("How it ended", 1.1), refs_column(reading)],
                [
                    (text["title"], reading.seats_named(text["parties"]), str(len(text["versions"])),
                     _clauses(text["versions"][-1]["clauses"]), status(text["status"]), refs_of(text))
                    for text in texts
                ],
                caption="Texts that came to the table",
            )
        )  # fmt: skip
    agreements = reading.rows("agreements")
    if agreements:
        blocks.append(
            table(
                [Column("Agreement", 2, "strong"), Column("Form", 0.8), Column("Since", 0.9), Column("Clauses", 2.8),
                 Column("Standing", 1), Column("Ended", 0.9), refs_column(reading)],
                [
                    (a["title"], str(a["form"]).capitalize(), reading.turn(a["turn"]),
                     listed([c["label"] for c in a["clauses"]], 8), status(a["status"]),
                     reading.turn(a.get("ended_turn")), refs_of(a))
                    for a in agreements
                ],
                caption="Agreement ledger",
            )
        )  # fmt: skip
    return part("What was agreed", [*blocks, *_obligations(reading), *_understandings(reading)])


def _clauses(clauses: list[Json]) -> str:
    return cell("; ".join(f"{c['label']}: {c['level_label']}" for c in clauses), 300)


def _obligations(reading: Reading) -> list[Block]:
    """Return what was owed under what was signed, and whether it was kept."""
    rows = []
    for row in reading.rows("obligations"):
        why = next((one["why"] for one in reversed(row.get("history") or []) if one.get("why")), "")
        rows.append(
            (f"{row['label']}: {row.get('level_label', '')}".rstrip(": "), row.get("title", ""),
             reading.seat(row.get("obligor")), _due(reading, row.get("due")), sentence(str(row.get("state", ""))),
             cell(why, 160), refs_of(row))
        )  # fmt: skip
    columns = [
        Column("Obligation", 2.2, "strong"), Column("Under", 1.4), Column("Owed by", 0.9), Column("Due", 0.8),
        Column("Standing", 0.9), Column("Why", 1.8), refs_column(reading),
    ]  # fmt: skip
    return [table(columns, rows, caption="Obligations that came of it")] if rows else []


def _due(reading: Reading, due: object) -> str:
    return reading.turn(due) if isinstance(due, int) else str(due or "")


def _understandings(reading: Reading) -> list[Block]:
    """Return what each party thought it agreed to, clause by clause, where anybody wrote it down."""
    rows = [
        (f"{row['title']}, version {row['version']}", cell(f"{row['label']}: {row['clause']}", 260),
         reading.seat(one["seat"]), cell(one["text"]), refs_of(one))
        for row in reading.rows("understandings")
        for one in row.get("readings") or []
    ]  # fmt: skip
    columns = [
        Column("Text", 1.3, "strong"), Column("The clause", 2.6), Column("Seat", 0.9), Column("Took it to mean", 2.6),
        refs_column(reading),
    ]  # fmt: skip
    return [table(columns, rows, caption="What each thought it signed")] if rows else []
