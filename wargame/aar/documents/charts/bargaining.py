"""Was a deal there: feasible packages by their worth to two sides against waiting, the best available, the offers.

The geometry is that of frontend/src/charts/NegotiationMap.svelte. It reads no report.
"""

from collections.abc import Sequence

from msgspec import Struct

from wargame.aar.documents import tokens as t
from wargame.aar.documents.charts.lines import WIDTH
from wargame.aar.documents.charts.scale import Box, Scale, airy, clear, nice, text_width, ticks
from wargame.aar.documents.charts.svg import Drawing
from wargame.aar.documents.plain import short, signed

LEFT, TOP, HEIGHT = 64.0, 14.0, 400.0
Pair = tuple[float, float]
DOTS = 400
"""Packages drawn at most: enough to see the shape of the set, few enough for a slide to stay small."""


class Offer(Struct, frozen=True):
    """A version on the table, placed by its worth to both sides."""

    x: float
    y: float
    label: str
    note: str
    pair: str
    shape: str


class Spot(Struct, frozen=True):
    """A package worth pointing out."""

    x: float
    y: float
    label: str


class Map(Struct, frozen=True):
    """What is drawn. `both`: how many packages beat waiting for both."""

    label: str
    x_label: str
    y_label: str
    packages: Sequence[Pair]
    both: int | None
    frontier: Sequence[Pair]
    alternative: Sequence[Pair] = ()
    offers: Sequence[Offer] = ()
    fair: Spot | None = None
    nearest: Spot | None = None


def bargaining_chart(drawn: Map) -> Drawing:
    """Draw one turn's map."""
    drawing = Drawing(WIDTH, HEIGHT, label=drawn.label)
    x, y = _frame(drawn)
    _ground(drawing, drawn, x, y)
    shown = [p for p in drawn.packages if _inside(p, x, y)]
    for a, b in shown[:: max(1, -(-len(shown) // DOTS))]:
        drawing.circle(x(a), y(b), 1.7, fill=t.INK_3, opacity=0.42)
    drawing.path([(x(a), y(b)) for a, b in drawn.frontier if _inside((a, b), x, y)], stroke=t.INK, width=2)
    drawing.path(
        [(x(a), y(b)) for a, b in drawn.alternative if _inside((a, b), x, y)], stroke=t.TEAM["est"], dash="6 4"
    )
    if len(drawn.offers) > 1:
        way = [(x(x.clamp(o.x)), y(y.clamp(o.y))) for o in drawn.offers]
        drawing.path(way, stroke=t.INK, width=1, dash="2 3")
    taken = _offers(drawing, drawn, x, y)
    _spots(drawing, drawn, x, y, taken)
    return drawing


def _frame(drawn: Map) -> tuple[Scale, Scale]:
    """Return the axes: what was possible sets them; an offer far from it is drawn at the edge with its value."""
    fair = [(drawn.fair.x, drawn.fair.y)] if drawn.fair else []
    points = [*drawn.frontier, *drawn.alternative, *fair, (0.0, 0.0), *drawn.packages]

    def trimmed(at: int) -> list[float]:
        values = sorted(p[at] for p in points)
        low = values[int(len(values) * 0.1)]
        return [*(v for v in values if v >= low), 0.0]

    across, up = nice(*airy(trimmed(0)), 10), nice(*airy(trimmed(1)), 10)
    return Scale(*across, LEFT, WIDTH - 18), Scale(*up, HEIGHT - 46, TOP)


def _inside(point: Pair, x: Scale, y: Scale) -> bool:
    return x.holds(point[0]) and y.holds(point[1])


def _ground(drawing: Drawing, drawn: Map, x: Scale, y: Scale) -> None:
    bottom, right = y.start, x.end
    drawing.rect(x(0), TOP, right - x(0), y(0) - TOP, fill=t.OK_WASH)
    for tick in ticks(x.low, x.high, 6):
        drawing.line(x(tick), TOP, x(tick), bottom)
        drawing.text(x(tick), bottom + 15, signed(tick, 2), fill=t.INK_3, anchor="middle")
    for tick in ticks(y.low, y.high, 5):
        drawing.line(LEFT, y(tick), right, y(tick))
        drawing.text(LEFT - 6, y(tick) + 4, signed(tick, 2), fill=t.INK_3, anchor="end")
    drawing.line(x(0), TOP, x(0), bottom, stroke=t.INK, width=1.2)
    drawing.line(LEFT, y(0), right, y(0), stroke=t.INK, width=1.2)
    drawing.text(right - 8, TOP + 16, "Both beat waiting", fill=t.OK, weight=600, anchor="end", halo=t.OK_WASH)
    if drawn.both is not None:
        words = f"{drawn.both:,} packages" if drawn.both != 1 else "1 package"
        drawing.text(right - 8, TOP + 30, words, fill=t.OK, anchor="end", halo=t.OK_WASH)
    side = ": better or worse than waiting"
    drawing.text((LEFT + right) / 2, HEIGHT - 8, short(drawn.x_label, 60) + side, weight=600, anchor="middle")
    drawing.text(13, (TOP + bottom) / 2, short(drawn.y_label, 30) + side, weight=600, anchor="middle", turned=True)


def _offers(drawing: Drawing, drawn: Map, x: Scale, y: Scale) -> list[Box]:
    """Draw the offers; words where there is room, the newest first, since it is what the story ends with."""
    places, words, boxes = [], [], []
    for offer in drawn.offers:
        out = not _inside((offer.x, offer.y), x, y)
        px, py = x(x.clamp(offer.x)), y(y.clamp(offer.y))
        note = f"off the map, {signed(offer.x, 2)} and {signed(offer.y, 2)}" if out else short(offer.note, 34)
        wide = max(text_width(offer.label), text_width(note))
        ends = px + wide + 14 > x.end
        low = -12.0 if out and py > y.start - 14 else 0.0
        left = px - 11 - wide if ends else px + 11
        places.append((px, py, ends, low))
        words.append(note)
        boxes.append(Box(left - 4, left + wide + 4, py - 16 + low, py + 14 + low))
    room = clear(boxes[::-1])[::-1]
    for offer, note, fits, (px, py, ends, low) in zip(drawn.offers, words, room, places, strict=True):
        drawing.mark(px, py, offer.shape, t.team(offer.pair), 6)
        if fits:
            at, anchor = (px - 11, "end") if ends else (px + 11, "start")
            drawing.text(at, py - 4 + low, offer.label, fill=t.INK, weight=600, anchor=anchor, halo=t.PAPER)
            drawing.text(at, py + 9 + low, note, anchor=anchor, halo=t.PAPER)
    return [box for box, fits in zip(boxes, room, strict=True) if fits]


def _spots(drawing: Drawing, drawn: Map, x: Scale, y: Scale, taken: list[Box]) -> None:
    for at, (spot, lead) in enumerate(((drawn.nearest, "Nearest miss: "), (drawn.fair, "Fair split: "))):
        if spot is None or not _inside((spot.x, spot.y), x, y):
            continue
        px, py = x(spot.x), y(spot.y)
        drawing.circle(px, py, 4.5, fill=t.INK)
        words = short(lead + spot.label, 52)
        wide = text_width(words)
        back = px + wide + 14 > x.end or (at == 0 and px - wide - 14 > LEFT)
        left, line = (px - 9 - wide if back else px + 9), py + (15 if at == 0 else -8)
        box = Box(left, left + wide, line - 11, line + 4)
        if left > 2 and not any(box.meets(other) for other in taken):
            taken.append(box)
            anchor = "end" if back else "start"
            drawing.text(px + (-9 if back else 9), line, words, fill=t.INK, anchor=anchor, halo=t.PAPER)
