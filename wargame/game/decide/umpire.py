"""Decide about the second umpire: an observer who rates outcomes blind, so that umpires' agreement can be measured.

What is rated is sealed until the outcome is released; neither umpire knows the other's word before.
"""

from wargame.game import commands as c
from wargame.game import proposal
from wargame.game.decide.base import Draft
from wargame.game.decide.desk import pending
from wargame.game.events import OutcomeRated, UmpireAppointed
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Rating


def umpire_appoint(draft: Draft, command: c.UmpireAppoint) -> Rejected | None:
    """Make an observer the second umpire, or no longer. There is one at a time: two would read each other's word."""
    state = draft.state
    person = state.people.get(command.person)
    if person is None or person.removed or person.role != "observer":
        return reject("umpire.observer_only")
    if not command.on:
        if state.umpire != person.id:
            return reject("umpire.is_not")
        draft.emit(UmpireAppointed(person=""))
        return None
    if state.umpire == person.id:
        return reject("umpire.is_already")
    now = state.people.get(state.umpire)
    if now is not None and not now.removed:
        return reject("umpire.taken", holder=now.display)
    draft.emit(UmpireAppointed(person=person.id))
    return None


def umpire_rate(draft: Draft, command: c.UmpireRate) -> Rejected | None:
    """Rate an order of the pending proposal; a second thought replaces the first until the release."""
    refused = pending(draft, command.turn)
    if refused:
        return refused
    known = proposal.orders_settled(draft.state.proposal)
    if command.order not in known:
        return reject("umpire.order_unknown")
    rating = Rating(outcome=command.outcome, note=command.note.strip())
    if draft.state.rated.get(command.order) == rating:
        return reject("umpire.unchanged")
    draft.emit(
        OutcomeRated(
            turn=command.turn, order=command.order, person=draft.actor.person, outcome=rating.outcome, note=rating.note
        )
    )
    return None
