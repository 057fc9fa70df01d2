"""Where things go in a chart: pure geometry, the same rules as the charts of the pages (frontend/src/charts/layout.ts).

Widths of words are estimated, so that a chart is laid out the same on every machine. It draws nothing.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

_NARROW, _WIDE, _UPPER = re.compile(r"[ilj.,:;'|!\[\]()]"), re.compile("[mwMW]"), re.compile("[A-Z0-9]")
_FULL = re.compile("[\u1100-\u11ff\u2e80-\ud7a3\uf900-\ufaff\uff00-\uffef\U0001f000-\U0001faff]")


def text_width(text: str, size: float = 11) -> float:
    """Return the width of a label in the interface face, within about 8 %."""
    units = 0.0
    for letter in text:
        if _NARROW.match(letter):
            units += 0.3
        elif _WIDE.match(letter):
            units += 0.86
        elif _FULL.match(letter):
            units += 1.0
        else:
            units += 0.62 if _UPPER.match(letter) else 0.53
    return units * size


def fitted(text: str, room: float, size: float = 11) -> str:
    """Return the text, cut with an ellipsis where it is wider than the room."""
    if text_width(text, size) <= room:
        return text
    while len(text) > 1 and text_width(text + "\u2026", size) > room:
        text = text[:-1].rstrip()
    return text + "\u2026"


def _step(low: float, high: float, count: int) -> float:
    """Return the distance between ticks: 1, 2 or 5 times a power of ten."""
    raw = (high - low) / max(1, count)
    power = math.floor(math.log10(raw)) if raw > 0 else 0
    error = raw / 10**power
    factor = 10 if error >= math.sqrt(50) else 5 if error >= math.sqrt(10) else 2 if error >= math.sqrt(2) else 1
    return float(factor * 10**power)


def ticks(low: float, high: float, count: int) -> list[float]:
    """Return round numbers between two, about `count` of them."""
    if high <= low:
        return [low]
    step = _step(low, high, count)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(at * step, 10) for at in range(first, last + 1)]


def nice(low: float, high: float, count: int) -> tuple[float, float]:
    """Return the domain widened to round numbers."""
    if high <= low:
        return low, low + 1
    step = _step(low, high, count)
    return round(math.floor(low / step + 1e-9) * step, 10), round(math.ceil(high / step - 1e-9) * step, 10)


def airy(values: Iterable[float], air: float = 0.08) -> tuple[float, float]:
    """Return the smallest domain with some air that holds all values; never of zero width."""
    finite = [v for v in values if math.isfinite(v)]
    if not finite:
        return 0.0, 1.0
    low, high = min(finite), max(finite)
    room = high - low or max(1.0, abs(high) * 0.1)
    # What cannot be negative has no negative axis.
    return (max(0.0, low - room * air) if low >= 0 else low - room * air), high + room * air


class Scale(NamedTuple):
    """A straight line from values to places."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the place of a value."""
        return self.start + (value - self.low) / (self.high - self.low or 1.0) * (self.end - self.start)

    def clamp(self, value: float) -> float:
        """Return the value, or the end of the domain it lies beyond."""
        return max(self.low, min(self.high, value))

    def holds(self, value: float) -> bool:
        """Tell whether a value lies in the domain."""
        return self.low <= value <= self.high


class Box(NamedTuple):
    """A rectangle that words take up."""

    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Tell whether two rectangles touch."""
        return (
            self.left < other.right and self.right > other.left and self.top < other.bottom and self.bottom > other.top
        )


def clear(boxes: Sequence[Box], taken: Sequence[Box] = ()) -> list[bool]:
    """Return which boxes can be written without touching one written before; earlier ones win."""
    held, found = list(taken), []
    for box in boxes:
        free = not any(box.meets(other) for other in held)
        if free:
            held.append(box)
        found.append(free)
    return found


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places moved apart so that neighbours stand at least `gap` apart, within [low, high], order kept."""
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    out = [max(low, min(high, places[i])) for i in order]
    for at in range(1, len(out)):
        out[at] = max(out[at], out[at - 1] + gap)
    for at in range(len(out) - 1, -1, -1):
        out[at] = min(out[at], high if at == len(out) - 1 else out[at + 1] - gap)
    found = [0.0] * len(places)
    for at, i in enumerate(order):
        found[i] = out[at]
    return found


class Wanted(NamedTuple):
    """A label that would like to stand at a place; the heaviest are placed first."""

    x: float
    text: str
    weight: float


class Placed(NamedTuple):
    """A label with its place and the side it is anchored at."""

    x: float
    anchor: str
    text: str


def place_labels(wanted: Sequence[Wanted], left: float, right: float, gap: float = 6) -> list[Placed]:
    """Return the labels of one lane that can be written without touching each other, turned inward at its ends."""
    taken: list[tuple[float, float]] = []
    placed: list[Placed] = []
    for label in sorted(wanted, key=lambda one: (-one.weight, one.x, one.text)):
        width = text_width(label.text)
        anchor = "start" if label.x - width / 2 < left else "end" if label.x + width / 2 > right else "middle"
        start = label.x - {"start": 0.0, "end": width, "middle": width / 2}[anchor]
        if any(start < b + gap and start + width > a - gap for a, b in taken):
            continue
        taken.append((start, start + width))
        placed.append(Placed(label.x, anchor, label.text))
    return sorted(placed)


def turn_middle(turn: float) -> float:
    """Return where a value that holds at the end of a turn stands: 0 is the start of the game, a turn is [t-1, t]."""
    return 0.0 if turn <= 0 else turn - 0.5


class TurnName(NamedTuple):
    """The name below a turn, and the year where one begins."""

    turn: int
    short: str
    year: str | None


def turn_axis(turns: Sequence[tuple[int, str]]) -> list[TurnName]:
    """Return turn labels such as `2017 Q1` as the year, written once, and the part below each turn."""
    last, found = "", []
    for turn, label in turns:
        parts = re.match(r"(\d{4})\s+(.+)$", label)
        if parts is None:
            found.append(TurnName(turn, label, None))
            continue
        found.append(TurnName(turn, parts[2], None if parts[1] == last else parts[1]))
        last = parts[1]
    return found


Write = Callable[[float], str]
"""How a value of an axis is written."""
