"""Stage 4, and the hands of every stage: effect primitives become contributions; data rules are run.

Owns the meaning of each primitive. Queues contributions, never assigns a variable.
"""

from collections.abc import Sequence
from typing import assert_never

import numpy as np

from adjudication import effects as e
from adjudication.conditions import reads
from adjudication.ledger import Cause, CauseKind
from adjudication.orders import SentInject
from adjudication.scenario.schema import SEVERITY_POINTS, Rule
from adjudication.settlement import EVERYBODY, Act, Bools, Floats, Settlement

MOVE_RULE = "MOVE"
"""Rule id of ledger rows for the direct effects of a move."""

EVENT_RULE = "R-F03"
DRIFT = 9
"""The stage whose amounts are quoted per basis length."""


def apply(
    s: Settlement, effects: tuple[e.Effect, ...], *, rule: str, kind: CauseKind, source: str, where: Bools,
    act: Act | None = None, names: frozenset[str] = frozenset(), rate: bool = False,
) -> None:  # fmt: skip
    """Queue the effects where told. `act` is the order a rule speaks about, if any. `rate`: per basis length."""
    for effect in effects:
        mask = where if effect.when is None else where & s.test(effect.when)
        used = names | (reads(effect.when) if s.record and effect.when is not None else frozenset())
        if s.record and not bool(mask[0]):
            continue
        _apply_one(s, effect, rule, kind, source, mask, act, used, rate and s.pace != 1.0)


def _apply_one(
    s: Settlement, effect: e.Effect, rule: str, kind: CauseKind, source: str, mask: Bools, act: Act | None,
    names: frozenset[str], scaled: bool,
) -> None:  # fmt: skip
    weight = np.asarray(mask * (s.pace if scaled else 1.0), dtype=np.float64)
    match effect:
        case e.Add(var, amount):
            s.add(var, s.amount(amount) * weight, rule, kind, source, names=names | s.names_of(amount), act=act)
        case e.Toward(var, target, rate):
            pull = (s.over_time(rate) if scaled else rate) * (s.amount(target) - s.values[var]) * mask
            s.add(var, pull, rule, kind, source, names=names | s.names_of(target) | {var}, act=act)
        case e.Signal(belief, loglr):
            s.add(belief, s.amount(loglr) * weight, rule, kind, source, names=names | s.names_of(loglr), act=act)
        case e.Audience(side, amount) if audience_of(s, side):
            s.add(audience_of(s, side), s.amount(amount) * weight, rule, kind, source, names=names, act=act)
        case e.SetFlag(flag, value):
            s.flag_moves.append((flag, value, mask, rule, Cause(kind, source)))
        case e.SetClause(issue, level):
            s.clause_moves.append((issue, np.full(s.batch, float(level)), mask, rule, Cause(kind, source)))
        case e.Fidelity(mul, target):
            assert act is not None, f"{rule}: fidelity needs an order to speak about"
            act.scale(target, np.where(mask, s.amount(mul), 1.0))
            _note(s, act, rule)
        case e.Delay(turns):
            assert act is not None, f"{rule}: delay needs an order to speak about"
            act.delay = np.where(mask, float(turns), np.nan if act.delay is None else act.delay)
            _note(s, act, rule)
        case e.ProbShift(event, logit):
            s.shift(event, s.amount(logit) * mask)
        case e.Emit(event):
            s.emit(event, mask)
        case e.Resource(resource, amount):
            name = next((key for key in sorted(s.resources) if key == resource or key.endswith(f".{resource}")), None)
            if name is not None:
                left = np.maximum(0.0, s.resources[name] + s.amount(amount) * weight)
                s.resources = {**s.resources, name: left}
        case e.Block() | e.Convert() | e.Audience():
            pass  # answers of gates, read by the legality stage; words of a side whose words nobody counts
        case e.Tell(issue, seats):
            s.tell(issue, seats, mask)
        case _:
            assert_never(effect)


def _note(s: Settlement, act: Act, rule: str) -> None:
    if rule not in act.rules:
        act.rules.append(rule)
        s.gate_row(rule, act, template=rule)


def audience_of(s: Settlement, side: str) -> str:
    """Return the variable holding a side's outstanding words; empty where the case keeps none."""
    return s.scenario.beliefs.audience.get(side, "")


def run_rules(s: Settlement, stage: float, *, events: frozenset[str] | None = None) -> None:
    """Run the data rules of a stage: per matching order, per event, or once. `events` runs only those of events."""
    for rule in s.rules_at(stage):
        if rule.require is not None or bool(rule.event) != (events is not None):
            continue
        if events is not None and rule.event not in events:
            continue
        if rule.on is not None:
            _run_on_orders(s, rule)
            continue
        happened = s.events.get(rule.event, s.none) if rule.event else s.all
        if not bool(np.any(happened)):
            continue  # Its condition may throw a die of its own; nothing is drawn for what did not happen.
        where = s.test(rule.when) & happened
        names = s.names_of(rule.when)
        s.readers = s.event_readers.get(rule.event, EVERYBODY)
        apply(
            s, rule.effects, rule=rule.id, kind=_kind(rule), source=rule.event or rule.id, where=where, names=names,
            rate=rule.rate or stage == DRIFT,
        )  # fmt: skip
        s.readers = EVERYBODY


def _kind(rule: Rule) -> CauseKind:
    if rule.event:
        return "event"
    return "npc" if rule.id.startswith("R-N") else "decay" if rule.id.startswith("R-D") else "rule"


def _run_on_orders(s: Settlement, rule: Rule) -> None:
    assert rule.on is not None
    for act in s.acts:
        if s.matches(act, rule.on):
            _run_on_order(s, rule, act)


def _run_on_order(s: Settlement, rule: Rule, act: Act) -> None:
    assert rule.on is not None
    s.order = act
    where = (s.refused(act) if rule.on.blocked else act.live) & s.test(rule.when)
    if not s.record or bool(where[0]):
        apply(
            s, rule.effects, rule=rule.id, kind="order", source=act.order.id, where=where, act=act,
            names=s.names_of(rule.when),
        )  # fmt: skip
    s.order = None


def settle_effects(s: Settlement) -> None:
    """Stage 4: what the executed orders do, with fidelity and interaction."""
    s.stage = 4.0
    run_rules(s, 4)
    run_rules(s, 4, events=frozenset(s.events))
    spiral, reciprocity = interaction(s)
    for act in s.acts:
        if s.record and not bool(act.live[0]):
            continue
        s.order = act
        _settle_act(s, act, spiral, reciprocity)
        s.order = None
    s.commit()


def settle_late(s: Settlement, act: Act) -> None:
    """Queue what one order does that came after the others: its rules and its effects, without spirals."""
    for rule in s.rules_at(4):
        if rule.require is None and rule.on is not None and s.matches(act, rule.on):
            _run_on_order(s, rule, act)
    s.order = act
    _settle_act(s, act, np.ones(s.batch), np.ones(s.batch))
    s.order = None


def interaction(s: Settlement) -> tuple[Floats, Floats]:
    """Return the multipliers on a rising and on a falling strain (section 2.3), from the set of live orders."""
    spec = s.scenario.interaction
    one, two = spec.sides
    both_escalate = s.any_live(one, at_least=spec.escalates_from) & s.any_live(two, at_least=spec.escalates_from)
    both_ease = s.any_live(one, exactly="de") & s.any_live(two, exactly="de")
    return np.where(both_escalate, spec.spiral, 1.0), np.where(both_ease, spec.reciprocity, 1.0)


def lens_scale(s: Settlement, act: Act) -> float:
    """Return what a move is worth when lenses it belongs to are off."""
    scale = 1.0
    for lens, factor in act.move.lens_scale.items():
        if lens not in s.lenses:
            scale *= factor
    return scale


def _settle_act(s: Settlement, act: Act, spiral: Floats, reciprocity: Floats) -> None:
    strength = act.fidelity * lens_scale(s, act)
    others: list[e.Effect] = []
    for effect in act.move.effects:
        if isinstance(effect, e.Add):
            _settle_add(s, act, effect, strength, spiral, reciprocity)
        elif not (isinstance(effect, e.ProbShift) and effect.event in {vote.key for vote in s.scenario.votes}):
            others.append(effect)
    apply(s, tuple(others), rule=MOVE_RULE, kind="order", source=act.order.id, where=act.live, act=act)
    points = SEVERITY_POINTS[act.move.severity] * act.live
    s.add(s.scenario.tally.points, points.astype(np.float64), MOVE_RULE, "order", act.order.id, act=act)


def _settle_add(s: Settlement, act: Act, effect: e.Add, strength: Floats, spiral: Floats, reciprocity: Floats) -> None:
    where = act.live if effect.when is None else act.live & s.test(effect.when)
    amount = s.amount(effect.amount) * strength * act.factor(effect.var)
    if effect.var == s.scenario.interaction.variable:
        amount = amount * np.where(amount > 0, spiral, reciprocity)
    names = s.names_of(effect.amount, effect.when)
    s.add(effect.var, amount * where, MOVE_RULE, "order", act.order.id, names=names, act=act)


def settle_events(s: Settlement, injects: Sequence[str], written: Sequence[SentInject]) -> None:
    """Before the orders: the calendar of this turn and the injects sent, through the same primitives.

    `written` says of an inject what it does and who read it, where that is not as the case has it.
    """
    s.stage = 1.0
    for event in s.scenario.calendar:
        if event.turn == s.turn:
            ruled = s.dice.outcome_of(f"calendar:{event.id}")
            where = s.test(event.when) if ruled is None else s.all if ruled == "yes" else s.none
            s.readers = event.to or EVERYBODY
            apply(s, event.effects, rule=EVENT_RULE, kind="event", source=event.id, where=where)
            s.readers = EVERYBODY
    own = {inject.id: inject for inject in written}
    for inject in injects:
        known = own.get(inject) or s.scenario.inject.get(inject)
        if known is None or s.dice.outcome_of(f"inject:{inject}") == "no":
            continue
        s.readers = (own[inject].to if inject in own else ()) or EVERYBODY
        apply(s, known.effects, rule=EVENT_RULE, kind="event", source=known.id, where=s.all)
        s.readers = EVERYBODY
    s.commit()
