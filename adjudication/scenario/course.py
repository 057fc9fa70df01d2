"""The course of a session: what the case is called, how long turns last, phases and presets.

Shapes only; `schedule` maps a case onto a preset with turns of its own.
"""

from typing import Literal

from adjudication.scenario.part import Part


class Meta(Part, frozen=True, kw_only=True):
    """What the case is and how its turns are named."""

    id: str
    title: str
    turns: int
    start: str
    summary: str = ""
    turn_label: str = "turn"
    engine: str = ">=1,<2"
    turn_names: tuple[str, ...] = ()
    game_dates: tuple[str, ...] = ()
    danger_turns: int = 1
    """Turns ahead that words of danger speak of, as if each were as dangerous as this one."""
    danger_span: str = ""
    """What that stretch is called, as in "over the year"; without it they speak of the turn."""


class Zone(Part, frozen=True, kw_only=True):
    """A place whose local time is shown."""

    id: str
    label: str


class ClockTurn(Part, frozen=True, kw_only=True):
    """One turn of the clock. `covers` (first, last) are the turns of the calendar it stands for in a preset."""

    name: str
    hours: float
    tags: tuple[str, ...] = ()
    local: dict[str, str] = {}
    covers: tuple[int, int] | None = None


class Clock(Part, frozen=True, kw_only=True):
    """Turns with a length. Rates of drift, decay and hazards are quoted per `basis_hours`."""

    basis_hours: float
    turns: tuple[ClockTurn, ...]
    zones: tuple[Zone, ...] = ()


Missed = Literal["draft", "standing", "bot", "nothing", "pause"]
"""What becomes of a sheet that is not submitted when orders are locked.

`draft`: it counts as it lies. `standing`: one left empty is filled from the seat's standing orders. `bot`: a bot
completes it. `nothing`: the seat orders nothing. `pause`: the game stops once for Control to decide, then `draft`.
"""


class Phase(Part, frozen=True, kw_only=True):
    """One phase of a turn."""

    id: str
    label: str
    minutes: float | None = None
    orders: bool = False
    early_close: bool = False
    adjudicate: bool = False
    ends: Literal["timer", "control"] = "timer"
    missed: Missed = "draft"
    help: str = ""


class StartDeal(Part, frozen=True, kw_only=True):
    """A text already in force when a preset starts."""

    id: str
    title: str
    turn: int
    form: Literal["statement", "text"]
    strength: float
    parties: tuple[str, ...] = ()


class Slot(Part, frozen=True, kw_only=True):
    """One turn of a preset with its own schedule: the turns of the case it covers (first, last), and its length."""

    name: str
    covers: tuple[int, int]
    hours: float
    note: str = ""


class Preset(Part, frozen=True, kw_only=True):
    """A ready-made session: which turns, which clocks, which start. With a `schedule` it has turns of its own."""

    id: str
    title: str
    summary: str = ""
    first: int = 1
    last: int | None = None
    minutes: dict[str, float | None] = {}
    start: dict[str, float] = {}
    deal: StartDeal | None = None
    schedule: tuple[Slot, ...] = ()
    budgets: dict[str, int] = {}
    """Orders a seat may give in one turn of this preset, where it differs."""


class Source(Part, frozen=True, kw_only=True):
    """Where something is from."""

    id: str
    text: str
    url: str = ""


class Term(Part, frozen=True, kw_only=True):
    """A word explained."""

    term: str
    text: str


class Monotone(Part, frozen=True, kw_only=True):
    """A promise the linter checks: raising `cause` never moves `effect` against `sign`."""

    cause: str
    effect: str
    sign: Literal["up", "down"]
    note: str = ""


class Kent(Part, frozen=True, kw_only=True):
    """Words for probabilities: each holds up to and including `upto`."""

    upto: float
    word: str
