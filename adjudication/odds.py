"""The arithmetic of argued odds: what estimates make together, and what net arguments do to a chance (R-F02)."""

from collections.abc import Sequence
from math import exp, fsum, log

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ARGUMENT = "R-F02"
ARGUMENT_LOGIT, MAX_ARGUMENTS = 0.4, 3
"""A net argument in favour shifts the log-odds of success by this much; at most three count."""


def pooled(estimates: Sequence[int]) -> float:
    """Return the chance that several estimates (percent, 1..99) make together: the mean of their log-odds."""
    odds = [log(e / (100.0 - e)) for e in sorted(estimates)]
    return 1.0 / (1.0 + exp(-fsum(odds) / len(odds)))


def counted(net: int) -> int:
    """Return how many of the net arguments count."""
    return min(MAX_ARGUMENTS, max(-MAX_ARGUMENTS, net))


def argued(chance: Floats | float, net: int) -> Floats:
    """Return chances after `net` arguments; what is certain or impossible stays so."""
    p = np.asarray(chance, dtype=np.float64)
    safe = np.clip(p, 1e-12, 1 - 1e-12)
    shifted = 1.0 / (1.0 + np.exp(-(np.log(safe / (1.0 - safe)) + ARGUMENT_LOGIT * counted(net))))
    return np.where((p > 0.0) & (p < 1.0), shifted, p)
