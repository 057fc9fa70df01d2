"""What a difference between groups of games is worth: the randomisation test, over the draws that might have been.

Fisher's test for designs as they were drawn: under the hypothesis that the treatment changed nothing, every game would
have come out as it did whatever label it got, so the difference is held against those of all draws the design allowed.
Nothing is assumed of how values are distributed. Pure over numbers; it knows no game.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import permutations, product
from math import factorial, fsum, prod

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from adjudication.dice import Dice

MOST = 20_000
"""So many draws are gone through one by one; of more, DRAWN are taken by keyed dice."""
DRAWN = 9_999
ALPHA = 0.05
"""A design that cannot reach this has no test: its p could never be called small."""
SAME = 1e-9
"""Statistics closer than this, as a part of all squares, are the same: sums in another order differ in the last bit."""
Ints = NDArray[np.int64]


class Draws(Struct, frozen=True):
    """The draws a design allows: labels by game, shape (A, n), the one that was made among them.

    `smallest`: the smallest p any values could have under it. `exact`: all are there, else a sample of them.
    """

    labels: Ints
    allowed: int
    exact: bool
    smallest: float


class Found(Struct, frozen=True):
    """What a test found. `p` is two-sided; `adjusted` after Holm (1979) over the tests made together."""

    p: float
    adjusted: float


def draws_of(labels: Sequence[int], blocks: Sequence[int]) -> Draws:
    """Return the draws that keep the labels of every block and deal them out otherwise within it.

    `labels`: of each game, from 0. `blocks`: which block each game was drawn in; all alike for a free draw.
    """
    places = [[at for at, own in enumerate(blocks) if own == block] for block in sorted(set(blocks))]
    dealt = [[labels[at] for at in block] for block in places]
    allowed = prod(_ways(block) for block in dealt)
    alike = _alike(dealt, len(set(labels)))
    if allowed > MOST:
        smallest = max(alike / allowed, 1 / (DRAWN + 1))
        return Draws(_drawn(labels, places, dealt), allowed, False, smallest)
    ways = [_orders(block) for block in dealt]
    table = np.empty((allowed, len(labels)), dtype=np.int64)
    for row, chosen in enumerate(product(*ways)):
        for block, given in zip(places, chosen, strict=True):
            table[row, block] = given
    return Draws(table, allowed, True, alike / allowed)


def randomisation_tests(values: Sequence[Sequence[float]], labels: Sequence[int], draws: Draws) -> list[Found]:
    """Test several measures of the same games, each for itself, and adjust their p for being several.

    `values`: measures of n games each. The statistic is the sum of squares between the groups' means; of two groups
    that is a two-sided test of the difference of their means.
    """
    ps = [_p(np.asarray(measure, dtype=np.float64), np.asarray(labels, dtype=np.int64), draws) for measure in values]
    return [Found(p, adjusted) for p, adjusted in zip(ps, holm(ps), strict=True)]


def superiority(first: Sequence[float], second: Sequence[float]) -> float:
    """Return the chance that a game of the second group lies above one of the first, ties counted as half.

    (The probability of superiority: Vargha and Delaney 2000; 0.5 is no difference.)
    """
    above = fsum(1.0 if b > a else 0.5 if b == a else 0.0 for a in first for b in second)
    return above / (len(first) * len(second))


def holm(ps: Sequence[float]) -> list[float]:
    """Return the p of several tests adjusted so that one false alarm among all is as rare as one alone (Holm 1979)."""
    order = sorted(range(len(ps)), key=lambda at: (ps[at], at))
    adjusted, least = [1.0] * len(ps), 0.0
    for rank, at in enumerate(order):
        least = max(least, min(1.0, ps[at] * (len(ps) - rank)))
        adjusted[at] = least
    return adjusted


def _p(values: NDArray[np.float64], labels: Ints, draws: Draws) -> float:
    groups = int(labels.max()) + 1
    centred = values - values.mean()
    own, all_ = _between(centred, labels[None, :], groups)[0], _between(centred, draws.labels, groups)
    beyond = int(np.count_nonzero(all_ >= own - SAME * float(centred @ centred)))
    # Of a sample the draw that was made is one more (Phipson and Smyth 2010): no p is ever 0.
    return beyond / len(all_) if draws.exact else (beyond + 1) / (len(all_) + 1)


def _between(values: NDArray[np.float64], labels: Ints, groups: int) -> NDArray[np.float64]:
    """Return the sum of squares between groups for each row of labels, shape (A,)."""
    total = np.zeros(len(labels))
    for group in range(groups):
        mine = labels == group
        size = mine.sum(axis=1)
        total += np.where(mine, values[None, :], 0.0).sum(axis=1) ** 2 / np.maximum(size, 1)
    return total


def _ways(block: Sequence[int]) -> int:
    return factorial(len(block)) // prod(factorial(count) for count in Counter(block).values())


def _alike(dealt: Sequence[Sequence[int]], groups: int) -> int:
    """Return how many renamings of the labels turn every draw of the design into another one of it, none included.

    A draw and its renamings part the games in the same way, so they always lie equally far out.
    """
    sizes = Counter(label for block in dealt for label in block)
    if groups > 6:
        return 1
    counts = [Counter(block) for block in dealt]
    return sum(
        all(sizes[new] == sizes[old] for old, new in enumerate(names))
        and all(all(count[new] == count[old] for old, new in enumerate(names)) for count in counts)
        for names in permutations(range(groups))
    )


def _orders(block: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the distinct orders of a block's labels."""
    found: list[tuple[int, ...]] = [()]
    for _ in block:
        found = [(*way, one) for way in found for one in sorted(set(block)) if way.count(one) < list(block).count(one)]
    return found


def _drawn(labels: Sequence[int], places: Sequence[Sequence[int]], dealt: Sequence[Sequence[int]]) -> Ints:
    """Return DRAWN draws by keyed dice: the same ones whenever the design is the same."""
    dice = Dice(range(DRAWN), 0)
    table = np.empty((DRAWN, len(labels)), dtype=np.int64)
    for block, given in zip(places, dealt, strict=True):
        cast = np.stack([dice.u(f"place:{at}") for at in block], axis=1)
        order = np.argsort(cast, axis=1, kind="stable")
        table[:, block] = np.asarray(given, dtype=np.int64)[order]
    return table
