"""Standing orders: orders given beforehand that carry themselves out, unless somebody stops them in time.

Armed at the end of a turn by what happened in it. One with `after` turns enters that later turn like any order already
given, and falls where it is countermanded there; one without is done at once, at the end of the turn that armed it. The
seat it belongs to and that seat's superior are told either way. What is armed is remembered in the world.
"""

import numpy as np

from adjudication.acts import Act
from adjudication.conditions import OrderFilter
from adjudication.orders import Order
from adjudication.results import Happening
from adjudication.scenario.happenings import Standing
from adjudication.settlement import Bools, Settlement
from adjudication.stages.beliefs import settle_signals
from adjudication.stages.effects import settle_late
from adjudication.stages.veils import who_sees


def due_acts(s: Settlement) -> list[Act]:
    """Return the standing orders whose turn has come as orders in play; nobody's leave is needed any more."""
    acts = []
    for spec in s.scenario.standing:
        where = s.mark(_armed(spec)) == s.turn
        if spec.after and bool(np.any(where)):
            acts.append(_act(s, spec, where))
    return acts


def countermand(s: Settlement) -> None:
    """Stop the standing orders of the turn where they were countermanded, or no longer apply."""
    for spec in s.scenario.standing:
        act = next((act for act in s.acts if act.order.id == _name(spec)), None)
        if act is None:
            continue
        stopped = act.submitted & _stopped(s, spec)
        act.live, act.cancelled = act.live & ~stopped, act.cancelled | stopped
        act.rules.append(spec.rule)
        _tell(s, spec, done=act.live, stopped=stopped)
        _remember(s, spec, act.live)
        if s.record:
            s.gate_row(spec.rule, act, template=f"{spec.rule}.{'done' if bool(act.live[0]) else 'stopped'}")


def settle_standing(s: Settlement) -> None:
    """Arm standing orders by what happened this turn, and carry out those that wait for nothing."""
    s.stage = 8.0
    for spec in s.scenario.standing:
        spent = (s.mark(_spent(spec)) > 0) & spec.once
        armed = s.test(spec.on) & ~spent & ~(s.mark(_armed(spec)) > s.turn)
        if not bool(np.any(armed)):
            continue
        if spec.after:
            name = _armed(spec)
            s.marks = {**s.marks, name: np.where(armed, float(s.turn + spec.after), s.mark(name))}
            _announce(s, spec, armed)
            continue
        stopped = armed & _stopped(s, spec)
        live = armed & ~stopped
        _tell(s, spec, done=live, stopped=stopped)
        _remember(s, spec, live)
        if bool(np.any(live)):
            _carry_out(s, spec, live)


def _carry_out(s: Settlement, spec: Standing, where: Bools) -> None:
    act = _act(s, spec, where)
    act.rules.append(spec.rule)
    s.acts.append(act)
    if s.record:
        s.gate_row(spec.rule, act, template=f"{spec.rule}.done")
    settle_late(s, act)
    settle_signals(s, [act])
    s.commit()


def _act(s: Settlement, spec: Standing, where: Bools) -> Act:
    move = s.scenario.move[spec.do]
    order = Order(_name(spec), spec.seat, spec.do, dict(spec.params))
    act = Act(order, move, s.scenario.seat[spec.seat].side, s.batch)
    act.visible_to = who_sees(s.scenario, act)
    act.submitted = act.live = np.asarray(where)
    act.carried = act.free_pass = True
    return act


def _stopped(s: Settlement, spec: Standing) -> Bools:
    """Return where the turn's orders countermand it, or its exception holds, (B,)."""
    stopped = s.test(spec.unless) if spec.unless is not None else s.none
    if spec.countermand:
        orders = OrderFilter(moves=(spec.countermand,), by=spec.countermand_by)
        stopped = stopped | (s.count(orders, 0) > 0)
    return np.asarray(stopped)


def _remember(s: Settlement, spec: Standing, done: Bools) -> None:
    if spec.once:
        s.marks = {**s.marks, _spent(spec): np.maximum(s.mark(_spent(spec)), done)}


def _name(spec: Standing) -> str:
    return f"standing:{spec.id}"


def _armed(spec: Standing) -> str:
    return f"armed.{spec.id}"


def _spent(spec: Standing) -> str:
    return f"spent.{spec.id}"


def _readers(s: Settlement, spec: Standing) -> tuple[str, ...]:
    superior = s.scenario.seat[spec.seat].superior
    return tuple(sorted({spec.seat, superior, *spec.countermand_by} - {""}))


def _announce(s: Settlement, spec: Standing, armed: Bools) -> None:
    if s.record and bool(armed[0]):
        label = s.scenario.meta.turn_label
        when = f"at the end of the next {label}" if spec.after == 1 else f"in {spec.after} {label}s"
        text = f"\u201c{spec.name}\u201d will carry itself out {when} unless it is stopped."
        _say(s, spec, "standing_armed", text)


def _tell(s: Settlement, spec: Standing, *, done: Bools, stopped: Bools) -> None:
    if not s.record:
        return
    if bool(done[0]):
        text = f"\u201c{spec.name}\u201d carried itself out: {s.scenario.move[spec.do].text.order}. {spec.say}".strip()
        _say(s, spec, "standing", text)
    elif bool(stopped[0]):
        _say(s, spec, "standing_stopped", f"\u201c{spec.name}\u201d was stopped and not carried out.")


def _say(s: Settlement, spec: Standing, kind: str, text: str) -> None:
    s.happenings.append(
        Happening(kind=kind, rule=spec.rule, visible_to=_readers(s, spec), text=text, slots={"standing": spec.id})
    )
