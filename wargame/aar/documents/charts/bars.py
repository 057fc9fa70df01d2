"""Bars from zero, and estimates with their intervals: goals, attributions, runs, participation.

Increase is solid, decrease is outlined; an interval is a line with the value as a dot; never a ranking by colour.
It reads no report.
"""

from collections.abc import Sequence

from msgspec import Struct

from wargame.aar.documents import tokens as t
from wargame.aar.documents.charts.lines import WIDTH
from wargame.aar.documents.charts.scale import Scale, Write, fitted, nice, text_width, ticks
from wargame.aar.documents.charts.svg import Drawing
from wargame.aar.documents.plain import figure

ROW = 24.0


class Bar(Struct, frozen=True):
    """A row: a value, its team if it has one, and an interval if it is an estimate."""

    label: str
    value: float
    pair: str = "ink"
    shape: str = "none"
    low: float | None = None
    high: float | None = None
    words: str = ""
    heading: bool = False


def bar_chart(label: str, rows: Sequence[Bar], *, write: Write = figure, domain: tuple[float, float] | None = None,
              unit: str = "") -> Drawing:  # fmt: skip
    """Draw one row a value. A row with `low` and `high` is drawn as a dot with its interval, else as a bar."""
    bottom = len(rows) * ROW + 8
    drawing = Drawing(WIDTH, bottom + (34 if unit else 22), label=label)
    labels = [row for row in rows if not row.heading]
    widest = max([80.0, *(text_width(row.label, 11.5) + (18 if row.shape != "none" else 0) for row in labels)])
    left = min(WIDTH * 0.42, widest + 16)
    room = max([30.0, *(text_width(_words(row, write)) + 12 for row in rows if not row.heading)])
    values = [v for row in rows if not row.heading for v in (row.value, row.low, row.high, 0.0) if v is not None]
    low, high = domain or nice(min([0.0, *values]), max([0.0, *values]) or 1.0, 5)
    x = Scale(low, high, left, WIDTH - min(room, WIDTH * 0.3))
    for tick in ticks(low, high, 5):
        drawing.line(x(tick), 0, x(tick), bottom, stroke=t.LINE_2 if tick == 0 else t.LINE)
        drawing.text(x(tick), bottom + 15, write(tick), fill=t.INK_3, anchor="middle")
    if unit:
        drawing.text((left + x.end) / 2, bottom + 30, unit, fill=t.INK_3, anchor="middle", size=10)
    for at, row in enumerate(rows):
        _row(drawing, row, x, at * ROW + ROW / 2 + 4, left, write)
    return drawing


def _words(row: Bar, write: Write) -> str:
    return row.words or write(row.value)


def _row(drawing: Drawing, row: Bar, x: Scale, y: float, left: float, write: Write) -> None:
    colour = t.team(row.pair)
    indent = 0.0
    if row.shape != "none":
        drawing.mark(6, y, row.shape, colour, 4.5)
        indent = 18
    room = WIDTH - 40 if row.heading else left - 12 - indent
    words = fitted(row.label, room, 11.5)
    look = {"fill": t.INK, "weight": 600, "halo": t.PAPER} if row.heading else {"fill": t.INK_2}
    drawing.text(indent, y + 4, words, **look)
    if row.heading:
        return
    zero, end = x(x.clamp(0)), x(x.clamp(row.value))
    beyond = max(zero, end)
    if row.low is not None and row.high is not None:
        a, b = x(x.clamp(row.low)), x(x.clamp(row.high))
        drawing.line(a, y, b, y, stroke=colour, width=2)
        for place in (a, b):
            drawing.line(place, y - 4, place, y + 4, stroke=colour, width=1.5)
        drawing.circle(end, y, 4.5, fill=colour)
        beyond = max(b, end + 4)
    elif row.value >= 0:
        drawing.rect(zero, y - 6, max(1.5, end - zero), 12, fill=colour)
    else:
        drawing.rect(end, y - 6, max(1.5, zero - end), 12, fill=t.PAPER, stroke=colour, stroke_width=1.5)
    drawing.text(beyond + 6, y + 4, _words(row, write), fill=t.INK, weight=600, halo=t.PAPER)
