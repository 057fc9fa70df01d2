"""What a report of a case asks: the objectives of the exercise, the questions of the case, the runs that answer them.

Shapes only; names are cross-checked in `checks.review`. What a question measures and changes is a closed set, so that a
case can ask of its own moves, rules and variables and needs no code.
"""

from typing import Annotated, Literal

from msgspec import Meta

from adjudication.conditions import Condition
from adjudication.scenario.bots import BotSpec
from adjudication.scenario.part import Part
from adjudication.scenario.people import ParamValue


class LearningObjective(Part, frozen=True, kw_only=True):
    """What taking part is meant to teach; an instructor rates it after the game (P, S, M or U)."""

    id: str
    text: str
    competency: str = ""
    """The ability it is part of, as a course names it."""
    source: str
    """Id of a source."""


class Dial(Part, frozen=True, kw_only=True):
    """A number (or numbers) of the case and the range in which it is turned: set to, or with `scale` multiplied by."""

    id: str
    label: str
    low: float
    high: float
    path: str = ""
    """Where the number stands in the loaded case, steps parted by dots; `*` is every item."""
    paths: tuple[str, ...] = ()
    """More numbers, turned together."""
    scale: bool = False
    """`low` and `high` multiply instead of setting."""
    whole: bool = False
    """Rounded to a whole number."""

    @property
    def places(self) -> tuple[str, ...]:
        """Every path of the dial."""
        return (self.path, *self.paths) if self.path else self.paths


class Pinned(Part, frozen=True, kw_only=True):
    """A variable, `clause.X` or `flag.X` set to a value as turns begin."""

    name: str
    """The variable, `clause.X` or `flag.X`."""
    value: float
    """What it is set to."""
    first: int | None = None
    """From this turn on; without it from the first one played."""
    last: int | None = None
    """Up to this turn; without it to the end."""
    ordered: tuple[str, ...] = ()
    """Only in turns for which one of these moves was ordered."""


class Dropped(Part, frozen=True, kw_only=True):
    """Orders that are not given."""

    moves: tuple[str, ...]
    """Ids of moves."""
    seats: tuple[str, ...] = ()
    """By these seats; empty: by anybody."""
    when: Condition | None = None
    """Only in turns that begin so; in the others they are given as they were."""


class Given(Part, frozen=True, kw_only=True):
    """An order given besides, where the seat has not given it already. What it costs is not asked."""

    seat: str
    move: str
    params: dict[str, ParamValue] = {}
    when: Condition | None = None
    """Only in turns that begin so."""
    ordered: tuple[str, ...] = ()
    """Only in turns for which one of these moves was ordered."""


class WhatIf(Part, frozen=True, kw_only=True):
    """What is changed in a run; everything else stays as it was played."""

    lenses: tuple[str, ...] | None = None
    """The lenses left on; without it those of the game."""
    pins: tuple[Pinned, ...] = ()
    """Values held."""
    rules_off: tuple[str, ...] = ()
    """Rules that do nothing, by id; `R-A*` is a whole family. Rules whose form lives in code cannot be left out."""
    drop: tuple[Dropped, ...] = ()
    """Orders left out."""
    give: tuple[Given, ...] = ()
    """Orders added."""
    strategy: str = ""
    """Id of a strategy of `calibration`: it plays the seats named by `seats`, or without them all it names itself."""
    seats: tuple[str, ...] = ()
    """The seats the strategy plays."""
    players: dict[str, BotSpec] = {}
    """Seats played by a policy or persona instead of as they were played."""


class QuestionRun(Part, frozen=True, kw_only=True):
    """One counterfactual that bears on a question, and what it is compared by.

    Outcomes are those of a replay (indices, headline variables, `war_risk`, `clash`, `in_force`, `signed`, `walk_away`,
    `first_result`) and, of a variable, `peak.VAR` and `end.VAR`.
    """

    id: str
    label: str
    change: WhatIf
    """What is different."""
    outcomes: tuple[str, ...]
    """Names of outcomes, the most telling first."""
    note: str = ""


MetricKind = Literal[
    "variable", "index", "p_clash", "p_war", "war_risk", "orders", "share_of_orders", "refused", "fidelity", "rules",
    "ledger", "gap", "zopa", "winset", "first_result", "texts", "hazard_part", "unprepared", "utility", "feasible",
    "breakdown", "life", "lasting", "detection", "banked", "substance",
]  # fmt: skip


class QuestionMetric(Part, frozen=True, kw_only=True):
    """A number read off the game itself, by turn or for the whole game.

    By turn: `variable`, `index` (of `scoring`), `p_clash` and `p_war` (chances), `orders` (how many of `moves`
    were carried out, in full or in part), `refused` (orders a gate held up, or let through in part), `rules` (rows of
    `rules`), `ledger` (what `rules` did to `variable`), `gap` (surplus of the worse off in the best text), `zopa`
    (share of texts both sides prefer to waiting), `feasible` (share of texts nobody who must consent refuses),
    `winset` (share of texts `player` can live with), `hazard_part` (share of the hazard of a clash due to `part`, below
    zero where it takes some off; nothing where the case has no such hazard), `unprepared` (meetings of leaders without
    groundwork), `utility` (what `rules` added to a leader's utility of any text), `breakdown` (chance that what is in
    force collapses), `life` (turns it may be expected to live), `lasting` (chance that it is there `ahead` turns on),
    `detection` (mean chance that a breach of a clause still owed is seen, as signed), `banked` (levels in force as the
    turn opened, which buy nothing again). For the game: `substance` (what `side` delivered, at its worth to the other,
    over what being seen to sign was worth to it), `war_risk`, `share_of_orders` (of all
    orders of `seats`, how many are `moves`), `fidelity` (mean over orders of `moves`), `first_result` (turn of the
    first signature), `texts` (how many were signed).
    """

    id: str
    label: str
    kind: MetricKind
    """What is read off."""
    unit: str = ""
    """What it is counted in, as players read it."""
    variable: str = ""
    index: str = ""
    """Id of an index."""
    moves: tuple[str, ...] = ()
    """Ids of moves."""
    seats: tuple[str, ...] = ()
    """Ids of seats; empty: all."""
    rules: tuple[str, ...] = ()
    """Ids of rules; `R-A*` is a whole family."""
    player: str = ""
    """Id of a player of the negotiation or of a gate."""
    side: str = ""
    """Id of a party of the negotiation."""
    part: Literal["", "volatility", "rapport"] = ""
    """Of the hazard: what a leader's threat adds to it, or what rapport takes off."""
    span: Literal["", "before_meeting", "meetings", "since_meeting"] = ""
    """Of what is read by turn, only the turns before leaders first met, those in which they met, or since they first
    met, that turn included; empty: all."""
    ahead: Annotated[int, Meta(ge=1)] = 8
    """Turns looked ahead."""


class Question(Part, frozen=True, kw_only=True):
    """One question of the case: asked of every finished game of it, answered by metrics and counterfactual runs."""

    id: str
    title: str
    """A few words for a card."""
    text: str
    """The question as the case asks it."""
    source: str
    """Id of the source that asks it."""
    lens: str = ""
    """The lens it is asked through, if any."""
    metrics: tuple[QuestionMetric, ...] = ()
    """What the game itself shows."""
    runs: tuple[QuestionRun, ...]
    """The first one's first outcome is the answer: the finding leads with it, and dials are turned for it."""
    dials: tuple[str, ...] = ()
    """Ids of the dials turned for it; empty: all."""
    shares: tuple[str, ...] = ()
    """Outcomes of a replay that are shared out among the lenses (Shapley values)."""


class Review(Part, frozen=True, kw_only=True):
    """What a report of the case is asked for beyond what happened."""

    objectives: tuple[LearningObjective, ...] = ()
    """What an instructor rates."""
    dials: tuple[Dial, ...] = ()
    """Numbers of the case a critic might argue for another value of."""
    questions: tuple[Question, ...] = ()
    """Asked of every finished game."""
