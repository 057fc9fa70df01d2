"""Show texts in force and what they oblige. Each view gets what it can tell, and a row only where that changed.

A secret clause and its obligation are its parties' and Control's alone; a choice, and a breach nobody saw, show to the
side that owes it and to Control; a possible breach to those who noticed something, and to Control.
"""

from collections.abc import Iterator

from adjudication.agreed import Agreement, Clause, Owed, standing_of_text
from wargame.game import engine, obligations
from wargame.game.case import Scenario
from wargame.game.entities import AgreementSeen, ClauseSeen, NoticeSeen, ObligationSeen, RatificationSeen
from wargame.game.events import Recorded
from wargame.game.ids import CONTROL, View
from wargame.game.state import State
from wargame.game.visibility.base import Disclosure, Rows, everyone

_DETECTION = ((0.25, "hardly ever"), (0.6, "rarely"), (0.85, "often"))
_KINDS = {"suspend": "suspension", "withdraw": "withdrawal", "reaffirm": "resumption"}


def what_changed(before: State, after: State, scenario: Scenario) -> Rows:
    """Yield to each view the texts and obligations that stand otherwise than it knew."""
    old_texts = engine.agreements(before.world) if before.world else ()
    new_texts = engine.agreements(after.world) if after.world else ()
    for view in everyone(after) if new_texts else ():
        old = dict(_seen(before, old_texts, scenario, view))
        for (kind, key), value in _seen(after, new_texts, scenario, view):
            if old.get((kind, key)) != value:
                yield Disclosure(view, kind, key, value)


def declared(recorded: Recorded, fact: object, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield what a choice or a declaration lets each view know."""
    return what_changed(before, after, scenario)


def _seen(
    state: State, texts: tuple[Agreement, ...], scenario: Scenario, view: View
) -> Iterator[tuple[tuple[str, str], AgreementSeen | ObligationSeen]]:
    for text in texts:
        known = obligations.known_clauses(scenario, state.world, text, view)
        rows = obligations.rows_of(text, known, view)
        if not known and not any(row.state == "struck" for row in rows):
            continue
        yield ("agreement", text.id), agreement_seen(state, scenario, text, known, view)
        names = frozenset(clause.issue for clause in known)
        for row in rows:
            yield ("obligation", f"{text.id}:{row.clause}"), obligation_seen(state, scenario, text, row, names, view)


# --- texts --------------------------------------------------------------------------------------
def agreement_seen(
    state: State, scenario: Scenario, text: Agreement, known: tuple[Clause, ...], view: View
) -> AgreementSeen:
    """Return a text as a view knows it that knows of these clauses of it."""
    issues, rows = scenario.negotiation.deal_issue, obligations.rows_of(text, known, view)
    notices = _notices(state, text, frozenset(clause.issue for clause in known))
    party = view == CONTROL or view.removeprefix("seat:") in text.parties
    leaving = any(one.kind == "withdrawal" and one.ends_turn is not None for one in notices)
    status = standing_of_text(text.status, rows, leaving=leaving)
    return AgreementSeen(
        id=text.id,
        title=text.title,
        parties=text.parties,
        clauses=tuple(
            ClauseSeen(
                issue=c.issue, level=c.level, label=issues[c.issue].levels[c.level].label, from_level=c.from_level,
                secret=c.secret,
            )
            for c in known
        ),
        venue=text.venue,
        form=text.form,
        turn=text.turn,
        status=status,
        obligations=tuple(f"{text.id}:{row.clause}" for row in rows),
        ratification=_ratification(text) if party else (),
        notices=notices,
        ended_turn=_ended(text, rows, status),
    )  # fmt: skip


def _ended(text: Agreement, rows: tuple[Owed, ...], status: str) -> int | None:
    """Return the turn a text ended, as far as these obligations tell: a secret clause may outlast the open ones."""
    if status == "ended":
        return max(row.since for row in rows)
    return text.ended_turn if status in ("withdrawn", "collapsed") else None


def _ratification(text: Agreement) -> tuple[RatificationSeen, ...]:
    return tuple(
        RatificationSeen(
            authority=said.authority, label=said.label, said=said.said, clauses=said.clauses, rule=said.rule,
            text=said.text,
        )
        for said in text.consents
    )  # fmt: skip


def _notices(state: State, text: Agreement, known: frozenset[str]) -> tuple[NoticeSeen, ...]:
    standing = tuple(
        NoticeSeen(kind="withdrawal", seat=one.seat, clause="", reason=one.reason, ends_turn=one.ends)
        for one in obligations.notices(state.world)
        if one.agreement == text.id
    )
    said = tuple(
        NoticeSeen(
            kind=_KINDS[one.kind],  # type: ignore[arg-type]
            seat=one.seat,
            clause=one.clause,
            reason=one.reason,
            ends_turn=obligations.upcoming(state) + one.notice if one.kind == "withdraw" else None,
        )
        for one in obligations.declared(state, text.id)
        if one.clause == "" or one.clause in known
    )
    return (*standing, *said)


# --- obligations --------------------------------------------------------------------------------
def obligation_seen(
    state: State, scenario: Scenario, text: Agreement, row: Owed, known: frozenset[str], view: View
) -> ObligationSeen:
    """Return an obligation as a view can tell how it stands; `known`: the clauses of the text the view knows of."""
    turn = obligations.upcoming(state)
    own = obligations.in_the_know(state, row, view)
    stands = obligations.standing(state, row, view)
    made = state.choices.get(f"{text.id}:{row.clause}") if own else None
    noticed = bool(row.suspected) if view == CONTROL else view.removeprefix("seat:") in row.suspected
    return ObligationSeen(
        agreement=text.id,
        clause=row.clause,
        label=scenario.negotiation.deal_issue[row.clause].levels[row.level].label
        if row.clause not in scenario.negotiation.side
        else scenario.negotiation.side[row.clause].label,
        obligor=scenario.principals[row.side],
        from_level=row.from_level,
        level=row.level,
        due_turn=row.due,
        tranches=row.tranches,
        verified_by=row.verified_by,
        detection=detection_word(row.detection),  # type: ignore[arg-type]
        after=row.after if row.after in known else "",
        reversible=row.reversible,
        secret=row.secret,
        state=stands,
        asked=obligations.asked(row, stands, turn),
        choice=made.choice if made is not None else "",
        possible_breach=noticed,
        why=row.why,
        rule=row.rule,
    )


def detection_word(chance: float) -> str:
    """Return how surely a breach is seen in a turn, in a word."""
    return next((word for upto, word in _DETECTION if chance < upto), "nearly always")
