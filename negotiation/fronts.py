"""Sets of texts of which none is better for both parties than another, and how they grow clause by clause.

Owns pruning, in whole numbers, so that equal is equal whatever the order of a sum. Beside the two surpluses a point may
carry what each veto player still has to spare; then it is dropped only for one that is as good in all of them. It must
never know what a clause is or who the parties are.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Counts = NDArray[np.int64]
CHUNK = 256
APART = 2**52
"""More than any surplus in whole numbers, and few enough for a thousand places side by side."""
_BEFORE = np.tri(CHUNK, k=-1, dtype=np.bool_)
UNIT = 2.0**-44
"""One step of the whole numbers in utility: finer than the rounding of the formulas, exact for halves of halves."""


def whole(values: object) -> Counts:
    """Return utilities as whole numbers of `UNIT`."""
    return np.rint(np.asarray(values, dtype=np.float64) / UNIT).astype(np.int64)


class Points(Struct, frozen=True):
    """P texts: surplus of both parties (P,), what each of V veto players has to spare (V, P), package, side clauses.

    `place` is a flat index of the open issue space, `chosen` has a bit a side clause.
    """

    first: Counts
    second: Counts
    spare: Counts
    place: Counts
    chosen: Counts

    def take(self, which: NDArray[np.intp] | NDArray[np.bool_]) -> "Points":
        """Return some of the points."""
        return Points(
            self.first[which], self.second[which], self.spare[:, which], self.place[which], self.chosen[which]
        )

    def moved(self, first: Counts | int, second: Counts | int, spare: Counts, chosen: int) -> "Points":
        """Return the same texts with one more clause: what it adds to each side (of each text), to vetoes, its bit."""
        return Points(
            self.first + first, self.second + second, self.spare + spare[:, None], self.place, self.chosen | chosen
        )

    def apart(self, where: Counts) -> "Points":
        """Return the points so marked that none is ever as good as one from elsewhere: side by side, not compared."""
        return self.moved(where * APART, where * -APART, np.zeros(self.spare.shape[0], dtype=np.int64), 0)

    def beside(self, more: "Points") -> "Points":
        """Return every text with every set of further clauses (P times the sets)."""
        return Points(
            (self.first[:, None] + more.first).reshape(-1), (self.second[:, None] + more.second).reshape(-1),
            (self.spare[:, :, None] + more.spare[:, None, :]).reshape(
                len(self.spare), self.place.size * more.place.size
            ),
            (self.place[:, None] + more.place).reshape(-1), (self.chosen[:, None] | more.chosen).reshape(-1),
        )  # fmt: skip

    def without_vetoes(self) -> "Points":
        """Return the points every veto player accepts, with nothing more to spare for anybody."""
        content = np.all(self.spare >= 0, axis=0)
        held = self.take(content)
        return Points(held.first, held.second, held.spare[:0], held.place, held.chosen)


def joined(parts: list[Points]) -> Points:
    """Return all points of some sets with the same veto players."""
    return Points(
        np.concatenate([part.first for part in parts]), np.concatenate([part.second for part in parts]),
        np.concatenate([part.spare for part in parts], axis=1), np.concatenate([part.place for part in parts]),
        np.concatenate([part.chosen for part in parts]),
    )  # fmt: skip


def undominated(points: Points) -> Points:
    """Return the points no other is as good as in everything; of equal points one, always the same."""
    if points.first.size < 2:
        return points
    if not points.spare.shape[0]:
        return points.take(staircase(points.first, points.second))
    order = np.lexsort((-points.second, -points.first, *-points.spare[::-1]))
    kept = _in_one_more(points, order) if points.spare.shape[0] == 1 else _in_many_more(points, order)
    return points.take(kept)


def staircase(first: Counts, second: Counts) -> NDArray[np.intp]:
    """Return the places of the undominated points by falling `first`."""
    order = np.argsort(-first, kind="stable")
    ranked = second[order]
    higher = np.ones(ranked.size, dtype=np.bool_)
    np.greater(ranked[1:], np.maximum.accumulate(ranked)[:-1], out=higher[1:])
    kept = order[higher]
    level = first[kept]
    last = np.ones(kept.size, dtype=np.bool_)
    np.not_equal(level[1:], level[:-1], out=last[:-1])
    return kept[last]


def _in_one_more(points: Points, order: NDArray[np.intp]) -> NDArray[np.intp]:
    """Sweep by falling spare: a point goes if one before it is as good for both parties."""
    kept = []
    stairs: NDArray[np.intp] = order[:0]
    for start in range(0, order.size, CHUNK):
        here = order[start : start + CHUNK]
        if stairs.size:
            at = np.searchsorted(-points.first[stairs], -points.first[here], side="right") - 1
            here = here[(at < 0) | (points.second[stairs[at]] < points.second[here])]
        one, two = points.first[here], points.second[here]
        before = _BEFORE[: here.size, : here.size]
        beaten = ((one >= one[:, None]) & (two >= two[:, None]) & before).any(axis=1)
        here = here[~beaten]
        kept.append(here)
        both = np.concatenate([stairs, here])
        stairs = both[staircase(points.first[both], points.second[both])]
    return np.concatenate(kept)


def _in_many_more(points: Points, order: NDArray[np.intp]) -> NDArray[np.intp]:
    """Compare each point with all kept before it, in everything."""
    table = np.vstack([points.spare, points.first, points.second])
    kept: NDArray[np.intp] = order[:0]
    for start in range(0, order.size, CHUNK):
        here = order[start : start + CHUNK]
        if kept.size:
            here = here[~np.all(table[:, None, kept] >= table[:, here, None], axis=0).any(axis=1)]
        before = _BEFORE[: here.size, : here.size]
        beaten = (np.all(table[:, None, here] >= table[:, here, None], axis=0) & before).any(axis=1)
        kept = np.concatenate([kept, here[~beaten]])
    return kept


def grown(
    points: Points, *, where: Counts, first: Counts, second: Counts, spare: Counts, bits: Counts
) -> Points:  # fmt: skip
    """Return, place by place, the undominated texts that hold any of some more clauses.

    `where` tells by `place` of a point which row of `first` and `second` (rows, S) says what each clause adds there;
    `spare` (V, S) is what it adds for veto players, `bits` (S,) its bit. Clauses that matter to a veto player come
    first, what they like least before the rest: after that most points have nothing to fear from them. Once none is
    left, who does not accept is gone.
    """
    points = points.apart(where[points.place])
    order = np.lexsort((spare.sum(axis=0), ~np.any(spare != 0, axis=0)))
    for number, clause in enumerate(order):
        if points.spare.shape[0]:
            points = _within_reach(points, spare[:, order[number:]])
        add = spare[:, clause] if points.spare.shape[0] else spare[:0, clause]
        here = where[points.place]
        more = points.moved(first[here, clause], second[here, clause], add, int(bits[clause]))
        points = undominated(joined([points, more]))
    points = undominated(points.without_vetoes())
    return points.apart(-where[points.place])


def _within_reach(points: Points, coming: Counts) -> Points:
    """Drop texts no clause to come can make acceptable, and count no more spare than the clauses to come can cost."""
    if not coming.any():
        return undominated(points.without_vetoes())
    most = np.where(coming > 0, coming, 0).sum(axis=1)[:, None]
    cost = -np.where(coming < 0, coming, 0).sum(axis=1)[:, None]
    held = points.take(np.all(points.spare + most >= 0, axis=0))
    return Points(held.first, held.second, np.minimum(held.spare, cost), held.place, held.chosen)


def pairs_in_zone(first: Counts, second: Counts, add_first: Counts, add_second: Counts, *, table: int = 1_500) -> int:
    """Count the pairs of a point and an addition whose sums are both at least nought, without forming them."""
    if not first.size or not add_first.size:
        return 0
    near = (first + add_first.max() >= 0) & (second + add_second.max() >= 0)
    first, second = first[near], second[near]
    if not first.size:
        return 0
    useful = (add_first + first.max() >= 0) & (add_second + second.max() >= 0)
    add_first, add_second = add_first[useful], add_second[useful]
    total = 0
    for start in range(0, first.size, table):
        one, two = first[start : start + table], second[start : start + table]
        ranks = [np.unique(side, return_inverse=True) for side in (one, two)]
        grid = np.zeros([known.size + 1 for known, _ in ranks], dtype=np.int64)
        np.add.at(grid, (ranks[0][1], ranks[1][1]), 1)
        above = grid[::-1, ::-1].cumsum(axis=0).cumsum(axis=1)[::-1, ::-1]
        at = [
            np.searchsorted(known, -add, side="left")
            for (known, _), add in zip(ranks, (add_first, add_second), strict=True)
        ]
        total += int(above[at[0], at[1]].sum())
    return total
