"""The words of one scenario: every name that may be read, every event that may happen, every side there is.

Owns the lists that checks compare against. Judges nothing.
"""

from functools import cached_property
from math import inf

from adjudication import effects as e
from adjudication.scenario.names import effects_of
from adjudication.scenario.ranges import limits
from adjudication.scenario.schema import Scenario
from adjudication.scenario.signs import Signs, Span

EVENTS = (
    "summit", "signed", "signed_at_summit", "signed_by_exchange", "signed_statement", "signed_text", "walk_away",
    "clash", "war", "collapse", "text_struck", "snapback", "understood",
)  # fmt: skip
"""Events the engine itself raises; `emit` adds others."""

PER_SIDE = ("honoured", "back_down", "breach_by", "late_by", "suspended_by", "withdrawn_by", "learned", "preempted")
"""Events the engine raises for each side, as `honoured_US`."""

OWN_INDICES = ("escalation", "points", "risk_carried", "durability")
"""Indices the engine computes in every case."""

SHIFTED = ("clash", "war", "break")
"""Dice whose odds `prob_shift` may move, beside those of votes."""


class Vocabulary:
    """What a scenario's trees may say."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """Every side that has a seat."""
        return tuple(sorted({seat.side for seat in self.scenario.seats}))

    @cached_property
    def emitted(self) -> tuple[str, ...]:
        """Events that effects, tabled votes and detected orders raise."""
        scenario = self.scenario
        found = {effect.event for _, effect in effects_of(scenario) if isinstance(effect, e.Emit)}
        found |= {vote.event for vote in scenario.tabled}
        found |= {hazard.event for hazard in scenario.hazards}
        found |= {leak.event for leak in scenario.leaks}
        found |= {party.event for party in scenario.absent}
        if scenario.ladder is not None and scenario.ladder.step is not None:
            found.add(scenario.ladder.step_event)
        found |= {f"leak_{move.id}" for move in scenario.moves if move.detect > 0}
        return tuple(sorted(found - {""}))

    @cached_property
    def events(self) -> tuple[str, ...]:
        """Every event a rule may wait for."""
        per_side = (f"{event}_{side}" for event in PER_SIDE for side in self.sides)
        unhappy = (f"discontent_{player.id}" for player in self.scenario.negotiation.players)
        return (*EVENTS, *per_side, *unhappy, *self.emitted)

    @cached_property
    def dice(self) -> tuple[str, ...]:
        """Every die whose odds may be shifted."""
        own = {vote.key for vote in self.scenario.votes} | {vote.key for vote in self.scenario.tabled}
        return (*SHIFTED, *sorted(own))

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name a condition or a scalar may read, apart from parameters of an order."""
        scenario = self.scenario
        names = set(scenario.variable) | set(scenario.derived_by_id) | {"turn"}
        for issue in scenario.issues:
            names |= {f"clause.{issue}", f"gained.{issue}", f"before.{issue}", f"actual.{issue}"}
        names |= {f"flag.{flag}" for flag in scenario.flags}
        names |= {f"event.{event}" for event in self.events}
        names |= {f"{head}.{seat.id}" for head in ("consent", "asked") for seat in scenario.seats}
        names |= {f"tag.{tag}" for tag in scenario.tags}
        names |= {f"ordered.{move.id}" for move in scenario.moves}
        names |= {"attention", *(f"told.{issue.id}" for issue in scenario.negotiation.issues if issue.secret_levels)}
        for seat in scenario.seats:
            names |= {f"resource.{seat.id}.{name}" for name in seat.resources}
        return frozenset(names)

    @cached_property
    def score_names(self) -> frozenset[str]:
        """Every name a score may read besides: measures, indices, the risk of the turn."""
        scoring = self.scenario.scoring
        names = {"tally.turns", "risk.clash", *(f"index.{index}" for index in OWN_INDICES)}
        names |= {f"tally.{measure.id}" for measure in scoring.measures}
        return frozenset(names | {f"index.{index.id}" for index in scoring.indices})

    @cached_property
    def spans(self) -> dict[str, Span]:
        """The range of every name, as far as kinds and levels tell it."""
        scenario = self.scenario
        spans: dict[str, Span] = {v.id: limits(v.kind, v.min, v.max) for v in scenario.variables}
        for issue in scenario.negotiation.deal_issues:
            top = float(len(issue.levels) - 1)
            for head in ("clause", "before", "actual"):
                spans[f"{head}.{issue.id}"] = (0.0, top)
            spans[f"gained.{issue.id}"] = (-top, top)
        spans |= {f"flag.{flag}": (0.0, 1.0) for flag in scenario.flags}
        spans |= {f"event.{event}": (0.0, 1.0) for event in self.events}
        spans |= {f"tag.{tag}": (0.0, 1.0) for tag in scenario.tags}
        spans |= {f"ordered.{move}": (0.0, inf) for move in scenario.move}
        spans |= {f"told.{issue.id}": (0.0, 1.0) for issue in scenario.negotiation.issues if issue.secret_levels}
        spans |= {f"{head}.{seat.id}": (0.0, 1.0) for head in ("consent", "asked") for seat in scenario.seats}
        spans["attention"] = (0.0, inf)
        spans["turn"] = (1.0, float(scenario.meta.turns))
        return spans

    @cached_property
    def signs(self) -> Signs:
        """Bounds and signs of formulas over these ranges."""
        return Signs(self.scenario, self.spans)
