"""Drawings as SVG 1.1 text: elements, escaping, and words that every program can set.

Owns the markup and nothing of what is drawn. No script, no style sheet, no reference to anything outside: colours and
faces stand on each element, so that a drawing put into slides looks as it does on the page. The halo behind a label is
a second, wider text below it, since office programs ignore `paint-order`.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape

from wargame.aar.documents import tokens as t
from wargame.aar.documents.model import Chart
from wargame.aar.documents.plain import clean

_SCRIPTS = (
    (re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"), t.ARABIC),
    (re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]"), t.HANGUL),
    (re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]"), t.EMOJI),
)
FALLBACK = {t.SANS: "Arial, Helvetica, sans-serif", t.SERIF: "Georgia, serif", t.MONO: "Consolas, monospace"}


def number(value: float) -> str:
    """Return a coordinate: at most two decimals, never `-0`."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _script(letter: str) -> str:
    return next((face for pattern, face in _SCRIPTS if pattern.match(letter)), "")


def runs(text: str) -> list[tuple[str, str]]:
    """Return a text in pieces of one script each, with the face it needs beyond the usual one ("": none).

    A renderer that falls back by itself does so once for a whole line: mixed scripts would come out as boxes.
    """
    found: list[tuple[str, str]] = []
    for letter in text:
        face = _script(letter)
        if found and (found[-1][0] == face or (letter == " " and found[-1][0])):
            found[-1] = (found[-1][0], found[-1][1] + letter)
        else:
            found.append((face, letter))
    return found


class Drawing:
    """An SVG under way: `width` by `height` units, one unit a CSS pixel."""

    def __init__(self, width: float, height: float, *, label: str) -> None:
        """Begin a drawing; `label` is its one-sentence description."""
        self.width, self.height, self.label = width, height, clean(label)
        self._parts: list[str] = []

    def add(self, tag: str, **attributes: object) -> None:
        """Add an empty element. Underscores in names of attributes become hyphens; None leaves one out."""
        self._parts.append(f"<{tag}{_attributes(attributes)}/>")

    def line(self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = t.LINE, width: float = 1,
             dash: str | None = None) -> None:  # fmt: skip
        """Add a straight line."""
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, stroke_dasharray=dash)

    def path(self, points: Iterable[tuple[float, float]], *, stroke: str, width: float = 2, dash: str | None = None,
             fill: str = "none", closed: bool = False, opacity: float | None = None) -> None:  # fmt: skip
        """Add a line through points, or an area if `closed`."""
        places = [f"{number(x)} {number(y)}" for x, y in points]
        if len(places) < 2:
            return
        d = "M" + "L".join(places) + ("Z" if closed else "")
        self.add(
            "path", d=d, fill=fill, fill_opacity=opacity, stroke=stroke,
            stroke_width=None if stroke == "none" else width, stroke_linejoin="round", stroke_linecap="round",
            stroke_dasharray=dash,
        )  # fmt: skip

    def rect(self, x: float, y: float, width: float, height: float, *, fill: str, stroke: str | None = None,
             stroke_width: float = 1) -> None:  # fmt: skip
        """Add a rectangle."""
        self.add("rect", x=x, y=y, width=max(0.0, width), height=max(0.0, height), fill=fill, stroke=stroke,
                 stroke_width=stroke_width if stroke else None)  # fmt: skip

    def circle(self, x: float, y: float, radius: float, *, fill: str, stroke: str | None = None, width: float = 2,
               opacity: float | None = None) -> None:  # fmt: skip
        """Add a circle."""
        self.add("circle", cx=x, cy=y, r=radius, fill=fill, fill_opacity=opacity, stroke=stroke,
                 stroke_width=width if stroke else None)  # fmt: skip

    def shape(self, d: str, *, fill: str, stroke: str | None = None, width: float = 1.5) -> None:
        """Add a path by its commands."""
        self.add("path", d=d, fill=fill, stroke=stroke, stroke_width=width if stroke else None)

    def text(self, x: float, y: float, words: str, *, size: float = 11, fill: str = t.INK_2, weight: int = 400,
             anchor: str = "start", face: str = t.SANS, halo: str | None = None,
             turned: bool = False) -> None:  # fmt: skip
        """Add words; `halo` draws a rim of that colour behind them; `turned` sets them upwards."""
        words = " ".join(clean(words).split())
        if not words:
            return
        inside = "".join(
            escape(piece) if not script else f'<tspan font-family="{script}">{escape(piece)}</tspan>'
            for script, piece in runs(words)
        )
        common: dict[str, object] = {
            "x": None if turned else x, "y": None if turned else y, "font_family": f"{face}, {FALLBACK[face]}",
            "font_size": size, "font_weight": weight if weight != 400 else None,
            "text_anchor": anchor if anchor != "start" else None,
            "transform": f"translate({number(x)} {number(y)}) rotate(-90)" if turned else None,
        }  # fmt: skip
        if halo:
            rim: dict[str, object] = {"fill": halo, "stroke": halo, "stroke_width": 4, "stroke_linejoin": "round"}
            rim["aria_hidden"] = "true"
            self._parts.append(f"<text{_attributes(common | rim)}>{inside}</text>")
        self._parts.append(f"<text{_attributes(common | {'fill': fill})}>{inside}</text>")

    def mark(self, x: float, y: float, shape: str, colour: str, size: float = 4) -> None:
        """Add one data point in the shape of its team: shape and colour always travel together."""
        n = number
        match shape:
            case "square":
                self.rect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8, fill=colour)
            case "triangle":
                self.shape(f"M{n(x)} {n(y - size * 1.1)}l{n(size * 1.15)} {n(size * 2)}h{n(-size * 2.3)}z", fill=colour)
            case "diamond":
                s = n(size * 1.2)
                self.shape(f"M{n(x)} {n(y - size * 1.2)}l{s} {s}l-{s} {s}l-{s} -{s}z", fill=colour)
            case "hexagon":
                a, b = n(size * 1.2), n(size * 0.6)
                self.shape(
                    f"M{n(x - size * 0.6)} {n(y - size)}h{a}l{b} {n(size)}l-{b} {n(size)}h-{a}l-{b} -{n(size)}z",
                    fill=colour,
                )
            case "ring":
                self.circle(x, y, size * 0.9, fill=t.PAPER, stroke=colour)
            case "none":
                pass
            case _:
                self.circle(x, y, size, fill=colour)

    def markup(self) -> str:
        """Return the drawing."""
        w, h = number(self.width), number(self.height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
            f'aria-label="{escape(self.label)}"><title>{escape(self.label)}</title>{"".join(self._parts)}</svg>'
        )


def _attributes(given: dict[str, object]) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{number(value) if isinstance(value, int | float) else escape(str(value))}"'
        for name, value in given.items()
        if value is not None
    )


def charted(
    name: str, title: str, subtitle: str, source: str, drawing: Drawing, heads: Sequence[str],
    rows: Sequence[Sequence[str | float | int | None]],
) -> Chart:  # fmt: skip
    """Return a drawing as a chart: with its name, finding, units, source and table."""
    return Chart(
        name, clean(title), clean(subtitle), clean(source), drawing.markup(), drawing.width, drawing.height, heads, rows
    )
