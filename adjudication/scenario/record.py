"""The recorded course of a case and what must hold of it and of games bots play: orders, texts, statements with bounds.

Shapes only. Statements name measures of a closed set (`adjudication.measures`); their bounds are data.
"""

from typing import Literal

from adjudication.scalars import Scalar
from adjudication.scenario.bots import BotSpec
from adjudication.scenario.part import Part
from adjudication.scenario.people import ParamValue

Args = dict[str, str | int | float]
Orders = dict[int, dict[str, tuple[str, ...]]]


class Held(Part, frozen=True, kw_only=True):
    """A measure and its bounds, both ends included."""

    measure: str
    low: float | None = None
    high: float | None = None
    args: Args = {}


class Expectation(Held, frozen=True, kw_only=True):
    """One statement about the recorded path: what is measured, over which games, and what must hold besides.

    `over`: `single`, the game through the real command path; `many`, the record over many dice with what it fixes
    forced; `rolled`, the same with nothing forced. `share`: the statement is put to each game, and must hold in this
    share of them; the value shown is then the share. `peace`: only of the games that stayed without war. `variant`: the
    record as changed by that entry of `variants`.
    """

    id: str
    statement: str
    tolerance: str
    over: Literal["single", "many", "rolled"] = "single"
    share: float | None = None
    peace: bool = False
    variant: str = ""
    also: tuple[Held, ...] = ()


class Gauge(Part, frozen=True, kw_only=True):
    """A quantity of another scale, made of the model's: what a statement about it reads."""

    id: str
    label: str
    scalar: Scalar
    note: str = ""


class HistoricalSummit(Part, frozen=True, kw_only=True):
    """How a recorded meeting ended."""

    turn: int
    result: Literal["statement", "text", "walk_away"]


class RecordedText(Part, frozen=True, kw_only=True):
    """A recorded signature: replayed as a signed text in its turn."""

    turn: int
    levels: dict[str, int]
    parties: tuple[str, ...]
    venue: Literal["summit", "exchange"] = "exchange"
    title: str = ""


class History(Part, frozen=True, kw_only=True):
    """The scripted path and what must hold of it.

    `forced` fixes dice by key or family, in every turn or (`key@turn`) in one; `cards` fixes the hidden cards.
    `variants`: sheets that replace the recorded ones of a seat and turn, by name.
    """

    orders: Orders
    forced: dict[str, str] = {}
    cards: dict[str, str] = {}
    params: dict[int, dict[str, dict[str, ParamValue]]] = {}
    summits: tuple[HistoricalSummit, ...] = ()
    texts: tuple[RecordedText, ...] = ()
    variants: dict[str, Orders] = {}
    gauges: tuple[Gauge, ...] = ()
    seeds: int = 200
    table: tuple[Expectation, ...] = ()


class Anchor(Part, frozen=True, kw_only=True):
    """What happened in a turn outside the game: the historical anchor laid beside the game in the debrief.

    `date` is ISO 8601 (a day, or a month of a year). Nobody reads it before the game is over.
    """

    id: str
    turn: int
    date: str
    title: str
    text: str
    sources: tuple[str, ...]


class IndicatorPoint(Part, frozen=True, kw_only=True):
    """What an indicator stood at in a turn; `low` and `high` where a range was published."""

    turn: int
    value: float
    low: float | None = None
    high: float | None = None
    note: str = ""


class Indicator(Part, frozen=True, kw_only=True):
    """A published series of what happened outside the game, by turn; nobody reads it before the game is over.

    What of a game is laid beside it: `scalar`, at the end of each turn, or how many of `moves` were carried out in it.
    """

    id: str
    label: str
    points: tuple[IndicatorPoint, ...]
    sources: tuple[str, ...]
    unit: str = ""
    note: str = ""
    beside: str = ""
    scalar: Scalar | None = None
    moves: tuple[str, ...] = ()


class Strategy(Part, frozen=True, kw_only=True):
    """A way for some seats to play a whole game; the others are played as the case has it.

    `record`: instead, the recorded orders, what the record fixes forced.
    """

    id: str
    label: str
    text: str = ""
    seats: dict[str, BotSpec] = {}
    record: bool = False


class Target(Held, frozen=True, kw_only=True):
    """A statement about many games of a strategy: the mean of a measure, or its difference to another strategy's."""

    id: str
    statement: str
    strategy: str
    minus: str = ""


class Column(Part, frozen=True, kw_only=True):
    """One line of the comparison of strategies."""

    id: str
    label: str
    measure: str
    args: Args = {}
    decimals: int = 1


class Calibration(Part, frozen=True, kw_only=True):
    """What must come out when bots play the case many times, and how strategies compare."""

    strategies: tuple[Strategy, ...]
    targets: tuple[Target, ...] = ()
    compare: tuple[Column, ...] = ()
