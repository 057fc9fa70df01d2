"""Rulings of Control (R-F01): what they may touch, and those that apply after all stages, with reasons in the ledger.

A ruling never rewrites what the engine proposed: it adds rows of its own beside it, so that a report can take them out
again ("adjudicator effect size", section 9). Rulings on orders, events and rows are heeded by the stages they name.
"""

from collections.abc import Sequence
from math import isfinite

import numpy as np

from adjudication.effects import Effect, Resource, SetClause, SetFlag
from adjudication.orders import Override, RuledEffect
from adjudication.scalars import Const
from adjudication.scenario.schema import Scenario
from adjudication.settlement import Floats, Settlement
from adjudication.stages.effects import apply

RULE = "R-F01"


BOOKS = "tally"
"""The group of variables the engine keeps for itself."""


def open_to_rulings(scenario: Scenario) -> tuple[str, ...]:
    """Return the variables a ruling may change: all but the engine's own books."""
    return tuple(variable.id for variable in scenario.variables if variable.group != BOOKS)


def refusal(scenario: Scenario, ruling: Override) -> str:
    """Return why a ruling on the world cannot be, or nothing."""
    if ruling.kind == "add_effects":
        return next((wrong for effect in ruling.effects if (wrong := effect_refusal(scenario, effect))), "")
    if ruling.kind == "fidelity":
        degree = ruling.value
        bad = isinstance(degree, str) or not 0.0 <= degree <= 1.0
        return f"an order is carried out to a degree of 0 to 1, not {degree!r}" if bad else ""
    if ruling.kind not in ("set", "add", "row"):
        return ""
    if ruling.target not in open_to_rulings(scenario):
        return f"a ruling may not change {ruling.target!r}"
    if isinstance(ruling.value, str) or not isfinite(ruling.value):
        return f"a ruling on {ruling.target!r} needs a number, not {ruling.value!r}"
    return ""


def effect_refusal(scenario: Scenario, effect: RuledEffect) -> str:
    """Return why a ruling cannot add an effect, or nothing."""
    known = targets_of(scenario, effect.kind)
    if effect.target not in known:
        return f"a ruling may not change {effect.target!r}"
    if not isfinite(effect.value):
        return f"a ruling on {effect.target!r} needs a number, not {effect.value!r}"
    if effect.kind == "flag" and effect.value not in (0.0, 1.0):
        return f"a flag is raised (1) or lowered (0), not {effect.value!r}"
    if effect.kind == "clause":
        top = highest_level(scenario, effect.target)
        if effect.value not in {float(level) for level in range(top + 1)}:
            return f"{effect.target!r} has levels 0 to {top}, not {effect.value!r}"
    return ""


def targets_of(scenario: Scenario, kind: str) -> tuple[str, ...]:
    """Return what an effect of a kind may name: variables, flags, issues or resources of seats."""
    if kind == "add":
        return open_to_rulings(scenario)
    if kind == "flag":
        return scenario.flags
    if kind == "clause":
        return scenario.issues
    return tuple(f"{seat.id}.{name}" for seat in scenario.seats for name in sorted(seat.resources))


def highest_level(scenario: Scenario, issue: str) -> int:
    """Return the highest level of an issue or side clause."""
    return next(len(one.levels) for one in scenario.negotiation.deal_issues if one.id == issue) - 1


def rulings_on_rows(scenario: Scenario, overrides: Sequence[Override]) -> dict[tuple[str, str, str], Override]:
    """Return the rulings on rows of the ledger by variable, rule and cause; the last one on a row counts.

    Raises ValueError for one outside the declared variables: whoever asks must have refused it before.
    """
    found: dict[tuple[str, str, str], Override] = {}
    for ruling in overrides:
        if ruling.kind == "row":
            _check(scenario, ruling)
            found[ruling.target, ruling.rule, ruling.cause] = ruling
    return found


def settle_rulings(s: Settlement, overrides: Sequence[Override]) -> None:
    """Apply rulings on the world in the order they were made, as rows of their own.

    Raises ValueError for a ruling outside the declared variables: whoever asks must have refused it before.
    """
    s.stage = 10.0
    for ruling in overrides:
        match ruling.kind:
            case "reversal":
                _reversal(s, ruling)
            case "set" | "add":
                _check(s.scenario, ruling)
                amount = np.full(s.batch, float(ruling.value))
                _move(s, ruling, ruling.target, amount if ruling.kind == "add" else amount - s.values[ruling.target])
            case "add_effects":
                _check(s.scenario, ruling)
                for effect in ruling.effects:
                    _add_effect(s, ruling, effect)
            case _:
                continue
        s.commit()


def _check(scenario: Scenario, ruling: Override) -> None:
    wrong = refusal(scenario, ruling)
    if wrong:
        raise ValueError(wrong)


def _move(s: Settlement, ruling: Override, variable: str, amount: Floats) -> None:
    slots: dict[str, str | float] = {"reason": ruling.reason}
    s.add(variable, amount, RULE, "override", ruling.id, exact=True, slots=slots)


def _add_effect(s: Settlement, ruling: Override, effect: RuledEffect) -> None:
    match effect.kind:
        case "add":
            _move(s, ruling, effect.target, np.full(s.batch, effect.value))
        case "flag":
            _apply(s, ruling, SetFlag(effect.target, effect.value > 0))
        case "clause":
            _apply(s, ruling, SetClause(effect.target, int(effect.value)))
        case "resource":
            _apply(s, ruling, Resource(effect.target, Const(effect.value)))


def _apply(s: Settlement, ruling: Override, effect: Effect) -> None:
    apply(s, (effect,), rule=RULE, kind="override", source=ruling.id, where=s.all)


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
