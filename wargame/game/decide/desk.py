"""Decide who rules on a pending proposal, what of it was looked at, and its release.

One facilitator has the desk at a time; another may watch, try things out without recording them, or take over.
"""

from wargame.game import commands as c
from wargame.game import proposal
from wargame.game.decide import flow
from wargame.game.decide.base import Draft
from wargame.game.events import OutcomesReviewed, RulingTaken
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Person, State


def pending(draft: Draft, turn: int) -> Rejected | None:
    """Refuse what is not about the proposal that waits now."""
    if draft.state.proposal is None:
        return reject("ruling.none_pending")
    return None if turn == draft.state.turn else reject("turn.moved_on", current=draft.state.turn)


def holder_of(state: State) -> Person | None:
    """Return the facilitator who has the desk; one who has left the game has it no more."""
    person = state.people.get(state.ruling_by)
    return person if person is not None and person.role == "control" and not person.removed else None


def check_desk(draft: Draft) -> Rejected | None:
    """Refuse a facilitator while another has the desk."""
    holder = holder_of(draft.state)
    if draft.actor.kind == "system" or holder is None or holder.id == draft.actor.person:
        return None
    return reject("ruling.held", holder=holder.display)


def take_desk(draft: Draft) -> None:
    """Let who rules have the desk, unless it is theirs already."""
    by = draft.actor.person
    if draft.actor.kind != "system" and draft.state.ruling_by != by:
        draft.emit(RulingTaken(turn=draft.state.turn, person=by, before=draft.state.ruling_by))


def ruling_take(draft: Draft, command: c.RulingTake) -> Rejected | None:
    """Take the desk, also from another facilitator, or leave it."""
    refused = pending(draft, command.turn)
    if refused:
        return refused
    holder, by = holder_of(draft.state), draft.actor.person
    if command.on:
        if holder is not None and holder.id == by:
            return reject("ruling.yours")
        take_desk(draft)
        return None
    if holder is None or holder.id != by:
        return reject("ruling.not_yours")
    draft.emit(RulingTaken(turn=command.turn, person="", before=by))
    return None


def ruling_review(draft: Draft, command: c.RulingReview) -> Rejected | None:
    """Mark outcomes as looked at and accepted, many at once, or take the marks off."""
    refused = pending(draft, command.turn) or check_desk(draft)
    if refused:
        return refused
    known = proposal.reviewable(draft.ctx.scenario, draft.state)
    strange = next((target for target in command.targets if target not in known), None)
    if strange is not None:
        return reject("ruling.target_unknown", target=strange)
    marked = frozenset(draft.state.reviewed)
    fresh = tuple(sorted({one for one in command.targets if (one in marked) != command.on}))
    if not fresh:
        return reject("ruling.reviewed_already")
    take_desk(draft)
    draft.emit(OutcomesReviewed(turn=command.turn, targets=fresh, on=command.on))
    return None


def ruling_accept(draft: Draft, command: c.RulingAccept) -> Rejected | None:
    """Release the outcome and go on. In free style every order has to be ruled on or accepted by name first."""
    refused = pending(draft, command.turn) or check_desk(draft)
    if refused:
        return refused
    state = draft.state
    if state.style == "free":
        done = {*state.reviewed, *(ruling.target for ruling in state.rulings)}
        open_ = tuple(order for order in proposal.orders_settled(state.proposal) if order not in done)
        if open_:
            return reject("ruling.not_reviewed", number=len(open_))
    flow.release_and_go_on(draft)
    return None
