"""Charts of what was possible and what was done: bargaining maps, the gap, goals, who spoke, questions and lenses.

Owns their titles, subtitles, sources and tables. A section that a view does not have makes no chart.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from wargame.aar.documents.charts.bargaining import Map, Offer, Spot, bargaining_chart
from wargame.aar.documents.charts.bars import Bar, bar_chart
from wargame.aar.documents.charts.course import points
from wargame.aar.documents.charts.lines import Line, Plot, Point, line_chart
from wargame.aar.documents.charts.svg import charted
from wargame.aar.documents.model import Chart
from wargame.aar.documents.plain import count, figure, percent, sentence, short, signed
from wargame.aar.documents.reading import Json, Reading

HELD = "In this model, holding the other players' orders fixed"
"""The wording rule of every counterfactual (docs/adr/0107-counterfactuals.md)."""


def side(label: str) -> str:
    """Return the words of an axis without what the axis says anyway."""
    return label.removesuffix(", over waiting")


def bargaining_maps(reading: Reading) -> Iterator[Chart]:
    """Yield the map of every turn."""
    for drawn in reading.rows("map"):
        yield bargaining_map(reading, drawn)


def bargaining_map(reading: Reading, drawn: Json) -> Chart:
    """Return one turn's map."""
    when = drawn["label"] or reading.turn(drawn["turn"])
    exists = (drawn.get("zopa") or 0) > 0
    was = "a deal both preferred to waiting was there" if exists else "no package beat waiting for both"
    title = f"{when}: {was}"
    offers = [
        Offer(o["x"], o["y"], f"v{o['version']}", o["label"] or o["status"], reading.pair(o["author"]),
              reading.shape(o["author"]))
        for o in drawn["offers"]
    ]  # fmt: skip
    spots = {name: Spot(p["x"], p["y"], p["label"]) if (p := drawn.get(name)) else None for name in ("fair", "nearest")}
    chart = bargaining_chart(
        Map(
            f"{title}.", side(drawn["x"]["label"]), side(drawn["y"]["label"]), [(a, b) for a, b in drawn["packages"]],
            drawn.get("zopa"), [(a, b) for a, b in drawn["frontier"]],
            [(a, b) for a, b in drawn.get("frontier_alt") or []], offers, spots["fair"], spots["nearest"],
        )
    )  # fmt: skip
    dashed = f" Dashed: {drawn['alt_label'].lower()}." if drawn.get("frontier_alt") else ""
    gap = drawn.get("gap")
    return charted(
        f"30-map-{drawn['turn']:02d}", title,
        "Each dot is a package that law and votes allowed, by its worth to both leaders against waiting. Solid line: "
        f"best available that day.{dashed}",
        f"{drawn['feasible']:,} feasible packages of {drawn['total']:,}"
        + ("" if gap is None else f". Gap to a deal {signed(gap, 3)}"),
        chart, ("Offer", "Author", side(drawn["x"]["label"]), side(drawn["y"]["label"]), "Outcome"),
        [
            (f"{o['label'] or o['offer']}, version {o['version']}", reading.seat(o["author"]), round(o["x"], 4),
             round(o["y"], 4), sentence(o["status"]))
            for o in drawn["offers"]
        ],
    )  # fmt: skip


def gap(reading: Reading) -> Chart | None:
    """Return how far from a deal both sides were, turn by turn."""
    rows = [row for row in reading.rows("map") if row.get("gap") is not None]
    if not rows:
        return None
    issues = [Point(row["turn"], row["gap"]) for row in rows]
    whole = [Point(row["turn"], row["catalogue"]["gap"]) for row in rows if row.get("catalogue")]
    there = sum(point.value >= 0 for point in (whole or issues))
    title = f"A deal was there in {there} of {count(len(rows), 'turn')}"
    lines = [Line("issues alone", issues), *([Line("all clauses", whole, "est", "none")] if whole else [])]
    plot = Plot(
        label=f"{title}.", turns=reading.axis(), lines=lines, threshold=(0.0, "Above: a text both prefer to waiting"),
        write=lambda v: signed(v, 2), height=250,
    )  # fmt: skip
    by_turn = {point.turn: point.value for point in whole}
    return charted(
        "31-gap", title, "Worth of the best package to its worse-off side, against waiting.",
        "Exact analysis of the world as each turn began", line_chart(plot),
        ("Turn", "Gap, issues alone", "Gap, side clauses included"),
        [(reading.turn(p.turn), round(p.value, 4), by_turn.get(p.turn)) for p in issues],
    )  # fmt: skip


def goals(reading: Reading) -> Chart | None:
    """Return how far each seat got with each of its goals; never added across teams."""
    last: dict[str, Json] = {}
    for row in reading.rows("scores"):
        if row["seat"] not in last or last[row["seat"]]["turn"] < row["turn"]:
            last[row["seat"]] = row
    order = [seat["id"] for seat in reading.seats if seat["id"] in last]
    if not order:
        return None
    bars: list[Bar] = []
    for seat in order:
        bars.append(Bar(reading.seat(seat), 0, reading.pair(seat), reading.shape(seat), heading=True))
        bars += [
            Bar(short(words, 46), value, reading.pair(seat)) for words, value in last[seat]["goals"].items()
        ]  # fmt: skip
    title = "How far each seat got with its own goals"
    return charted(
        "40-goals", title, "0\u2013100, as the briefs weigh them. Goals of different teams are never added.",
        "Scoring rules of the case", bar_chart(f"{title}.", bars, domain=(0, 100)), ("Seat", "Goal", "Value"),
        [(reading.seat(seat), words, round(v, 2)) for seat in order for words, v in last[seat]["goals"].items()],
    )  # fmt: skip


def voices(reading: Reading) -> Chart | None:
    """Return how much each seat said and ordered: counts in the order of the seats, never a ranking."""
    said: dict[str, int] = {}
    ordered: dict[str, int] = {}
    for row in reading.rows("messages"):
        said[row["seat"]] = said.get(row["seat"], 0) + 1
    for row in reading.rows("moves"):
        ordered[row["seat"]] = ordered.get(row["seat"], 0) + 1
    seats = [seat["id"] for seat in reading.seats]
    if not said:
        return None
    bars = [
        Bar(
            reading.seat(seat), said.get(seat, 0), reading.pair(seat), reading.shape(seat),
            words=f"{said.get(seat, 0)} said, {ordered.get(seat, 0)} ordered",
        )
        for seat in seats
    ]  # fmt: skip
    title = f"{count(sum(said.values()), 'message')} and {count(sum(ordered.values()), 'order')} in all"
    return charted(
        "41-voices", title, "Bars: messages and letters by seat, in the order of the seats.", "Game log",
        bar_chart(f"{title}.", bars, write=lambda v: figure(v, 0)), ("Seat", "Messages", "Orders"),
        [(reading.seat(seat), said.get(seat, 0), ordered.get(seat, 0)) for seat in seats],
    )  # fmt: skip


def goldstein(reading: Reading) -> Chart | None:
    """Return cooperation and conflict by side on Goldstein's scale."""
    sides: dict[str, list[Json]] = {}
    for row in reading.rows("escalation"):
        for one, value in (row.get("goldstein_by_lane") or {}).items():
            sides.setdefault(one, []).append({"turn": row["turn"], "value": value})
    if not sides:
        return None
    lanes = {lane["id"]: lane for lane in reading.data["lanes"]}
    lines = [
        Line(lanes[one]["label"], points(values), lanes[one]["pair"], lanes[one]["glyph"])
        for one, values in sides.items()
        if one in lanes and values
    ]
    if not lines:
        return None
    title = "What each team carried out, from conflict to cooperation"
    ends = [0.0, *(point.value for line in lines for point in line.points)]
    plot = Plot(
        label=f"{title}.",
        turns=reading.axis(),
        lines=lines,
        domain=(min(ends), max(ends)),
        write=lambda v: signed(v, 1),
    )
    by_line = [{p.turn: p.value for p in line.points} for line in lines]
    return charted(
        "05-goldstein", title,
        "Weights on Goldstein\u2019s scale of the moves carried out in a turn, added up. Below 0: conflict.",
        "Goldstein (1992), by the event code of each move",
        line_chart(plot),
        ("Turn", *(line.label for line in lines)),
        [(reading.turn(turn), *(b.get(turn) for b in by_line)) for turn in sorted({t for b in by_line for t in b})],
    )  # fmt: skip


def paths(reading: Reading) -> Iterator[Chart]:
    """Yield the headline variables of the game beside the recorded path, those that left it furthest first."""
    found = [one for one in reading.part("history").get("paths", []) if one["game"] and one["record"]]
    ordered = sorted(found, key=lambda one: (-abs((one.get("furthest") or {}).get("apart") or 0), one["variable"]))
    for one in ordered:
        game, record = points(one["game"]), points(one["record"])
        furthest = one.get("furthest") or {}
        apart = furthest.get("apart")
        title = f"{sentence(one['label'])} beside the record"
        if apart is not None:
            when = reading.turn(furthest["turn"])
            title = f"{sentence(one['label'])} stood {figure(abs(apart), 1)} off the record in {when}"
        plot = Plot(
            label=f"{title}.", turns=reading.axis(), height=250,
            lines=[
                Line("on record", [p for p in record if p.turn <= len(reading.turns)], "est", "none", True),
                Line("this game", game),
            ],
        )  # fmt: skip
        by_turn = {p.turn: p.value for p in record}
        cites = sorted({point["cites"] for point in one["record"] if point.get("cites")})
        yield charted(
            f"35-record-{one['variable']}", title, "Solid: this game. Dashed: the recorded path.", "; ".join(cites),
            line_chart(plot), ("Turn", "This game", "On record"),
            [(reading.turn(p.turn), round(p.value, 4), by_turn.get(p.turn)) for p in game],
        )  # fmt: skip


# --- counterfactuals --------------------------------------------------------------------------
def question_charts(questions: Json | None) -> Iterator[Chart]:
    """Yield a chart for every question that has runs: what each change did, with its interval."""
    for at, question in enumerate((questions or {}).get("questions", []), start=1):
        chart = question_chart(question, at)
        if chart is not None:
            yield chart


def question_chart(question: Json, number: int) -> Chart | None:
    """Return the runs of one question; shares are drawn if there are any, else the other outcomes: one unit a chart."""
    outcomes = [(run, one) for run in question.get("runs", []) for one in run.get("outcomes", [])]
    shares = [pair for pair in outcomes if pair[1]["share"]]
    drawn = shares or outcomes
    if not drawn:
        return None
    bars: list[Bar] = []
    for label, group in groupby(drawn, key=lambda pair: pair[0]["label"]):
        bars.append(Bar(short(label, 70), 0, heading=True))
        bars += [
            Bar(short(one["label"], 46), one["delta"], low=interval(one)[0], high=interval(one)[1], words=_change(one))
            for _, one in group
        ]  # fmt: skip
    title = short(question["title"], 120)
    scale = 100 if shares else 1
    widest = max(abs(value) * scale for _, one in drawn for value in (one["delta"], *interval(one)))

    def write(value: float) -> str:
        return signed(value * scale, 0 if widest >= 5 else 2 if widest < 1 else 1)

    return charted(
        f"50-question-{number}", title, f"{HELD}. Dots: change against the game as played; lines: {INTERVALS}.",
        f"{span([one['pairs'] for _, one in drawn])} on the same dice",
        bar_chart(f"{title}.", bars, write=write, unit="percentage points" if shares else "change"),
        ("Run", "Outcome", "Played", "Changed", "Difference", "Low", "High", "Pairs"),
        [
            (run["label"], one["label"], one["original"], one["changed"], one["delta"], *interval(one), one["pairs"])
            for run, one in outcomes
        ],
    )  # fmt: skip


def span(pairs: Sequence[int]) -> str:
    """Say over how many paired runs some numbers were had; "" over none."""
    if not pairs:
        return ""
    least, most = min(pairs), max(pairs)
    return count(most, "paired run") if least == most else f"{least:,} to {most:,} paired runs"


INTERVALS = "90 % interval of the mean for shares, the span of nine differences in ten for other numbers"


def interval(one: Json) -> tuple[float, float]:
    """Return the interval of a difference: of a share the interval of its mean, else where nine in ten lie."""
    if one["share"] and "mean_low" in one:
        return one["mean_low"], one["mean_high"]
    return one["low"], one["high"]


def _change(one: Json) -> str:
    write = percent if one["share"] else figure
    return f"{write(one['original'])} \u2192 {write(one['changed'])}"


MOST_LENSED = 8
"""Outcomes drawn with the shares of the lenses: those that hang on them most; the table behind has all."""


def lens_charts(lenses: Json | None) -> Iterator[Chart]:
    """Yield what each lens added to each outcome: Shapley values, shares and other numbers in a chart each."""
    found = lenses or {}
    for at, share in enumerate((True, False), start=1):
        drawn = [one for one in found.get("outcomes", []) if one["share"] == share]
        if drawn:
            yield _lens_chart(found, drawn, at, share=share)


def _lens_chart(found: Json, drawn: list[Json], number: int, *, share: bool) -> Chart:
    labels = found["labels"]
    scale = 100 if share else 1
    most = sorted(drawn, key=lambda one: (-max(abs(part["value"]) for part in one["lenses"].values()), one["id"]))
    bars: list[Bar] = []
    for one in most[:MOST_LENSED]:
        bars.append(Bar(one["label"], 0, heading=True))
        bars += [
            Bar(labels.get(lens, lens), part["value"] * scale, low=part["low"] * scale, high=part["high"] * scale)
            for lens, part in sorted(one["lenses"].items())
        ]
    title = "What each lens added to shares and chances" if share else "What each lens added to the other outcomes"
    return charted(
        f"60-lenses-{number}", title, f"{HELD}. Shapley value of each lens; lines: where it lies in nine runs in ten.",
        f"{span([one['runs'] for one in most[:MOST_LENSED]])} under every set of lenses",
        bar_chart(f"{title}.", bars, write=lambda v: signed(v, 1), unit="percentage points" if share else "points"),
        ("Outcome", "Lens", "Share", "Low", "High", "Runs"),
        [
            (one["label"], labels.get(lens, lens), part["value"], part["low"], part["high"], one["runs"])
            for one in drawn
            for lens, part in sorted(one["lenses"].items())
        ],
    )  # fmt: skip
