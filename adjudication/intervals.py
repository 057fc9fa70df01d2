"""Intervals of proportions: how far so many pairs of runs leave a difference of two shares open.

Owns the formula alone. It draws nothing and reads no file.
"""

from math import sqrt

STEPS = 60
"""Halvings of the span a limit lies in: beyond the last bit that is ever shown."""


def paired_shares(gained: int, lost: int, pairs: int, *, z: float) -> tuple[float, float]:
    """Return the score interval of a difference of two shares over pairs (Tango 1998, Statist. Med. 17, 891-908).

    `gained`: pairs in which only the second came true; `lost`: only the first; `z`: the normal quantile of the level.
    The limits are those differences d at which (gained - lost - n d) / sqrt(n (2 q + d (1 - d))) is z or -z, q being
    the likeliest share of pairs lost given d. It is never of no width: where no pair differs it is z^2 / (n + z^2) to
    both sides. Raises ValueError without pairs.
    """
    if pairs < 1:
        raise ValueError("an interval takes one pair at least")
    if lost > gained:
        low, high = paired_shares(lost, gained, pairs, z=z)
        return -high, -low
    mean = (gained - lost) / pairs
    return (
        _limit(gained, lost, pairs, inside=mean, outside=-1.0, z=z),
        _limit(gained, lost, pairs, inside=mean, outside=1.0, z=z),
    )


def _limit(gained: int, lost: int, pairs: int, *, inside: float, outside: float, z: float) -> float:
    """Return where a difference stops being compatible with the pairs, from the mean to an end of the range."""
    for _ in range(STEPS):
        middle = (inside + outside) / 2
        if _excess(gained, lost, pairs, middle) <= z * z:
            inside = middle
        else:
            outside = middle
    return (inside + outside) / 2


def _excess(gained: int, lost: int, pairs: int, at: float) -> float:
    """Return the squared score statistic of the pairs against a true difference."""
    a, c = 2.0 * pairs, -lost * at * (1.0 - at)
    b = (2.0 * pairs - gained + lost) * at - gained - lost
    likeliest = (sqrt(max(b * b - 4.0 * a * c, 0.0)) - b) / (2.0 * a)
    variance = pairs * (2.0 * likeliest + at * (1.0 - at))
    miss = gained - lost - pairs * at
    if variance <= 0.0:
        return 0.0 if miss == 0.0 else float("inf")
    return miss * miss / variance
