"""Shares of the three lenses in what a game comes to: exact sums, and what each lens is bound to own (section 4)."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudication.attribution import PARTS, Attribution, attribution, shapley, shared_out, subsets
from adjudication.lenses import ALL
from adjudication.played import recorded_game
from tests.support.engine import the_case

LENSES = sorted(ALL)
worths = st.lists(st.integers(-(10**9), 10**9), min_size=8, max_size=8).map(
    lambda numbers: dict(zip(subsets(ALL), numbers, strict=True))
)


@pytest.fixture(scope="module")
def found() -> Attribution:
    return attribution(recorded_game(the_case()), runs=60)


def share(found: Attribution, outcome: str, lens: str) -> float:
    return next(one for one in found.outcomes if one.id == outcome).lenses[lens].value


# --- the arithmetic -----------------------------------------------------------------------------
@given(worths)
def test_shares_are_whole_numbers_that_add_up_exactly(worth):
    shares = shared_out(worth)
    assert sum(shares.values()) == worth[ALL] - worth[frozenset()]
    assert all(isinstance(part, int) for part in shares.values())


@given(worths)
def test_a_share_is_the_mean_of_what_a_lens_adds_over_all_orders_of_joining(worth):
    shares = shared_out(worth)
    for lens in LENSES:
        added = []
        for order in permutations(LENSES):
            before = frozenset(order[: order.index(lens)])
            added.append(worth[before | {lens}] - worth[before])
        assert abs(shares[lens] - sum(added) / len(added)) < 1
        arrays = {lenses: np.array([float(value)]) for lenses, value in worth.items()}
        assert shapley(arrays, lens)[0] == pytest.approx(sum(added) / len(added), abs=1e-3)


@given(st.dictionaries(st.sampled_from(LENSES), st.integers(-1000, 1000), min_size=3, max_size=3))
def test_lenses_that_act_apart_own_what_they_do_and_one_that_does_nothing_owns_nothing(alone):
    worth = {lenses: sum(alone[lens] for lens in lenses) for lenses in subsets(ALL)}
    assert shared_out(worth) == alone


# --- the record -----------------------------------------------------------------------------------
def test_every_outcome_of_the_record_adds_up_exactly_from_no_lens_to_all(found):
    assert len(found.outcomes) > 20
    for one in found.outcomes:
        parts = sum(round(share.value * PARTS) for share in one.lenses.values())
        assert parts == round(one.all * PARTS) - round(one.none * PARTS), one.id


def test_each_of_the_eight_combinations_was_played(found):
    assert sorted(found.means) == sorted("+".join(sorted(lenses)) or "none" for lenses in subsets(ALL))
    assert found.means["none"]["durability"] == next(o.none for o in found.outcomes if o.id == "durability")


def test_leadership_buys_speed_standing_and_approval(found):
    assert share(found, "first_result", "lead") < -1
    for outcome in ("dprk_status", "approval_nk"):
        assert share(found, outcome, "lead") == max(share(found, outcome, lens) for lens in LENSES) > 0


def test_institutions_explain_why_nothing_lasts(found):
    for outcome in ("durability", "in_force"):
        assert share(found, outcome, "inst") == min(share(found, outcome, lens) for lens in LENSES) < 0


def test_rational_choice_keeps_the_crisis_below_war_and_makes_them_walk_away(found):
    assert share(found, "war_risk", "rat") < -0.03
    assert share(found, "war_risk", "lead") > 0
    assert share(found, "walk_away", "rat") == max(share(found, "walk_away", lens) for lens in LENSES) > 0.2


def test_it_says_that_choices_were_held_fixed_and_numbers_tuned_by_hand(found):
    assert "holding everybody's other choices fixed" in found.held_fixed
    assert "tuned by hand" in found.caveat


def test_the_numbers_of_the_reference_model_come_out_within_a_tenth_of_their_range(found):
    """Section 4, measured on the reference model: none to all, and the owner of most of it."""
    measured = {
        "in_force": (0.66, 0.0, -0.54, "inst"), "durability": (30.2, 1.7, -19.1, "inst"),
        "dprk_status": (50.9, 64.6, 9.6, "lead"), "war_risk": (0.096, 0.058, -0.061, "rat"),
        "walk_away": (0.54, 0.96, 0.42, "rat"), "first_result": (7.0, 6.3, -2.2, "lead"),
    }  # fmt: skip
    scales = {"in_force": 1.0, "durability": 100.0, "dprk_status": 100.0, "war_risk": 0.1, "walk_away": 1.0,
              "first_result": 12.0}  # fmt: skip
    for name, (none, whole, owned, lens) in measured.items():
        one, near = next(o for o in found.outcomes if o.id == name), 0.1 * scales[name]
        assert one.none == pytest.approx(none, abs=near), name
        assert one.all == pytest.approx(whole, abs=near), name
        assert one.lenses[lens].value == pytest.approx(owned, abs=near), name
