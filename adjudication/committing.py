"""The commit rule (section 1.2): contributions of a stage against one snapshot.

Soft saturation towards the walls, log-odds for beliefs, plain sums for the rest; compensated summation in sorted
order; rounding at the end; and a row for every change, so that the ledger adds up to zero error.
"""

from collections import defaultdict
from math import fsum
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray

from adjudication.ledger import CLAMP, Cause, LedgerRow, lens_letter
from adjudication.scenario.checks import limits
from adjudication.scenario.schema import Variable
from adjudication.world import DECIMALS

if TYPE_CHECKING:
    from adjudication.settlement import Settlement

Floats = NDArray[np.float64]
NOTHING = 5e-10

LEDGER_DECIMALS = 9
"""Amounts in the ledger. Finer than the state, so that rows rounded one by one still add up to its change."""


class Contribution:
    """A signed amount (B,) for one variable, with why. `exact` amounts bypass saturation (rulings)."""

    __slots__ = (
        "amount",
        "cause",
        "exact",
        "inputs",
        "params",
        "parents",
        "rule",
        "slots",
        "template",
        "var",
        "visible",
    )

    def __init__(
        self, var: str, amount: Floats, rule: str, cause: Cause, *, inputs: dict[str, float], parents: tuple[int, ...],
        visible: tuple[str, ...], exact: bool = False, slots: dict[str, str | float] | None = None,
    ) -> None:  # fmt: skip
        self.var, self.amount, self.rule, self.cause = var, amount, rule, cause
        self.inputs, self.parents, self.visible, self.exact = inputs, parents, visible, exact
        self.slots = slots or {}

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Contributions are summed in this order, whatever the order of submission."""
        return (self.rule, self.cause.kind, self.cause.id)


def commit_variables(s: "Settlement") -> None:
    """Apply queued contributions to the variables."""
    by_var: defaultdict[str, list[Contribution]] = defaultdict(list)
    for contribution in s.contributions:
        by_var[contribution.var].append(contribution)
    s.contributions = []
    fresh = {var: _settled(s, s.scenario.variable[var], by_var[var]) for var in sorted(by_var)}
    s.values = {**s.values, **fresh}


def _settled(s: "Settlement", variable: Variable, queue: list[Contribution]) -> Floats:
    x = s.values[variable.id]
    queue.sort(key=lambda c: c.sort_key)
    low, high = limits(variable.kind, variable.min, variable.max)
    rise, fall = _compensated_signs([c.amount for c in queue if not c.exact], s.batch)
    if variable.kind == "belief":
        total = rise + fall
        moved = np.clip(1.0 / (1.0 + np.exp(-(np.log(x / (1.0 - x)) + total))), low, high)
        share = np.divide(moved - x, total, out=np.zeros_like(x), where=np.abs(total) > 1e-12)
        up = down = share
        target = moved
    elif variable.kind == "scale":
        span = high - low
        up, down = np.minimum(1.0, 2.0 * (high - x) / span), np.minimum(1.0, 2.0 * (x - low) / span)
        target = x + up * rise + down * fall
    else:
        up = down = np.ones_like(x)
        target = x + rise + fall
    if s.row_rulings:
        queue.extend(_ruled_rows(s, variable.id, queue, up, down))
    exact = _compensated(np.stack(rows)) if (rows := [c.amount for c in queue if c.exact]) else 0.0
    fresh: Floats = np.round(np.clip(target + exact, low, high), DECIMALS) + 0.0
    if s.record:
        _write(s, variable.id, float(x[0]), float(fresh[0]), queue, float(up[0]), float(down[0]))
    return fresh


def _ruled_rows(
    s: "Settlement", var: str, queue: list[Contribution], up: Floats, down: Floats
) -> list[Contribution]:  # fmt: skip
    """Answer each row that Control ruled on with a row of its own (R-F01); what the engine proposed stays beside it."""
    ruled: defaultdict[tuple[str, str, str], list[Contribution]] = defaultdict(list)
    for c in queue:
        key = (var, c.rule, c.cause.id)
        if not c.exact and key in s.row_rulings:
            ruled[key].append(c)
    answers: list[Contribution] = []
    for key, rows in sorted(ruled.items()):
        ruling = s.row_rulings[key]
        applied = _compensated(np.stack([c.amount * np.where(c.amount > 0, up, down) for c in rows]))
        spoke = np.any(np.stack([np.abs(c.amount) >= NOTHING for c in rows]), axis=0)
        left = s.row_left.get(key, np.full(s.batch, float(ruling.value)))
        s.row_left[key] = np.where(spoke, 0.0, left)
        slots: dict[str, str | float] = {"reason": ruling.reason, "rule": key[1], "cause": key[2]}
        answers.append(
            Contribution(
                var, np.where(spoke, left - applied, 0.0), "R-F01", Cause("override", ruling.id), inputs={},
                parents=(), visible=rows[0].visible, exact=True, slots=slots,
            )
        )  # fmt: skip
    return answers


def _write(
    s: "Settlement", var: str, before: float, after: float, queue: list[Contribution], up: float, down: float
) -> None:
    first = len(s.rows)
    for c in queue:
        raw = float(c.amount[0])
        if not c.exact and abs(raw) < NOTHING:
            continue  # what is left of opposite terms after rounding is no cause
        share = 1.0 if c.exact else up if raw > 0 else down
        _row(s, var, c, raw, round(raw * share, LEDGER_DECIMALS))
    rest = round(after - before - fsum(row.applied for row in s.rows[first:]), LEDGER_DECIMALS)
    if abs(rest) <= 1e-5:
        largest = max(range(first, len(s.rows)), key=lambda n: (abs(s.rows[n].applied), -n), default=None)
        if largest is not None:
            _adjust(s, largest, rest)
        return
    clamp = Contribution(var, np.array([rest]), CLAMP, Cause("clamp", var), inputs={}, parents=(), visible=("*",))
    _row(s, var, clamp, rest, rest)


def _adjust(s: "Settlement", at: int, rest: float) -> None:
    s.rows[at] = msgspec.structs.replace(s.rows[at], applied=round(s.rows[at].applied + rest, LEDGER_DECIMALS))


def _row(s: "Settlement", var: str, c: Contribution, raw: float, applied: float) -> None:
    s.rows.append(
        LedgerRow(
            seq=len(s.rows), turn=s.turn, stage=s.stage, rule_id=c.rule, lens=lens_letter(c.rule), cause=c.cause,
            parents=c.parents, var=var, raw=round(raw, LEDGER_DECIMALS), applied=applied, inputs=c.inputs,
            visibility=c.visible, template=c.rule, slots=c.slots,
        )
    )  # fmt: skip


def commit_clauses(s: "Settlement") -> None:
    """Apply queued changes of clause levels, in sorted order."""
    for issue, level, where, rule, cause in sorted(s.clause_moves, key=lambda m: (m[0], m[3], m[4].id)):
        before = s.clauses[issue]
        after = np.where(where, level, before).astype(np.int64)
        s.clauses = {**s.clauses, issue: after}
        _plain_row(s, f"clause.{issue}", float(before[0]), float(after[0]), rule, cause)
    s.clause_moves = []


def commit_flags(s: "Settlement") -> None:
    """Apply queued flags, in sorted order; where two disagree, raising wins over lowering."""
    for flag, on, where, rule, cause in sorted(s.flag_moves, key=lambda m: (m[0], m[1], m[3], m[4].id)):
        before = s.flags[flag]
        after = np.where(where, on, before)
        s.flags = {**s.flags, flag: after}
        _plain_row(s, f"flag.{flag}", float(before[0]), float(after[0]), rule, cause)
    s.flag_moves = []


def _plain_row(s: "Settlement", var: str, before: float, after: float, rule: str, cause: Cause) -> None:
    if s.record and before != after:
        row = Contribution(var, np.array([after - before]), rule, cause, inputs={}, parents=(), visible=("*",))
        _row(s, var, row, after - before, after - before)


def _compensated(rows: Floats) -> Floats:
    """Sum along the first axis with Neumaier's correction: the same in any batch size."""
    total: Floats = rows[0] + 0.0
    if len(rows) == 1:
        return total
    lost = np.zeros_like(total)
    for row in rows[1:]:
        fresh = total + row
        lost += np.where(np.abs(total) >= np.abs(row), (total - fresh) + row, (row - fresh) + total)
        total = fresh
    total += lost
    return total


def _compensated_signs(rows: list[Floats], batch: int) -> tuple[Floats, Floats]:
    """Sum what rises and what falls, each by itself, in one pass."""
    if not rows:
        return np.zeros(batch), np.zeros(batch)
    signed = np.empty((len(rows), 2, batch))
    for place, row in enumerate(rows):
        np.maximum(row, 0.0, out=signed[place, 0])
        np.minimum(row, 0.0, out=signed[place, 1])
    rise, fall = _compensated(signed)
    return rise, fall
