"""Show each seat what its own people make of a text, and Control where texts lie on the map.

An assessment is made from what the seat reads and from the clauses it may see, and from nothing else. The map is
Control's alone.
"""

from collections.abc import Mapping

from negotiation.analysis import Analysis
from negotiation.assess import Assessment
from negotiation.closest import Change
from negotiation.offers import Offer
from negotiation.sides import Deal, WholeAnalysis
from wargame.game import advice, bargain
from wargame.game.bargain import Moment
from wargame.game.case import Scenario
from wargame.game.entities import (
    AssessmentSeen,
    BargainMapSeen,
    BargainOfferSeen,
    BargainSideSeen,
    ClauseChangeSeen,
    ClosestSeen,
    ConstraintSeen,
    MapDealSeen,
    PathStepSeen,
    PlacedSeen,
    VoiceSeen,
)
from wargame.game.ids import seat_view
from wargame.game.state import State
from wargame.game.visibility.base import Disclosure, Rows, control_only, show


def assessment_rows(state: State, offer: Offer, scenario: Scenario, seen: Mapping[str, dict[str, int]]) -> Rows:
    """Yield an assessment to each seat, of the clauses it may see (`seen`: seat -> levels)."""
    for seat, levels in seen.items():
        found = advice.assessment_for(scenario, state, seat, levels, oral=offer.venue == "oral")
        value = _assessment_seen(offer, found)
        yield Disclosure(seat_view(seat), "assessment", f"{offer.id}@{offer.version}", value)


def _assessment_seen(offer: Offer, found: Assessment) -> AssessmentSeen:
    near = found.closest
    return AssessmentSeen(
        offer=offer.id,
        version=offer.version,
        verdict=found.verdict,
        other_verdict=found.other_verdict,
        confidence=found.confidence,
        path=tuple(
            PathStepSeen(authority=s.authority, state=s.state, why=s.why, rule=s.rule, missing=s.missing)
            for s in found.path
        ),
        unhappy=tuple(VoiceSeen(label=v.label, rule=v.rule, note=v.note) for v in found.unhappy),
        banked=tuple(_change(change) for change in found.banked),
        form=found.form,
        form_rule=found.form_rule,
        durability=found.lasting,
        trust_ok=found.trust_ok,
        closest=None
        if near is None
        else ClosestSeen(
            changes=tuple(_change(change) for change in near.changes),
            verdict=near.verdict,
            other_verdict=near.other_verdict,
        ),
    )


def _change(change: Change) -> ClauseChangeSeen:
    return ClauseChangeSeen(clause=change.clause, from_level=change.from_level, to_level=change.to_level)


# --- Control's map ----------------------------------------------------------------------------
def map_rows(state: State, scenario: Scenario) -> Rows:
    """Yield the bargaining problem as the turn opens."""
    first, second = scenario.negotiation.parties
    seen = BargainMapSeen(
        turn=state.turn,
        x=first.label,
        y=second.label,
        sides=tuple(_side_seen(scenario, of, moment) for of, moment in bargain.moments(scenario, state).items()),
    )
    yield from show(control_only(), "bargain_map", str(state.turn), seen)


def _side_seen(scenario: Scenario, of: str, moment: Moment) -> BargainSideSeen:
    """Return the problem as it is with side clauses, and in a signatory's eyes by the issues alone."""
    if of != bargain.TRUTH:
        issues = bargain.issues_alone(scenario, moment)
        deals = [None if point is None else bargain.as_deal(point) for point in (issues.nash, issues.kalai)]
        alone = (issues.gap, issues.zopa)
        return _drawn(scenario, of, moment, alone, issues, *deals, nearest=bargain.as_deal(issues.nearest))
    picture = bargain.picture(scenario, moment)
    whole, alone = picture.whole, (picture.gap, picture.zopa)
    return _drawn(scenario, of, moment, alone, whole, whole.nash, whole.kalai, nearest=whole.nearest)


def _drawn(
    scenario: Scenario, of: str, moment: Moment, alone: tuple[float, int], found: Analysis | WholeAnalysis,
    nash: Deal | None, ks: Deal | None, *, nearest: Deal,
) -> BargainSideSeen:  # fmt: skip
    """Return one side's row; `alone` is the gap and the zone of the issues alone."""

    def deal(one: Deal) -> MapDealSeen:
        x, y = (round(worth, bargain.DECIMALS) for worth in one.surplus)
        return MapDealSeen(levels=bargain.raised(scenario, one, moment.banked), x=x, y=y)

    truth = of == bargain.TRUTH
    return BargainSideSeen(
        of=of,
        catalogue=truth,
        gap=round(found.gap, bargain.DECIMALS),
        zopa=found.zopa,
        exists=found.gap >= 0,
        issues_gap=round(alone[0], bargain.DECIMALS),
        issues_zopa=alone[1],
        nash=None if nash is None else deal(nash),
        ks=None if ks is None else deal(ks),
        nearest=deal(nearest),
        frontier=tuple(bargain.frontier(found)),
        constraints=tuple(
            ConstraintSeen(
                id=w.id, label=w.label, veto=w.veto, share=round(w.share, 4), shrinkage=round(w.shrinkage, 4)
            )
            for w in (bargain.constraints(scenario, moment) if truth else ())
        ),
    )


def placed_rows(state: State, offer: Offer, scenario: Scenario) -> Rows:
    """Yield where a version lies that was just tabled."""
    placed = []
    for of, moment in bargain.moments(scenario, state).items():
        x, y, feasible = bargain.place(scenario, moment, offer.levels)
        placed.append(PlacedSeen(of=of, x=x, y=y, feasible=feasible))
    seen = BargainOfferSeen(
        offer=offer.id, version=offer.version, turn=offer.turn, author=offer.proposer, at_ms=offer.at_ms,
        placed=tuple(placed),
    )  # fmt: skip
    yield from show(control_only(), "bargain_offer", f"{offer.id}@{offer.version}", seen)
