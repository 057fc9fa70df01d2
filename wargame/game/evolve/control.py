"""Fold facts that Control makes: injects and rulings on the pending proposal."""

from msgspec.structs import replace

from wargame.game.events import InjectSent, InjectSkipped, Recorded, RulingDropped, RulingMade
from wargame.game.evolve.base import put
from wargame.game.state import INJECTS_REMEMBERED, Ruling, State


def inject_sent(state: State, fact: InjectSent, recorded: Recorded) -> State:
    """Remember to whom an inject went, and those whose effects the next resolution applies."""
    injects = put(state.injects, fact.inject, fact.to)
    newest = dict(list(injects.items())[-INJECTS_REMEMBERED:])
    msel = put(state.msel, fact.msel, "sent") if fact.msel in state.msel and fact.msel else state.msel
    due = (*state.effects_due, fact.msel) if fact.msel and fact.effects else state.effects_due
    return replace(state, injects=newest, msel=msel, effects_due=due)


def inject_skipped(state: State, fact: InjectSkipped, recorded: Recorded) -> State:
    """Take a scheduled inject off the list."""
    return replace(state, msel=put(state.msel, fact.msel, "skipped"))


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
    )
    return replace(state, rulings=(*state.rulings, ruling))


def ruling_dropped(state: State, fact: RulingDropped, recorded: Recorded) -> State:
    """Withdraw a ruling."""
    return replace(state, rulings=tuple(r for r in state.rulings if r.id != fact.ruling))
