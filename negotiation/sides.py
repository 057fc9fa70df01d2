"""Exact analysis of the whole catalogue: every package of the issues with every set of side clauses.

Owns the search. Given verification and sequence a surplus is a sum over clauses, so in each such block the undominated
texts are found by adding one side clause after another and dropping what is dominated (Minkowski sums with pruning,
adjudication.md 5.5): nothing is sampled and nothing good is lost. What is found is judged by the formulas of
`valuation` once more. It must never judge by a formula of its own or draw.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from msgspec import Struct

from negotiation.analysis import OpenSpace, solutions
from negotiation.blocks import Blocks, Group
from negotiation.fronts import Counts, Points, grown, joined, pairs_in_zone, undominated
from negotiation.package import Row
from negotiation.terms import ALL_LENSES, Negotiation
from negotiation.valuation import Floats, Values

COUNTED = 1 << 22
"""Look-ups spent on counting the zone unless the caller allows more."""


class Deal(Struct, frozen=True):
    """One text: levels of the issues, the side clauses it adds, and what it leaves each party over waiting."""

    package: Row
    sides: tuple[str, ...]
    surplus: tuple[float, float]


class WholeAnalysis(Struct, frozen=True, kw_only=True):
    """The bargaining problem with side clauses. Parties in the order of the block.

    `choices`: side clauses not in force; `texts`: how many texts there are, lawful or not. `frontier` (F, 2): surplus
    of the undominated feasible texts by falling surplus of the first party; `deal(i)` says which. `zopa`: texts both
    prefer to waiting, None where there are too many to count within the budget. `gap` as in `Analysis`.
    """

    parties: tuple[str, str]
    reservations: tuple[float, float]
    space: OpenSpace
    choices: tuple[str, ...]
    texts: int
    frontier: Floats
    place: Counts
    chosen: Counts
    gap: float
    zopa: int | None
    nearest: Deal
    nash: Deal | None
    kalai: Deal | None
    egalitarian: Deal | None
    utilitarian: Deal | None

    @property
    def exists(self) -> bool:
        """Tell whether any text beats waiting for both."""
        return self.gap >= 0

    def deal(self, number: int) -> Deal:
        """Return the text of a point of the frontier."""
        return _deal(self.space, self.choices, self.place[number], self.chosen[number], self.frontier[number])


def analyse_with_sides(
    terms: Negotiation,
    values: Values,
    banked: Mapping[str, int],
    lenses: frozenset[str] = ALL_LENSES,
    mood: Mapping[str, float] | None = None,
    *,
    without: frozenset[str] = frozenset(),
    counted: int = COUNTED,
) -> WholeAnalysis:
    """Analyse one world exactly, side clauses included. ValueError if too many are coupled (`blocks.MOST_COUPLED`).

    `without` leaves out gates and players by id; `counted` bounds the work of counting the zone (0: do not count).
    """
    problem = Blocks(terms, values, banked, lenses, mood or {}, without)
    points = undominated(joined(list(_fronts(problem))))
    surplus = problem.judged(points)
    order = np.lexsort((-surplus[:, 1], -surplus[:, 0]))
    surplus, place, chosen = surplus[order], points.place[order], points.chosen[order]
    zone = np.all(surplus >= 0, axis=1)
    picks = solutions(surplus[:, 0], surplus[:, 1], zone) if zone.any() else (None,) * 4
    nearest = int(np.argmax(surplus.min(axis=1)))

    def deal(at: int | None) -> Deal | None:
        return None if at is None else _deal(problem.space, problem.choices, place[at], chosen[at], surplus[at])

    return WholeAnalysis(
        parties=(terms.parties[0].id, terms.parties[1].id), reservations=problem.waits, space=problem.space,
        choices=problem.choices, texts=problem.space.size * (1 << len(problem.choices)),
        frontier=surplus, place=place, chosen=chosen, gap=float(surplus[nearest].min()),
        zopa=_count(problem, counted) if zone.any() else 0,
        nash=deal(picks[0]), kalai=deal(picks[1]), egalitarian=deal(picks[2]), utilitarian=deal(picks[3]),
        nearest=_deal(problem.space, problem.choices, place[nearest], chosen[nearest], surplus[nearest]),
    )  # fmt: skip


def _deal(space: OpenSpace, choices: tuple[str, ...], place: np.int64, chosen: np.int64, surplus: Floats) -> Deal:
    sides = tuple(name for bit, name in enumerate(choices) if int(chosen) >> bit & 1)
    return Deal(space.package(int(place)), sides, (float(surplus[0]), float(surplus[1])))


def _fronts(problem: Blocks) -> Iterator[Points]:
    """Yield the undominated texts of every block, apart by the veto players they come before."""
    found: dict[tuple[int, ...], list[Points]] = {}
    for group in problem.groups:
        for vetoes, sets in problem.by_vetoes(group):
            best = undominated(problem.points(group.members, vetoes))
            more = undominated(problem.together(group, sets, vetoes))
            found.setdefault(vetoes, []).append(undominated(best.beside(more)))
    for vetoes, parts in sorted(found.items()):
        yield grown(joined(parts), **problem.additions(vetoes))


# --- counting the zone ------------------------------------------------------------------------
def _count(problem: Blocks, budget: int) -> int | None:
    """Return how many texts both prefer to waiting, or None if that takes more look-ups than the budget."""
    subsets = 1 << len(problem.free)
    work = sum(subsets * group.lawful.size * (1 + group.members.size // 1_500) for group in problem.groups)
    if work > budget:
        return None
    return sum(
        _count_beside(problem, group, vetoes, np.array([number]))
        for group in problem.groups
        for vetoes, sets in problem.by_vetoes(group)
        for number in sets
    )


def _count_beside(problem: Blocks, group: Group, vetoes: tuple[int, ...], one_set: Counts) -> int:
    """Count the texts of a group with one set of coupled clauses and any of the others."""
    points = problem.points(group.members, vetoes).beside(problem.together(group, one_set, vetoes))
    add = problem.additions(vetoes)
    bits = np.arange(1 << len(problem.free), dtype=np.int64)
    first, second = (_sums(add[side][group.block], bits) for side in ("first", "second"))
    if not vetoes:
        return pairs_in_zone(points.first, points.second, first, second)
    eased = np.stack([_sums(row, bits) for row in add["spare"]])
    total = 0
    for more in np.unique(eased, axis=1).T:
        here = np.all(eased == more[:, None], axis=0)
        content = points.take(np.all(points.spare + more[:, None] >= 0, axis=0))
        total += pairs_in_zone(content.first, content.second, first[here], second[here])
    return total


def _sums(row: Counts, bits: Counts) -> Counts:
    """Return the sum of every set of some numbers; bit i of a set stands for the i-th of them."""
    total = np.zeros(bits.size, dtype=np.int64)
    for bit, value in enumerate(row):
        total += (bits >> bit & 1) * value
    return total
