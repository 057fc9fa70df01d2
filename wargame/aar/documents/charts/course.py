"""Charts of how the game went: strain, timeline, trust, risk, causes and variables.

Owns their titles (the finding), subtitles (units and encoding), sources and the table behind each. A section that a
view does not have makes no chart. The drawing itself is done by the modules beside this one.
"""

from collections.abc import Callable, Iterator, Sequence

from wargame.aar.documents.charts.lines import Line, Note, Plot, Point, Range, line_chart
from wargame.aar.documents.charts.svg import charted
from wargame.aar.documents.charts.timeline import Happening, Lane, timeline_chart
from wargame.aar.documents.charts.waterfall import waterfall_chart
from wargame.aar.documents.model import Chart
from wargame.aar.documents.plain import figure, lower, percent, sentence, signed, small_percent
from wargame.aar.documents.reading import SHAPES, Json, Reading


def course(label: str, values: Sequence[Point], name: Callable[[int], str], write: Callable[[float], str]) -> str:
    """Return the course of a line in one sentence: where it peaked or fell to, and where it ended."""
    if not values:
        return label
    first, last = values[0], values[-1]
    top, low = max(values, key=lambda p: (p.value, -p.turn)), min(values, key=lambda p: (p.value, p.turn))

    def when(turn: int) -> str:
        return "at the start" if turn <= 0 else f"in {name(turn)}"

    room = max(1e-9, top.value - low.value)
    if top.value - max(first.value, last.value) > 0.15 * room:
        return f"{label} peaked at {write(top.value)} {when(top.turn)} and ended at {write(last.value)}"
    if min(first.value, last.value) - low.value > 0.15 * room:
        return f"{label} fell to {write(low.value)} {when(low.turn)} and ended at {write(last.value)}"
    if write(first.value) == write(last.value):
        return f"{label} ended where it began, at {write(last.value)}"
    return f"{label} {'rose' if last.value > first.value else 'fell'} from {write(first.value)} to {write(last.value)}"


def points(values: Sequence[Json]) -> list[Point]:
    """Return values by turn as points."""
    return [Point(int(v["turn"]), float(v["value"])) for v in values if v.get("value") is not None]


def whole(value: float) -> str:
    """Return a value without decimals."""
    return figure(value, 0)


# --- the one that heads the report ------------------------------------------------------------
def strain(reading: Reading, *, height: float = 282) -> Chart | None:
    """Return the strain of the case over the turns with the escalation points of what was carried out."""
    variable = next((v for v in reading.rows("variables") if v["id"] == reading.game.get("strain")), None)
    if variable is None:
        return None
    line, _ = lines_of(reading, variable, reading.data["view"])
    values = next((one.points for one in line if one.label in ("Truth", variable["label"])), None)
    values = values or (line[0].points if line else [])
    if not values:
        return None
    bars = [Point(row["turn"], row["points"]) for row in reading.rows("escalation") if "points" in row]
    title = course(variable["label"], values, reading.turn, whole)
    plot = Plot(
        label=f"{title}.", turns=reading.axis(), lines=[Line(variable["label"], values)], bars=bars,
        bars_label="points" if bars else "", notes=_turning_notes(reading, variable["id"], values),
        domain=(0, max([100.0, *(bar.value for bar in bars)])), write=whole, height=height,
    )  # fmt: skip
    by_turn = {bar.turn: bar.value for bar in bars}
    also = " Bars: escalation points of the moves carried out in that turn." if bars else ""
    return charted(
        "01-strain", title, f"Line: {lower(variable['label'])}, 0\u2013100.{also}", "Game log and causal ledger",
        line_chart(plot), ("Turn", variable["label"], "Escalation points"),
        [(reading.turn(p.turn), round(p.value, 1), by_turn.get(p.turn)) for p in values],
    )  # fmt: skip


def _turning_notes(reading: Reading, variable: str, values: Sequence[Point]) -> list[Note]:
    """Return notes at the top, at the lowest point after it and at the end, with the largest cause of each."""
    if len(values) < 3:
        return []
    top = max(values, key=lambda p: (p.value, -p.turn))
    after = [p for p in values if p.turn > top.turn]
    low = min(after, key=lambda p: (p.value, p.turn)) if after else None
    wanted = [top, *([low] if low and top.value - low.value > 8 else [])]
    if values[-1] not in wanted and low and values[-1].value - low.value > 8:
        wanted.append(values[-1])
    ledger = {row["turn"]: row for row in reading.rows("ledger") if row["variable"] == variable}
    notes = []
    for point in wanted:
        if point.turn <= 0:
            continue
        change = ledger.get(point.turn)
        up = change is not None and change["after"] >= change["before"]
        causes = sorted((c for c in causes_of(change) if (c[1] > 0) == up) if change else [], key=lambda c: -abs(c[1]))
        value = whole(point.value)
        notes.append(Note(point.turn, point.value, value + (f", {causes[0][0]}" if causes else ""), value))
    return notes


def causes_of(change: Json) -> list[tuple[str, float]]:
    """Return the causes of a change in the order of the ledger, rows of one rule and order taken together."""
    found: dict[tuple[str, str], float] = {}
    for row in change["rows"]:
        key = (row["label"] or row["rule"], row["rule"])
        found[key] = found.get(key, 0.0) + row["amount"]
    return [(label, amount) for (label, _), amount in found.items() if abs(amount) >= 0.005]


def timeline(reading: Reading) -> Chart | None:
    """Return the timeline by team."""
    marks = [mark for mark in reading.rows("timeline") if mark["kind"] != "message"]
    if not marks:
        return None
    lanes = [
        Lane(lane["id"], lane["label"], lane["pair"], lane["glyph"] if lane["glyph"] in SHAPES else "circle")
        for lane in reading.data["lanes"]
    ]
    taken: dict[str, float] = {}
    happenings = []
    for mark in sorted(marks, key=lambda m: (m["turn"], m["frac"], m["seq"])):
        place = max(0, mark["turn"] - 1) + min(1.0, max(0.0, mark["frac"]))
        at = min(max(place, taken.get(mark["lane"], -1) + 0.07), max(place, mark["turn"] - 0.03))
        taken[mark["lane"]] = at
        happenings.append(Happening(at, mark["lane"], mark["kind"], mark["severity"], mark["label"]))
    label = {lane.id: lane.label for lane in lanes}
    sharp = sum(mark["severity"] == "raises_sharply" for mark in marks)
    title = f"{len(marks)} marks on the timeline, {sharp} of them a sharp step up"
    return charted(
        "02-timeline", title, "A lane a team. Fill and size carry severity; diamonds are Control's.", "Game log",
        timeline_chart(f"Timeline. {title}.", reading.axis(), lanes, happenings),
        ("Turn", "Team", "Kind", "Severity", "What", "Words"),
        [
            (reading.turn(m["turn"]), label.get(m["lane"], m["lane"]), m["kind"], m["severity"].replace("_", " "),
             m["label"], m["text"])
            for m in marks
        ],
    )  # fmt: skip


def trust(reading: Reading) -> Chart | None:
    """Return the parties' belief in each other."""
    part = reading.part("trust")
    series = [s for s in part.get("series", []) if s["values"]]
    if not series:
        return None
    limit = part.get("threshold")
    lines = [Line(s["label"], points(s["values"]), reading.pair(s["seat"]), reading.shape(s["seat"])) for s in series]
    ends = [line.points[-1].value for line in lines if line.points]
    every = [p.value for line in lines for p in line.points]
    if limit and all(value < limit["value"] for value in every):
        title = "Neither side came near believing the other"
    else:
        title = f"Belief in the other side ended at {' and '.join(percent(e) for e in ends)}"
    top = max([*every, limit["value"] if limit else 0.0, 0.01]) * 1.12
    plot = Plot(
        label=f"{title}.", turns=reading.axis(), lines=lines, domain=(0, min(1.0, top)), write=percent,
        threshold=(limit["value"], limit["text"]) if limit else None,
    )  # fmt: skip
    known = "Ground truth; players saw only their own." if reading.truth else "As this seat knew it."
    turns = sorted({p.turn for line in lines for p in line.points})
    by_line = [{p.turn: p.value for p in line.points} for line in lines]
    return charted(
        "03-trust", title, f"Belief that the other would honour a deal. {known}", "Belief ledger", line_chart(plot),
        ("Turn", *(line.label for line in lines)),
        [(reading.turn(turn), *(round(b[turn], 4) if turn in b else None for b in by_line)) for turn in turns],
    )  # fmt: skip


def risk(reading: Reading) -> Chart | None:
    """Return the danger carried: chance of war a turn and so far."""
    rows = [row for row in reading.rows("risk") if "cum_war" in row]
    if not rows:
        return None
    so_far = [Point(row["turn"], row["cum_war"]) for row in rows]
    title = f"The chance of war carried came to {small_percent(so_far[-1].value)}"
    plot = Plot(
        label=f"{title}.", turns=reading.axis(), lines=[Line("so far", so_far)],
        bars=[Point(row["turn"], row["p_war"]) for row in rows], bars_label="in the turn",
        domain=(0, max(0.001, so_far[-1].value) * 1.1), write=small_percent,
    )  # fmt: skip
    return charted(
        "04-risk", title, "Line: chance that war had broken out by then. Bars: in that turn. Risk, not luck.",
        "Engine's hazards, before the dice", line_chart(plot), ("Turn", "Clash", "War", "War so far"),
        [(reading.turn(r["turn"]), r["p_clash"], r["p_war"], r["cum_war"]) for r in rows],
    )  # fmt: skip


def waterfalls(reading: Reading) -> Iterator[Chart]:
    """Yield why the strain of the case moved, a turn each."""
    for change in reading.rows("ledger"):
        if change["variable"] == reading.game.get("strain"):
            yield waterfall(reading, change)


def waterfall(reading: Reading, change: Json) -> Chart:
    """Return the waterfall of one change of one variable."""
    delta = change["after"] - change["before"]
    name, when = lower(change["label"]), reading.turn(change["turn"])
    moved = "stood still" if abs(delta) < 0.05 else "rose" if delta > 0 else "fell"
    causes, digits = causes_of(change), 2 if abs(delta) < 1 else 1
    title = f"Why {name} {moved} in {when}"
    drawing = waterfall_chart(
        f"{title}: from {figure(change['before'], 1)} to {figure(change['after'], 1)}.",
        (f"Start of {when}", change["before"]), (f"End of {when}", change["after"]), causes, digits=digits,
    )  # fmt: skip
    adds = "1 cause adds" if len(causes) == 1 else f"{len(causes)} causes add"
    ruled = ", includes a ruling" if any(row["cause"] == "override" for row in change["rows"]) else ""
    return charted(
        f"10-why-{change['variable']}-{change['turn']:02d}", title,
        f"{adds} up to {signed(delta, digits)}. Solid raises, outline lowers.", f"Causal ledger, sums exact{ruled}",
        drawing, ("Cause", "Rule", "Amount", "Said to players"),
        [("Value before", "", round(change["before"], 4), ""),
         *((row["label"], row["rule"], round(row["amount"], 4), row["say"]) for row in change["rows"]),
         ("Value after", "", round(change["after"], 4), "")],
    )  # fmt: skip


# --- variables --------------------------------------------------------------------------------
def lines_of(reading: Reading, variable: Json, seat: str) -> tuple[list[Line], list[Range]]:
    """Return the lines of a variable: the truth where the view has it, and what a seat was told.

    An estimate made at the start of a turn speaks of the end of the turn before: there it is drawn.
    """
    lines, band = [], []
    told = [e for e in variable["estimates"].get(seat, []) if e["mode"] != "band" and e["value"] is not None]
    exact = bool(told) and all(e["mode"] == "exact" for e in told)
    truth = points(variable.get("truth") or [])
    if told and (not exact or not truth):
        words = f"{reading.seat(seat)} reads" if exact else f"{reading.seat(seat)}: estimate"
        at = [Point(e["turn"] - 1, float(e["value"])) for e in told]
        lines.append(Line(words, at, "ink" if exact else "est", "none", not exact))
        if not exact:
            band = [Range(e["turn"] - 1, e["low"], e["high"]) for e in told if e["low"] is not None]
    if truth:
        lines.append(Line("Truth", truth))
    return lines, band


def variables(reading: Reading) -> Iterator[Chart]:
    """Yield every variable with the estimate of the seat that read it least exactly, or with none."""
    for variable in sorted(reading.rows("variables"), key=lambda v: (v["order"], v["id"])):
        if variable["id"] == reading.game.get("strain"):
            continue
        seats = [seat["id"] for seat in reading.seats if variable["estimates"].get(seat["id"])]
        noisy = [s for s in seats if any(e["mode"] == "estimate" for e in variable["estimates"][s])]
        seat = (noisy or seats or [""])[0]
        lines, band = lines_of(reading, variable, seat)
        if lines:
            yield _variable(reading, variable, seat, lines, band)


def _variable(reading: Reading, variable: Json, seat: str, lines: list[Line], band: list[Range]) -> Chart:
    main = next((line for line in lines if line.label == "Truth"), lines[0])
    fine = variable["high"] - variable["low"] <= 2

    def write(value: float) -> str:
        return figure(value, 2 if fine else 1)

    title = course(sentence(variable["label"]), main.points, reading.turn, write)
    told = {e["turn"]: e for e in variable["estimates"].get(seat, [])}
    truth = {p["turn"]: p["value"] for p in variable.get("truth") or []}
    unit = f"{variable['unit']}. " if variable["unit"] else ""
    solid = "Solid: truth. " if truth else ""
    dashed = f"Dashed with band: what {reading.seat(seat)} was told, at the start of each turn." if band else ""
    return charted(
        f"20-{variable['id']}", title, f"{unit}{solid}{dashed}".strip(), "Stored estimates and ledger",
        line_chart(Plot(label=f"{title}.", turns=reading.axis(), lines=lines, band=band, height=250, write=write)),
        ("At the start of", "Truth", "Estimate", "Low", "High", "Confidence"),
        [
            (turn["label"], truth.get(turn["turn"] - 1),
             *(told.get(turn["turn"], {}).get(k) for k in ("value", "low", "high", "confidence")))
            for turn in reading.turns
        ],
    )  # fmt: skip
