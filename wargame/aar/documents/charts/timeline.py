"""Who did what when, a lane a team. Fill and size carry severity; a diamond is Control's, solid when a ruling.

The marks are those of frontend/src/charts/Timeline.svelte. It reads no report.
"""

from collections.abc import Sequence

from msgspec import Struct

from wargame.aar.documents import tokens as t
from wargame.aar.documents.charts.lines import WIDTH
from wargame.aar.documents.charts.scale import Scale, Wanted, fitted, place_labels, text_width
from wargame.aar.documents.charts.svg import Drawing
from wargame.aar.documents.plain import short

LEFT, HEAD, LANE = 122.0, 30.0, 42.0
WEIGHT = {"raises_sharply": 4, "eases": 3, "raises": 2, "neutral": 1}
MARKED = {"ruling": 5, "summit": 5}


class Lane(Struct, frozen=True):
    """A team."""

    id: str
    label: str
    pair: str
    shape: str


class Happening(Struct, frozen=True):
    """A mark. `at` in turns: 0 is the start of turn 1."""

    at: float
    lane: str
    kind: str
    severity: str
    label: str


def timeline_chart(
    label: str, turns: Sequence[tuple[int, str]], lanes: Sequence[Lane], happenings: Sequence[Happening]
) -> Drawing:
    """Draw the lanes with every mark, and as many of their names as have room."""
    end = HEAD + len(lanes) * LANE
    drawing = Drawing(WIDTH, end + 30, label=label)
    x = Scale(0, max(1, len(turns)), LEFT, WIDTH - 18)
    _ground(drawing, turns, x, end)
    for at, lane in enumerate(lanes):
        y = HEAD + at * LANE + LANE * 0.62
        colour = t.team(lane.pair)
        drawing.line(LEFT, y, x.end, y)
        drawing.mark(11, y, lane.shape, colour, 5)
        drawing.text(24, y + 4, fitted(lane.label, LEFT - 30), fill=colour, weight=600)
        mine = [h for h in happenings if h.lane == lane.id]
        for happening in mine:
            _mark(drawing, x(happening.at), y, happening, colour)
        wanted = [
            Wanted(x(h.at), short(h.label, 24), MARKED.get(h.kind, 0) + WEIGHT.get(h.severity, 1))
            for h in mine
            if h.label
        ]
        for placed in place_labels(wanted, LEFT - 8, WIDTH):
            drawing.text(placed.x, y - 11, placed.text, size=10, fill=t.INK, anchor=placed.anchor, halo=t.PAPER)
    _legend(drawing, end + 22)
    return drawing


def _ground(drawing: Drawing, turns: Sequence[tuple[int, str]], x: Scale, end: float) -> None:
    slot = x(1) - x(0)
    room = max([1.0, *(text_width(label) for _, label in turns)]) + 6
    every = max(1, -(-int(room) // max(1, int(slot))))
    for at, (_, label) in enumerate(turns):
        if at % 2 == 0:
            drawing.rect(x(at), HEAD - 6, slot, end - HEAD + 12, fill=t.PANEL_2)
        if at % every == 0:
            drawing.text(x(at + 0.5), 14, short(label, 22), fill=t.INK_3, anchor="middle")


def _mark(drawing: Drawing, x: float, y: float, happening: Happening, colour: str) -> None:
    diamond = f"M{x:.2f} {y - 5.5:.2f}l5.5 5.5l-5.5 5.5l-5.5 -5.5z"
    if happening.kind == "inject":
        drawing.shape(diamond, fill=t.PAPER, stroke=t.team("ctl"))
    elif happening.kind == "ruling":
        drawing.shape(diamond, fill=t.team("ctl"))
    elif happening.severity == "eases":
        drawing.circle(x, y, 3.8, fill=t.PAPER, stroke=colour)
    elif happening.severity == "neutral":
        drawing.rect(x - 1.5, y - 5.5, 3, 11, fill=colour)
    else:
        drawing.circle(x, y, 6.5 if happening.severity == "raises_sharply" else 3.8, fill=colour)


def _legend(drawing: Drawing, y: float) -> None:
    place = LEFT
    for kind, severity, words in (
        ("move", "eases", "eases"), ("move", "neutral", "neutral"), ("move", "raises", "raises"),
        ("move", "raises_sharply", "raises sharply"), ("inject", "neutral", "inject"), ("ruling", "neutral", "ruling"),
    ):  # fmt: skip
        _mark(drawing, place + 6, y - 4, Happening(0, "", kind, severity, ""), t.INK_3)
        drawing.text(place + 17, y, words, size=10, fill=t.INK_3)
        place += 32 + text_width(words, 10)
