"""What stands between the parties: how long it may last, who would see a breach, what was given for what was shown.

Owns the numbers a question of the case reads off settled turns (adjudication model, 5.2, 5.7, 7). It compares nothing.
"""

from collections.abc import Mapping, Sequence
from math import fsum
from typing import NamedTuple

from adjudication.agreed import FINAL, IN_FORCE, Owed
from adjudication.results import Resolution
from adjudication.scenario.schema import Scenario
from negotiation.agreements import breakdown_hazard, durability
from negotiation.terms import Negotiation, Party
from wargame.aar.chronicle import Json, Turn, values_of


def breakdown(case: Scenario, world: Json, turn: int) -> float | None:
    """Return the chance a turn that what is in force collapses, as a turn left it; None where nothing is (R-R17)."""
    spec, rules, v = case.commitments, case.negotiation.durability, values_of(case, world)
    if v[spec.strength] <= 0:
        return None
    unpaid = v[spec.clock] if spec.clock else 0.0
    trust = tuple(v[name] for name in spec.trust)
    score = durability(rules, strength=v[spec.strength], unpaid=unpaid, trust=trust)
    hazard, pace = float(breakdown_hazard(rules, score, unpaid)), case.pace(turn)
    return hazard if pace == 1.0 else 1.0 - (1.0 - hazard) ** pace


def owed_still(done: Resolution) -> list[Owed]:
    """Return the clauses somebody still owes under texts that hold."""
    return [
        row
        for text in done.agreements
        if text.status in IN_FORCE
        for row in text.owed
        if row.side and row.state not in FINAL
    ]


class Substance(NamedTuple):
    """What a side delivered, in what it is worth to the other, what it was worth to be seen to sign, and when."""

    delivered: float
    shown: float
    turns: tuple[int, ...]


def substance(case: Scenario, played: Sequence[tuple[Turn, Resolution]], side: str) -> Substance:
    """Return the two halves of the substance ratio of a side.

    A clause counts as delivered once, when it is first fulfilled, at the full value the case gives it for the other
    side: before belief in promises, need and verification. Being seen to sign counts at its worth then (R-L02).
    """
    terms = case.negotiation
    own = next(party for party in terms.parties if party.id == side)
    other = next(party for party in terms.parties if party.id != side)
    delivered, shown, turns, seen = list[float](), list[float](), set[int](), set[tuple[str, str]]()
    for turn, done in played:
        for text in done.agreements:
            for row in text.owed:
                if row.side == side and row.state == "fulfilled" and (text.id, row.clause) not in seen:
                    seen.add((text.id, row.clause))
                    delivered.append(_worth(terms, other, row))
                    turns.add(turn.number)
        pictures = _shown(case, own, turn, done)
        if pictures:
            shown.append(pictures)
            turns.add(turn.number)
    return Substance(fsum(delivered), fsum(shown), tuple(sorted(turns)))


def _worth(terms: Negotiation, party: Party, row: Owed) -> float:
    side = terms.side.get(row.clause)
    if side is not None:
        return side.values.get(party.id, 0.0) * (row.level - row.from_level)
    return fsum(
        stake.values[row.level] - stake.values[row.from_level] for stake in party.stakes if stake.issue == row.clause
    )


def _shown(case: Scenario, party: Party, turn: Turn, done: Resolution) -> float:
    """Return what being seen to sign was worth in a turn: nothing without a symbolic clause, or without the lens."""
    symbol, lenses = party.symbol, None if turn.sealed is None else turn.sealed.lenses
    if symbol is None or (symbol.lens is not None and lenses is not None and symbol.lens not in lenses):
        return 0.0
    issues: Mapping[str, bool] = {issue.id: issue.symbolic for issue in case.negotiation.deal_issues}
    raised = any(
        issues.get(clause.issue, False) and clause.level > clause.from_level
        for text in done.agreements
        if text.turn == turn.number and text.form in ("statement", "text") and text.status in IN_FORCE
        for clause in text.clauses
    )
    count = values_of(case, turn.before)[symbol.count]
    return symbol.size * symbol.decay**count if raised else 0.0
