"""What packages are worth in the situation of a case, and who stops them, held against what the case says.

Judges before anything is done. Every difference is a sentence. What a player makes of a package is read off its own
consent: it accepts at a threshold just under the number and refuses at one just over it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np

from adjudication.policies.knowing import derived_from
from adjudication.scenario.schema import Scenario
from adjudication.testkit import everything
from adjudication.world import World
from negotiation.package import whole_row
from negotiation.points import banked_rows, judge
from negotiation.terms import Negotiation
from negotiation.valuation import blocked, consent, passes
from tests.support.casebook.shape import Case, Package

FINE = 5e-5
"""Cases quote utilities with four decimals or more."""


def judged(scenario: Scenario, case: Case, world: World) -> Iterator[str]:
    """Say where a package of a case is not worth what the case says, or stopped by others than it says."""
    known = everything(scenario, world)
    values = known | derived_from(scenario, known)
    banked = world.clause_map(scenario)
    for number, package in enumerate(case.then.packages, start=1):
        for words in _differences(scenario.negotiation, package, values, banked, case.active):
            yield f"package {number}: {words}"


def _differences(
    terms: Negotiation, package: Package, values: dict[str, float], banked: dict[str, int], lenses: frozenset[str]
) -> Iterator[str]:
    columns = [np.asarray(level, dtype=np.intp) for level in whole_row(terms, package.levels, banked)]
    found = judge(terms, [[int(level) for level in columns]], values, banked, lenses)
    for party, expected in package.worth.items():
        yield from _number(f"worth to {party}", float(found.utility[party][0, 0]), expected)
    for party, expected in package.waiting.items():
        yield from _number(f"waiting of {party}", float(found.reservation[party][0, 0]), expected)
    low = banked_rows(terms, banked)
    for player in terms.players:
        if player.id in package.regard:
            expected = package.regard[player.id]
            edges = [msgspec.structs.replace(player, theta=expected + step) for step in (-FINE, FINE)]
            answers = [bool(consent(edge, terms, columns, low, values, lenses)) for edge in edges]
            if answers != [True, False]:
                yield f"{player.id} makes {'more' if answers[1] else 'less'} of it than {expected:g}"
    if package.stopped_by is not None:
        stopped = sorted(_stopping(terms, columns, low, values, lenses))
        if stopped != sorted(package.stopped_by):
            yield f"stopped by {', '.join(stopped) or 'nobody'}, expected {', '.join(package.stopped_by) or 'nobody'}"


def _number(what: str, found: float, expected: float) -> Iterator[str]:
    if not abs(found - expected) <= FINE:
        yield f"{what} is {found:.6f}, expected {expected:g}"


def _stopping(
    terms: Negotiation, columns: list[Any], low: list[Any], values: dict[str, float], lenses: frozenset[str]
) -> Iterator[str]:
    """Return the gates a package does not pass and the veto players that are asked and refuse."""
    for gate in terms.gates:
        if gate.lens in lenses and not bool(passes(gate, terms, columns, low, values)):
            yield gate.id
    for player in terms.players:
        asked = player.lens in lenses and bool(blocked(player, terms, columns, low, values))
        if asked and not bool(consent(player, terms, columns, low, values, lenses)):
            yield player.id
