"""Draw the bargaining problem: as it is, and as each signatory believes it to be.

Owns the map Control sees while the game runs and the report shows afterwards, and where a text lies on it. It reads a
stored world and beliefs; it keeps nothing of a game but answers to questions asked before.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from msgspec import Struct

from adjudication.scenario.schema import Scenario
from negotiation.analysis import Analysis, Point, analyse
from negotiation.package import whole_row
from negotiation.points import judge
from negotiation.ratification import WinSet, win_sets
from negotiation.sides import Deal, WholeAnalysis, analyse_with_sides
from wargame.game import advice, engine
from wargame.game.state import State

TRUTH = ""
"""Stands for the problem as it is, where a seat stands for the problem as that seat believes it to be."""
DECIMALS = 5
FRONTIER = 200
"""Most points of a frontier that are shown; evenly taken, the ends always."""
ANSWERS = 64
"""Most pictures of a case kept."""


class Moment(Struct, frozen=True):
    """What a bargaining problem is made of: values by name, and what is in force."""

    values: dict[str, float]
    banked: dict[str, int]


class Picture(Struct, frozen=True):
    """One side's bargaining problem, analysed with side clauses; `gap` and `zopa` are of the issues alone."""

    whole: WholeAnalysis
    gap: float
    zopa: int


def world_values(scenario: Scenario, world: Mapping[str, Any]) -> dict[str, float]:
    """Return every name a formula may read in a stored world: variables, flags, derived values, states of secrets."""
    values = {str(name): float(value) for name, value in world.get("values", {}).items()}
    values.update({f"flag.{flag}": 0.0 for flag in scenario.flags})
    values.update({f"flag.{flag}": 1.0 for flag in world.get("flags", ())})
    values.update({str(name): float(at) for name, at in world.get("marks", {}).items()})
    return engine.derived(scenario, values)


def moments(scenario: Scenario, state: State) -> dict[str, Moment]:
    """Return the problem as it is, and as each signatory believes it to be, by seat."""
    found = {TRUTH: Moment(world_values(scenario, state.world), engine.banked(state.world))}
    for party in scenario.negotiation.parties:
        seat = party.signatory
        if seat in state.seats:
            found[seat] = Moment(advice.believed(scenario, state, seat), engine.known_levels(scenario, state, seat))
    return found


def picture(scenario: Scenario, moment: Moment) -> Picture:
    """Analyse a moment, side clauses included. The same question gets the same answer, and is worked out once."""
    known = _answers(scenario)
    question = (tuple(sorted(moment.values.items())), tuple(sorted(moment.banked.items())))
    if question not in known:
        if len(known) >= ANSWERS:
            known.pop(next(iter(known)), None)
        issues = issues_alone(scenario, moment)
        whole = analyse_with_sides(scenario.negotiation, moment.values, moment.banked, counted=0)
        known[question] = Picture(whole, issues.gap, issues.zopa)
    return known[question]


def forget(scenario: Scenario) -> None:
    """Forget the answers to questions asked before."""
    _answers(scenario).clear()


def _answers(scenario: Scenario) -> dict[object, Picture]:
    """Return the pictures drawn of a case so far, the oldest first."""
    answers: dict[object, Picture] = scenario.__dict__.setdefault("_pictures", {})
    return answers


def issues_alone(scenario: Scenario, moment: Moment) -> Analysis:
    """Analyse the packages of the issues of a moment, without side clauses: some milliseconds."""
    return analyse(scenario.negotiation, moment.values, moment.banked)


def constraints(scenario: Scenario, moment: Moment) -> list[WinSet]:
    """Return how every player and gate narrows the packages of the issues."""
    return win_sets(scenario.negotiation, moment.values, moment.banked)


def place(scenario: Scenario, moment: Moment, levels: Mapping[str, int]) -> tuple[float, float, bool]:
    """Return where a text lies: surplus of the first party, of the second, and whether nothing stops it."""
    terms = scenario.negotiation
    judged = judge(terms, [whole_row(terms, levels, moment.banked)], moment.values, moment.banked)
    one, two = (round(float(judged.surplus[party.id][0, 0]), DECIMALS) for party in terms.parties)
    return one, two, bool(judged.feasible[0, 0])


def frontier(found: WholeAnalysis | Analysis) -> list[tuple[float, float]]:
    """Return a frontier by falling surplus of the first party, thinned evenly to at most FRONTIER points."""
    if isinstance(found, Analysis):
        points = np.stack([found.first[found.frontier], found.second[found.frontier]], axis=1)
    else:
        points = found.frontier
    most = min(len(points), FRONTIER)
    picks = np.rint(np.linspace(0, len(points) - 1, most)).astype(np.intp)
    return [(round(float(x), DECIMALS), round(float(y), DECIMALS)) for x, y in points[picks]]


def as_deal(point: Point) -> Deal:
    """Return a package of the issues as a text that adds no side clause."""
    return Deal(point.package, (), point.surplus)


def raised(scenario: Scenario, deal: Deal, banked: Mapping[str, int]) -> dict[str, int]:
    """Return what a text adds to what is in force, and how its steps are ordered."""
    terms = scenario.negotiation
    found = {
        issue.id: level
        for issue, level in zip(terms.issues, deal.package, strict=True)
        if issue.kind == "sequence" or level > banked.get(issue.id, issue.default)
    }
    return found | dict.fromkeys(deal.sides, 1)
