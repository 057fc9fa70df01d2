"""Metamorphic properties of the bargaining model (adjudication.md 8.4: 8, 9, 12, 18, 24-28, 35).

Each is asked of 300 random worlds over part of the case's issues (a space of some thousand packages, drawn too), and
those that look at every package also of a few worlds over the whole space of 172,800.
"""

import msgspec
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiation.analysis import analyse, axes, pareto, utilities
from negotiation.terms import ALL_LENSES, Negotiation
from negotiation.valuation import feasible, reservation
from tests.support.bargaining import case_terms, trimmed

TERMS = case_terms()
SPACES = (
    trimmed(TERMS, "test", "fac", "ver", "unrel", "rec", "seq"),
    trimmed(TERMS, "fac", "ars", "ver", "unrel", "sec"),
    trimmed(TERMS, "test", "ver", "usrel", "sec", "rec", "seq"),
    trimmed(TERMS, "fac", "ver", "unrel", "usrel", "seq"),
)
quick = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
whole = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
spaces = st.sampled_from(SPACES)
percent = st.floats(0, 100)
belief = st.floats(0.02, 0.97)

worlds = st.fixed_dictionaries(
    {
        "press": st.floats(0, 80), "tension": percent, "approval_nk": percent, "missile_cap": percent,
        "institution": percent, "novelty_n": st.integers(0, 4), "trust_us": belief, "trust_dprk": belief,
        "congress_res": st.floats(40, 100), "flag.verification_designed": st.integers(0, 1),
    }
)  # fmt: skip
in_force = st.fixed_dictionaries(
    {issue.id: st.integers(0, len(issue.levels) - 1) for issue in TERMS.issues if issue.kind != "sequence"}
)
low_in_force = st.fixed_dictionaries(
    {issue.id: st.integers(0, min(2, len(issue.levels) - 1)) for issue in TERMS.issues if issue.kind != "sequence"}
)


def scaled(terms: Negotiation, party: str, by: float) -> Negotiation:
    """Return the terms with one party's utility and reservation in other units."""
    raw = msgspec.to_builtins(terms)
    side = next(p for p in raw["parties"] if p["id"] == party)
    for stake in side["stakes"]:
        stake["values"] = [value * by for value in stake["values"]]
    side["reservation"]["const"] *= by
    for term in side["reservation"]["terms"]:
        term["weight"] *= by
    if side["symbol"]:
        side["symbol"]["size"] *= by
    return msgspec.convert(raw, Negotiation)


@quick
@given(spaces, worlds, low_in_force, st.floats(0, 0.5), st.floats(0, 0.5))
def test_8_more_trust_on_both_sides_never_shrinks_the_zone(terms, world, banked, more_us, more_dprk):
    trusting = world | {
        "trust_us": min(0.97, world["trust_us"] + more_us), "trust_dprk": min(0.97, world["trust_dprk"] + more_dprk)
    }  # fmt: skip
    before, after = (analyse(terms, w, banked) for w in (world, trusting))
    promised_gains = (before.first[before.zone] <= after.first[before.zone] + 1e-9).all()
    assert promised_gains
    assert (before.second[before.zone] <= after.second[before.zone] + 1e-9).all()
    assert not (before.zone & (np.minimum(after.first, after.second) < -1e-9)).any()


@quick
@given(spaces, worlds, low_in_force, st.floats(0, 60))
def test_9_a_deeper_channel_never_shrinks_the_zone(terms, world, banked, more):
    deeper = world | {"institution": min(100.0, world["institution"] + more)}
    before, after = (analyse(terms, w, banked) for w in (world, deeper))
    assert not (before.zone & (np.minimum(after.first, after.second) < -1e-9)).any()
    assert not (before.zone & ~after.allowed).any()


@quick
@given(spaces, worlds, in_force)
def test_12_every_solution_is_undominated_inside_the_zone(terms, world, banked):
    found = analyse(terms, world, banked)
    for point in (found.nash, found.kalai, found.egalitarian, found.utilitarian):
        if point is None:
            assert found.zopa == 0
            continue
        one, two = point.surplus
        better = (
            found.zone & (found.first >= one) & (found.second >= two) & ((found.first > one) | (found.second > two))
        )
        assert not (better & ((found.first > one + 1e-9) | (found.second > two + 1e-9))).any()


@quick
@given(spaces, worlds, in_force)
def test_18_being_seen_to_sign_is_worth_no_more_at_the_next_summit(terms, world, banked):
    _, now = utilities(terms, world, banked)
    _, later = utilities(terms, world | {"novelty_n": world["novelty_n"] + 1}, banked)
    assert (later["US"] <= now["US"] + 1e-12).all()
    assert (later["DPRK"] <= now["DPRK"] + 1e-12).all()


@quick
@given(spaces, worlds, in_force, st.sampled_from([p.id for p in TERMS.players] + [g.id for g in TERMS.gates]))
def test_24_without_a_player_or_gate_the_feasible_set_never_shrinks(terms, world, banked, absent):
    whole = analyse(terms, world, banked)
    wider = analyse(terms, world, banked, without=frozenset({absent}))
    assert not (whole.allowed & ~wider.allowed).any()


@quick
@given(spaces, worlds, in_force)
def test_25_another_level_of_verification_never_lowers_what_the_us_gets(terms, world, banked):
    space, worth = utilities(terms, world, banked)
    cube = worth["US"].reshape(space.shape)
    assert (np.diff(cube, axis=terms.space.verification) >= -1e-12).all()


@quick
@given(spaces, worlds, st.floats(0, 50), st.floats(0, 50))
def test_26_27_a_readier_arsenal_raises_what_waiting_is_worth_and_pressure_lowers_it(terms, world, arsenal, pressure):
    dprk = terms.party("DPRK")
    waits = reservation(dprk, world, ALL_LENSES)
    assert reservation(dprk, world | {"missile_cap": min(100.0, world["missile_cap"] + arsenal)}, ALL_LENSES) >= waits
    assert reservation(dprk, world | {"press": world["press"] + pressure}, ALL_LENSES) <= waits


@quick
@given(spaces, worlds, in_force, st.floats(0, 60))
def test_28_a_more_hostile_congress_never_widens_the_feasible_set(terms, world, banked, more):
    space_levels = axes(terms, analyse(terms, world, banked).space)
    low = list(analyse(terms, world, banked).space.low)
    mild = feasible(terms, space_levels, low, world, ALL_LENSES)
    harsh = feasible(terms, space_levels, low, world | {"congress_res": world["congress_res"] + more}, ALL_LENSES)
    assert not (harsh & ~mild).any()


@quick
@given(spaces, worlds, low_in_force, st.sampled_from(["US", "DPRK"]), st.sampled_from([0.25, 0.5, 2.0, 8.0]))
def test_35_nash_and_kalai_smorodinsky_do_not_depend_on_the_units_of_utility(terms, world, banked, party, units):
    plain = analyse(terms, world, banked)
    other = analyse(scaled(terms, party, units), world, banked)
    assert plain.zopa == other.zopa
    for one, two in ((plain.nash, other.nash), (plain.kalai, other.kalai)):
        assert (one and one.package) == (two and two.package)


@quick
@given(spaces, worlds, in_force)
def test_the_frontier_is_feasible_undominated_and_complete(terms, world, banked):
    found = analyse(terms, world, banked)
    front = found.frontier
    assert found.allowed[front].all()
    assert (np.diff(found.first[front]) <= 0).all()
    assert (np.diff(found.second[front]) > 0).all()
    reach = np.searchsorted(-found.first[front], -found.first, side="right") - 1
    best = np.where(reach >= 0, found.second[front][reach], -np.inf)
    ahead = found.allowed & (found.second > best + 1e-9)
    assert not ahead.any()


def test_the_frontier_is_what_comparison_with_every_point_finds():
    for seed in range(5):
        rng = np.random.default_rng(seed)
        points = np.round(rng.normal(size=(3000, 2)), 1 + seed % 2)
        found = pareto(points[:, 0], points[:, 1], np.arange(3000))
        better = (points[:, None] >= points[None]).all(axis=2) & (points[:, None] > points[None]).any(axis=2)
        undominated = np.flatnonzero(~better.any(axis=0))
        assert {tuple(p) for p in points[found]} == {tuple(p) for p in points[undominated]}
        assert len({tuple(p) for p in points[found]}) == len(found)
        assert all(found[i] == np.flatnonzero((points == points[found[i]]).all(axis=1))[0] for i in range(len(found)))
