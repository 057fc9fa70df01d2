"""The bargaining problem before each summit has the values of the reference model (adjudication.md 5.8)."""

import numpy as np
import pytest

from negotiation.analysis import analyse
from negotiation.points import judge, menu
from tests.support.bargaining import BANKED, HANOI, SINGAPORE, SMALL_DEAL, YONGBYON_DEAL, case_terms, reference_terms

MENUS = {"vague": (-0.065, -0.054), "us_ask": (0.346, -1.134), "dprk_ask": (-0.259, 0.055)}


def menus_judged(terms, world, banked):
    return judge(terms, [menu(terms, choice, banked) for choice in terms.menus], world, banked)


def test_the_space_of_the_case_has_172800_packages():
    assert case_terms().space.size == 172_800


def test_before_hanoi_no_headline_text_beats_waiting_for_both():
    terms = reference_terms()
    judged = menus_judged(terms, HANOI, BANKED)
    for place, choice in enumerate(terms.menus):
        found = judged.surplus["US"][0, place], judged.surplus["DPRK"][0, place]
        assert found == pytest.approx(MENUS[choice.id], abs=0.0006)
    assert not judged.good.any()


def test_before_hanoi_the_best_package_is_a_near_miss():
    found = analyse(reference_terms(), HANOI, BANKED)
    assert found.nearest.package == SMALL_DEAL
    assert found.gap == pytest.approx(-0.008474545195342624, abs=1e-12)
    assert (found.zopa, found.feasible) == (0, 10_752)
    assert found.nash is None


def test_the_gates_of_the_case_leave_the_near_miss_as_it_is():
    found = analyse(case_terms(), HANOI, BANKED)
    assert found.nearest.package == SMALL_DEAL
    assert found.gap == pytest.approx(-0.0085, abs=0.0001)


def test_with_nothing_banked_hanoi_would_have_had_room():
    found = analyse(reference_terms(), HANOI, {})
    assert found.gap == pytest.approx(0.025071717952679265, abs=1e-12)
    assert (found.zopa, found.feasible) == (155, 44_064)
    assert found.nash.package == (1, 0, 0, 0, 1, 0, 0, 2, 2)
    assert found.kalai.package == (1, 0, 0, 0, 1, 0, 0, 2, 2)


def test_before_singapore_the_vague_statement_beats_waiting_for_both():
    judged = menus_judged(reference_terms(), SINGAPORE, {})
    assert judged.surplus["US"][0, 0] == pytest.approx(0.11683863163535198, abs=1e-12)
    assert judged.surplus["DPRK"][0, 0] == pytest.approx(0.043271012395456845, abs=1e-12)
    assert judged.good[0].tolist() == [True, False, False]
    found = analyse(reference_terms(), SINGAPORE, {})
    assert (found.zopa, found.gap) == (3241, pytest.approx(0.09684063525127175, abs=1e-12))
    assert found.nash.package == (1, 0, 0, 0, 0, 0, 0, 2, 2)
    # The reference takes (1, 0, 0, 1, 1, 0, 0, 2, 1): the same for the DPRK, less for the US.
    assert found.kalai.package == (1, 1, 0, 0, 1, 0, 0, 2, 1)
    assert found.kalai.surplus[1] == pytest.approx(found.at((1, 0, 0, 1, 1, 0, 0, 2, 1)).surplus[1], abs=1e-12)


@pytest.mark.parametrize("institution", [13, 30, 45, 60, 80])
def test_with_trust_of_forty_per_cent_a_deal_opens_in_a_channel_as_thin_as_at_hanoi_or_thicker(institution):
    world = HANOI | {"trust_us": 0.4, "trust_dprk": 0.4, "institution": institution}
    assert analyse(reference_terms(), world, BANKED).zopa > 0


@pytest.mark.parametrize("institution", [0, 13, 30, 45, 60, 70])
def test_with_trust_of_twenty_per_cent_no_channel_opens_a_deal(institution):
    world = HANOI | {"trust_us": 0.2, "trust_dprk": 0.2, "institution": institution}
    assert analyse(reference_terms(), world, BANKED).zopa == 0


@pytest.mark.parametrize(("trust", "institution"), [(0.4, 50), (0.3, 70)])
def test_trust_and_channel_together_turn_the_small_deal_into_all_of_yongbyon(trust, institution):
    world = HANOI | {"trust_us": trust, "trust_dprk": trust, "institution": institution}
    for terms in (reference_terms(), case_terms()):
        assert analyse(terms, world, BANKED).nearest.package == YONGBYON_DEAL


def test_verification_above_visits_counts_as_visits_without_a_design_or_a_channel_r_i17():
    terms = case_terms()
    package = [(1, 3, 0, 2, 2, 0, 1, 2, 1)]
    bare, designed = (
        judge(terms, package, HANOI | {"flag.verification_designed": done}, BANKED).utility["US"][0, 0]
        for done in (0, 1)
    )
    assert designed > bare


def test_points_of_many_games_agree_with_the_whole_space():
    terms = case_terms()
    trust = np.array([0.05, 0.14, 0.4])
    batch = judge(
        terms, [SMALL_DEAL, YONGBYON_DEAL], HANOI | {"trust_us": trust, "press": np.array([30.0, 46.0, 60.0])},
        {name: np.full(3, level) for name, level in BANKED.items()}, mood={"US": np.array([0.0, 0.01, -0.02])},
    )  # fmt: skip
    for game, (belief, press, mood) in enumerate(zip(trust, (30.0, 46.0, 60.0), (0.0, 0.01, -0.02), strict=True)):
        one = analyse(terms, HANOI | {"trust_us": belief, "press": press}, BANKED, mood={"US": mood})
        for place, package in enumerate((SMALL_DEAL, YONGBYON_DEAL)):
            seen = batch.surplus["US"][game, place], batch.surplus["DPRK"][game, place]
            assert one.at(package).surplus == pytest.approx(seen, abs=1e-12)
            assert batch.feasible[game, place] == one.allowed[one.space.index(package)]


def test_a_level_below_what_is_in_force_is_not_feasible():
    assert not judge(case_terms(), [(0, 1, 0, 0, 0, 0, 1, 1, 1)], HANOI, BANKED).feasible[0, 0]


def test_without_the_rational_lens_promises_are_believed_and_waiting_is_worth_nothing():
    found = analyse(case_terms(), HANOI, BANKED, frozenset({"lead", "inst"}))
    assert found.reservations == (0.0, 0.0)
    assert found.gap > analyse(case_terms(), HANOI, BANKED).gap


def test_without_the_institutional_lens_nothing_is_forbidden():
    found = analyse(case_terms(), HANOI, {}, frozenset({"lead", "rat"}))
    assert found.feasible == 172_800


def test_ties_between_equal_packages_go_to_the_lowest_index():
    found = analyse(case_terms(), HANOI, BANKED)
    best = np.where(found.allowed, np.minimum(found.first, found.second), -np.inf)
    assert found.space.index(found.nearest.package) == int(np.flatnonzero(best == best.max())[0])
