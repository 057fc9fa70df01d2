"""Random outcome spaces of two parties, the same in any environment: utilities over waiting, one row an outcome.

Three kinds: scattered (no ties), coarse (many ties, as levels of issues make them) and additive (sums over issues, as
packages have them). Needs numpy alone, because NegMAS lives in an environment of its own.
"""

from __future__ import annotations

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
