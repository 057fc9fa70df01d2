"""What may befall a message on its way: lines between seats with delay, eavesdroppers and leaks, and who sees reading.

Shapes and their checks only. Which line a message goes by, and what becomes of it, is decided in `wargame.game`.
"""

from collections.abc import Iterator
from typing import Literal

from adjudication.scenario.part import Part
from adjudication.scenario.places import Desk, Place

LineKind = Literal["team", "bilateral", "multi", "conference", "corridor"]
"""Kinds of rooms a line may stand for. The press wall and the line to Control are nobody's to bend."""


class Tap(Part, frozen=True, kw_only=True):
    """A seat that may read along: a message is caught with chance `p` (die `tap:<line>:<by>:<room>:<number>`).

    `say` is what the reader is told about how it came by the words. Nobody else learns that anything was read.
    """

    by: str
    p: float
    rule: str
    say: str = ""


class LineLeak(Part, frozen=True, kw_only=True):
    """At the settlement of a turn one message of it reaches the press wall with chance `p` (die `spill:<line>`).

    Everybody reads the words and whose they are; from which conversation they came is told to `source_known_to` alone.
    """

    p: float
    rule: str
    source_known_to: tuple[str, ...] = ()


class Line(Part, frozen=True, kw_only=True):
    """A way messages go: from a seat of one group to a seat of the other (`between`), or any in rooms of a `kind`.

    `between` is a line used from afar: what is said face to face (conference, corridor) does not go by it.

    `delay` in turns: the message arrives when the turn that many turns later opens. Of several lines a message goes by,
    the slowest counts, and every eavesdropper and every leak of each of them.
    """

    id: str
    between: tuple[tuple[str, ...], ...] = ()
    kind: LineKind | None = None
    delay: int = 0
    intercept: tuple[Tap, ...] = ()
    leak: LineLeak | None = None
    say: str = ""
    sources: tuple[str, ...] = ()


class Talk(Part, frozen=True, kw_only=True):
    """Rules of the rooms. `reads`: who is shown how far a seat has read.

    `reader`: the reader alone. `side`: also the members of the room on the reader's own side, and all of a team's room;
    the other side never learns that it is being read. `room`: every member of the room. Control always.
    """

    reads: Literal["reader", "side", "room"] = "side"


def check_lines(lines: tuple[Line, ...], *, seats: set[str], desk: Desk) -> None:
    """Record what is wrong with the lines of a case: seats that are not there, chances out of bounds."""
    for line in lines:
        place: Place = ("lines", line.id)
        if bool(line.between) == (line.kind is not None):
            desk.add(place, "a line is given by `between` or by `kind`, one of them", ("between", "kind"))
        if line.between and (len(line.between) != 2 or not all(line.between)):
            desk.add(place, "`between` joins two groups of seats, none empty: [[a], [b, c]]", key="between")
        if line.delay < 0:
            desk.add(place, f"a delay of {line.delay} turns; give 0 or more", key="delay")
        if line.delay > 0 and line.kind in ("conference", "corridor"):
            message = "people in one room hear each other at once; only lines used from afar are slow"
            desk.add(place, message, key="delay")
        if not line.delay and not line.intercept and line.leak is None:
            desk.add(place, "nothing befalls a message on this line; give a delay, an intercept or a leak")
        for where, name in _seats_named(line):
            if name not in seats:
                desk.unknown((*place, *where), "seat", name, seats)
        for where, p, _ in chances_on(line):
            if not 0 <= p <= 1:
                desk.add((*place, *where), f"p is {p:g}; a chance lies in 0..1", key="p")


def _seats_named(line: Line) -> Iterator[tuple[Place, str]]:
    for number, group in enumerate(line.between):
        yield from ((("between", number), name) for name in group)
    for number, tap in enumerate(line.intercept):
        yield ("intercept", number), tap.by
    for name in line.leak.source_known_to if line.leak is not None else ():
        yield ("leak", "source_known_to"), name


def chances_on(line: Line) -> Iterator[tuple[Place, float, str]]:
    """Yield where each chance of a line stands, the chance, and the rule it cites."""
    for number, tap in enumerate(line.intercept):
        yield ("intercept", number), tap.p, tap.rule
    if line.leak is not None:
        yield ("leak",), line.leak.p, line.leak.rule
