"""Random outcome spaces of two parties, the same in any environment: utilities over waiting, one row an outcome.

Three kinds: scattered (no ties), coarse (many ties, as levels of issues make them) and additive (sums over issues, as
packages have them). Beside them catalogues: issues and side clauses as tables, of which every text is formed here.
Needs numpy alone, because NegMAS lives in an environment of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SPACES = 300
KINDS = ("scattered", "coarse", "additive")


def space(seed: int) -> NDArray[np.float64]:
    """Return the surplus of both parties over waiting, (outcomes, 2)."""
    rng = np.random.default_rng([seed, 41])
    kind = KINDS[seed % len(KINDS)]
    if kind == "additive":
        tables = [
            rng.normal(0.0, 0.2, (int(rng.integers(2, 5)), 2)) * (1, -0.8) for _ in range(int(rng.integers(3, 5)))
        ]
        points = np.zeros((1, 2))
        for table in tables:
            points = (points[:, None, :] + table[None, :, :]).reshape(-1, 2)
        points = points + rng.normal(0.0, 0.1, 2)
    else:
        points = rng.normal(0.0, 1.0, (int(rng.integers(5, 400)), 2))
    points = points - rng.normal(0.0, 0.3, 2)
    return np.round(points, 1 if kind == "coarse" else 9)


def zone(points: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the outcomes neither party would rather wait than take."""
    return np.flatnonzero((points >= 0.0).all(axis=1))


CATALOGUES = 90


@dataclass(frozen=True)
class Catalogue:
    """Worth to both parties: levels of each issue (levels, 2), side clauses (S, 2), and waiting (2,)."""

    issues: list[NDArray[np.float64]]
    sides: NDArray[np.float64]
    waiting: NDArray[np.float64]


def catalogue(seed: int) -> Catalogue:
    """Return a random catalogue; every third has worth in eighths, so that texts tie and sums are exact."""
    rng = np.random.default_rng([seed, 43])
    issues = []
    for _ in range(int(rng.integers(2, 4))):
        table = rng.normal(0.0, 0.3, (int(rng.integers(2, 4)), 2)) * (1, -0.8)
        table[0] = 0.0
        issues.append(_rounded(table, seed))
    sides = _rounded(rng.normal(0.0, 0.2, (int(rng.integers(3, 7)), 2)), seed)
    return Catalogue(issues, sides, _rounded(rng.normal(0.0, 0.2, 2), seed))


def _rounded(worth: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    return np.round(worth * 8) / 8 if seed % 3 == 0 else np.round(worth, 6)


def texts(one: Catalogue) -> NDArray[np.float64]:
    """Return the surplus of both parties over waiting of every text: a level of each issue, any set of side clauses."""
    points = np.zeros((1, 2))
    for table in [*one.issues, *(np.array([[0.0, 0.0], clause]) for clause in one.sides)]:
        points = (points[:, None, :] + table[None, :, :]).reshape(-1, 2)
    return np.round(points - one.waiting, 9) + 0.0  # no minus nought
