"""Keyed dice: a draw follows from seed, turn and key alone, however many are cast together."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from adjudication.dice import Dice, draw

seeds = st.lists(st.one_of(st.integers(-(10**12), 10**12), st.text(max_size=12)), min_size=1, max_size=20)


@given(seeds, st.integers(0, 99), st.text(max_size=20))
def test_many_seeds_draw_what_each_draws_alone(given_seeds, turn, key):
    assert Dice(given_seeds, turn).u(key).tolist() == [draw(seed, turn, key) for seed in given_seeds]


@given(seeds, st.integers(0, 99), st.data())
def test_some_games_draw_what_they_draw_in_company_and_the_others_nothing(given_seeds, turn, data):
    where = np.array(data.draw(st.lists(st.booleans(), min_size=len(given_seeds), max_size=len(given_seeds))))
    some = Dice(given_seeds, turn).u_where("clash", where)
    assert some[where].tolist() == Dice(given_seeds, turn).u("clash")[where].tolist()
    assert (some[~where] == 1).all()


def test_a_die_is_cast_the_same_whether_asked_for_some_games_before_or_after_all():
    dice = Dice(("a", "b", "c"), 4)
    some = dice.u_where("war", np.array([True, False, True]))
    whole = dice.u("war")
    assert some[[0, 2]].tolist() == whole[[0, 2]].tolist()
    assert dice.u_where("war", np.array([False, True, False])).tolist() == whole.tolist()


def test_draws_lie_between_nought_and_one_and_fill_it():
    found = Dice(tuple(range(4000)), 1).u("die")
    assert found.min() >= 0
    assert found.max() < 1
    assert np.abs(np.sort(found) - np.linspace(0, 1, 4000)).max() < 0.04
