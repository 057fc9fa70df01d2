"""A whole scenario: the sections of its files as one frozen value, with the maps the engine looks things up in.

Owns the list of sections and their defaults. The shapes of the sections live beside it, one module a subject, and are
published from here. Unknown keys are errors. Cross-references are checked in `checks`, not here.
"""

from functools import cached_property
from typing import Literal

import msgspec

from adjudication.scenario.bargain import AbsentParty, ClauseLeak
from adjudication.scenario.bots import BotRule, BotSpec, Persona, Speech
from adjudication.scenario.catalogue import (
    SEVERITY_POINTS,
    SEVERITY_RANK,
    Move,
    MoveText,
    Param,
    Rule,
    SignalSpec,
    Visibility,
)
from adjudication.scenario.course import (
    Clock,
    ClockTurn,
    Kent,
    Meta,
    Monotone,
    Phase,
    Preset,
    Slot,
    Source,
    StartDeal,
    Term,
    Zone,
)
from adjudication.scenario.freeform import FreeMoves
from adjudication.scenario.happenings import CalendarEvent, Channel, Flashpoint, Inject, Ladder, Precedence, Standing
from adjudication.scenario.lines import Line, LineKind, LineLeak, Talk, Tap
from adjudication.scenario.papers import PaperField, PaperKind, PaperTemplate
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
)
from adjudication.scenario.part import Part
from adjudication.scenario.people import Brief, Check, Goal, Objective, Seat, Team
from adjudication.scenario.record import (
    Anchor,
    Calibration,
    Column,
    Expectation,
    Gauge,
    Held,
    HistoricalSummit,
    History,
    Indicator,
    IndicatorPoint,
    RecordedText,
    Strategy,
    Target,
)
from adjudication.scenario.review import (
    Dial,
    Dropped,
    Given,
    LearningObjective,
    Pinned,
    Question,
    QuestionMetric,
    QuestionRun,
    Review,
    WhatIf,
)
from adjudication.scenario.scoring import Scoring
from adjudication.scenario.state import (
    Card,
    CardOutcome,
    Derived,
    Drift,
    Fact,
    Gate,
    Sight,
    Variable,
    VariableKind,
    Veil,
)
from negotiation.terms import Negotiation

__all__ = [
    "SEVERITY_POINTS", "SEVERITY_RANK", "AbsentParty", "Anchor", "BotRule", "BotSpec", "Brief", "CalendarEvent",
    "Calibration", "Card", "CardOutcome", "Channel", "Check", "ClauseLeak", "Clock", "ClockTurn", "Column",
    "Derived", "Dial", "Drift", "Dropped", "Expectation", "Fact", "Flashpoint", "Gate", "Gauge", "Given", "Goal",
    "Held", "HistoricalSummit", "History", "Indicator", "IndicatorPoint", "Inject", "Kent", "Ladder",
    "LearningObjective", "Line", "LineKind",
    "LineLeak", "Meta", "Monotone", "Move", "MoveText", "Objective", "PaperField", "PaperKind", "PaperTemplate",
    "Param", "Persona", "Phase", "Pinned", "Precedence", "Preset", "Question", "QuestionMetric", "QuestionRun",
    "RecordedText", "Review", "Rule", "Scenario", "Seat", "Severity", "Sight", "SignalSpec", "Slot", "Source",
    "Speech", "Standing", "StartDeal", "Strategy", "Talk", "Tap", "Target", "Team", "Term", "Variable",
    "VariableKind", "Veil", "Visibility", "WhatIf", "Zone",
]  # fmt: skip


class Scenario(Part, frozen=True, kw_only=True, dict=True):
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
    beliefs: Beliefs
    interaction: Interaction
    hazard: Hazard | None = None
    implementations: tuple[Implementation, ...] = msgspec.field(name="implementation", default=())
    """The agencies of each side that has any; in a file one block or a list of them."""
    summit: SummitSpec | None = None
    clock: Clock | None = None
    veils: tuple[Veil, ...] = ()
    cards: tuple[Card, ...] = ()
    hazards: tuple[Flashpoint, ...] = ()
    ladder: Ladder | None = None
    standing: tuple[Standing, ...] = ()
    channels: tuple[Channel, ...] = ()
    lines: tuple[Line, ...] = ()
    talk: Talk = Talk()
    free_moves: FreeMoves | None = None
    templates: tuple[PaperTemplate, ...] = ()
    leaks: tuple[ClauseLeak, ...] = ()
    absent: tuple[AbsentParty, ...] = ()
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
    personas: tuple[Persona, ...] = ()
    speech: tuple[Speech, ...] = ()
    history: History | None = None
    anchors: tuple[Anchor, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    calibration: Calibration | None = None
    review: Review | None = None
    goals: dict[str, dict[str, Goal]] = {}
    scoring: Scoring = Scoring()
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
    def sights(self) -> dict[tuple[str, str], Sight]:
        """How each seat sees each variable: by seat, else by role, else by default, else not at all."""
        hidden = Sight(mode="hidden")
        return {
            (v.id, seat.id): v.see.get(seat.id) or v.see.get(seat.role) or v.see.get("default") or hidden
            for v in self.variables
            for seat in self.seats
        }

    @cached_property
    def move(self) -> dict[str, Move]:
        """Moves by id."""
        return {move.id: move for move in self.moves}

    @cached_property
    def rule(self) -> dict[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def rules_by_stage(self) -> dict[float, tuple[Rule, ...]]:
        """The rules that are data, by stage, in the order of their ids."""
        found: dict[float, tuple[Rule, ...]] = {}
        for rule in sorted(self.rules, key=lambda rule: rule.id):
            if not rule.code:
                found[rule.stage] = (*found.get(rule.stage, ()), rule)
        return found

    @cached_property
    def inject(self) -> dict[str, Inject]:
        """Injects by id."""
        return {inject.id: inject for inject in self.injects}

    @cached_property
    def template(self) -> dict[str, PaperTemplate]:
        """Templates of papers by id."""
        return {template.id: template for template in self.templates}

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
        """What can be in force: issues in the order of the space, the sequence left out, then side clauses."""
        return tuple(issue.id for issue in self.negotiation.deal_issues if issue.kind != "sequence")

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

    @cached_property
    def principals(self) -> dict[str, str]:
        """The seat that signs for each party, by party; a party's id is its side."""
        return {party.id: party.signatory for party in self.negotiation.parties}

    @cached_property
    def over_from(self) -> int:
        """The state of war from which a game stands still: the end of its ladder, or any war."""
        return self.ladder.ends_at if self.ladder is not None else 1

    @cached_property
    def tags(self) -> frozenset[str]:
        """Every tag a turn of the clock wears."""
        return frozenset(tag for turn in (self.clock.turns if self.clock is not None else ()) for tag in turn.tags)

    def implementation_of(self, side: str) -> Implementation | None:
        """Return how the agencies of a side carry orders out, None if it has no such block."""
        return next((block for block in self.implementations if block.side == side), None)

    def clock_turn(self, turn: int) -> ClockTurn | None:
        """Return a turn of the clock (1-based), None without a clock."""
        turns = self.clock.turns if self.clock is not None else ()
        return turns[turn - 1] if 0 < turn <= len(turns) else None

    def pace(self, turn: int) -> float:
        """Return how many basis lengths a turn lasts: what rates are scaled by; 1 without a clock."""
        here = self.clock_turn(turn)
        return 1.0 if here is None or self.clock is None else here.hours / self.clock.basis_hours

    def calendar_turn(self, turn: int) -> int:
        """Return the turn of the case a turn stands for: itself, or the last one covered by a scheduled turn."""
        here = self.clock_turn(turn)
        return turn if here is None or here.covers is None else here.covers[1]

    def turn_name(self, turn: int) -> str:
        """Return the name of a turn (1-based)."""
        here = self.clock_turn(turn)
        if here is not None:
            return here.name
        names = self.meta.turn_names
        return names[turn - 1] if 0 < turn <= len(names) else f"{self.meta.turn_label} {turn}"
