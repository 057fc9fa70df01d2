"""Intervals of a difference of shares over pairs, against published ones."""

import numpy as np
import pytest

from adjudication.counterfactual import Z, band
from adjudication.intervals import paired_shares

Z95 = 1.959963984540054


def test_the_score_interval_is_the_published_one_of_airway_responses_before_and_after_transplantation() -> None:
    # 1 both, 1 before only, 7 after only, 12 neither: Fagerland, Lydersen & Laake (2014), Statist. Med. 33, 2850-2875.
    assert paired_shares(1, 7, 21, z=Z95) == pytest.approx((-0.517, -0.026), abs=5e-4)
    low, high = paired_shares(7, 1, 21, z=Z95)
    assert (low, high) == pytest.approx((0.026, 0.517), abs=5e-4)


@pytest.mark.parametrize(("gained", "lost", "pairs"), [(0, 0, 40), (3, 0, 40), (0, 40, 40), (40, 0, 40), (5, 5, 10)])
def test_an_interval_of_shares_has_a_width_and_holds_what_was_seen(gained: int, lost: int, pairs: int) -> None:
    low, high = paired_shares(gained, lost, pairs, z=Z)
    assert -1 - 1e-9 <= low <= (gained - lost) / pairs <= high <= 1 + 1e-9
    assert high - low > 0.05


def test_without_a_pair_that_differs_the_interval_is_as_wide_as_so_few_runs_leave_it() -> None:
    bound = Z**2 / (40 + Z**2)
    assert paired_shares(0, 0, 40, z=Z) == pytest.approx((-bound, bound), abs=1e-9)
    with pytest.raises(ValueError, match="one pair"):
        paired_shares(0, 0, 0, z=Z)


def test_forty_of_forty_are_no_certainty() -> None:
    always, never = np.ones(40), np.zeros(40)
    turned, same = band(never, always, share=True), band(always, always, share=True)
    assert turned.delta == 1
    assert turned.mean_low < 0.95
    assert turned.mean_high == 1
    assert same.mean_low < -0.05
    assert same.mean_high > 0.05


def test_a_chance_that_is_the_same_in_every_pair_is_not_in_doubt() -> None:
    flat = np.full(40, 0.0)
    found = band(flat, flat, chance=True)
    assert (found.mean_low, found.mean_high) == (0, 0)
