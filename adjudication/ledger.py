"""The causal ledger: why every variable is where it is.

Owns the rows and the proof that they add up. Rows are written while a turn is settled and never changed.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import fsum
from typing import Literal

import msgspec

from adjudication.dice import Die

CauseKind = Literal["order", "rule", "npc", "event", "override", "decay", "clamp"]
CLAMP = "CLAMP"


class Cause(msgspec.Struct, frozen=True):
    """What a row comes from."""

    kind: CauseKind
    id: str


class LedgerRow(msgspec.Struct, frozen=True, kw_only=True):
    """One contribution (or, with `var` None, one gate or die). `stage` 3.5 is the negotiation.

    `raw` is what the rule asked for, `applied` what it did after saturation; both in the variable's unit
    (for beliefs `raw` is in log-odds). `visibility`: seats that may see the row, or ("*",).
    """

    seq: int
    turn: int
    stage: float
    rule_id: str
    lens: str
    cause: Cause
    parents: tuple[int, ...] = ()
    var: str | None = None
    raw: float = 0.0
    applied: float = 0.0
    inputs: dict[str, float] = {}
    formula_id: str = ""
    params: dict[str, float] = {}
    dice: Die | None = None
    visibility: tuple[str, ...] = ("*",)
    template: str = ""
    slots: dict[str, str | float] = {}


def lens_letter(rule_id: str) -> str:
    """Return the letter of a rule's family: `R-I06` -> `I`."""
    return rule_id[2] if rule_id.startswith("R-") and len(rule_id) > 2 else ""


def applied_by_variable(rows: Iterable[LedgerRow]) -> dict[str, float]:
    """Return the sum of applied amounts by variable."""
    sums: defaultdict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row.var is not None:
            sums[row.var].append(row.applied)
    return {var: _compensated(amounts) for var, amounts in sums.items()}


def _compensated(amounts: list[float]) -> float:
    return fsum(amounts)


def unexplained(rows: Iterable[LedgerRow], before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """Return every variable whose rows do not add up to its change (beyond 1e-9). Empty is the invariant."""
    sums = applied_by_variable(rows)
    gaps = {var: after[var] - before[var] - sums.get(var, 0.0) for var in after}
    return {var: gap for var, gap in gaps.items() if abs(gap) > 1e-9}
