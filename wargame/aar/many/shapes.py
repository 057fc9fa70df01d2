"""The shapes of a comparison as it is answered: groups, paths, measures, tests, and the sentences that go with them."""

from typing import Literal

from msgspec import Struct

from wargame.aar.many.digest import Deal, Point

SCHEMA = "comparison/1"
Family = Literal["outcome", "index", "variable", "conduct", "goal"]


class Group(Struct, frozen=True):
    """Games that had the same treatment, or that the reader put together."""

    id: str
    label: str
    note: str
    games: tuple[str, ...]


class Design(Struct, frozen=True):
    """How games came into their groups. `blocks`: game -> the block of the draw it was in; empty: not by chance.

    `as_drawn`: the treatments are those the recorded seed gives. `shared_dice`: all games have the same luck.
    """

    groups: tuple[Group, ...]
    blocks: dict[str, int] = {}
    as_drawn: bool = False
    shared_dice: bool = False
    names: dict[str, str] = {}
    """Game -> how it is called here; its own title where none is given."""


class Line(Struct, frozen=True):
    """A path by turn, of every game that has it. `headline`: the case names it among what matters most."""

    id: str
    label: str
    unit: str
    low: float
    high: float
    family: str
    headline: bool
    by_game: dict[str, tuple[Point, ...]]


class Spread(Struct, frozen=True):
    """How a measure lies in one group: n games, mean, middle, quartiles (None below four games) and ends.

    `ended`: how many of the n have ended; all of them where the measure is tested.
    """

    group: str
    n: int
    ended: int
    mean: float
    median: float
    low: float
    high: float
    quartiles: tuple[float, float] | None


class Test(Struct, frozen=True):
    """What a difference is worth; of two groups also how large it is (second less first).

    `superiority`: the chance that a game of the second group lies above one of the first, ties counted as half.
    """

    p: float
    adjusted: float
    difference: float | None
    superiority: float | None


class Measure(Struct, frozen=True):
    """One number a game, with how the groups differ in it."""

    id: str
    label: str
    unit: str
    family: Family
    values: dict[str, float]
    spreads: tuple[Spread, ...]
    test: Test | None


class Sampling(Struct, frozen=True):
    """The draws the tests went through, or why there is no test."""

    games: int
    allowed: int
    exact: bool
    smallest: float
    tests: int
    why_not: str
    assumes: tuple[str, ...]


class Standing(Struct, frozen=True):
    """One game of the comparison: which it is, how far it came, and the event of each turn's outcome."""

    id: str
    title: str
    group: str
    case: str
    preset: str
    turns: int
    played: int
    ended: bool
    ended_reason: str
    war: int
    deals: tuple[Deal, ...]
    meetings: tuple[tuple[int, str], ...]
    refs: dict[int, int]


class Comparison(Struct, frozen=True, kw_only=True):
    """Many games on one page."""

    schema: str = SCHEMA
    groups: tuple[Group, ...]
    games: tuple[Standing, ...]
    turns: tuple[str, ...]
    """Names of the turns, from the first; games on other turns have names of their own."""
    first_turn: int
    lines: tuple[Line, ...]
    measures: tuple[Measure, ...]
    sampling: Sampling
    notes: tuple[str, ...]
