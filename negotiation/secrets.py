"""Secret levels in the eyes of those who do not hold them.

Owns what a level is worth to a reader: to holders and to those told what it is; to others nothing beyond what is openly
in force; once it leaked, what the level it is taken for is worth, multiplied. It must never decide who is told.

The state of secrets comes with the values of the world: `leaked.<issue>`, `told.<issue>.<seat>`, `open.<issue>`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from negotiation.issues import Issue

Values = Mapping[str, Any]


def hidden_from(issue: Issue, reader: str) -> np.ndarray:
    """Return which levels of an issue a reader (a seat; "" sits nowhere) does not hold: (levels,) booleans."""
    return np.array(
        [
            level in issue.secret_levels and reader not in issue.secret_levels[level].holders
            for level in range(len(issue.levels))
        ]
    )


def gains_seen(issue: Issue, row: Sequence[float], level: Any, banked: Any, values: Values, reader: str) -> Any:
    """Return the worth to a reader of a level beyond what is in force, as far as the reader can know of either."""
    table = np.asarray(row, dtype=np.float64)
    secret = hidden_from(issue, reader)
    if not secret.any():
        return np.asarray(table[level] - table[banked], dtype=np.float64)
    now = _worth(issue, table, banked, values, reader, otherwise=table[_open(issue, values)])
    return np.asarray(_worth(issue, table, level, values, reader, otherwise=now) - now, dtype=np.float64)


def levels_seen(issue: Issue, level: Any, banked: Any, values: Values, reader: str) -> tuple[Any, Any]:
    """Return the level of a package and the level in force as a reader takes them to be."""
    secret = hidden_from(issue, reader)
    if not secret.any():
        return level, banked
    unknown = secret & ~_shared(issue, values, reader)[..., None]
    before = np.where(_picked(unknown, banked), _open(issue, values), banked)
    return np.where(_picked(unknown, level), before, level), before


def _worth(issue: Issue, table: Any, level: Any, values: Values, reader: str, *, otherwise: Any) -> Any:
    secret = hidden_from(issue, reader)[level]
    told = np.asarray(values.get(f"told.{issue.id}.{reader}", 0.0)) > 0
    leaked = np.asarray(values.get(f"leaked.{issue.id}", 0.0)) > 0
    out = np.array([_leaked_worth(issue, table, number) for number in range(len(issue.levels))])
    return np.where(~secret | told, table[level], np.where(leaked, out[level], otherwise))


def _leaked_worth(issue: Issue, table: Any, level: int) -> float:
    secret = issue.secret_levels.get(level)
    if secret is None:
        return float(table[level])
    return float(table[level if secret.leaked_as is None else secret.leaked_as]) * secret.mul


def _shared(issue: Issue, values: Values, reader: str) -> Any:
    told = np.asarray(values.get(f"told.{issue.id}.{reader}", 0.0)) > 0
    return np.asarray(told | (np.asarray(values.get(f"leaked.{issue.id}", 0.0)) > 0))


def _open(issue: Issue, values: Values) -> Any:
    return np.asarray(values.get(f"open.{issue.id}", issue.default)).astype(np.intp)


def _picked(unknown: Any, level: Any) -> Any:
    """Return whether each level is an unknown one: `unknown` is (..., levels), `level` broadcasts with (...)."""
    if unknown.ndim == 1:
        return unknown[level]
    shape = np.broadcast_shapes(unknown.shape[:-1], np.shape(level))
    wide = np.broadcast_to(unknown, (*shape, unknown.shape[-1]))
    return np.take_along_axis(wide, np.broadcast_to(level, shape)[..., None], axis=-1)[..., 0]
