"""Give people seats by lot and by what they asked for: a pure function of people, places, wishes and a seed.

The rule is random serial dictatorship (Abdulkadiroglu and Sonmez, Econometrica 66(3), 1998): in an order drawn by
lot each takes the best place left. Nobody gains by hiding what they want, and no two would both rather swap.
Seats end up level: their numbers differ by one at most, unless what somebody has seen bars them from a seat.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from adjudication.dice import draw

How = Literal["balanced", "random"]
"""`balanced`: wishes first, then the emptiest side. `random`: by lot alone, wishes or not."""


class Place(Struct, frozen=True):
    """A seat that takes people: how many sit there already, and how many it holds at most."""

    seat: str
    side: str
    taken: int
    most: int


class Assigned(Struct, frozen=True):
    """Who goes where, in the order drawn; `left` found no place they may take. `drawn`: the lot of each."""

    seats: dict[str, str]
    left: tuple[str, ...]
    drawn: dict[str, float]


def assign(
    people: Sequence[str], places: Sequence[Place], *, how: How, seed: str,
    wishes: Mapping[str, Sequence[str]] | None = None, barred: Mapping[str, frozenset[str]] | None = None,
) -> Assigned:  # fmt: skip
    """Return a seat for everybody there is room for.

    `wishes`: seats in order of preference; `barred`: seats a person must not take (they know another side's
    papers). The lot of a person is the die `(seed, 0, "seat:<person>")`: asked again, it falls the same.
    """
    drawn = {person: draw(seed, 0, f"seat:{person}") for person in people}
    taken = {place.seat: place.taken for place in places}
    given: dict[str, str] = {}
    level, spare = _level(places, len(people))
    for person in sorted(people, key=lambda one: (drawn[one], one)):
        never = (barred or {}).get(person, frozenset())
        free = [place for place in places if taken[place.seat] < place.most and place.seat not in never]
        even = [p for p in free if taken[p.seat] < level - 1 or (taken[p.seat] == level - 1 and spare > 0)]
        if not free:
            continue
        chosen = _chosen(
            person, even or free, places, taken, how=how, seed=seed, wishes=(wishes or {}).get(person, ())
        )  # fmt: skip
        spare -= taken[chosen] >= level - 1
        given[person] = chosen
        taken[chosen] += 1
    return Assigned(given, tuple(person for person in people if person not in given), drawn)


def _level(places: Sequence[Place], coming: int) -> tuple[int, int]:
    """Return how many a seat holds at most when all are level, and how many seats may hold that many."""
    level, room = 0, 0
    while room < coming and level < max((place.most for place in places), default=0):
        level += 1
        room = sum(max(0, min(place.most, level) - place.taken) for place in places)
    below = sum(max(0, min(place.most, level - 1) - place.taken) for place in places)
    return level, coming - below


def _chosen(
    person: str, free: Sequence[Place], places: Sequence[Place], taken: Mapping[str, int], *, how: How, seed: str,
    wishes: Sequence[str],
) -> str:  # fmt: skip
    """Return the place this person gets of those open to them."""
    if how == "random":
        return min(free, key=lambda place: (draw(seed, 0, f"seat:{person}:{place.seat}"), place.seat)).seat
    open_here = {place.seat for place in free}
    wished = next((seat for seat in wishes if seat in open_here), None)
    if wished is not None:
        return wished
    sides = [place.side for place in places]
    filled = {side: sum(taken[p.seat] for p in places if p.side == side) / sides.count(side) for side in sides}
    order = {place.seat: number for number, place in enumerate(places)}
    return min(free, key=lambda place: (taken[place.seat], filled[place.side], order[place.seat])).seat
