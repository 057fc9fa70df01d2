"""The eight worked packages of the case file, judged by the model at the moment each speaks of (ADR 0113).

A judgement within `verdicts.same` of waiting is "about the same" in an adviser's words and agrees with either answer of
the table. What differs beyond that is listed, with its reason, in the ADR; here it is held fast.
"""

from dataclasses import replace

import pytest

from tests.support.worked import LAST, PACKAGES, SIMULTANEOUS, STEPWISE, Moment, levels_of, moment, outcome, the_record

SIDES = ("US", "DPRK")
DIFFERS = {(5, "US"), (6, "US"), (7, "US"), (7, "DPRK")}
"""Where table and model answer differently: docs/adr/0113-worked-packages-mapped.md, "Disagreements"."""
BY_NUMBER = {package.number: package for package in PACKAGES}


def agrees(says: bool, surplus: float) -> bool:
    same = the_record().scenario.negotiation.verdicts.same
    return abs(surplus) < same or says == (surplus >= 0)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: f"{p.number} {p.name}")
@pytest.mark.parametrize("side", [0, 1], ids=SIDES)
def test_each_side_accepts_and_refuses_as_the_table_says_but_where_the_adr_says_why_not(package, side):
    found = outcome(package).surplus[side]
    assert agrees(package.says[side], found) == ((package.number, SIDES[side]) not in DIFFERS)


@pytest.mark.parametrize("package", [p for p in PACKAGES if p.number != 5], ids=lambda p: f"{p.number} {p.name}")
def test_the_packages_that_were_or_would_have_been_signed_are_those_of_the_table(package):
    found = outcome(package)
    assert (found.feasible and min(found.surplus) >= 0) == all(package.says)


def test_singapore_is_signed_with_japan_unhappy_and_the_departments_not_against_it():
    found = outcome(BY_NUMBER[1])
    assert min(found.surplus) > 0
    assert "JPN" in found.objects
    assert "BUR" not in found.objects


def test_what_the_dprk_asked_at_hanoi_the_president_refuses_in_any_order_of_steps_and_the_council_would_not_pass():
    for order in (SIMULTANEOUS, STEPWISE, LAST):
        found = outcome(replace(BY_NUMBER[2], sequence=order))
        assert found.surplus[0] < -0.1
        assert not found.feasible
    assert outcome(BY_NUMBER[2]).surplus[1] > 0


def test_what_the_president_asked_at_hanoi_the_dprk_refuses_in_any_order_of_steps():
    for order in (SIMULTANEOUS, STEPWISE, LAST):
        found = outcome(replace(BY_NUMBER[3], sequence=order))
        assert found.surplus[0] > 0 > found.surplus[1]


def test_taking_the_snapback_out_of_the_small_deal_moves_it_towards_the_dprk_and_away_from_the_president():
    with_it = outcome(BY_NUMBER[4])
    without = outcome(replace(BY_NUMBER[4], clauses=BY_NUMBER[4].clauses.replace(" snapback", "")))
    assert without.surplus[1] > with_it.surplus[1]
    assert without.surplus[0] < with_it.surplus[0]


def test_the_small_deal_with_kaesong_is_refused_for_want_of_trust_alone():
    here = moment(9)
    trusting = Moment({**here.values, "trust_us": 0.4, "trust_dprk": 0.4, "institution": 50.0}, here.banked)
    now, then = outcome(BY_NUMBER[5]), outcome(BY_NUMBER[5], at=trusting)
    same = the_record().scenario.negotiation.verdicts.same
    assert now.surplus[0] < -same
    assert min(then.surplus) > -same
    assert then.feasible


def test_freeze_for_freeze_fails_in_pyongyang_while_the_deterrent_is_unfinished_and_not_after():
    unfinished = outcome(BY_NUMBER[7])
    here = moment(3)
    finished = outcome(BY_NUMBER[7], at=Moment({**here.values, "missile_cap": 80.0}, here.banked))
    assert unfinished.surplus[1] < 0
    assert finished.surplus[1] > unfinished.surplus[1] + 0.02


def test_every_clause_of_every_package_is_in_the_catalogue():
    case = the_record().scenario
    for package in PACKAGES:
        levels = levels_of(case, package)
        assert set(levels) <= set(case.negotiation.deal_ids)
        assert max(levels.values()) > 0
