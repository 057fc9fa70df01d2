"""What a view knows of the texts in force: which clauses, and how each obligation stands as far as it can tell.

Owns the one reading of a stored world for this; deciders, lists of legal commands and disclosures all ask here. An
unseen breach reads here as what it was before to everybody but the side that did it and Control.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec

from adjudication.agreed import FINAL, Agreement, Clause, Notice, Owed
from adjudication.scenario.schema import Scenario
from wargame.game import engine
from wargame.game.events import Json
from wargame.game.ids import CONTROL, View
from wargame.game.state import Declared, Seat, State

Standing = Literal["pending", "due", "fulfilled", "late", "breached", "suspended", "struck", "ended"]


def notices(world: Json) -> tuple[Notice, ...]:
    """Return the withdrawals announced and not yet in effect."""
    return msgspec.convert(world.get("notices", []), tuple[Notice, ...])


def over(row: Owed, turn: int) -> bool:
    """Tell whether nothing is to be done about a clause any more: it ended, or was done for good."""
    if row.state in FINAL:
        return True
    return row.state == "fulfilled" and not row.reversible and row.last_step is not None and row.last_step < turn


def leaving(state: State, agreement: str, seat: Seat) -> bool:
    """Tell whether a seat's side has given notice to leave a text."""
    said = any((d.kind, d.agreement, d.seat) == ("withdraw", agreement, seat.id) for d in state.declared)
    return said or any((n.agreement, n.side) == (agreement, seat.side) for n in notices(state.world))


# --- what a view may know -----------------------------------------------------------------------
def known_clauses(scenario: Scenario, world: Json, text: Agreement, view: View) -> tuple[Clause, ...]:
    """Return the clauses of a text a view may know of."""
    hidden = engine.hidden_in(scenario, world, text, view)
    return tuple(clause for clause in text.clauses if clause.issue not in hidden)


def known_rows(scenario: Scenario, world: Json, text: Agreement, view: View) -> tuple[Owed, ...]:
    """Return the obligations of a text a view may know of. What was struck only the parties and Control know of."""
    return rows_of(text, known_clauses(scenario, world, text, view), view)


def rows_of(text: Agreement, clauses: tuple[Clause, ...], view: View) -> tuple[Owed, ...]:
    """Return the obligations of a text to a view that knows of these clauses of it."""
    known = {clause.issue for clause in clauses}
    party = view == CONTROL or view.removeprefix("seat:") in text.parties
    return tuple(row for row in text.owed if row.side and (row.clause in known or (row.state == "struck" and party)))


def in_the_know(state: State, row: Owed, view: View) -> bool:
    """Tell whether a view knows what the side that owes a clause does about it: that side, and Control."""
    if view == CONTROL:
        return True
    seat = state.seats.get(view.removeprefix("seat:")) if view.startswith("seat:") else None
    return seat is not None and seat.side == row.side


def upcoming(state: State) -> int:
    """Return the turn that is settled next."""
    return msgspec.convert(state.world.get("turn", 0), int) + 1


def standing(state: State, row: Owed, view: View) -> Standing:
    """Return how an obligation stands before the turn settled next, as far as a view can tell."""
    turn, told = upcoming(state), row.state
    if told == "withheld":
        if in_the_know(state, row, view):
            return "breached"
        told = "fulfilled" if row.last_step is not None and row.last_step < turn else "pending"
    if told == "pending" and row.due is not None and row.due <= turn:
        return "due"
    return told


def asked(row: Owed, standing: Standing, turn: int) -> bool:
    """Tell whether a clause is the obligor's to choose about, as far as its standing tells."""
    if row.due is None or row.due > turn or standing in ("suspended", "struck", "ended"):
        return False
    if standing == "breached":
        return row.state == "withheld"
    return standing != "fulfilled" or row.reversible


def declared(state: State, agreement: str) -> Iterable[Declared]:
    """Return what parties declared about a text this turn."""
    return (one for one in state.declared if one.agreement == agreement)
