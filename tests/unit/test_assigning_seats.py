"""Seats given by lot: level, repeatable, and nobody is put behind papers they must not see."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.game.assign import Place, assign

SIDES = {"north": ("n1", "n2"), "south": ("s1", "s2", "s3")}
PLACES = [Place(seat, side, 0, 8) for side, seats in SIDES.items() for seat in seats]


def some(count: int) -> list[str]:
    return [f"p{number}" for number in range(count)]


@pytest.mark.parametrize("how", ["balanced", "random"])
@pytest.mark.parametrize("count", [1, 4, 5, 7, 23, 40])
def test_seats_differ_by_one_person_at_most(how: str, count: int) -> None:
    found = assign(some(count), PLACES, how=how, seed="s")  # type: ignore[arg-type]
    filled = Counter(found.seats.values())
    assert sum(filled.values()) == count
    assert max(filled.values()) - min(filled.get(place.seat, 0) for place in PLACES) <= 1


def test_the_same_seed_gives_the_same_seats_and_another_seed_others() -> None:
    first = assign(some(20), PLACES, how="random", seed="one")
    assert assign(some(20), PLACES, how="random", seed="one") == first
    assert assign(some(20), PLACES, how="random", seed="two").seats != first.seats


def test_the_order_in_which_people_are_named_changes_nobodys_lot() -> None:
    forth = assign(some(12), PLACES, how="balanced", seed="s")
    back = assign(some(12)[::-1], PLACES, how="balanced", seed="s")
    assert forth.seats == back.seats
    assert forth.drawn == back.drawn


def test_a_wish_is_met_while_there_is_room_and_the_lot_decides_between_two() -> None:
    places = [Place("a", "x", 0, 1), Place("b", "x", 0, 1)]
    found = assign(["one", "two"], places, how="balanced", seed="s", wishes={"one": ["a"], "two": ["a"]})
    first = min(found.drawn, key=lambda person: found.drawn[person])
    assert found.seats[first] == "a"
    assert sorted(found.seats.values()) == ["a", "b"]


def test_random_seats_do_not_look_at_wishes() -> None:
    wishes = {person: ["n1"] for person in some(10)}
    assert (
        assign(some(10), PLACES, how="random", seed="s", wishes=wishes).seats
        == assign(some(10), PLACES, how="random", seed="s").seats
    )


def test_people_without_wishes_are_spread_over_the_sides() -> None:
    found = assign(some(2), PLACES, how="balanced", seed="s")
    assert {seat[0] for seat in found.seats.values()} == {"n", "s"}


def test_nobody_is_put_where_they_are_barred_even_if_it_makes_seats_uneven() -> None:
    barred = {person: frozenset(SIDES["south"]) for person in some(6)}
    found = assign(some(6), PLACES, how="balanced", seed="s", barred=barred)
    assert set(found.seats.values()) == set(SIDES["north"])


def test_who_finds_no_place_is_named() -> None:
    places = [Place("a", "x", 1, 2)]
    found = assign(some(3), places, how="balanced", seed="s")
    assert len(found.seats) == 1
    assert len(found.left) == 2
    assert assign(some(1), [], how="random", seed="s").left == ("p0",)


@given(
    count=st.integers(0, 30),
    taken=st.lists(st.integers(0, 4), min_size=1, max_size=6),
    wishes=st.lists(st.lists(st.integers(0, 5), max_size=3), min_size=30, max_size=30),
    seed=st.text("abc", min_size=1, max_size=4),
)
def test_nobody_could_have_had_a_better_wish_by_asking_otherwise(
    count: int, taken: list[int], wishes: list[list[int]], seed: str
) -> None:
    places = [Place(f"s{n}", f"side{n % 2}", some_taken, 8) for n, some_taken in enumerate(taken)]
    asked = {f"p{n}": [f"s{w}" for w in wishes[n]] for n in range(count)}
    found = assign(some(count), places, how="balanced", seed=seed, wishes=asked)
    assert len(found.seats) + len(found.left) == count
    assert all(n == 0 for n in [len(found.left)] if count + sum(taken) <= 8 * len(taken))
    for person in some(count)[:3]:
        truth = asked[person]
        mine = truth.index(found.seats[person]) if found.seats.get(person) in truth else len(truth)
        for lie in ([], truth[::-1], truth[1:]):
            other = assign(some(count), places, how="balanced", seed=seed, wishes={**asked, person: lie})
            got = other.seats.get(person)
            assert (truth.index(got) if got in truth else len(truth)) >= mine
