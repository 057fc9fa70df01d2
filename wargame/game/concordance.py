"""Measure how far two umpires agree: shares and chance-corrected coefficients from one table of counts.

Owns nothing of the game: it is handed how often the released outcome was `a` and the second umpire's word `b`.
"""

from collections.abc import Callable, Mapping
from math import fsum

from msgspec import Struct

SCALE = ("blocked", "partial", "done")
"""The outcomes umpires rate on, in order: as steps of one scale a near miss counts less than a far one."""

Table = Mapping[str, int]
"""Counts by `<released>|<rated>`."""


class Concordance(Struct, frozen=True, kw_only=True):
    """How far the released outcomes and a second umpire's blind ratings agree.

    `share`: of all pairs, those alike. `kappa`: Cohen's coefficient for named categories (Cohen 1960). `weighted`: the
    same with linear weights for steps of a scale (Cohen 1968). A coefficient is None where it is not defined: no
    pair at all, or both umpires gave one and the same outcome throughout, so that nothing is left to chance.
    """

    pairs: int
    alike: int
    share: float | None
    kappa: float | None
    weighted: float | None


def pair(released: str, rated: str) -> str:
    """Return the name of a cell of the table."""
    return f"{released}|{rated}"


def concordance(table: Table) -> Concordance:
    """Return the measures of agreement of a table of counts."""
    cells = [[table.get(pair(one, two), 0) for two in SCALE] for one in SCALE]
    pairs = sum(map(sum, cells))
    alike = sum(cells[at][at] for at in range(len(SCALE)))
    if pairs == 0:
        return Concordance(pairs=0, alike=0, share=None, kappa=None, weighted=None)
    return Concordance(
        pairs=pairs,
        alike=alike,
        share=round(alike / pairs, 6),
        kappa=_coefficient(cells, lambda step: 0.0 if step == 0 else 1.0),
        weighted=_coefficient(cells, lambda step: step / (len(SCALE) - 1)),
    )


def _coefficient(cells: list[list[int]], cost: Callable[[int], float]) -> float | None:
    """Return 1 minus observed over expected disagreement, each cell weighed by what its distance costs."""
    size, total = range(len(cells)), sum(map(sum, cells))
    rows = [sum(cells[i]) for i in size]
    columns = [sum(cells[i][j] for i in size) for j in size]
    observed = fsum(cost(abs(i - j)) * cells[i][j] / total for i in size for j in size)
    expected = fsum(cost(abs(i - j)) * rows[i] * columns[j] / total**2 for i in size for j in size)
    return None if expected == 0.0 else round(1.0 - observed / expected, 6) + 0.0
