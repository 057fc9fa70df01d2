"""Agreement of two umpires: worked tables of the literature, and where a coefficient is not defined."""

import pytest

from wargame.game.concordance import SCALE, concordance, pair


def table(cells: list[list[int]]) -> dict[str, int]:
    return {pair(SCALE[i], SCALE[j]): n for i, row in enumerate(cells) for j, n in enumerate(row)}


def test_the_table_of_cohen_1960_gives_his_coefficient() -> None:
    """Proportions of 200 cases: .29 observed, .35 expected by the margins, kappa -.09 (Cohen 1960)."""
    cells = [[50, 26, 24], [24, 4, 32], [6, 30, 4]]
    found = concordance(table(cells))
    assert (found.pairs, found.alike) == (200, 58)
    assert found.kappa == pytest.approx((0.29 - 0.35) / (1 - 0.35), abs=1e-6)


def test_two_who_always_agree_come_to_one_and_two_who_agree_by_chance_to_nought() -> None:
    alike = concordance(table([[5, 0, 0], [0, 5, 0], [0, 0, 5]]))
    assert (alike.share, alike.kappa, alike.weighted) == (1.0, 1.0, 1.0)
    chance = concordance(table([[4, 4, 4], [4, 4, 4], [4, 4, 4]]))
    assert (chance.kappa, chance.weighted) == (0.0, 0.0)


def test_a_near_miss_weighs_less_than_a_far_one() -> None:
    near = concordance(table([[4, 2, 0], [0, 4, 0], [0, 0, 4]]))
    far = concordance(table([[4, 0, 2], [0, 4, 0], [0, 0, 4]]))
    assert near.alike == far.alike
    assert near.weighted is not None
    assert far.weighted is not None
    assert near.weighted > far.weighted


def test_a_coefficient_that_is_not_defined_is_none_and_not_a_number() -> None:
    nothing = concordance({})
    assert (nothing.pairs, nothing.share, nothing.kappa, nothing.weighted) == (0, None, None, None)
    one_word = concordance(table([[0, 0, 0], [0, 0, 0], [0, 0, 7]]))
    assert (one_word.share, one_word.kappa, one_word.weighted) == (1.0, None, None)
