"""Stage 8: parties that sign nothing and on whom execution rests (section 5.4).

They have no veto at the table. Some turns after a text raised what lies with them they are asked, and refuse by a
condition of the case or where what is in force is worth too little to them; the clause then falls to what can be done
without them, and what follows is data (rules of the event). Writes clauses through the commit; changes no variable.
"""

import numpy as np

from adjudication.ledger import Cause
from adjudication.results import Happening
from adjudication.scenario.bargain import AbsentParty
from adjudication.settlement import Bools, Floats, Settlement
from adjudication.stages.effects import run_rules
from adjudication.stages.signing import values_of
from negotiation.secrets import gains_seen

ANSWERED = -1.0


def settle_absent(s: Settlement) -> None:
    """Ask the parties not at the table what is due this turn, and lower what they refuse."""
    s.stage = 8.0
    asked = False
    for party in s.scenario.absent:
        for issue, level in sorted(party.executes.items()):
            asked = _settle_one(s, party, issue, level) or asked
    if asked:
        run_rules(s, 8, events=frozenset(party.event for party in s.scenario.absent))
        s.commit()


def worth(s: Settlement, party: AbsentParty) -> Floats:
    """Return what is in force, as far as a party can know of it, is worth to it over nothing at all, (B,)."""
    values, total = values_of(s), np.zeros(s.batch)
    for issue in s.scenario.negotiation.deal_issues:
        row = party.values.get(issue.id)
        if row is not None and issue.id in s.clauses:
            floor = np.full(s.batch, issue.default)
            total = total + gains_seen(issue, row, s.clauses[issue.id], floor, values, party.seat)
    return total


def _settle_one(s: Settlement, party: AbsentParty, issue: str, level: int) -> bool:
    name, now = f"asks.{party.id}.{issue}", s.clauses[issue]
    raised = (now >= level) & (s.clauses_before[issue] < level)
    due = np.where(raised, float(s.turn + party.after), s.mark(name))
    ask = (due == s.turn) & (now >= level)
    if bool(np.any(due != 0.0)):
        s.marks = {**s.marks, name: np.where(ask, ANSWERED, due)}
    if not bool(np.any(ask)):
        return False
    no = s.test(party.refuses) if party.refuses is not None else worth(s, party) < party.theta
    refused = ask & no
    left = min(party.lowers_to.get(issue, level - 1), level - 1)
    s.clause_moves.append(
        (issue, np.full(s.batch, float(left)), refused, party.rule, Cause("event", party.event))
    )  # fmt: skip
    s.emit(party.event, refused)
    _tell(s, party, issue, left, refused)
    return True


def _tell(s: Settlement, party: AbsentParty, issue: str, left: int, refused: Bools) -> None:
    if not s.record or not bool(refused[0]):
        return
    known = s.scenario.negotiation.deal_issue[issue]
    text = party.text or f"{party.label} was not asked and does not agree."
    text = f"{text} {known.label} comes down to: {known.levels[left].label}."
    s.happenings.append(
        Happening(kind="refused", rule=party.rule, text=text, slots={"party": party.id, "issue": issue})
    )
