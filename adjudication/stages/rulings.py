"""Rulings of Control on variables (R-F01): exact, after all stages, with their reason in the ledger."""

from collections.abc import Sequence
from math import isfinite

import numpy as np

from adjudication.orders import Override
from adjudication.scenario.schema import Scenario
from adjudication.settlement import Settlement

RULE = "R-F01"


BOOKS = "tally"
"""The group of variables the engine keeps for itself."""


def open_to_rulings(scenario: Scenario) -> tuple[str, ...]:
    """Return the variables a ruling may change: all but the engine's own books."""
    return tuple(variable.id for variable in scenario.variables if variable.group != BOOKS)


def refusal(scenario: Scenario, ruling: Override) -> str:
    """Return why a ruling on a variable cannot be, or nothing."""
    if ruling.kind not in ("set", "add"):
        return ""
    if ruling.target not in open_to_rulings(scenario):
        return f"a ruling may not change {ruling.target!r}"
    if isinstance(ruling.value, str) or not isfinite(ruling.value):
        return f"a ruling on {ruling.target!r} needs a number, not {ruling.value!r}"
    return ""


def settle_rulings(s: Settlement, overrides: Sequence[Override]) -> None:
    """Apply `set` and `add` rulings as rows of their own; the proposal they change stays in the ledger.

    Raises ValueError for a ruling outside the declared variables: whoever asks must have refused it before.
    """
    s.stage = 10.0
    for ruling in sorted(overrides, key=lambda r: r.id):
        if ruling.kind == "reversal":
            _reversal(s, ruling)
            continue
        if ruling.kind not in ("set", "add"):
            continue
        wrong = refusal(s.scenario, ruling)
        if wrong:
            raise ValueError(wrong)
        amount = np.full(s.batch, float(ruling.value))
        if ruling.kind == "set":
            amount = amount - s.values[ruling.target]
        slots: dict[str, str | float] = {"reason": ruling.reason}
        s.add(ruling.target, amount, RULE, "override", ruling.id, exact=True, slots=slots)
        s.commit()


def _reversal(s: Settlement, ruling: Override) -> None:
    """Charge a confirmed change of course: half as much again where a standing process has to be undone (R-I15)."""
    act = next((act for act in s.acts if act.order.id == ruling.target), None)
    spec = s.scenario.implementation_of(act.side) if act is not None else None
    if act is None or spec is None:
        return
    payers = (act.order.seat, s.scenario.principals.get(act.side, ""))
    name = next((f"{seat}.capital" for seat in payers if f"{seat}.capital" in s.resources), None)
    if name is None:
        return
    standing = s.none
    if spec.process_variable and s.rule_on(s.scenario.rule[spec.process_rule]):
        standing = s.values[spec.process_variable] >= spec.process_at
    cost = spec.reversal * np.where(standing, spec.reversal_process, 1.0)
    s.resources = {**s.resources, name: np.maximum(0.0, s.resources[name] - cost)}
    rule = spec.process_rule if bool(standing[0]) else RULE
    s.gate_row(rule, act, template=f"{rule}.reversal", slots={"capital": float(cost[0]), "reason": ruling.reason})
