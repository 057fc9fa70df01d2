"""Stage 8: who keeps what was signed, who is seen not to, and what falls with it (section 5.7).

A person keeps a clause unless it chose otherwise (`Conduct`) or its own orders break it (conditions of the case); a
side nobody plays decides by its interest, with a keyed die. Withholding is seen by the means the clause is checked by;
unseen, it lives only in `actual.<issue>`, in the noise of estimates and in what observers suspect. Delay is open.
"""

import numpy as np
from numpy.typing import NDArray

from adjudication.agreed import (
    DUTY_CHEATED,
    DUTY_DONE,
    DUTY_LATE,
    DUTY_NONE,
    DUTY_OPEN,
    DUTY_RESTING,
    Duty,
    chance_seen,
    duties_of,
)
from adjudication.ledger import Cause
from adjudication.settlement import Bools, Floats, Settlement, together
from adjudication.stages.conduct import choice_of, cost
from adjudication.stages.effects import audience_of, run_rules
from adjudication.stages.owing import readers_of, tell_breach, tell_late, tell_suspicion
from adjudication.stages.signing import Signing, values_of
from negotiation.agreements import compliance
from negotiation.points import judge

Ints = NDArray[np.int64]


# --- taking on ----------------------------------------------------------------------------------
def take_on(s: Settlement, before: dict[str, Ints], signings: list[Signing]) -> None:
    """Write down what the texts of this turn oblige, in place of older duties on the same issues."""
    issues = s.scenario.issues
    rises = {issue: s.clauses[issue] > before[issue] for issue in issues}
    if not any(bool(np.any(risen)) for risen in rises.values()):
        return
    s.duties = tuple(d.moved(np.where(rises[d.issue], DUTY_NONE, d.status)) for d in s.duties)
    left = dict(rises)
    for signing in reversed(signings):  # where two texts raise one clause, the later one is owed
        own = {i: left[i] & signing.where & (signing.levels[i] > before[i]) for i in issues}
        left = {i: left[i] & ~own[i] for i in issues}
        s.duties += _owed_by(s, before, own, signing)
    nothing = Signing("", {}, s.all, _default_sequence(s))
    s.duties += _owed_by(s, before, left, nothing)
    if s.record:
        for duty in s.duties:
            if duty.status[0] != DUTY_NONE and rises[duty.issue][0]:
                s.taken_on[duty.key] = duty
                s.seen[duty.key] = float(_seen(s, duty)[0])


def _owed_by(s: Settlement, before: dict[str, Ints], own: dict[str, Bools], signing: Signing) -> tuple[Duty, ...]:
    """Return what one text obliges; games in which it raises the same clauses share their duties."""
    issues, terms = s.scenario.issues, s.scenario.negotiation
    where = np.any(np.stack(list(own.values())), axis=0)
    if not bool(np.any(where)):
        return ()
    after = {i: np.where(own[i], s.clauses[i], before[i]) for i in issues}
    rows = np.stack([*(before[i] for i in issues), *(after[i] for i in issues), signing.sequence])
    kinds, which = np.unique(rows, axis=1, return_inverse=True)
    found: tuple[Duty, ...] = ()
    for number in range(kinds.shape[1]):
        column = [int(level) for level in kinds[:, number]]
        old = dict(zip(issues, column, strict=False))
        levels = dict(zip(issues, column[len(issues) :], strict=False))
        if terms.space.sequence is not None:
            levels[terms.issues[terms.space.sequence].id] = column[-1]
        found += duties_of(
            terms, old, levels, s.turn, where & (which.reshape(-1) == number), agreement=signing.text,
            details=signing.details, oral=signing.oral,
        )  # fmt: skip
    return found


def _default_sequence(s: Settlement) -> Ints:
    axis = s.scenario.negotiation.space.sequence
    return np.full(s.batch, 0 if axis is None else s.scenario.negotiation.issues[axis].default, dtype=np.int64)


# --- keeping ------------------------------------------------------------------------------------
def settle_duties(s: Settlement) -> None:
    """Ask of every duty whether it is kept this turn; let breaches be seen and bring down what depends on them."""
    spec = s.scenario.commitments
    live = [d for d in s.duties if bool(np.any(d.status != DUTY_NONE))]
    if not live or not s.rule_on(s.scenario.rule[spec.breach_rule]):
        s.duties = tuple(live)
        return
    fallen: list[Bools] = []
    breaches: dict[str, Bools] = {}
    readers: dict[str, tuple[str, ...]] = {}
    for at, duty in enumerate(live):
        live[at], gone, caught = _kept(s, duty, live)
        fallen.append(gone | caught)
        breaches[duty.side] = breaches.get(duty.side, s.none) | caught
        tell_breach(s, duty, gone, caught, breach_rule(s, duty.side))
        if s.record and bool(caught[0]):
            fresh = readers_of(s, duty)
            readers[duty.side] = together(readers[duty.side], fresh) if duty.side in readers else fresh
    suspended = _suspended(live, fallen)
    back = _snap_back(s, breaches)
    for at, duty in enumerate(live):
        may = duty.active & (duty.status != DUTY_DONE)
        falls = may & (fallen[at] | (back & duty.reversible))
        rests = may & suspended[at] & ~falls
        _fall(s, duty, falls | rests, breaches)
        live[at] = duty.moved(np.where(falls, DUTY_NONE, np.where(rests, DUTY_RESTING, duty.status)))
    s.duties = tuple(live)
    for side in sorted(breaches):
        s.emit(f"breach_by_{side}", breaches[side], readers=readers.get(side, ("*",)))
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


def _kept(s: Settlement, duty: Duty, live: list[Duty]) -> tuple[Duty, Bools, Bools]:
    """Return the duty as it stands now, where its clause fell by itself this turn, and where a breach was seen."""
    spec = s.scenario.commitments
    there = duty.active
    gone = there & (s.clauses[duty.issue] <= duty.base)
    owed = there & ~gone if duty.due is not None and s.turn >= duty.due else s.none
    due = owed & (duty.status != DUTY_DONE)
    p_seen = _seen(s, duty)
    broken = owed & s.test(spec.broken[duty.issue]) if duty.issue in spec.broken else s.none
    chosen = choice_of(s, duty)
    late, overdue = s.none, s.none
    if chosen == "withhold":
        broken = broken | due
    elif chosen == "delay":
        overdue = due & ~broken & (duty.late >= spec.conduct.grace)
        late = due & ~broken & ~overdue
    elif not chosen and _drawn(s, duty) and bool(np.any(due)):
        p = _compliance(s, duty, live, p_seen)
        kept = s.roll(f"comply:{duty.issue}", p, where=due, yes="kept", no="not kept")
        broken = broken | (due & ~kept)
    caught = s.none
    if bool(np.any(broken)):
        caught = s.roll(f"caught:{duty.issue}", p_seen, where=broken, yes="seen", no="unseen")
    cost(s, duty, "late", late)
    tell_late(s, duty, late)
    tell_suspicion(s, duty, owed & ~late & ~overdue, broken & ~caught, p_seen)
    fine = DUTY_OPEN if duty.reversible or s.turn < duty.last_step else DUTY_DONE
    fresh = np.where(broken & ~caught, DUTY_CHEATED, np.where(broken | overdue, DUTY_OPEN, fine))
    status = np.where(due | broken, np.where(late, DUTY_LATE, fresh), duty.status)
    count = np.where(late, duty.late + 1, np.where(due, 0, duty.late))
    return duty.moved(status, count), gone, caught | overdue


def _drawn(s: Settlement, duty: Duty) -> bool:
    """Tell whether a die decides: nobody plays the side, and its orders do not say what it does about the clause."""
    return s.scenario.principals.get(duty.side) in s.bots and duty.issue not in s.scenario.commitments.by_order


def _seen(s: Settlement, duty: Duty) -> Floats:
    """Return the chance that not keeping a clause is noticed, (B,)."""
    terms, plain = s.scenario.negotiation, duty.issue in s.scenario.commitments.plain
    axis = terms.space.verification
    if axis is None:
        return np.full(s.batch, chance_seen(terms, duty.issue, duty.verified_by, 0, plain=plain))
    levels = range(len(terms.issues[axis].levels))
    chances = np.array([chance_seen(terms, duty.issue, duty.verified_by, level, plain=plain) for level in levels])
    found: Floats = chances[s.clauses[terms.issues[axis].id]]
    return found


def _compliance(s: Settlement, duty: Duty, live: list[Duty], p_seen: Floats) -> Floats:
    """Return the chance that a side nobody plays keeps a clause: its gain over cheating, the channel, its words."""
    terms, spec = s.scenario.negotiation, s.scenario.commitments
    alone = {duty.issue: s.all}
    with_it = dict(alone)
    for d in live:  # by game: what rests on the clause in one of them may have ended in another
        if d.after == duty.issue and d.side != duty.side:
            with_it[d.issue] = with_it.get(d.issue, s.none) | (d.status != DUTY_NONE)
    base = {issue: np.array(s.clauses[issue]) for issue in s.scenario.issues}
    for d in live:
        base[d.issue] = np.where(d.active, np.minimum(d.base, base[d.issue]), base[d.issue])
    stands = {i.id: s.clauses.get(i.id, np.full(s.batch, i.default)) for i in terms.deal_issues}
    packages = [
        [
            np.where(dropped[i.id], base[i.id], stands[i.id]) if i.id in dropped else stands[i.id]
            for i in terms.deal_issues
        ]
        for dropped in (dict[str, Bools](), alone, with_it)
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
            gone = (own | rests) & duty.active
            down[duty.issue] = down[duty.issue] | gone if duty.issue in down else gone
        found = [down.get(duty.after, rests) for duty, rests in zip(live, found, strict=True)]
    return found


def _snap_back(s: Settlement, breaches: dict[str, Bools]) -> Bools:
    """Return where suspended UN measures return: partial relief stood, and the other side was seen to cheat."""
    if s.scenario.commitments.snapback is None:
        return s.none
    issue, level = s.scenario.commitments.snapback
    known = s.scenario.negotiation.deal_issue[issue]
    found = s.none
    for side, where in breaches.items():
        if side != known.obligor:
            found = found | (where & (s.clauses[issue] == level))
    return found
