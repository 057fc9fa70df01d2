"""A few packages for many games at once.

Owns point evaluation: menus, tabled texts and hints, with a leading axis of games (B) so that thousands of
counterfactual summits cost one call. Same formulas as the full analysis. It must never search the space.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray

from negotiation.terms import ALL_LENSES, Menu, Negotiation
from negotiation.valuation import Bools, Floats, Ints, feasible, reservation, utility


class Judged(Struct, frozen=True):
    """Judgement of P packages in B games: arrays (B, P) by party id; reservations (B, 1)."""

    utility: dict[str, Floats]
    reservation: dict[str, Floats]
    surplus: dict[str, Floats]
    feasible: Bools

    @property
    def good(self) -> Bools:
        """Packages both parties prefer to waiting and that can be carried out."""
        good = self.feasible
        for surplus in self.surplus.values():
            good = good & (surplus >= 0)
        return good


def banked_rows(terms: Negotiation, banked: Mapping[str, Any]) -> list[NDArray[np.intp]]:
    """Return one (B, 1) or scalar integer array an issue and side clause: the level in force."""
    rows = []
    for issue in terms.deal_issues:
        level = issue.default if issue.kind == "sequence" else banked.get(issue.id, issue.default)
        array = np.asarray(level).astype(np.intp)
        rows.append(array[..., None] if array.ndim else array)
    return rows


def menu(terms: Negotiation, choice: Menu, banked: Mapping[str, Any]) -> NDArray[np.intp]:
    """Return the levels of a headline text raised over what is in force: (B, issues), or (issues,) for scalars."""
    columns = []
    for issue in terms.issues:
        asked = choice.levels.get(issue.id, issue.default if issue.kind == "sequence" else 0)
        floor = asked if issue.kind == "sequence" else banked.get(issue.id, issue.default)
        columns.append(np.maximum(asked, np.asarray(floor).astype(np.intp)))
    return np.stack(np.broadcast_arrays(*columns), axis=-1)


def judge(
    terms: Negotiation,
    levels: ArrayLike,
    values: Mapping[str, Any],
    banked: Mapping[str, Any],
    lenses: frozenset[str] = ALL_LENSES,
    mood: Mapping[str, Any] | None = None,
) -> Judged:
    """Judge packages: `levels` is (P, columns) or (B, P, columns); `values`, `banked`, `mood` are scalars or (B,).

    Columns are the issues alone, or the issues and then the side clauses.
    """
    cube = np.asarray(levels, dtype=np.intp)
    columns: list[Ints] = [cube[..., axis] for axis in range(cube.shape[-1])]
    rows = banked_rows(terms, banked)
    wide = {name: _column(value) for name, value in values.items()}
    tempers = {name: _column(value) for name, value in (mood or {}).items()}
    utilities, waits, surpluses = {}, {}, {}
    for party in terms.parties:
        worth = np.atleast_2d(utility(terms, party, columns, rows, wide, lenses))
        wait = np.atleast_2d(np.asarray(reservation(party, wide, lenses, tempers.get(party.id, 0.0)), dtype=np.float64))
        utilities[party.id], waits[party.id], surpluses[party.id] = worth, wait, worth - wait
    allowed: Any = np.atleast_2d(feasible(terms, columns, rows, wide, lenses))
    for issue, column, row in zip(terms.deal_issues, columns, rows, strict=False):
        if issue.kind != "sequence":
            allowed = allowed & (column >= row)
    batch = np.broadcast_shapes(allowed.shape, *(surplus.shape for surplus in surpluses.values()))
    return Judged(
        {name: np.broadcast_to(array, batch) for name, array in utilities.items()},
        waits,
        {name: np.broadcast_to(array, batch) for name, array in surpluses.items()},
        np.broadcast_to(allowed, batch),
    )


def _column(value: Any) -> Any:
    """Give a per-game array a package axis; leave scalars alone."""
    array = np.asarray(value)
    return array[..., None] if array.ndim else value
