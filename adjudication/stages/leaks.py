"""Stage 8: secret levels that come out, and what is openly in force (section 5.7).

A level only its holders know of may leak, by a die of its own; what that does is data (rules of the event). Remembers
in the world what leaked and what was last in force for all to see; `tell` effects let single seats in.
"""

import numpy as np

from adjudication.agreed import DUTY_NONE
from adjudication.results import Happening
from adjudication.scenario.bargain import ClauseLeak
from adjudication.settlement import Bools, Settlement
from adjudication.stages.effects import run_rules


def settle_leaks(s: Settlement) -> None:
    """Draw the leaks of the turn, tell of them, and write down what stands in the open."""
    s.stage = 8.0
    for leak in s.scenario.leaks:
        name = f"leaked.{leak.issue}"
        where = (s.clauses[leak.issue] == leak.level) & (s.mark(name) == 0) & _secret(s, leak)
        if not bool(np.any(where)):
            continue
        p = s.over_time(np.clip(s.amount(leak.p), 0.0, 1.0))
        out = s.roll(f"leak:{leak.issue}", p, where=where, yes="out", no="kept")
        s.marks = {**s.marks, name: np.maximum(s.mark(name), out)}
        s.emit(leak.event, out)
        _tell(s, leak, out)
    if s.scenario.leaks:
        run_rules(s, 8, events=frozenset(leak.event for leak in s.scenario.leaks))
        s.commit()
    _write_down(s)


def _secret(s: Settlement, leak: ClauseLeak) -> Bools:
    """Return where there is something to leak: a secret level is one; a side clause where its parties keep it so."""
    if leak.issue not in s.scenario.negotiation.side:
        return s.all
    kept = s.none
    for duty in s.duties:
        if duty.issue == leak.issue and duty.secret:
            kept = kept | (duty.status != DUTY_NONE)
    return kept


def _write_down(s: Settlement) -> None:
    for issue in s.scenario.negotiation.issues:
        if issue.secret_levels:
            level = s.clauses[issue.id]
            secret = np.isin(level, np.array(sorted(issue.secret_levels)))
            in_the_open = ~secret | (s.mark(f"leaked.{issue.id}") > 0)
            name = f"open.{issue.id}"
            before = s.marks.get(name, np.full(s.batch, float(issue.default)))
            s.marks = {**s.marks, name: np.where(in_the_open, level.astype(np.float64), before)}


def _tell(s: Settlement, leak: ClauseLeak, out: Bools) -> None:
    if s.record and bool(out[0]):
        issue = s.scenario.negotiation.deal_issue[leak.issue]
        text = f"It came out: {issue.label}: {issue.levels[leak.level].label}. {s.scenario.rule[leak.rule].say}"
        s.happenings.append(Happening(kind="leak", rule=leak.rule, text=text, slots={"issue": leak.issue}))
