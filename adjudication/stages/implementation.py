"""Stage 2: how faithfully and how fast departments carry an order out (R-I06, R-I15, section 2.2).

Sets fidelity and holds orders back; changes no variable. Each side may have agencies of its own.
"""

import numpy as np

from adjudication.results import Gate, Happening
from adjudication.scenario.parameters import Implementation
from adjudication.settlement import Act, Bools, Floats, Settlement
from adjudication.stages.effects import MOVE_RULE, run_rules
from adjudication.stages.legality import RULING


def settle_implementation(s: Settlement) -> None:
    """Set the fidelity of every live order, and hold back those the departments delay."""
    s.stage = 2.0
    run_rules(s, 2)
    process: dict[str, Bools] = {}
    for act in s.acts:
        if act.ruled_fidelity is not None:
            _as_ruled(s, act, act.ruled_fidelity)
            continue
        if act.move.lead_turns and not act.carried and not act.free_pass:
            _hold(s, act, act.live, act.move.lead_turns, MOVE_RULE, "")
            continue
        spec = _departments(s, act)
        if spec is None:
            continue
        if spec.side not in process:
            process[spec.side] = np.broadcast_to(s.test(spec.process), (s.batch,))
        _slow(s, act, spec, process[spec.side])


def _as_ruled(s: Settlement, act: Act, fidelity: float) -> None:
    """Carry an order out at once and to the degree Control ruled (R-F01), whatever its departments would have done."""
    act.fidelity = np.full(s.batch, fidelity)
    if s.record and bool(act.live[0]):
        act.rules.append(RULING)
        act.gates.append(Gate(RULING, s.scenario.rule[RULING].say, True))
        s.gate_row(RULING, act, template=f"{RULING}.fidelity", slots={"f": fidelity})


def _departments(s: Settlement, act: Act) -> Implementation | None:
    """Return the agencies an order has to go through and may stick in, None if it is carried out as given."""
    if act.move.resist <= 0 or act.free_pass or act.carried:
        return None
    executor = s.scenario.seat.get(act.move.executor or act.order.seat)
    spec = s.scenario.implementation_of(executor.side if executor is not None else act.side)
    return spec if spec is not None and s.rule_on(s.scenario.rule[spec.rule]) else None


def _slow(s: Settlement, act: Act, spec: Implementation, process: Bools) -> None:
    rule = s.scenario.rule[spec.rule]
    friction = act.move.resist * (1.0 - s.values[spec.align] / 100.0)
    k = np.where(process, spec.k_process, spec.k_default) * _slow_walked(s, act, spec)
    act.fidelity = np.clip(1.0 - friction * k, spec.floor, 1.0)
    act.slowed = True
    if not s.record or bool(act.live[0]):
        act.rules.append(spec.rule)
    if s.record and bool(act.live[0]):
        part = float(act.fidelity[0]) < spec.partial_below
        act.gates.append(Gate(spec.rule, rule.text["partial"] if part else rule.say, True))
        s.gate_row(spec.rule, act, template=f"{spec.rule}.fidelity", slots={"f": round(float(act.fidelity[0]), 6)})
    p = np.clip(friction * spec.delay_slope - spec.delay_process * process, 0.0, spec.delay_max)
    p = 1.0 - s.argued(act, 1.0 - p)
    at_once = s.none if act.delay is None else act.delay == 0.0
    late = s.roll(f"delay:{act.key}", p, where=act.live & ~at_once, yes="1", no="0")
    _hold(s, act, late, 1, spec.rule, rule.text["late"])


def _slow_walked(s: Settlement, act: Act, spec: Implementation) -> Floats:
    """Return the extra friction on an order that a department of the same side quietly works against."""
    factor = np.ones(s.batch)
    for other in s.acts:
        if (
            spec.slow_walk
            and other.move.id == spec.slow_walk
            and other.side == spec.side
            and other.order.params.get("target") == act.move.id
        ):
            factor = np.where(other.live, spec.slow_walk_factor, factor)
            if s.record and bool(other.live[0]):
                act.slowed_by = tuple(sorted({*act.slowed_by, other.order.seat}))
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


def _hold(s: Settlement, act: Act, where: Bools, turns: int, rule: str, why: str) -> None:
    if not bool(np.any(where)):
        return
    act.delay = np.where(where, float(turns), 0.0 if act.delay is None else np.nan_to_num(act.delay))
    act.delayed = act.delayed | (where & act.live)
    act.live = act.live & ~where
    if s.record and bool(where[0]):
        act.reason = why
        s.gate_row(rule, act, template="delay", slots={"turns": float(turns)})
