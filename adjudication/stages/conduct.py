"""Stage 8: what parties do about what they signed, in the open: suspension, resumption, notice and withdrawal.

Also what each of them chose to do about a clause due this turn, and what open conduct costs in trust (numbers of the
case, `commitments.conduct`). A suspended clause falls back and what rests on it with it; a withdrawal frees everybody
of the text when its notice runs out. Draws no die.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Literal

import numpy as np

from adjudication.agreed import DUTY_DONE, DUTY_HALTED, DUTY_NONE, DUTY_OPEN, DUTY_RESTING, Duty, Notice
from adjudication.ledger import Cause
from adjudication.orders import Conduct
from adjudication.scenario.parameters import Consequence
from adjudication.settlement import Bools, Settlement
from adjudication.stages.effects import run_rules
from adjudication.stages.owing import readers_of, tell_step

Kind = Literal["late", "suspended", "withdrawn"]


def choice_of(s: Settlement, duty: Duty) -> str:
    """Return what the side that owes a clause chose to do about it this turn: keep, delay, withhold, or nothing."""
    for one in s.conduct:
        mine = (one.agreement, one.clause) == duty.key and s.scenario.seat[one.seat].side == duty.side
        if mine and one.kind in ("keep", "delay", "withhold"):
            return one.kind
    return ""


def consequence(s: Settlement, kind: Kind) -> Consequence:
    """Return what the case says of a kind of open conduct."""
    rules = s.scenario.commitments.conduct
    return {"late": rules.late, "suspended": rules.suspended, "withdrawn": rules.withdrawn}[kind]


def rule_of(s: Settlement, kind: Kind) -> str:
    """Return the rule that says what follows from a kind of open conduct."""
    return consequence(s, kind).rule or s.scenario.commitments.breach_rule


def cost(s: Settlement, duty: Duty, kind: Kind, where: Bools) -> None:
    """Let the other side's trust bear open conduct, where those who see it may know of the clause."""
    if not bool(np.any(where)):
        return
    spec, event = consequence(s, kind), f"{kind}_by_{duty.side}"
    readers = readers_of(s, duty)
    s.emit(event, where, readers=readers)
    belief = s.scenario.beliefs.trust.get(duty.side)
    if belief is not None and spec.trust:
        s.add(belief, np.where(where, spec.trust, 0.0), rule_of(s, kind), "event", event, visible=readers)


def settle_conduct(s: Settlement) -> None:
    """Carry out what parties declared about their texts, then the withdrawals that are due."""
    for step in sorted(s.conduct, key=lambda c: (c.agreement, c.clause, c.seat, c.kind)):
        if step.kind == "suspend":
            _suspend(s, step)
        elif step.kind == "reaffirm":
            _reaffirm(s, step)
        elif step.kind == "withdraw":
            _give_notice(s, step)
    for notice in s.notices:
        if notice.ends <= s.turn:
            _withdraw(s, notice)
    s.notices = tuple(notice for notice in s.notices if notice.ends > s.turn)
    events = {f"{kind}_by_{side}" for kind in ("suspended", "withdrawn") for side in s.scenario.principals}
    run_rules(s, 8, events=frozenset(events & s.events.keys()))
    s.commit()


def _meant(s: Settlement, step: Conduct) -> Iterable[tuple[int, Duty]]:
    side = s.scenario.seat[step.seat].side
    found = [
        (at, duty)
        for at, duty in enumerate(s.duties)
        if duty.agreement == step.agreement and duty.side == side and step.clause in ("", duty.issue)
    ]
    return sorted(found, key=lambda one: (one[1].secret, one[0]))  # what all may know of first: it is what costs trust


def _put(s: Settlement, at: int, duty: Duty) -> None:
    s.duties = (*s.duties[:at], duty, *s.duties[at + 1 :])


# --- suspension -----------------------------------------------------------------------------------
def _suspend(s: Settlement, step: Conduct) -> None:
    any_of = s.none
    for at, duty in _meant(s, step):
        where = duty.active & (duty.status != DUTY_DONE)
        _lower(s, at, duty, where, DUTY_HALTED)
        tell_step(s, duty, where, "suspended", rule_of(s, "suspended"), step.reason)
        if bool(np.any(where & ~any_of)):
            cost(s, duty, "suspended", where & ~any_of)  # trust is lost once for what is suspended together
        any_of = any_of | where
    _rest(s, step.agreement)


def _rest(s: Settlement, agreement: str) -> None:
    """Suspend what rests on a suspended clause of the text, through any number of steps."""
    for _ in s.duties:
        halted = _by_issue(s, agreement, lambda duty: duty.halted)
        moved = False
        for at, duty in enumerate(s.duties):
            if duty.agreement != agreement or duty.after not in halted:
                continue
            where = duty.active & (duty.status != DUTY_DONE) & halted[duty.after]
            if bool(np.any(where)):
                moved = True
                _lower(s, at, duty, where, DUTY_RESTING)
                tell_step(s, duty, where, "suspended", rule_of(s, "suspended"), "")
        if not moved:
            return


def _by_issue(s: Settlement, agreement: str, where: Callable[[Duty], Bools]) -> dict[str, Bools]:
    """Return where something holds of the duties of a text, by issue: games of a batch may owe one by several rows."""
    found: dict[str, Bools] = {}
    for duty in s.duties:
        if duty.agreement == agreement:
            found[duty.issue] = found.get(duty.issue, s.none) | where(duty)
    return found


def _lower(s: Settlement, at: int, duty: Duty, where: Bools, status: int) -> None:
    level = np.minimum(s.clauses[duty.issue], duty.base).astype(np.float64)
    kind: Kind = "withdrawn" if status == DUTY_NONE else "suspended"
    s.clause_moves.append((duty.issue, level, where, rule_of(s, kind), Cause("event", f"{kind}_by_{duty.side}")))
    _put(s, at, duty.moved(np.where(where, status, duty.status)))


def _reaffirm(s: Settlement, step: Conduct) -> None:
    """Take up again what the side suspended, and what rested on it; a notice given is taken back."""
    side = s.scenario.seat[step.seat].side
    s.notices = tuple(n for n in s.notices if (n.agreement, n.side) != (step.agreement, side) or step.clause)
    for at, duty in _meant(s, step):
        _raise(s, at, duty, duty.halted)
    for _ in s.duties:
        standing = _by_issue(s, step.agreement, lambda duty: duty.active)
        moved = False
        for at, duty in enumerate(s.duties):
            if duty.agreement == step.agreement and duty.after in standing:
                where = (duty.status == DUTY_RESTING) & standing[duty.after]
                moved = moved or bool(np.any(where))
                _raise(s, at, duty, where)
        if not moved:
            return


def _raise(s: Settlement, at: int, duty: Duty, where: Bools) -> None:
    level = np.maximum(s.clauses[duty.issue], duty.level).astype(np.float64)
    rule = rule_of(s, "suspended")
    s.clause_moves.append((duty.issue, level, where, rule, Cause("event", f"reaffirmed_by_{duty.side}")))
    _put(s, at, duty.moved(np.where(where, DUTY_OPEN, duty.status)))
    tell_step(s, duty, where, "reaffirmed", rule, "")


# --- withdrawal -----------------------------------------------------------------------------------
def _give_notice(s: Settlement, step: Conduct) -> None:
    side = s.scenario.seat[step.seat].side
    if any((n.agreement, n.side) == (step.agreement, side) for n in s.notices):
        return
    ends = s.turn + step.notice
    given = Notice(agreement=step.agreement, side=side, seat=step.seat, given=s.turn, ends=ends, reason=step.reason)
    s.notices = (*s.notices, given)


def _withdraw(s: Settlement, notice: Notice) -> None:
    """End a text: what can be undone falls back, and nobody owes anything under it any more."""
    there = s.none
    first: Duty | None = None
    for at, duty in enumerate(s.duties):
        if duty.agreement != notice.agreement:
            continue
        where = duty.status != DUTY_NONE
        loose = where & (duty.status != DUTY_DONE)
        first = first or duty
        there = there | where
        _lower(s, at, duty, loose, DUTY_NONE)
        _put(s, at, s.duties[at].moved(np.zeros_like(duty.status)))
        tell_step(s, duty, loose, "ended", rule_of(s, "withdrawn"), notice.reason)
    if first is None:
        return
    s.withdrawn = (*s.withdrawn, notice)
    open_part = next((d for d in s.duties if d.agreement == notice.agreement and not d.secret), first)
    cost(s, replace(open_part, side=notice.side), "withdrawn", there)
    _weaken(s, there)


def _weaken(s: Settlement, left: Bools) -> None:
    """Let nothing be in force where the last text was left."""
    spec = s.scenario.commitments
    other = s.none
    for duty in s.duties:
        other = other | (duty.status != DUTY_NONE)
    gone = left & ~other
    rule = rule_of(s, "withdrawn")
    s.add(spec.strength, -s.values[spec.strength] * gone, rule, "event", "withdrawn")
    s.add(spec.form, -s.values[spec.form] * gone, rule, "event", "withdrawn")
