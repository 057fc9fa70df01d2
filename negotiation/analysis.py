"""Exact analysis of the bargaining problem by enumeration of the whole space.

Owns utilities of every package, the zone of possible agreement, the gap to a deal, the Pareto frontier and the
classic solutions (Nash, Kalai-Smorodinsky, egalitarian, utilitarian). Levels below what is in force are not part
of the space. It must never draw, choose for a player or know where the numbers come from.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from negotiation.package import Row, standing
from negotiation.terms import ALL_LENSES, Negotiation
from negotiation.valuation import Bools, Floats, Ints, Values, feasible, reservation, utility


class OpenSpace(Struct, frozen=True):
    """The part of the space at or above what is in force. Arrays over it are flat, C-ordered, `size` long."""

    low: Row
    shape: Row

    @property
    def size(self) -> int:
        """Number of packages still open."""
        return int(np.prod(self.shape))

    def package(self, index: int) -> Row:
        """Return the levels of a flat index."""
        place = np.unravel_index(index, self.shape)
        return tuple(int(step) + low for step, low in zip(place, self.low, strict=True))

    def index(self, package: Sequence[int]) -> int:
        """Return the flat index of levels at or above what is in force."""
        steps = tuple(level - low for level, low in zip(package, self.low, strict=True))
        return int(np.ravel_multi_index(steps, self.shape))


class Point(Struct, frozen=True):
    """One package with what it leaves each party over waiting (in the order of the parties)."""

    package: Row
    surplus: tuple[float, float]


class Analysis(Struct, frozen=True, kw_only=True):
    """Everything known about one bargaining problem.

    `first`, `second`: surplus of the parties over waiting, (size,); `allowed`, `zone`: masks, (size,);
    `frontier`: flat indices of the Pareto frontier among the feasible, by falling surplus of the first party.
    `gap` is the best worst surplus: negative is how far from a deal, positive how comfortable.
    """

    space: OpenSpace
    parties: tuple[str, str]
    reservations: tuple[float, float]
    first: Floats
    second: Floats
    allowed: Bools
    zone: Bools
    frontier: NDArray[np.intp]
    gap: float
    nearest: Point
    nash: Point | None
    kalai: Point | None
    egalitarian: Point | None
    utilitarian: Point | None

    @property
    def zopa(self) -> int:
        """Number of packages both prefer to waiting."""
        return int(np.count_nonzero(self.zone))

    @property
    def feasible(self) -> int:
        """Number of packages that pass every gate and veto player."""
        return int(np.count_nonzero(self.allowed))

    def at(self, package: Sequence[int]) -> Point:
        """Return the point of a package at or above what is in force."""
        return self.point(self.space.index(package))

    def point(self, index: int) -> Point:
        """Return the point of a flat index."""
        return Point(self.space.package(index), (float(self.first[index]), float(self.second[index])))


def open_space(terms: Negotiation, banked: Mapping[str, int]) -> OpenSpace:
    """Return the packages at or above what is in force."""
    floor = standing(terms, banked)
    low = tuple(0 if issue.kind == "sequence" else int(floor[issue.id]) for issue in terms.issues)
    return OpenSpace(low, tuple(size - start for size, start in zip(terms.space.shape, low, strict=True)))


def floor(terms: Negotiation, space: OpenSpace, banked: Mapping[str, int]) -> list[int]:
    """Return the level in force of every issue and side clause."""
    return [*space.low, *(banked.get(clause.id, 0) for clause in terms.sides)]


def axes(terms: Negotiation, space: OpenSpace) -> list[Ints]:
    """Return the levels of each issue as an array shaped to its own axis."""
    count = len(space.shape)
    return [
        np.arange(low, low + size, dtype=np.intp).reshape([size if axis == here else 1 for axis in range(count)])
        for here, (low, size) in enumerate(zip(space.low, space.shape, strict=True))
    ]


def utilities(
    terms: Negotiation, values: Values, banked: Mapping[str, int], lenses: frozenset[str] = ALL_LENSES
) -> tuple[OpenSpace, dict[str, Floats]]:
    """Return the open space and each party's utility over it, flat."""
    space = open_space(terms, banked)
    levels, low = axes(terms, space), floor(terms, space, banked)
    return space, {
        party.id: np.broadcast_to(utility(terms, party, levels, low, values, lenses), space.shape).reshape(-1)
        for party in terms.parties
    }


def analyse(
    terms: Negotiation,
    values: Values,
    banked: Mapping[str, int],
    lenses: frozenset[str] = ALL_LENSES,
    mood: Mapping[str, float] | None = None,
    *,
    without: frozenset[str] = frozenset(),
) -> Analysis:
    """Analyse one world exactly. Ties go to the lowest index. `without` leaves out gates and players by id."""
    space, worth = utilities(terms, values, banked, lenses)
    waits = tuple(float(reservation(p, values, lenses, (mood or {}).get(p.id, 0.0))) for p in terms.parties)
    one, two = (party.id for party in terms.parties)
    first, second = worth[one] - waits[0], worth[two] - waits[1]
    levels = axes(terms, space)
    mask = feasible(terms, levels, floor(terms, space, banked), values, lenses, without=without)
    allowed = np.broadcast_to(mask, space.shape).reshape(-1)
    worst = np.where(allowed, np.minimum(first, second), -np.inf)
    zone = worst >= 0
    nearest = int(np.argmax(worst))
    picks = solutions(first, second, zone) if zone.any() else (None, None, None, None)
    points = [None if i is None else Point(space.package(i), (float(first[i]), float(second[i]))) for i in picks]
    return Analysis(
        space=space, parties=(one, two), reservations=(waits[0], waits[1]),
        first=first, second=second, allowed=allowed, zone=zone,
        frontier=pareto(first, second, np.flatnonzero(allowed)),
        gap=float(worst[nearest]),
        nearest=Point(space.package(nearest), (float(first[nearest]), float(second[nearest]))),
        nash=points[0], kalai=points[1], egalitarian=points[2], utilitarian=points[3],
    )  # fmt: skip


def solutions(first: Floats, second: Floats, zone: Bools) -> tuple[int, int, int, int]:
    """Return flat indices of Nash, Kalai-Smorodinsky, egalitarian and utilitarian points of a zone.

    Each tie is broken by what the better-off party gets, in units of the best it could get, then by index:
    so a solution is never dominated inside the zone, and the first two do not depend on the units of utility.
    """
    members = np.flatnonzero(zone)
    one, two = first[members], second[members]
    best_one, best_two = max(float(one.max()), 1e-300), max(float(two.max()), 1e-300)
    share_one, share_two = one / best_one, two / best_two
    spare = share_one + share_two
    return (
        int(members[_best(one * two, spare)]),
        int(members[_best(np.minimum(share_one, share_two), spare)]),
        int(members[_best(np.minimum(one, two), one + two)]),
        int(members[_best(one + two, np.minimum(one, two))]),
    )


def _best(score: Floats, spare: Floats) -> int:
    """Return the index of the highest score; among equals the highest spare; among those the first."""
    ties = np.flatnonzero(score == score.max())
    return int(ties[np.argmax(spare[ties])])


def pareto(first: Floats, second: Floats, members: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the members no other member beats for both parties, by falling `first`.

    Equal points are represented by the lowest index. Two passes: a staircase through the best points in sixteen
    directions throws out what lies strictly under it, then an exact sweep of the rest.
    """
    if members.size == 0:
        return members
    one, two = first[members], second[members]
    if members.size > 2048:
        stairs = np.array([np.argmax(w * one + (1 - w) * two) for w in np.linspace(0, 1, 16)])
        steps = stairs[np.argsort(one[stairs], kind="stable")]
        height = np.maximum.accumulate(two[steps][::-1])[::-1]
        above = np.searchsorted(one[steps], one, side="right")
        under = np.append(height, -np.inf)[above]
        keep = ~(two < under)
        members, one, two = members[keep], one[keep], two[keep]
    order = np.lexsort((-two, -one))
    ranked = two[order]
    reach = np.maximum.accumulate(ranked)
    stands = np.r_[True, ranked[1:] > reach[:-1] + 1e-12]
    return members[order[stands]]
