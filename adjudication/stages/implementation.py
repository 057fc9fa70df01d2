"""Stage 2: how faithfully and how fast departments carry an order out (R-I06, R-I15, section 2.2).

Sets fidelity and holds orders back; changes no variable.
"""

import numpy as np

from adjudication.results import Gate, Happening
from adjudication.settlement import Act, Bools, Floats, Settlement
from adjudication.stages.effects import run_rules

STANDING = "R-I15"


def settle_implementation(s: Settlement) -> None:
    """Set the fidelity of every live order, and hold back those the departments delay."""
    s.stage = 2.0
    spec = s.scenario.implementation
    rule = s.scenario.rule[spec.rule]
    run_rules(s, 2)
    gap = 1.0 - s.values[spec.align] / 100.0
    process = s.test(spec.process)
    for act in s.acts:
        if act.move.lead_turns and not act.carried and not act.free_pass:
            _hold(s, act, act.live, act.move.lead_turns)
            continue
        if not s.rule_on(rule) or not _resisted(s, act):
            continue
        _slow(s, act, gap, process)


def _resisted(s: Settlement, act: Act) -> bool:
    executor = s.scenario.seat.get(act.move.executor or act.order.seat)
    side = executor.side if executor is not None else act.side
    return act.move.resist > 0 and side == s.scenario.implementation.side and not act.free_pass and not act.carried


def _slow(s: Settlement, act: Act, gap: Floats, process: Bools) -> None:
    spec = s.scenario.implementation
    friction = act.move.resist * gap
    k = np.where(process, spec.k_process, spec.k_default) * _slow_walked(s, act)
    act.fidelity = np.clip(1.0 - friction * k, spec.floor, 1.0)
    act.rules.append(spec.rule)
    if s.record and bool(act.live[0]):
        part = float(act.fidelity[0]) < spec.partial_below
        text = s.scenario.rule[spec.rule].text["partial"] if part else s.scenario.rule[spec.rule].say
        act.gates.append(Gate(spec.rule, text, True))
        s.gate_row(spec.rule, act, template=f"{spec.rule}.fidelity", slots={"f": round(float(act.fidelity[0]), 6)})
    p = np.clip(friction * spec.delay_slope - spec.delay_process * process, 0.0, spec.delay_max)
    p = 1.0 - s.argued(act, 1.0 - p)
    at_once = s.none if act.delay is None else act.delay == 0.0
    late = s.roll(f"delay:{act.key}", p, where=act.live & ~at_once, yes="1", no="0")
    _hold(s, act, late, 1)


def _slow_walked(s: Settlement, act: Act) -> Floats:
    """Return the extra friction on an order that a department quietly works against."""
    spec = s.scenario.implementation
    factor = np.ones(s.batch)
    for other in s.acts:
        if other.move.id == spec.slow_walk and other.order.params.get("target") == act.move.id:
            factor = np.where(other.live, spec.slow_walk_factor, factor)
    return factor


def settle_detection(s: Settlement) -> None:
    """Draw whether hidden orders come to light; what is seen raises the event `leak_<move>`."""
    for act in s.acts:
        if act.move.detect <= 0.0 or act.visible_to == ("*",):
            continue
        seen = s.roll(
            f"detect:{act.key}", 1.0 - s.argued(act, 1.0 - act.move.detect), where=act.live, yes="seen", no="unseen"
        )
        s.emit(f"leak_{act.move.id}", seen)
        if s.record and bool(seen[0]):
            act.visible_to = ("*",)
            text = f"It came to light: \u201c{act.move.text.order}\u201d."
            s.happenings.append(Happening(kind="leak", rule="R-M14", text=text, slots={"seat": act.order.seat}))


def _hold(s: Settlement, act: Act, where: Bools, turns: int) -> None:
    if not bool(np.any(where)):
        return
    act.delay = np.where(where, float(turns), 0.0 if act.delay is None else np.nan_to_num(act.delay))
    act.delayed = act.delayed | (where & act.live)
    act.live = act.live & ~where
    if s.record and bool(where[0]):
        act.reason = s.scenario.rule[s.scenario.implementation.rule].text["late"] if act.move.resist else ""
        s.gate_row(s.scenario.implementation.rule, act, template="delay", slots={"turns": float(turns)})
