"""Stage 1: may it be done at all. Authority, preconditions, exclusive pairs, gates of law, votes.

Decides where each order is live and says why not, with what would unlock it. Changes no variable.
"""

from typing import Literal

import msgspec
import numpy as np

from adjudication import effects as e
from adjudication.conditions import All, Compare, Condition, holds
from adjudication.dice import Die
from adjudication.ledger import LedgerRow
from adjudication.orders import Order, ParamValue
from adjudication.results import Gate, Happening
from adjudication.scenario.parameters import Tabled, Vote
from adjudication.scenario.schema import Move, Rule
from adjudication.settlement import Act, Bools, Settlement
from adjudication.stages.effects import apply, run_rules
from adjudication.stages.reports import answers_to
from adjudication.unlock import unmet
from adjudication.words import Sayings

PRECONDITION = "R-F04"
CONSENT = "R-A12"
RULING = "R-F01"
MAX_PASSES = 4
"""Orders may require each other; a chain longer than this would be a fault of the case."""


def settle_legality(s: Settlement) -> None:
    """Run the gates until nothing changes: an order that falls may take another with it."""
    s.stage = 1.0
    words = Sayings(s.scenario)
    run_rules(s, 1)
    _rulings(s)
    _authority(s)
    _gates(s, words)
    standing = [act.live for act in s.acts]
    _exclusive(s)
    _overruled(s)
    if any(not np.array_equal(old, act.live) for old, act in zip(standing, s.acts, strict=True)):
        _gates(s, words)
    _convert(s)
    _shifts_of_moves(s)
    for vote in s.scenario.votes:
        _vote(s, vote)
    for tabled in s.scenario.tabled:
        _tabled(s, tabled)
    _capital(s)


def _gates(s: Settlement, words: Sayings) -> None:
    for _ in range(MAX_PASSES):
        before = [act.live for act in s.acts]
        for act, verdict in [(act, _verdict(s, act)) for act in s.acts]:
            _apply_verdict(s, act, verdict, words)
        if all(bool(np.array_equal(old, act.live)) for old, act in zip(before, s.acts, strict=True)):
            break


def late_gates(s: Settlement, stage: float) -> None:
    """Run gates that depend on the meeting of leaders."""
    words = Sayings(s.scenario)
    for act in s.acts:
        verdict = [(rule, cond, ok) for rule, cond, ok in _rule_gates(s, act, stage)]
        _apply_verdict(s, act, verdict, words)


Verdict = list[tuple[Rule, Condition | None, Bools]]


def _verdict(s: Settlement, act: Act) -> Verdict:
    if act.free_pass:
        return []
    s.order = act
    found: Verdict = []
    if act.move.require is not None:
        rule = next((r for r in s.scenario.rules if act.move.id in r.gate_for), s.scenario.rule[PRECONDITION])
        if s.rule_on(rule):
            found.append((rule, act.move.require, s.test(act.move.require)))
    needed = consent_needed(act.move, act.order.seat)
    if needed is not None and not act.carried and s.rule_on(s.scenario.rule[CONSENT]):
        found.append((s.scenario.rule[CONSENT], needed, s.test(needed)))
    found += _rule_gates(s, act, 1)
    s.order = None
    return found


def consent_needed(move: Move, by: str) -> Condition | None:
    """Return what the seats have to say without whose consent a move is not carried out (R-A12), None if none are.

    Where silence counts as consent nobody may have refused; else each has to have given it in the same turn.
    """
    op: Literal["ge", "gt"] = "ge" if move.unanswered == "given" else "gt"
    asked = tuple(Compare(op, f"consent.{seat}", 0.0) for seat in move.needs if seat != by)
    return All(asked) if asked else None


def _rule_gates(s: Settlement, act: Act, stage: float) -> Verdict:
    if act.free_pass:
        return []
    found: Verdict = []
    for rule in s.rules_at(stage):
        if rule.require is None or rule.on is None or not s.matches(act, rule.on):
            continue
        s.order = act
        found.append((rule, rule.require, s.test(rule.require) | ~s.test(rule.when)))
        s.order = None
    return found


def _apply_verdict(s: Settlement, act: Act, verdict: Verdict, words: Sayings) -> None:
    for rule, condition, passed in verdict:
        blocks = not rule.otherwise or any(isinstance(effect, e.Block) for effect in rule.otherwise)
        before = act.failed.get(rule.id, s.none)
        failed = ~passed & ~before
        if s.record and not bool(before[0]):
            if bool(act.delayed[0]) and not bool(passed[0]):
                act.reason = ""  # It was held up, and falls now for a reason of its own.
            _record_gate(s, act, rule, condition, bool(passed[0]), words)
        act.failed[rule.id] = before | failed
        if blocks:
            act.live, act.delayed = act.live & ~act.failed[rule.id], act.delayed & ~act.failed[rule.id]
        others = tuple(effect for effect in rule.otherwise if not isinstance(effect, e.Block | e.Convert))
        apply(s, others, rule=rule.id, kind="order", source=act.order.id, where=failed & act.submitted, act=act)


def _record_gate(
    s: Settlement, act: Act, rule: Rule, condition: Condition | None, passed: bool, words: Sayings
) -> None:
    if any(gate.rule == rule.id for gate in act.gates):
        if passed:
            return
        act.gates = [gate for gate in act.gates if gate.rule != rule.id]
    if passed:
        act.gates.append(Gate(rule.id, rule.say, True))
        return
    s.order = act
    missing = unmet(condition, lambda node: bool(np.all(holds(node, s))), words) if condition is not None else ()
    s.order = None
    refuse(s, act, rule.id, refusal_text(rule, missing), missing=missing)


def refusal_text(rule: Rule, missing: tuple[str, ...]) -> str:
    """Return the words of a refusal, with what is missing."""
    block = next((effect for effect in rule.otherwise if isinstance(effect, e.Block)), None)
    text = rule.text.get(block.reason if block is not None else "refused") or rule.say
    return text.replace("{missing}", "; ".join(missing))


def refuse(s: Settlement, act: Act, rule: str, text: str, *, missing: tuple[str, ...] = ()) -> None:
    """Write down that an order was refused (scalar). The caller changes `live`."""
    act.gates.append(Gate(rule, text, False))
    act.missing.extend(item for item in missing if item not in act.missing)
    act.reason = act.reason or text
    act.rules.append(rule)
    s.gate_row(rule, act, template=f"{rule}.refused", slots={"missing": "; ".join(missing)})


def _shifts_of_moves(s: Settlement) -> None:
    """Let orders that campaign for votes shift their odds."""
    keys = {vote.key for vote in s.scenario.votes}
    for act in s.acts:
        shifts = tuple(x for x in act.move.effects if isinstance(x, e.ProbShift) and x.event in keys)
        apply(s, shifts, rule="MOVE", kind="order", source=act.order.id, where=act.live, act=act)


def _rulings(s: Settlement) -> None:
    for act in s.acts:
        if act.ruled in ("done", "partial"):
            act.free_pass = True
            act.fidelity = np.full(s.batch, 1.0 if act.ruled == "done" else 0.5)
            act.gates.append(Gate(RULING, s.scenario.rule[RULING].say, True))
            s.gate_row(RULING, act, template=f"{RULING}.{act.ruled}")
        elif act.ruled == "blocked":
            act.live = s.none
            refuse(s, act, RULING, s.scenario.rule[RULING].say)


def _authority(s: Settlement) -> None:
    """Refuse what the ordering seat may not order."""
    for act in s.acts:
        if act.move.seats and act.order.seat not in act.move.seats and not act.carried:
            act.live = s.none
            if s.record:
                refuse(s, act, PRECONDITION, s.scenario.rule[PRECONDITION].text["seat"])


def _exclusive(s: Settlement) -> None:
    """Cancel what contradicts, and the second of what counts once. What is refused itself cancels nothing."""
    texts = s.scenario.rule[PRECONDITION].text
    alive = {id(act): act.live for act in s.acts}
    for act in s.acts:
        for other in s.acts:
            if other.move.id in act.move.exclusive and other is not act:
                _cancel(s, other, other.live & alive[id(act)], texts["exclusive"])
    taken: dict[str, Bools] = {}
    for act in s.acts:
        if act.move.once:
            _cancel(s, act, act.live & taken.get(act.move.id, s.none), texts["once"])
            taken[act.move.id] = taken.get(act.move.id, s.none) | act.live


def _overruled(s: Settlement) -> None:
    """Let a principal overrule an order of the turn of those who answer to it (R-L03); what it costs is data."""
    for block in s.scenario.implementations:
        spec = block.preempt
        if spec is None or not s.rule_on(s.scenario.rule[spec.rule]):
            continue
        for act in s.acts:
            if act.move.id != spec.move or act.side != block.side:
                continue
            for other in s.acts:
                if other.move.id == act.order.params.get("target") and answers_to(
                    s.scenario, other.order.seat, act.order.seat
                ):
                    _overrule(s, act, other, spec.rule)


def _overrule(s: Settlement, act: Act, other: Act, rule: str) -> None:
    hit = other.live & act.live
    s.emit(f"preempted_{act.side}", hit)
    other.live = other.live & ~hit
    if s.record and bool(hit[0]):
        refuse(s, other, rule, s.scenario.rule[rule].text["overridden"])


def _convert(s: Settlement) -> None:
    """Let an order that failed a gate be carried out as something smaller, where the gate says so."""
    for act in tuple(s.acts):
        for rule_id, failed in sorted(act.failed.items()):
            into = next((x.move for x in s.scenario.rule[rule_id].otherwise if isinstance(x, e.Convert)), None)
            where = failed & act.submitted & ~act.cancelled & ~act.converted
            if into is None or act.carried or not bool(np.any(where)):
                continue
            act.converted, act.live = act.converted | where, act.live & ~where
            move = s.scenario.move[into]
            params: dict[str, ParamValue] = {p.id: p.default for p in move.params if p.default is not None}
            order = Order(f"{act.order.id}>{into}", act.order.seat, into, params, act.order.public)
            fresh = Act(order, move, act.side, s.batch)
            fresh.submitted = fresh.live = where
            fresh.visible_to = act.visible_to
            fresh.rules.append(rule_id)
            s.acts.append(fresh)


def _cancel(s: Settlement, act: Act, where: Bools, text: str) -> None:
    act.cancelled = act.cancelled | where
    act.live = act.live & ~where
    if s.record and bool(where[0]):
        refuse(s, act, PRECONDITION, text)


def _vote(s: Settlement, vote: Vote) -> None:
    rule = s.scenario.rule[vote.rule]
    if not s.rule_on(rule):
        return
    p = 1.0 / (1.0 + np.exp(-s.amount(vote.logit)))
    number = 0
    for act in s.acts:
        if act.move.id != vote.move:
            continue
        number += 1
        key = f"{vote.key}:{act.key}:{number}"
        adopted = s.roll(key, s.argued(act, p), yes=vote.adopted, no=vote.failed)
        if act.free_pass:
            continue  # a ruling replaces the outcome; the draw stays on record
        if s.record and bool(act.live[0]):
            _record_vote(s, act, rule, s.log[-1], bool(adopted[0]))
        act.live = act.live & adopted


def _tabled(s: Settlement, vote: Tabled) -> None:
    """Hold a vote that nobody had to order (R-I16)."""
    rule = s.scenario.rule[vote.rule]
    where = s.test(vote.when)
    if not s.rule_on(rule) or not bool(np.any(where)):
        return
    p = np.clip(1.0 / (1.0 + np.exp(-s.amount(vote.logit))) + vote.bonus, 0.0, 1.0)
    adopted = s.roll(f"{vote.key}:{vote.name}", p, where=where, yes=vote.adopted, no=vote.failed)
    s.emit(vote.event, adopted)
    if s.record and bool(where[0]):
        text = rule.text["adopted" if bool(adopted[0]) else "no_votes"]
        s.happenings.append(Happening(kind="vote", rule=rule.id, text=text))
        s.rule_row(rule.id, {"outcome": vote.adopted if bool(adopted[0]) else vote.failed})
        s.rows[-1] = msgspec.structs.replace(s.rows[-1], dice=s.log[-1])


def _record_vote(s: Settlement, act: Act, rule: Rule, die: Die, adopted: bool) -> None:
    if adopted:
        act.gates.append(Gate(rule.id, rule.say, True))
        s.gate_row(rule.id, act, template=f"{rule.id}.adopted", die=die)
        return
    text = next(iter(rule.text.values()), rule.say)
    refuse(s, act, rule.id, text)
    row: LedgerRow = s.rows[-1]
    s.rows[-1] = msgspec.structs.replace(row, dice=die)


def _capital(s: Settlement) -> None:
    """Charge political capital; what cannot be paid is refused."""
    for act in s.acts:
        name = f"{act.order.seat}.capital"
        if act.move.capital <= 0 or name not in s.resources or act.carried:
            continue
        payable = (s.resources[name] >= act.move.capital) | act.free_pass
        if s.record and bool(act.live[0]) and not bool(payable[0]):
            refuse(s, act, PRECONDITION, s.scenario.rule[PRECONDITION].text["capital"])
        act.live = act.live & payable
        s.resources = {**s.resources, name: s.resources[name] - act.move.capital * act.live}
