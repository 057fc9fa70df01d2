"""Stage 6, before beliefs: threats with a condition, a deadline and an action, and what became of them (R-R02).

A vow is made by a public order, kept in the world until its condition comes about and its deadline passes, and then
honoured or eaten. What that does is data (rules of `honoured_<side>` and `back_down_<side>`); only the stock of
outstanding words is written here. A vow nobody heard binds nobody.
"""

import msgspec
import numpy as np

from adjudication.results import Happening
from adjudication.scenario.parameters import Vows
from adjudication.settlement import Act, Bools, Settlement
from adjudication.stages.effects import audience_of, run_rules
from adjudication.world import Vow

NONE = "none"
WAITING, CLOSED = 0, -1


def settle_vows(s: Settlement) -> None:
    """Move every vow on by a turn, write down the new ones, and queue what keeping or eating them does."""
    spec = s.scenario.vows
    if spec is None or not s.rule_on(s.scenario.rule[spec.rule]):
        return
    s.stage = 6.0
    honoured: dict[str, Bools] = {}
    eaten: dict[str, Bools] = {}
    still: list[Vow] = []
    for vow in s.vows:
        due, done, lapsed = _moved_on(s, spec, vow)
        honoured[vow.side] = honoured.get(vow.side, s.none) | done
        eaten[vow.side] = eaten.get(vow.side, s.none) | lapsed
        if bool(np.any(due != CLOSED)) and s.turn - vow.made < spec.memory:
            still.append(msgspec.structs.replace(vow, due=tuple(map(int, due))))
    fresh = (_made(s, spec, act) for act in s.acts)
    s.vows = (*still, *(vow for vow in fresh if vow is not None))
    for side in sorted(honoured):
        _answered(s, spec, side, honoured[side], eaten[side])


def _moved_on(s: Settlement, spec: Vows, vow: Vow) -> tuple[np.ndarray, Bools, Bools]:
    due = np.array(vow.due)
    fired = (due == WAITING) & s.test(spec.triggers[vow.trigger])
    due = np.where(fired, s.turn + vow.wait, due)
    running = due > WAITING
    done = running & s.test(spec.actions[vow.action])
    lapsed = running & ~done & (s.turn >= due)
    if s.record:
        _tell(s, vow, int(due[0]), fired=bool(fired[0]), done=bool(done[0]), lapsed=bool(lapsed[0]))
    return np.where(done | lapsed, CLOSED, due), done, lapsed


def _made(s: Settlement, spec: Vows, act: Act) -> Vow | None:
    params = act.order.params
    trigger, action = str(params.get(spec.trigger, NONE)), str(params.get(spec.action, NONE))
    if act.move.id not in spec.moves or trigger not in spec.triggers or action not in spec.actions:
        return None
    if act.visible_to != ("*",) or not bool(np.any(act.live)):
        return None
    wait = int(params.get(spec.deadline, 1))
    due = tuple(map(int, np.where(act.live, WAITING, CLOSED)))
    vow = Vow(act.order.id, act.order.seat, act.side, act.move.id, trigger, action, wait, s.turn, due)
    if s.record:
        label = s.scenario.meta.turn_label
        text = (
            f"{s.scenario.seat[vow.seat].label} said in public: if {_word(s, vow, spec.trigger)}, "
            f"{_word(s, vow, spec.action)} within {wait} {label}{'s' if wait > 1 else ''}."
        )
        s.happenings.append(Happening(kind="vow", rule=spec.rule, text=text, slots={"order": vow.order}))
    return vow


def _answered(s: Settlement, spec: Vows, side: str, honoured: Bools, eaten: Bools) -> None:
    s.emit(f"honoured_{side}", honoured)
    s.emit(f"back_down_{side}", eaten)
    run_rules(s, 6, events=frozenset({f"honoured_{side}", f"back_down_{side}"}))
    share = np.where(honoured, 1.0, np.where(eaten, spec.eaten_share, 0.0))
    if bool(np.any(share > 0)):
        stock = audience_of(s, side)
        if stock:
            s.add(stock, -s.values[stock] * share, spec.rule, "event", f"vow_{side}", names=(stock,), exact=True)


def _tell(s: Settlement, vow: Vow, due: int, *, fired: bool, done: bool, lapsed: bool) -> None:
    spec = s.scenario.vows
    assert spec is not None
    who, act = s.scenario.seat[vow.seat].label, _word(s, vow, spec.action)
    lines = []
    if fired and not done:
        what = _word(s, vow, spec.trigger)
        lines.append(
            ("vow_due", f"What {who} had named came about ({what}). The word is due by {s.scenario.turn_name(due)}.")
        )
    if done:
        lines.append(("vow_kept", f"{who} did what it had announced: {act}."))
    if lapsed:
        lines.append(("vow_eaten", f"{who} let its own deadline pass: {act} was announced and did not follow."))
    for kind, text in lines:
        s.happenings.append(Happening(kind=kind, rule=spec.rule, text=text, slots={"order": vow.order}))


def _word(s: Settlement, vow: Vow, param: str) -> str:
    spec = s.scenario.vows
    assert spec is not None
    choice = vow.trigger if param == spec.trigger else vow.action
    known = next((p for p in s.scenario.move[vow.move].params if p.id == param), None)
    if known is None or choice not in known.choices or not known.labels:
        return choice
    return known.labels[known.choices.index(choice)]
