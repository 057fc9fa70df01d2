"""Fold rulings on the pending proposal, who makes them, what was looked at, and a second umpire's ratings."""

from msgspec.structs import replace

from wargame.game.events import (
    OutcomeRated,
    OutcomesReviewed,
    Recorded,
    RulingDropped,
    RulingMade,
    RulingTaken,
    UmpireAppointed,
)
from wargame.game.evolve.base import put
from wargame.game.state import Rating, Ruling, State


def ruling_made(state: State, fact: RulingMade, recorded: Recorded) -> State:
    """Add a ruling to the pending proposal."""
    ruling = Ruling(
        id=fact.ruling,
        kind=fact.kind,
        target=fact.target,
        outcome=fact.outcome,
        delta=fact.delta,
        reason=fact.reason,
        shown_to=fact.shown_to,
        by=recorded.actor.person,
        rule=fact.rule,
        cause=fact.cause,
        effects=fact.effects,
    )
    return replace(state, rulings=(*state.rulings, ruling))


def ruling_dropped(state: State, fact: RulingDropped, recorded: Recorded) -> State:
    """Withdraw a ruling."""
    return replace(state, rulings=tuple(r for r in state.rulings if r.id != fact.ruling))


def ruling_taken(state: State, fact: RulingTaken, recorded: Recorded) -> State:
    """Remember who has the desk."""
    return replace(state, ruling_by=fact.person)


def outcomes_reviewed(state: State, fact: OutcomesReviewed, recorded: Recorded) -> State:
    """Mark outcomes as looked at, or take the marks off."""
    rest = tuple(one for one in state.reviewed if one not in fact.targets)
    return replace(state, reviewed=(*rest, *fact.targets) if fact.on else rest)


def umpire_appointed(state: State, fact: UmpireAppointed, recorded: Recorded) -> State:
    """Remember who is the second umpire."""
    return replace(state, umpire=fact.person)


def outcome_rated(state: State, fact: OutcomeRated, recorded: Recorded) -> State:
    """Keep a rating sealed until the outcome is released."""
    return replace(state, rated=put(state.rated, fact.order, Rating(outcome=fact.outcome, note=fact.note)))
