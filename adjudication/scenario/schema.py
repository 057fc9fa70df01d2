"""The shape of a scenario: frozen values, one struct per kind of thing an author may write.

Owns names, types and defaults. Unknown keys are errors. Cross-references are checked in `checks`, not here.
"""

from functools import cached_property
from typing import Literal

import msgspec

from adjudication.conditions import Condition, OrderFilter
from adjudication.effects import Effect
from adjudication.scalars import Scalar
from adjudication.scenario.parameters import (
    Beliefs,
    Commitments,
    Hazard,
    Implementation,
    Interaction,
    RiskTally,
    Severity,
    SummitSpec,
    Tabled,
    Vote,
    Vows,
)  # fmt: skip
from negotiation.terms import Negotiation

Visibility = Literal["public", "private", "covert"]
Precedence = Literal["routine", "priority", "immediate", "flash"]
VariableKind = Literal["scale", "belief", "stock", "count", "flag"]

SEVERITY_POINTS: dict[str, int] = {"de": -2, "sq": 0, "po": 4, "nv": 12, "vi": 28, "nu": 60}
"""Escalation points per severity class (Rivera et al. 2024)."""

SEVERITY_RANK: dict[str, int] = {"de": -1, "sq": 0, "po": 1, "nv": 2, "vi": 3, "nu": 4}


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base: closed and immutable."""


class Meta(_Part, frozen=True, kw_only=True):
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


class Phase(_Part, frozen=True, kw_only=True):
    """One phase of a turn."""

    id: str
    label: str
    minutes: float | None = None
    orders: bool = False
    early_close: bool = False
    adjudicate: bool = False
    ends: Literal["timer", "control"] = "timer"
    help: str = ""


class StartDeal(_Part, frozen=True, kw_only=True):
    """A text already in force when a preset starts."""

    id: str
    title: str
    turn: int
    form: Literal["statement", "text"]
    strength: float
    parties: tuple[str, ...] = ()


class Preset(_Part, frozen=True, kw_only=True):
    """A ready-made session: which turns, which clocks, which start."""

    id: str
    title: str
    summary: str = ""
    first: int = 1
    last: int | None = None
    minutes: dict[str, float | None] = {}
    start: dict[str, float] = {}
    deal: StartDeal | None = None


class Team(_Part, frozen=True, kw_only=True):
    """A team as shown."""

    id: str
    label: str
    glyph: str
    pair: Literal["pres", "bur", "dprk", "ally", "ctl"]


class Objective(_Part, frozen=True, kw_only=True):
    """One private objective of a seat."""

    label: str
    weight: float
    measure: str = ""


class Check(_Part, frozen=True, kw_only=True):
    """A question that shows whether a brief was understood."""

    question: str
    options: tuple[str, ...]
    answer: int


class Brief(_Part, frozen=True, kw_only=True):
    """What a seat is told about itself."""

    summary: str
    interests: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()
    red_lines: tuple[str, ...] = ()
    powers: tuple[str, ...] = ()
    check: Check | None = None
    sources: tuple[str, ...] = ()


class Seat(_Part, frozen=True, kw_only=True):
    """One seat at the table."""

    id: str
    team: str
    role: str
    side: str
    label: str
    budget: int
    glyph: str = ""
    """Overrides the mark of its team where two seats of a team have to be told apart."""
    short: str = ""
    office: str = ""
    resources: dict[str, float] = {}
    brief: Brief | None = None


class Sight(_Part, frozen=True, kw_only=True):
    """How one reader sees a variable: exactly, in bands, as an estimate with noise sigma, or not at all."""

    mode: Literal["exact", "band", "noise", "hidden"]
    sigma: float = 0.0


class Drift(_Part, frozen=True, kw_only=True):
    """A pull towards a resting value each turn."""

    target: float
    rate: float
    rule: str


class Variable(_Part, frozen=True, kw_only=True):
    """One variable of the state."""

    id: str
    kind: VariableKind
    init: float
    label: str
    see: dict[str, Sight]
    unit: str = ""
    group: str = "other"
    order: int = 0
    headline: bool = False
    note: str = ""
    sources: tuple[str, ...] = ()
    drift: Drift | None = None
    prior: float | None = None
    forget: float = 0.0
    min: float | None = None
    max: float | None = None
    lens: str = ""
    """Frozen when this lens is off: its only writers belong to it."""
    good: Literal["", "up", "down"] = ""
    rises: str = ""
    falls: str = ""


class Derived(_Part, frozen=True, kw_only=True):
    """A value computed from the state."""

    id: str
    scalar: Scalar
    label: str = ""
    note: str = ""


class Param(_Part, frozen=True, kw_only=True):
    """A parameter of a move."""

    id: str
    label: str
    kind: Literal["int", "choice", "bool"]
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    default: str | int | bool | None = None


class SignalSpec(_Part, frozen=True, kw_only=True):
    """What a move says about a side, in log-odds."""

    about: str
    trust: float = 0.0
    resolve: float = 0.0


class MoveText(_Part, frozen=True, kw_only=True):
    """The words of a move."""

    order: str
    help: str = ""
    effects: str = ""


class Move(_Part, frozen=True, kw_only=True):
    """One move of the catalogue."""

    id: str
    seats: tuple[str, ...]
    severity: Severity
    text: MoveText
    code: str = ""
    group: str = "other"
    executor: str = ""
    cameo: str = ""
    goldstein: float = 0.0
    resist: float = 0.0
    unilateral: bool = False
    cost: int = 1
    capital: float = 0.0
    visibility: Visibility = "public"
    may_hide: bool = False
    require: Condition | None = None
    params: tuple[Param, ...] = ()
    consent: tuple[str, ...] = ()
    detect: float = 0.0
    leader_channel: bool = False
    multiplier: float = 1.0
    """Scales the Goldstein weight of the move, never its effects."""
    effects: tuple[Effect, ...] = ()
    signal: SignalSpec | None = None
    exclusive: tuple[str, ...] = ()
    once: bool = False
    lead_turns: int = 0
    lens_scale: dict[str, float] = {}
    precedent: str = ""
    sources: tuple[str, ...] = ()


class Rule(_Part, frozen=True, kw_only=True):
    """One named rule. `on`: per matching order. `event`: per event of the turn. Neither: once a turn."""

    id: str
    name: str
    lens: Literal["inst", "lead", "rat", "none"]
    stage: float
    say: str
    sources: tuple[str, ...]
    on: OrderFilter | None = None
    event: str = ""
    when: Condition | None = None
    require: Condition | None = None
    otherwise: tuple[Effect, ...] = msgspec.field(name="else", default=())
    effects: tuple[Effect, ...] = ()
    text: dict[str, str] = {}
    statement: str = ""
    gate_for: tuple[str, ...] = ()
    """Moves whose own `require` this rule explains."""
    code: bool = False
    """The functional form lives in code; this entry holds its words and sources."""


class CalendarEvent(_Part, frozen=True, kw_only=True):
    """A dated event outside the room."""

    turn: int
    id: str
    title: str = ""
    text: str = ""
    when: Condition | None = None
    effects: tuple[Effect, ...] = ()
    visibility: Literal["public", "control"] = "public"
    sources: tuple[str, ...] = ()


class Inject(_Part, frozen=True, kw_only=True):
    """An entry of the master list."""

    id: str
    title: str
    text: str
    to: tuple[str, ...]
    turn: int | None = None
    kind: Literal["H", "C", "S"] = "S"
    trigger: Condition | None = None
    source: str = msgspec.field(name="from", default="")
    expected: str = ""
    objective: str = ""
    precedence: Precedence = "routine"
    effects: tuple[Effect, ...] = ()
    sources: tuple[str, ...] = ()


class BotSpec(_Part, frozen=True, kw_only=True):
    """The default policy of a seat."""

    policy: str
    params: dict[str, str | int | float | bool] = {}


class Expectation(_Part, frozen=True, kw_only=True):
    """One statement about the historical path: a measure by name, its bounds, and the words."""

    id: str
    statement: str
    measure: str
    tolerance: str
    low: float | None = None
    high: float | None = None
    args: dict[str, str | int | float] = {}


class HistoricalSummit(_Part, frozen=True, kw_only=True):
    """How a recorded meeting ended."""

    turn: int
    result: Literal["statement", "text", "walk_away"]


class History(_Part, frozen=True, kw_only=True):
    """The scripted path and what must hold of it."""

    orders: dict[int, dict[str, tuple[str, ...]]]
    forced: dict[str, str] = {}
    params: dict[int, dict[str, dict[str, str | int | bool]]] = {}
    summits: tuple[HistoricalSummit, ...] = ()
    seeds: int = 200
    table: tuple[Expectation, ...] = ()


class Goal(_Part, frozen=True, kw_only=True):
    """One scored goal of a seat."""

    label: str
    weight: float
    measure: str = ""
    scalar: Scalar | None = None


class Fact(_Part, frozen=True, kw_only=True):
    """A flag in words: `label` when it is up, `absent` when it is down, and who may know which (`all` or seats)."""

    id: str
    label: str
    absent: str
    see: tuple[str, ...] = ("all",)


class Source(_Part, frozen=True, kw_only=True):
    """Where something is from."""

    id: str
    text: str
    url: str = ""


class Term(_Part, frozen=True, kw_only=True):
    """A word explained."""

    term: str
    text: str


class Monotone(_Part, frozen=True, kw_only=True):
    """A promise the linter checks: raising `cause` never moves `effect` against `sign`."""

    cause: str
    effect: str
    sign: Literal["up", "down"]
    note: str = ""


class Kent(_Part, frozen=True, kw_only=True):
    """Words for probabilities: each holds up to and including `upto`."""

    upto: float
    word: str


class Scenario(_Part, frozen=True, kw_only=True, dict=True):
    """A whole case, checked. Lists keep the author's order; `by` maps are built on first use."""

    schema: Literal["crisis/1"]
    meta: Meta
    lenses: tuple[str, ...]
    teams: tuple[Team, ...]
    seats: tuple[Seat, ...]
    variables: tuple[Variable, ...]
    moves: tuple[Move, ...]
    rules: tuple[Rule, ...]
    negotiation: Negotiation
    hazard: Hazard
    beliefs: Beliefs
    implementation: Implementation
    interaction: Interaction
    summit: SummitSpec
    phases: tuple[Phase, ...] = ()
    presets: tuple[Preset, ...] = ()
    derived: tuple[Derived, ...] = ()
    votes: tuple[Vote, ...] = ()
    tabled: tuple[Tabled, ...] = ()
    commitments: Commitments = Commitments()
    vows: Vows | None = None
    tally: RiskTally = RiskTally()
    calendar: tuple[CalendarEvent, ...] = ()
    injects: tuple[Inject, ...] = ()
    bots: dict[str, BotSpec] = {}
    history: History | None = None
    goals: dict[str, dict[str, Goal]] = {}
    facts: tuple[Fact, ...] = ()
    sources: tuple[Source, ...] = ()
    glossary: tuple[Term, ...] = ()
    monotone: tuple[Monotone, ...] = ()
    kent: tuple[Kent, ...] = ()
    content_hash: str = ""

    @cached_property
    def seat(self) -> dict[str, Seat]:
        """Seats by id."""
        return {seat.id: seat for seat in self.seats}

    @cached_property
    def variable(self) -> dict[str, Variable]:
        """Variables by id."""
        return {variable.id: variable for variable in self.variables}

    @cached_property
    def move(self) -> dict[str, Move]:
        """Moves by id."""
        return {move.id: move for move in self.moves}

    @cached_property
    def rule(self) -> dict[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def inject(self) -> dict[str, Inject]:
        """Injects by id."""
        return {inject.id: inject for inject in self.injects}

    @cached_property
    def source(self) -> dict[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def fact(self) -> dict[str, Fact]:
        """Words and readers of flags, by flag."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def preset(self) -> dict[str, Preset]:
        """Presets by id."""
        return {preset.id: preset for preset in self.presets}

    @cached_property
    def issues(self) -> tuple[str, ...]:
        """Issue ids in the order of the space, the sequence left out."""
        return tuple(issue.id for issue in self.negotiation.issues if issue.kind != "sequence")

    @cached_property
    def index(self) -> dict[str, int]:
        """Row of each variable in the state array."""
        return {variable.id: row for row, variable in enumerate(self.variables)}

    @cached_property
    def clause_index(self) -> dict[str, int]:
        """Row of each issue in the array of clause levels."""
        return {issue: row for row, issue in enumerate(self.issues)}

    @cached_property
    def flags(self) -> tuple[str, ...]:
        """Every flag that any effect sets or any condition reads, sorted."""
        from adjudication.scenario.names import flags_of  # noqa: PLC0415 - names reads this schema

        return flags_of(self)

    @cached_property
    def flag_index(self) -> dict[str, int]:
        """Row of each flag in the array of flags."""
        return {flag: row for row, flag in enumerate(self.flags)}

    @cached_property
    def derived_by_id(self) -> dict[str, Derived]:
        """Derived values by id."""
        return {derived.id: derived for derived in self.derived}

    def turn_name(self, turn: int) -> str:
        """Return the name of a turn (1-based)."""
        names = self.meta.turn_names
        return names[turn - 1] if 0 < turn <= len(names) else f"{self.meta.turn_label} {turn}"
