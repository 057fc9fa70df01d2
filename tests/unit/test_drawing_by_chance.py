"""Treatments and people are dealt by a recorded seed: balanced, repeatable, and telling nothing of games' dice."""

from collections import Counter
from itertools import pairwise

import pytest

from wargame.control.allocation import allocate, deal, dice_seed

ARMS = ("plain", "no-leaders", "early-leak")


@pytest.mark.parametrize("seed", ["a", "b", "spring-2027"])
def test_arms_never_differ_by_more_than_one_section_however_many_there_are(seed: str) -> None:
    for sections in range(1, 20):
        counts = Counter(allocate(seed, ARMS, sections))
        sizes = [counts[arm] for arm in ARMS]
        assert max(sizes) - min(sizes) <= 1
        assert sum(sizes) == sections


def test_more_sections_continue_the_same_sequence() -> None:
    assert all(few == more[: len(few)] for few, more in pairwise(allocate("s", ARMS, n) for n in range(1, 13)))


def test_the_same_seed_draws_the_same_and_another_draws_otherwise() -> None:
    drawn = {seed: allocate(seed, ARMS, 12) for seed in map(str, range(20))}
    assert drawn == {seed: allocate(seed, ARMS, 12) for seed in drawn}
    assert len(set(drawn.values())) > 15


def test_every_arm_is_as_often_first_as_the_others() -> None:
    first = Counter(allocate(str(seed), ARMS, 1)[0] for seed in range(3000))
    assert all(abs(first[arm] - 1000) < 100 for arm in ARMS), first  # 100 is almost four standard deviations


def test_without_treatments_no_section_has_one() -> None:
    assert allocate("s", (), 3) == ("", "", "")


def test_people_are_dealt_evenly_on_top_of_who_is_there() -> None:
    people = [f"person {number}" for number in range(17)]
    dealt = Counter(deal("s", people, {1: 4, 2: 0, 3: 0}))
    assert {number: had + dealt[number] for number, had in {1: 4, 2: 0, 3: 0}.items()} == {1: 7, 2: 7, 3: 7}
    assert deal("s", people, {1: 0, 2: 0}) != deal("t", people, {1: 0, 2: 0})


def test_two_people_of_one_name_are_two_people() -> None:
    assert sorted(deal("s", ["Kim", "Kim"], {1: 0, 2: 0})) == [1, 2]


def test_a_section_has_dice_of_its_own_or_shares_one_luck() -> None:
    own = {dice_seed("secret", number, shared=False) for number in range(1, 7)}
    shared = {dice_seed("secret", number, shared=True) for number in range(1, 7)}
    assert (len(own), len(shared)) == (6, 1)
    assert not any("secret" in seed for seed in own | shared)
