"""Before the gates: an invitation carried by an ally is accepted (R-A06).

Answers only for a seat that left the question open. A person who ordered anything has answered; this never does it
for them.
"""

import numpy as np

from adjudication.orders import Order, ParamValue
from adjudication.results import Happening
from adjudication.scenario.parameters import Opening
from adjudication.settlement import Act, Bools, Settlement
from adjudication.stages.signing import values_of
from negotiation.points import judge, menu


def settle_opening(s: Settlement) -> None:
    """Put the acceptance in play where the rule gives it."""
    spec = s.scenario.summit.opening if s.scenario.summit is not None else None
    if spec is None or not s.rule_on(s.scenario.rule[spec.rule]):
        return
    carried = _ordered(s, lambda act: s.matches(act, spec.carried))
    asked = _ordered(s, lambda act: act.move.id == spec.asked)
    where = carried & asked & ~_answered(s, spec)
    if not bool(np.any(where)):
        return
    where = where & s.test(spec.when)
    where = where & _worth_it(s, spec) if bool(np.any(where)) else where
    if not bool(np.any(where)):
        return
    move = s.scenario.move[spec.accepts]
    params: dict[str, ParamValue] = {p.id: p.default for p in move.params if p.default is not None}
    act = Act(
        Order(f"{spec.rule}:{spec.accepts}", spec.seat, spec.accepts, params), move, s.scenario.seat[spec.seat].side,
        s.batch,
    )  # fmt: skip
    act.submitted = act.live = where
    act.rules.append(spec.rule)
    s.acts.append(act)
    if s.record:
        s.gate_row(spec.rule, act, template=spec.rule)
        say = s.scenario.rule[spec.rule].say
        s.happenings.append(Happening(kind="opening", rule=spec.rule, text=say, slots={"seat": spec.seat}))


def _ordered(s: Settlement, meant: object) -> Bools:
    assert callable(meant)
    found = s.none
    for act in s.acts:
        if meant(act):
            found = found | act.live
    return found


def _answered(s: Settlement, spec: Opening) -> Bools:
    """Return where the seat has spoken: a person by any order of the turn, a bot by accepting or by a bar."""
    spoken = {spec.accepts, *spec.bars}
    bot = spec.seat in s.bots
    return _ordered(
        s, lambda act: act.order.seat == spec.seat and not act.carried and (not bot or act.move.id in spoken)
    )


def _worth_it(s: Settlement, spec: Opening) -> Bools:
    """Return where some headline text that can be carried out leaves the side no worse off than the floor."""
    terms = s.scenario.negotiation
    values, banked = values_of(s), dict(s.clauses)
    levels = np.stack(
        [np.broadcast_to(menu(terms, choice, banked), (s.batch, len(terms.issues))) for choice in terms.menus], axis=1
    )
    judged = judge(terms, levels, values, banked, s.lenses)
    surplus = np.where(judged.feasible, judged.surplus[s.scenario.seat[spec.seat].side], -np.inf)
    best: Bools = np.max(surplus, axis=1) >= spec.floor
    return best
