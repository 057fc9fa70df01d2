"""Why one number moved: causes laid end to end. The axis is cut, so start and end are points, not bars.

The geometry is that of frontend/src/charts/Waterfall.svelte. It reads no report.
"""

from collections.abc import Sequence
from math import fsum

from wargame.aar.documents import tokens as t
from wargame.aar.documents.charts.lines import WIDTH
from wargame.aar.documents.charts.scale import Scale, airy, fitted, nice, text_width, ticks
from wargame.aar.documents.charts.svg import Drawing
from wargame.aar.documents.plain import figure, signed

ROW = 26.0
Cause = tuple[str, float]
"""Words and amount."""


def merged_small(causes: Sequence[Cause], most: int = 11) -> list[Cause]:
    """Return at most `most` causes: the smallest are one row, so that the sum stays exact and the chart readable."""
    if len(causes) <= most:
        return list(causes)
    order = sorted(range(len(causes)), key=lambda i: (-abs(causes[i][1]), i))
    kept = set(order[: most - 1])
    rest = [causes[i][1] for i in range(len(causes)) if i not in kept]
    return [*(causes[i] for i in sorted(kept)), (f"{len(rest)} smaller causes", fsum(rest))]


def waterfall_chart(
    label: str, start: tuple[str, float], end: tuple[str, float], causes: Sequence[Cause], *, digits: int = 1
) -> Drawing:
    """Draw the way from one value to another. Solid raises, outline lowers."""
    rows = merged_small(causes)
    bottom = (len(rows) + 2) * ROW + 4
    drawing = Drawing(WIDTH, bottom + 22, label=label)
    running = [start[1]]
    for _, amount in rows:
        running.append(running[-1] + amount)
    widest = max(text_width(words, 11.5) for words, _ in (start, end, *rows))
    left = min(WIDTH * 0.46, max(110.0, widest + 14))
    low, high = nice(*airy([start[1], end[1], *running], 0.12), 4)
    x = Scale(low, high, left, WIDTH - 56)
    for tick in ticks(low, high, 4):
        drawing.line(x(tick), 0, x(tick), bottom)
        drawing.text(x(tick), bottom + 15, figure(tick, 2), fill=t.INK_3, anchor="middle")
    _point(drawing, x, start, 0, left, digits)
    for at, (words, amount) in enumerate(rows):
        y = (at + 1.5) * ROW
        a, b = sorted((x(running[at]), x(running[at + 1])))
        drawing.line(x(running[at]), y - ROW + 6, x(running[at]), y - 6, stroke=t.LINE_2)
        drawing.text(0, y + 4, fitted(words, left - 12), size=11)
        width = max(1.5, b - a)
        if amount >= 0:
            drawing.rect(a, y - 6, width, 12, fill=t.INK)
        else:
            drawing.rect(a, y - 6, width, 12, fill=t.PAPER, stroke=t.INK, stroke_width=1.5)
        drawing.text(b + 6, y + 4, signed(amount, digits), weight=600, halo=t.PAPER)
    last = (len(rows) + 0.5) * ROW
    drawing.line(x(end[1]), last + 6, x(end[1]), last + ROW - 6, stroke=t.LINE_2)
    _point(drawing, x, end, len(rows) + 1, left, digits)
    return drawing


def _point(drawing: Drawing, x: Scale, point: Cause, row: int, left: float, digits: int) -> None:
    words, value = point
    y = (row + 0.5) * ROW
    drawing.line(left, y, x(value), y, stroke=t.LINE_2)
    drawing.text(0, y + 4, fitted(words, left - 12), fill=t.INK, weight=600)
    drawing.mark(x(value), y, "diamond", t.INK, 5)
    drawing.text(x(value) + 11, y + 4, figure(value, digits), fill=t.INK, weight=600, halo=t.PAPER)
