"""Fold what sides choose and declare about what they signed. All of it is of one turn and goes with it."""

from msgspec.structs import replace

from wargame.game.events import (
    AgreementReaffirmed,
    AgreementSuspended,
    AgreementWithdrawn,
    ObligationChosen,
    Recorded,
)
from wargame.game.evolve.base import put
from wargame.game.state import Choice, Declared, State


def obligation_chosen(state: State, fact: ObligationChosen, recorded: Recorded) -> State:
    """Keep the choice until the turn is settled."""
    key = f"{fact.agreement}:{fact.clause}"
    made = Choice(agreement=fact.agreement, clause=fact.clause, seat=fact.seat, choice=fact.choice)
    return replace(state, choices=put(state.choices, key, made))


def _declare(state: State, one: Declared) -> State:
    return replace(state, declared=(*state.declared, one))


def agreement_suspended(state: State, fact: AgreementSuspended, recorded: Recorded) -> State:
    """Keep the declaration until the turn is settled."""
    one = Declared(
        kind="suspend", agreement=fact.agreement, clause=fact.clause, seat=fact.seat, reason=fact.reason, notice=0
    )
    return _declare(state, one)


def agreement_withdrawn(state: State, fact: AgreementWithdrawn, recorded: Recorded) -> State:
    """Keep the notice until the turn is settled; from then on the world keeps it."""
    one = Declared(
        kind="withdraw", agreement=fact.agreement, clause="", seat=fact.seat, reason=fact.reason, notice=fact.notice
    )
    return _declare(state, one)


def agreement_reaffirmed(state: State, fact: AgreementReaffirmed, recorded: Recorded) -> State:
    """Drop what the seat declared this turn; where there was nothing, keep that it takes up again."""
    left = tuple(
        one
        for one in state.declared
        if (one.agreement, one.seat) != (fact.agreement, fact.seat) or fact.clause not in ("", one.clause)
    )
    if len(left) < len(state.declared):
        return replace(state, declared=left)
    one = Declared(kind="reaffirm", agreement=fact.agreement, clause=fact.clause, seat=fact.seat, reason="", notice=0)
    return _declare(state, one)
