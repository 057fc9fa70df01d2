"""What becomes of each clause of each text, told: the book of obligations of a live game, and who hears of a change.

Owns the `Owed` of every agreement and the happenings about them. Scalar only: in a batch nobody is told anything. It
changes no variable, no clause and no duty.
"""

import msgspec

from adjudication.agreed import (
    DUTY_CHEATED,
    DUTY_DONE,
    DUTY_LATE,
    DUTY_NONE,
    DUTY_OPEN,
    FINAL,
    IN_FORCE,
    Agreement,
    Duty,
    Owed,
    OwedState,
    owed,
    standing_of_text,
)
from adjudication.results import Happening
from adjudication.settlement import EVERYBODY, Bools, Floats, Settlement


# --- telling ------------------------------------------------------------------------------------
def _who(s: Settlement, side: str) -> str:
    return s.scenario.seat[s.scenario.principals[side]].label


def _what(s: Settlement, duty: Duty) -> str:
    return s.scenario.negotiation.deal_issue[duty.issue].label.lower()


def _say(s: Settlement, duty: Duty, kind: str, rule: str, text: str, readers: tuple[str, ...]) -> None:
    slots: dict[str, str | float] = {"issue": duty.issue, "agreement": duty.agreement}
    s.happenings.append(Happening(kind=kind, rule=rule, visible_to=readers, text=text, slots=slots))


def readers_of(s: Settlement, duty: Duty) -> tuple[str, ...]:
    """Return the seats that may know of a clause somebody owes: everybody, or the parties to a secret."""
    if not duty.secret or bool(s.mark(f"leaked.{duty.issue}")[0] > 0):
        return EVERYBODY
    return s.parties.get(duty.agreement, tuple(s.scenario.principals.values()))


def tell_breach(s: Settlement, duty: Duty, gone: Bools, caught: Bools, rule: str) -> None:
    """Tell those who may know of the clause that it was not kept."""
    if not s.record:
        return
    if bool(gone[0]):
        s.changed[duty.key] = ("ended", "It is not in force any more.", s.scenario.commitments.rule)
    if bool(caught[0]):
        text = f"{_who(s, duty.side)} did not keep what was signed on {_what(s, duty)}, and it was seen."
        s.changed[duty.key] = ("breached", text, rule)
        _say(s, duty, "breach", rule, text, readers_of(s, duty))


def tell_late(s: Settlement, duty: Duty, late: Bools) -> None:
    """Tell those who may know of the clause that its obligor asks for more time."""
    if s.record and bool(late[0]):
        rule = s.scenario.commitments.conduct.late.rule or s.scenario.commitments.breach_rule
        text = f"{_who(s, duty.side)} is late with what was signed on {_what(s, duty)}, and says so."
        s.changed[duty.key] = ("late", text, rule)
        _say(s, duty, "late", rule, text, readers_of(s, duty))


def tell_step(s: Settlement, duty: Duty, where: Bools, how: str, rule: str, reason: str) -> None:
    """Tell those who may know of the clause that it was suspended, taken up again or ended by a party."""
    if not s.record or not bool(where[0]) or not duty.side:
        return
    words = {
        "suspended": f"What was signed on {_what(s, duty)} is suspended.",
        "reaffirmed": f"What was signed on {_what(s, duty)} is carried out again.",
        "ended": f"Nobody owes what was signed on {_what(s, duty)} any more: a party has withdrawn.",
    }
    text = f"{words[how]} {_who(s, duty.side)}: {reason}" if reason else words[how]
    state: OwedState = "suspended" if how == "suspended" else "ended" if how == "ended" else "pending"
    s.changed[duty.key] = (state, text, rule)
    kind = {"suspended": "suspended", "reaffirmed": "reaffirmed", "ended": "withdrawn"}[how]
    _say(s, duty, kind, rule, text, readers_of(s, duty))


def tell_suspicion(s: Settlement, duty: Duty, asked: Bools, unseen: Bools, p_seen: Floats) -> None:
    """Let those who watch a clause notice something that may be a breach: of one not seen, or of none at all.

    The chance is the case's, the more the better the clause is watched; a false alarm the more the worse it is.
    """
    spec = s.scenario.commitments.conduct.suspicion
    if spec is None or not s.record or not bool(asked[0]) or duty.status[0] == DUTY_DONE:
        return
    watching = observers(s, duty, float(p_seen[0]))
    if not watching:
        return
    p = spec.unseen * p_seen if bool(unseen[0]) else spec.alarm * (1.0 - p_seen)
    if not bool(s.roll(f"suspect:{duty.issue}", p, where=asked, yes="noticed", no="nothing")[0]):
        return
    s.suspected[duty.key] = watching
    text = f"Possible breach: something does not fit what {_who(s, duty.side)} signed on {_what(s, duty)}."
    _say(s, duty, "possible_breach", spec.rule, text, watching)


def observers(s: Settlement, duty: Duty, p_seen: float) -> tuple[str, ...]:
    """Return the seats that could notice: the other principals where the clause is watched, and whom the case names."""
    spec = s.scenario.commitments.conduct.suspicion
    if spec is None:
        return ()
    side = s.scenario.negotiation.side.get(duty.issue)
    named = {*spec.observers.get(duty.issue, ()), *(side.observers if side is not None else ())}
    if p_seen >= spec.means:
        named |= set(s.scenario.principals.values())
    if duty.secret:
        named &= set(readers_of(s, duty))
    return tuple(sorted(seat for seat in named if s.scenario.seat[seat].side != duty.side))


# --- the book -----------------------------------------------------------------------------------
def book(s: Settlement, agreements: tuple[Agreement, ...]) -> tuple[Agreement, ...]:
    """Return the texts with every obligation as it stands after the turn."""
    duties = {duty.key: duty for duty in s.duties if int(duty.status[0]) != DUTY_NONE}
    return tuple(_kept_book(s, one, duties) for one in agreements)


def _kept_book(s: Settlement, agreement: Agreement, duties: dict[tuple[str, str], Duty]) -> Agreement:
    if agreement.status not in IN_FORCE and s.turn not in (agreement.turn, agreement.ended_turn):
        return agreement
    rows = list(agreement.owed)
    if agreement.turn == s.turn:
        known = {row.clause for row in rows}
        rows += [
            owed(duty, turn=s.turn, seen=s.seen.get(duty.key, 0.0))
            for key, duty in s.taken_on.items()
            if key[0] == agreement.id and duty.issue not in known
        ]
    rows = [_moved(s, agreement, row, duties.get((agreement.id, row.clause))) for row in rows]
    return msgspec.structs.replace(_status(s, agreement, rows), owed=tuple(rows))


def _moved(s: Settlement, agreement: Agreement, row: Owed, duty: Duty | None) -> Owed:
    if row.state in FINAL:
        return row
    if duty is None and row.state == "fulfilled" and not row.reversible:
        return msgspec.structs.replace(row, suspected=())  # done for good, whatever became of the text
    key = (agreement.id, row.clause)
    changed = s.changed.get(key)
    if changed is not None and changed[0] in ("late", "suspended") and _overtaken(changed[0], duty):
        changed = None
    if changed is not None and changed[0] in FINAL | {"late", "suspended"}:
        state, why, rule = changed
    else:
        state = _standing(s, duty)
        why, rule = (changed[1], changed[2]) if changed is not None else ("", "")
        if state == "ended" and changed is None:
            why, rule = _end(s)
        elif state == row.state == "suspended":
            why, rule = row.why, row.rule
    if state == row.state:
        return msgspec.structs.replace(row, suspected=s.suspected.get(key, ()), why=why, rule=rule)
    return msgspec.structs.replace(
        row, state=state, since=s.turn, suspected=s.suspected.get(key, ()), why=why, rule=rule
    )


def _overtaken(state: OwedState, duty: Duty | None) -> bool:
    """Tell whether what a side did about a clause this turn no longer stands: it fell, or rests with another, since."""
    if duty is None:
        return True
    return int(duty.status[0]) != DUTY_LATE if state == "late" else not bool(duty.halted[0])


def _end(s: Settlement) -> tuple[str, str]:
    spec = s.scenario.commitments
    if bool(s.events.get("collapse", s.none)[0]):
        return "The text broke down.", spec.rule
    if bool(s.events.get("snapback", s.none)[0]):
        return "It came back by itself: the other side was seen to break its word.", spec.breach_rule
    return "A later text took its place.", spec.rule


def _standing(s: Settlement, duty: Duty | None) -> OwedState:
    if duty is None:
        return "ended"
    status = int(duty.status[0])
    if status == DUTY_OPEN:
        if not duty.side:
            return "fulfilled"
        return "fulfilled" if duty.due is not None and s.turn >= duty.last_step else "pending"
    by_status: dict[int, OwedState] = {DUTY_DONE: "fulfilled", DUTY_CHEATED: "withheld", DUTY_LATE: "late"}
    return by_status.get(status, "suspended")


def _status(s: Settlement, agreement: Agreement, rows: list[Owed]) -> Agreement:
    """Return the text with what can be said of it as a whole."""
    if agreement.status not in IN_FORCE:
        return agreement
    if any(notice.agreement == agreement.id for notice in s.withdrawn):
        return msgspec.structs.replace(agreement, status="withdrawn", ended_turn=s.turn)
    leaving = any(notice.agreement == agreement.id for notice in s.notices)
    status = standing_of_text("in_force", tuple(rows), leaving=leaving)
    return msgspec.structs.replace(agreement, status=status, ended_turn=s.turn if status == "ended" else None)
