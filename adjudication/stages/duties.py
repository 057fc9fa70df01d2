"""Stage 8: who keeps what was signed, who is seen not to, and what falls with it (section 5.7).

A person keeps a clause unless their own orders break it (conditions of the case); a side nobody plays decides by its
interest, with a keyed die. Cheating is seen by the level of verification; unseen, it lives only in `actual.<issue>`
and in the noise of estimates.
"""

import numpy as np
from numpy.typing import NDArray

from adjudication.ledger import Cause
from adjudication.results import Happening
from adjudication.settlement import Bools, Floats, Settlement
from adjudication.stages.effects import audience_of, run_rules
from adjudication.stages.negotiation import values_of
from adjudication.world import DUTY_CHEATED, DUTY_DONE, DUTY_NONE, DUTY_OPEN, Duty, duties_of
from negotiation.agreements import compliance, detection
from negotiation.points import judge

Ints = NDArray[np.int64]


def take_on(s: Settlement, before: dict[str, Ints], sequence: Ints) -> None:
    """Write down what the texts of this turn oblige, in place of older duties on the same issues."""
    issues = s.scenario.issues
    rises = {issue: s.clauses[issue] > before[issue] for issue in issues}
    signed = np.any(np.stack(list(rises.values())), axis=0)
    if not bool(np.any(signed)):
        return
    s.duties = tuple(d.moved(np.where(rises[d.issue], DUTY_NONE, d.status)) for d in s.duties)
    rows = np.stack([*(before[i] for i in issues), *(s.clauses[i] for i in issues), sequence])
    kinds, which = np.unique(rows, axis=1, return_inverse=True)
    axis = s.scenario.negotiation.space.sequence
    for number in range(kinds.shape[1]):
        column = [int(level) for level in kinds[:, number]]
        old = dict(zip(issues, column, strict=False))
        levels = dict(zip(issues, column[len(issues) :], strict=False))
        if axis is not None:
            levels[s.scenario.negotiation.issues[axis].id] = column[-1]
        s.duties += duties_of(s.scenario, old, levels, s.turn, signed & (which.reshape(-1) == number))


def settle_duties(s: Settlement) -> None:
    """Ask of every duty whether it is kept this turn; let breaches be seen and bring down what depends on them."""
    spec = s.scenario.commitments
    live = [d for d in s.duties if bool(np.any(d.status != DUTY_NONE))]
    if not live or not s.rule_on(s.scenario.rule[spec.breach_rule]):
        s.duties = tuple(live)
        return
    fallen: list[Bools] = []
    breaches: dict[str, Bools] = {}
    for at, duty in enumerate(live):
        status, gone, caught = _kept(s, duty, live)
        live[at] = duty.moved(status)
        fallen.append(gone | caught)
        breaches[duty.side] = breaches.get(duty.side, s.none) | caught
        _tell(s, duty, caught)
    suspended = _suspended(live, fallen)
    back = _snap_back(s, breaches)
    for at, duty in enumerate(live):
        firm = duty.status == DUTY_DONE
        falls = (duty.status != DUTY_NONE) & ~firm & (suspended[at] | fallen[at] | (back & duty.reversible))
        _fall(s, duty, falls, breaches)
        live[at] = duty.moved(np.where(falls, DUTY_NONE, duty.status))
    s.duties = tuple(live)
    for side, where in breaches.items():
        s.emit(f"breach_by_{side}", where)
    s.emit("snapback", back)
    run_rules(s, 8, events=frozenset({"snapback", *(f"breach_by_{side}" for side in breaches)}))
    s.commit()


def _fall(s: Settlement, duty: Duty, falls: Bools, breaches: dict[str, Bools]) -> None:
    """Take a clause back to where it was, under the rule of the side that broke its word."""
    level = np.minimum(s.clauses[duty.issue], duty.base).astype(np.float64)
    left = falls
    for side in sorted(breaches):
        here = left & breaches[side]
        if bool(np.any(here)):
            s.clause_moves.append((duty.issue, level, here, breach_rule(s, side), Cause("event", "breach")))
        left = left & ~breaches[side]
    s.clause_moves.append((duty.issue, level, left, s.scenario.commitments.breach_rule, Cause("event", "breach")))


def breach_rule(s: Settlement, side: str) -> str:
    """Return the rule that says what follows when a side is seen to break its word."""
    named = (rule.id for rule in s.scenario.rules if rule.event == f"breach_by_{side}")
    return next(named, s.scenario.commitments.breach_rule)


def end_duties(s: Settlement, where: Bools) -> None:
    """Free everybody of what a text obliged, where it broke down."""
    s.duties = tuple(d.moved(np.where(where, DUTY_NONE, d.status)) for d in s.duties)


def _kept(s: Settlement, duty: Duty, live: list[Duty]) -> tuple[Ints, Bools, Bools]:
    """Return the new state of a duty, where its clause fell by itself this turn, and where a breach was seen."""
    spec = s.scenario.commitments
    there = duty.status != DUTY_NONE
    gone = there & (s.clauses[duty.issue] <= duty.base)
    owed = there & ~gone & (s.turn >= duty.due)
    due = owed & (duty.status != DUTY_DONE)
    p_seen = _seen(s, duty.issue)
    broken = owed & s.test(spec.broken[duty.issue]) if duty.issue in spec.broken else s.none
    drawn = s.scenario.principals.get(duty.side) in s.bots and duty.issue not in spec.by_order
    if drawn and bool(np.any(due)):
        p = _compliance(s, duty, live, p_seen)
        kept = s.roll(f"comply:{duty.issue}", p, where=due, yes="kept", no="not kept")
        broken = broken | (due & ~kept)
    caught = s.none
    if bool(np.any(broken)):
        caught = s.roll(f"caught:{duty.issue}", p_seen, where=broken, yes="seen", no="unseen")
    fine = DUTY_OPEN if duty.reversible else DUTY_DONE
    status = np.where(
        due | broken, np.where(broken & ~caught, DUTY_CHEATED, np.where(broken, DUTY_OPEN, fine)), duty.status
    )
    return status.astype(np.int64), gone, caught


def _seen(s: Settlement, issue: str) -> Floats:
    """Return the chance that not keeping a clause is noticed: what is done in the open always is."""
    axis = s.scenario.negotiation.space.verification
    if issue in s.scenario.commitments.plain or axis is None:
        return np.ones(s.batch)
    terms = s.scenario.negotiation
    chances = np.array([detection(terms, level) for level in range(len(terms.issues[axis].levels))])
    found: Floats = chances[s.clauses[terms.issues[axis].id]]
    return found


def _compliance(s: Settlement, duty: Duty, live: list[Duty], p_seen: Floats) -> Floats:
    """Return the chance that a side nobody plays keeps a clause: its gain over cheating, the channel, its words."""
    terms, spec = s.scenario.negotiation, s.scenario.commitments
    alone = {d.issue for d in live if d is duty}
    with_it = alone | {d.issue for d in live if d.after == duty.issue and d.side != duty.side}
    base = {issue: np.array(s.clauses[issue]) for issue in s.scenario.issues}
    for d in live:
        base[d.issue] = np.where(d.status != DUTY_NONE, np.minimum(d.base, base[d.issue]), base[d.issue])
    packages = [
        [base[i.id] if i.id in dropped else s.clauses.get(i.id, np.full(s.batch, i.default)) for i in terms.issues]
        for dropped in (set[str](), alone, with_it)
    ]
    cube = np.stack([np.stack(columns, axis=-1) for columns in packages], axis=1)
    worth = judge(terms, cube, values_of(s), base, s.lenses).utility[duty.side]
    gain = worth[:, 0] - ((1.0 - p_seen) * worth[:, 1] + p_seen * worth[:, 2])
    weight = 1.0 if s.lens("inst") else spec.institution_off
    channel = s.values[spec.institution] * weight if spec.institution else np.zeros(s.batch)
    stock = audience_of(s, duty.side)
    words = s.values[stock] if stock else np.zeros(s.batch)
    return np.asarray(compliance(terms.durability, gain=gain, channel=channel, audience=words))


def _suspended(live: list[Duty], fallen: list[Bools]) -> list[Bools]:
    """Return where each duty rests on one that fell, through any number of steps.

    A text makes at most one duty an issue, so a chain is no longer than there are issues, however many texts there are.
    """
    found = [np.zeros_like(mask) for mask in fallen]
    for _ in {duty.issue for duty in live}:
        down: dict[str | None, Bools] = {}
        for duty, own, rests in zip(live, fallen, found, strict=True):
            gone = (own | rests) & (duty.status != DUTY_NONE)
            down[duty.issue] = down[duty.issue] | gone if duty.issue in down else gone
        found = [down.get(duty.after, rests) for duty, rests in zip(live, found, strict=True)]
    return found


def _snap_back(s: Settlement, breaches: dict[str, Bools]) -> Bools:
    """Return where suspended UN measures return: partial relief stood, and the other side was seen to cheat."""
    if s.scenario.commitments.snapback is None:
        return s.none
    issue, level = s.scenario.commitments.snapback
    known = next((i for i in s.scenario.negotiation.issues if i.id == issue), None)
    if known is None:
        return s.none
    found = s.none
    for side, where in breaches.items():
        if side != known.obligor:
            found = found | (where & (s.clauses[issue] == level))
    return found


def _tell(s: Settlement, duty: Duty, caught: Bools) -> None:
    if not s.record or not bool(caught[0]):
        return
    label = next(i.label for i in s.scenario.negotiation.issues if i.id == duty.issue)
    who = s.scenario.seat[s.scenario.principals[duty.side]].label
    text = f"{who} did not keep what was signed on {label.lower()}, and it was seen."
    rule = breach_rule(s, duty.side)
    s.happenings.append(Happening(kind="breach", rule=rule, text=text, slots={"issue": duty.issue}))
