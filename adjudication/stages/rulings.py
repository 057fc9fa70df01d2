"""Rulings of Control on variables (R-F01): exact, after all stages, with their reason in the ledger."""

from collections.abc import Sequence

import numpy as np

from adjudication.orders import Override
from adjudication.settlement import Settlement

RULE = "R-F01"


def settle_rulings(s: Settlement, overrides: Sequence[Override]) -> None:
    """Apply `set` and `add` rulings as rows of their own; the proposal they change stays in the ledger."""
    s.stage = 10.0
    for ruling in sorted(overrides, key=lambda r: r.id):
        if ruling.kind not in ("set", "add") or ruling.target not in s.values:
            continue
        amount = np.full(s.batch, float(ruling.value))
        if ruling.kind == "set":
            amount = amount - s.values[ruling.target]
        slots: dict[str, str | float] = {"reason": ruling.reason}
        s.add(ruling.target, amount, RULE, "override", ruling.id, exact=True, slots=slots)
        s.commit()
