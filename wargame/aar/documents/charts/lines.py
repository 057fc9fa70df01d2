"""Values over turns: solid lines for what was, dashed with a band for what was believed, bars from zero.

The geometry is that of frontend/src/charts/LineChart.svelte. It reads no report.
"""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from wargame.aar.documents import tokens as t
from wargame.aar.documents.charts.scale import (
    Box,
    Scale,
    Write,
    airy,
    nice,
    spread,
    text_width,
    ticks,
    turn_axis,
    turn_middle,
)  # fmt: skip
from wargame.aar.documents.charts.svg import Drawing
from wargame.aar.documents.plain import figure, short

WIDTH = 690.0
LEFT, TOP, FOOT = 40.0, 18.0, 38.0


class Point(Struct, frozen=True):
    """A value at the end of a turn (0: the start of the game)."""

    turn: int
    value: float


class Line(Struct, frozen=True):
    """A line with its team. `dashed` is always what did not happen, or was only believed."""

    label: str
    points: Sequence[Point]
    pair: str = "ink"
    shape: str = "none"
    dashed: bool = False


class Range(Struct, frozen=True):
    """An interval at a turn."""

    turn: int
    low: float
    high: float


class Note(Struct, frozen=True):
    """Words at a point of a line; `brief` where there is no room for them."""

    turn: int
    value: float
    text: str
    brief: str = ""


class Plot(Struct, frozen=True):
    """What a chart over turns shows. `turns`: number and name of each; `domain`: of the values, else what they need."""

    label: str
    turns: Sequence[tuple[int, str]]
    lines: Sequence[Line] = ()
    band: Sequence[Range] = ()
    bars: Sequence[Point] = ()
    bars_label: str = ""
    threshold: tuple[float, str] | None = None
    notes: Sequence[Note] = ()
    domain: tuple[float, float] | None = None
    write: Write = figure
    height: float = 282


def line_chart(plot: Plot) -> Drawing:
    """Draw values over turns."""
    drawing = Drawing(WIDTH, plot.height, label=plot.label)
    drawn = [line for line in plot.lines if line.points]
    gutter = min(160.0, 18 + max([40.0, *(text_width(line.label) + 6 for line in drawn)]))
    x = Scale(0, max(1, len(plot.turns)), LEFT, WIDTH - gutter)
    low, high = nice(*(plot.domain or airy(_values(plot))), 5)
    y = Scale(low, high, plot.height - FOOT, TOP)
    for tick in ticks(low, high, 5):
        drawing.line(LEFT, y(tick), x.end, y(tick), stroke=t.LINE_2 if tick == low else t.LINE)
        drawing.text(LEFT - 6, y(tick) + 4, plot.write(tick), fill=t.INK_3, anchor="end")
    _bars(drawing, plot, x, y)
    if plot.band:
        up = [(x(turn_middle(r.turn)), y(r.high)) for r in plot.band]
        down = [(x(turn_middle(r.turn)), y(r.low)) for r in reversed(plot.band)]
        drawing.path(up + down, stroke="none", fill=t.BAND[0], closed=True, opacity=t.BAND[1])
    if plot.threshold is not None:
        value, words = plot.threshold
        drawing.line(LEFT, y(value), x.end, y(value), stroke=t.INK, width=1.5, dash="6 4")
        drawing.text(LEFT + 8, y(value) - 6, short(words, 90), fill=t.INK, halo=t.PAPER)
    for line in drawn:
        _line(drawing, line, x, y)
    _notes(drawing, plot, x, y)
    _ends(drawing, plot, drawn, x, y)
    turn_labels(drawing, plot.turns, x, plot.height - FOOT)
    return drawing


def _values(plot: Plot) -> list[float]:
    return [
        *(p.value for line in plot.lines for p in line.points), *(v for r in plot.band for v in (r.low, r.high)),
        *(v for bar in plot.bars for v in (0.0, bar.value)), *([plot.threshold[0]] if plot.threshold else []),
    ]  # fmt: skip


def _bars(drawing: Drawing, plot: Plot, x: Scale, y: Scale) -> None:
    width = min(28.0, (x(1) - x(0)) * 0.56)
    for bar in plot.bars:
        place, high = x(turn_middle(bar.turn)), y(y.clamp(bar.value))
        zero = y(y.clamp(0))
        tall = max(2.0 if bar.value == 0 else 3.0, abs(high - zero))
        drawing.rect(place - width / 2, min(zero, high), width, tall, fill=t.PANEL_3, stroke=t.LINE_2)
    if plot.bars and plot.bars_label:
        first = plot.bars[0]
        drawing.text(
            x(turn_middle(first.turn)) - 12, y(y.clamp(first.value)) - 5, plot.bars_label, fill=t.INK_3, halo=t.PAPER
        )


def _line(drawing: Drawing, line: Line, x: Scale, y: Scale) -> None:
    colour = t.team(line.pair)
    thick = 2.5 if line.pair == "ink" and not line.dashed else 2
    places = [(x(turn_middle(p.turn)), y(y.clamp(p.value))) for p in line.points]
    drawing.path(places, stroke=colour, width=thick, dash="5 4" if line.dashed else None)
    for point, (px, py) in zip(line.points, places, strict=True):
        if point.turn > 0 or len(places) == 1:
            drawing.mark(px, py, line.shape if len(places) > 1 or line.shape != "none" else "circle", colour)


def _notes(drawing: Drawing, plot: Plot, x: Scale, y: Scale) -> None:
    """Write at most three notes, each where it touches no other and no line runs through it."""
    segments = [
        ((x(turn_middle(a.turn)), y(a.value)), (x(turn_middle(b.turn)), y(b.value)))
        for line in plot.lines
        for a, b in pairwise(line.points)
    ]
    taken: list[Box] = []
    for note in plot.notes[:3]:
        px, py = x(turn_middle(note.turn)), y(note.value)
        drawing.circle(px, py, 4, fill=t.PAPER, stroke=t.INK)
        tries = [(short(note.text, 46), place) for place in _around(px, py)]
        tries += [(note.brief, place) for place in _around(px, py) if note.brief]
        costs = [_cost(place, text_width(words), segments, taken, x, y) for words, place in tries]
        words, (tx, ty, anchor) = tries[min(range(len(tries)), key=lambda i: (costs[i], i))]
        taken.append(_box(tx, ty, anchor, text_width(words)))
        drawing.text(tx, max(11, ty), words, fill=t.INK, anchor=anchor, halo=t.PAPER)


def _around(x: float, y: float) -> list[tuple[float, float, str]]:
    """Return the places words may stand in beside a point."""
    return [
        (x + 10, y - 9, "start"), (x + 10, y + 17, "start"), (x - 10, y - 9, "end"), (x - 10, y + 17, "end"),
        (x, y - 13, "middle"), (x, y + 21, "middle"),
    ]  # fmt: skip


def _box(x: float, y: float, anchor: str, width: float) -> Box:
    left = x - {"start": 0.0, "end": width, "middle": width / 2}[anchor]
    return Box(left, left + width, y - 10, y + 3)


def _cost(
    place: tuple[float, float, str], width: float, segments: list[tuple[tuple[float, float], tuple[float, float]]],
    taken: list[Box], x: Scale, y: Scale,
) -> int:  # fmt: skip
    box = _box(*place, width)
    outside = box.left < x.start or box.right > x.end + 4 or box.top < 0 or box.bottom > y.start
    crossed = 0
    for (ax, ay), (bx, by) in segments:
        crossed += any(
            Box(cx - 1, cx + 1, cy - 1, cy + 1).meets(box)
            for step in range(13)
            for cx, cy in [(ax + (bx - ax) * step / 12, ay + (by - ay) * step / 12)]
        )
    return 100 * outside + 50 * any(box.meets(other) for other in taken) + 4 * crossed


def _ends(drawing: Drawing, plot: Plot, drawn: Sequence[Line], x: Scale, y: Scale) -> None:
    ends = [line.points[-1] for line in drawn]
    places = spread([y(y.clamp(p.value)) for p in ends], 27, TOP + 8, plot.height - FOOT - 8)
    for line, end, place in zip(drawn, ends, places, strict=True):
        px, py, colour = x(turn_middle(end.turn)), y(y.clamp(end.value)), t.team(line.pair)
        if abs(place - py) > 8:
            drawing.line(px + 6, py, x.end + 4, place - 3, stroke=t.LINE_2)
        drawing.text(x.end + 7, place - 1, line.label, fill=colour, weight=600, halo=t.PAPER)
        drawing.text(x.end + 7, place + 12, plot.write(end.value), fill=colour, weight=600, halo=t.PAPER)


def turn_labels(drawing: Drawing, turns: Sequence[tuple[int, str]], x: Scale, y: float, height: float = 30) -> None:
    """Write the short name below each turn, the year once, and a rule where a year begins."""
    names = turn_axis(turns)
    slot = x(1) - x(0)
    widest = max([30.0, *(text_width(short(name.short, 24)) + 8 for name in names)])
    every = max(1, -(-int(widest * 100) // max(1, int(slot * 100))))
    for at, name in enumerate(names):
        if name.year:
            if at:
                drawing.line(x(at), y, x(at), y + height, stroke=t.LINE_2)
            drawing.text(x(at) + 3, y + 28, name.year, weight=600)
        if at % every == 0:
            drawing.text(x(at + 0.5), y + 14, short(name.short, 24), fill=t.INK_3, anchor="middle")
