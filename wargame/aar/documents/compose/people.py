"""Who knew, said, read, ordered and expected what: knowledge, perception, directives, journals, participation."""

from wargame.aar.documents.charts import dealings
from wargame.aar.documents.compose.parts import by_turn, cell, moved, part, refs_column, refs_of, status, table
from wargame.aar.documents.model import Block, Column, Figure
from wargame.aar.documents.plain import clock, count, figure, listed, sentence, signed, span
from wargame.aar.documents.reading import Json, Reading

MOST_ITEMS = 48
MOST_DECISIONS = 32
MOST_GAPS = 3
MOST_JOURNALS = 60


def knowledge(reading: Reading) -> list[Block]:
    """Return who had each thing and opened it, when, and what was decided without something."""
    found = reading.part("knowledge")
    items = [row for row in found.get("items", []) if row["kind"] != "fact" or row["seats"]]
    blocks = _items(reading, items) if items else _injects(reading)
    return part("Who knew what, and when", [*blocks, *_without(reading, found)])


def _items(reading: Reading, items: list[Json]) -> list[Block]:
    """Return the matrix of information by seat: opened, had and not opened, or never had."""
    seats = [
        seat["id"] for seat in reading.seats if any(one["seat"] == seat["id"] for row in items for one in row["seats"])
    ]
    shown = []
    for row in items:
        had = {one["seat"]: one for one in row["seats"]}
        words = [_known(reading, row, had.get(seat), seat) for seat in seats]
        shown.append((reading.turn(row["turn"]), cell(row["label"], 90), row["kind"], *words, refs_of(row)))
    columns = [
        Column("Turn", 0.9, "strong"), Column("What", 2.4), Column("Kind", 0.8),
        *(Column(reading.seat(seat), 0.9) for seat in seats), refs_column(reading, 0.8),
    ]  # fmt: skip
    note = (
        "The turn in which a seat opened it, or had it where opening is not recorded; unopened: it stayed shut; "
        "a dash: it was never given to that seat."
    )
    return [table(columns, shown, caption="Information by seat", note=note, most=MOST_ITEMS)]


def _known(reading: Reading, row: Json, had: Json | None, seat: str) -> str:
    if had is None:
        return "source" if row["source"] == seat else "\u2013"
    if had["opened_turn"] is not None:
        return reading.turn(had["opened_turn"])
    return "unopened" if row["opens"] else reading.turn(had["turn"])


def _injects(reading: Reading) -> list[Block]:
    """Return who was sent what and opened it when, for a report that has no more than its injects."""
    rows = reading.rows("injects")
    if not rows:
        return []
    seats = [seat["id"] for seat in reading.seats if any(seat["id"] in row["to"] for row in rows)]
    shown = []
    for inject in by_turn(rows):
        opened = {one["seat"]: clock(one["at_ms"]) for one in inject["opened"]}
        known = [opened.get(seat, "not opened" if seat in inject["to"] else "\u2013") for seat in seats]
        shown.append((reading.turn(inject["turn"]), inject["title"], inject["source"], *known, refs_of(inject)))
    columns = [
        Column("Turn", 0.9, "strong"), Column("Item", 2.2), Column("Source", 1.1),
        *(Column(reading.seat(seat), 0.8) for seat in seats), refs_column(reading, 0.8),
    ]  # fmt: skip
    note = "Time at which a seat opened the item; a dash: it was not sent to that seat."
    return [table(columns, shown, caption="What was sent, and when each seat opened it", note=note)]


WHY = {
    "unopened": "had it, unopened", "unread": "had not read", "not_shared": "was not told by",
    "weaker_estimate": "read less well than",
}  # fmt: skip


def _without(reading: Reading, found: Json) -> list[Block]:
    """Return the decisions that were taken without something, and why it was missing."""
    rows = []
    for one in by_turn(found.get("decisions", [])):
        gaps = listed([_gap(reading, gap) for gap in one["without"]], MOST_GAPS)
        orders = listed([order["label"] for order in one.get("orders") or []], 4) or str(one.get("label", ""))
        rows.append((reading.turn(one["turn"]), reading.seat(one["seat"]), orders, cell(gaps, 360), refs_of(one)))
    columns = [
        Column("Turn", 0.9, "strong"), Column("Seat", 0.9), Column("Decided", 2.2), Column("Without", 3.6),
        refs_column(reading),
    ]  # fmt: skip
    note = "It says what was not known, never that knowing it would have changed anything."
    return (
        [table(columns, rows, caption="Decisions taken without something", note=note, most=MOST_DECISIONS)]
        if rows
        else []
    )


def _gap(reading: Reading, gap: Json) -> str:
    holders = f" {reading.seats_named(gap['holders'])}" if gap["holders"] else ""
    return f"{gap['label']} ({WHY.get(gap['why'], gap['why'])}{holders})"


def signals(reading: Reading) -> list[Block]:
    """Return what statements and moves were meant as, how each seat took them, and what beliefs did."""
    rows = []
    for row in by_turn(reading.rows("perception")):
        took = "; ".join(f"{reading.seat(one['seat'])}: {one['text']}" for one in row.get("read", []))
        beliefs = "; ".join(
            f"{one['label']} {signed(one['amount'], 3)} ({one['rule']})" for one in row.get("beliefs", [])
        )
        if row.get("kind") != "statement" and not (row.get("meant") or took):
            continue
        rows.append(
            (reading.turn(row["turn"]), reading.seat(row["seat"]), cell(row["label"], 80),
             cell(row.get("meant"), 240) or "Not written down", cell(took, 360) or "Nobody wrote it down",
             cell(beliefs, 200) or "None", refs_of(row))
        )  # fmt: skip
    columns = [
        Column("Turn", 0.9, "strong"), Column("By", 0.9), Column("Signal", 1.4), Column("Meant as", 2),
        Column("Taken as", 2.2), Column("What beliefs did", 2), refs_column(reading),
    ]  # fmt: skip
    return part("Signal and perception", [table(columns, rows, most=MOST_ITEMS)] if rows else [])


def directives(reading: Reading) -> list[Block]:
    """Return what was ordered of whom and what came of it."""
    rows = [
        (reading.turn(d["turn"]), reading.seat(d["seat"]), reading.seat(d["executor"]), d["label"],
         status(d["status"]) + (f", {d['share']}" if d.get("share") else ""),
         count(d["delay"], "turn") if isinstance(d["delay"], int) and d["delay"] else str(d["delay"] or ""),
         reading.turn(d["learned_turn"]), refs_of(d))
        for d in by_turn(reading.rows("directives"))
    ]  # fmt: skip
    columns = [
        Column("Turn", 0.8, "strong"), Column("Ordered by", 0.9), Column("Carried out by", 1), Column("Directive", 2.4),
        Column("Done", 1.4), Column("Late", 0.7), Column("Learned", 0.8), refs_column(reading),
    ]  # fmt: skip
    return part("Directive to implementation", [table(columns, rows)] if rows else [])


def journals(reading: Reading) -> list[Block]:
    """Return decisions with their reasons, what was expected and what came; of many, those with words."""
    found = reading.rows("journals") or reading.rows("moves")
    told = [row for row in found if row.get("rationale") or row.get("expects")]
    rows = [
        (reading.turn(row["turn"]), reading.seat(row.get("seat")), row.get("label", ""),
         cell(row.get("rationale"), 260), cell(row.get("expects"), 200), _came(row), refs_of(row))
        for row in by_turn(told if len(found) > MOST_JOURNALS else found)
    ]  # fmt: skip
    columns = [
        Column("Turn", 0.9, "strong"), Column("Seat", 1), Column("Decision", 1.8), Column("Because", 2),
        Column("Expected", 1.4), Column("What came", 2.4), refs_column(reading, 0.9),
    ]  # fmt: skip
    return part("Decision journals", [table(columns, rows, most=MOST_JOURNALS)] if rows else [])


def _came(row: Json) -> str:
    words = moved(row)
    return cell(status(row.get("status")) + (f". {words}" if words else ""), 220)


def participation(reading: Reading) -> list[Block]:
    """Return who said, ordered, read and stayed silent how much, and how fast letters and offers were answered."""
    voices = dealings.voices(reading)
    blocks: list[Block] = [Figure(voices)] if voices is not None else []
    blocks += _shares(reading) + _responses(reading)
    silent = reading.data.get("silent_pairs") or []
    if silent:
        pairs = ", ".join(f"{reading.seat(a)} and {reading.seat(b)}" for a, b in silent)
        blocks.append(table([Column("Pairs of seats that never spoke with each other", 1)], [(pairs,)]))
    return part("Participation", blocks, intro="Counts, in the order of the seats; never a ranking.")


def _shares(reading: Reading) -> list[Block]:
    found = reading.part("participation")
    seats = [(reading.seat(row["seat"]), "", row) for row in found.get("seats", [])]
    people = [
        (listed([reading.seat(stay["seat"]) for stay in row["seats"] or []]) or sentence(str(row.get("role", ""))),
         row["display"], row)
        for row in found.get("people", [])
    ]  # fmt: skip
    columns = [
        Column("Seat", 1.2, "strong"), Column("Said", 0.6, "number"), Column("Words", 0.7, "number"),
        Column("Orders", 0.7, "number"), Column("Papers", 0.7, "number"), Column("Texts", 0.6, "number"),
        Column("Opened", 0.7, "number"), Column("Longest silence", 1.1, "number"),
        Column("Turns without a word", 1.2, "number"), refs_column(reading),
    ]  # fmt: skip
    blocks: list[Block] = []
    if seats:
        blocks.append(table(columns, [(seat, *_counts(row)) for seat, _, row in seats], caption="By seat"))
    if people:
        whole = [
            Column("Person", 1.4, "strong"),
            *(Column(c.head, c.width, c.kind if c.head != "Seat" else "text") for c in columns),
        ]
        blocks.append(
            table(whole, [(name, seat, *_counts(row)) for seat, name, row in people], caption="By person", most=200)
        )
    return blocks


def _counts(row: Json) -> tuple[str, ...]:
    counts, silence = row.get("counts") or {}, row.get("silence") or {}
    longest = (silence.get("longest") or {}).get("ms")
    numbers = [figure(counts.get(name, 0), 0) for name in ("said", "words", "orders", "papers", "texts", "opened")]
    return (*numbers, span(longest), figure(len(silence.get("turns", [])), 0) if silence else "", refs_of(row))


def _responses(reading: Reading) -> list[Block]:
    rows = [
        (reading.seat(row["seat"]), sentence(row["kind"]), figure(row["asked"], 0), figure(row["answered"], 0),
         span(row["median_ms"]), span(row["longest_ms"]), refs_of(row))
        for row in reading.part("responses").get("seats", [])
    ]  # fmt: skip
    columns = [
        Column("Seat", 1, "strong"), Column("To what", 1.2), Column("Asked", 0.7, "number"),
        Column("Answered", 0.8, "number"), Column("Middle time", 1, "number"), Column("Longest", 1, "number"),
        refs_column(reading),
    ]  # fmt: skip
    note = "Hours of play: pauses, quiet hours and the lobby do not count."
    return [table(columns, rows, caption="Response times", note=note, most=80)] if rows else []
