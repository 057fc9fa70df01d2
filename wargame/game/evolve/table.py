"""Fold facts about who sits at the table of a text, about Control's gate, and about mandates."""

from msgspec.structs import replace

from negotiation import table
from negotiation.mandates import Mandate
from negotiation.offers import Answer, Offer
from wargame.game.events import (
    MandateEnded,
    MandateGiven,
    OfferCameBack,
    OfferHeld,
    OfferRecessed,
    OfferReturned,
    OfferSponsored,
    OfferWalkedOut,
    OfferWidened,
    Recorded,
)
from wargame.game.evolve.base import drop, put
from wargame.game.evolve.deal import wording_of
from wargame.game.state import State


def _with(state: State, offer: Offer) -> State:
    return replace(state, offers=put(state.offers, offer.id, offer))


def offer_widened(state: State, fact: OfferWidened, recorded: Recorded) -> State:
    """Let more seats read."""
    return _with(state, table.widened(state.offers[fact.offer], seat=fact.seat, readers=fact.readers))


def offer_sponsored(state: State, fact: OfferSponsored, recorded: Recorded) -> State:
    """Keep an answer to an invitation."""
    return _with(state, table.sponsored(state.offers[fact.offer], seat=fact.seat, stands=fact.stands))


def offer_recessed(state: State, fact: OfferRecessed, recorded: Recorded) -> State:
    """Keep what was said about a recess."""
    offer = state.offers[fact.offer]
    return _with(state, table.recessed(offer, seat=fact.seat, on=fact.on) if fact.seat else table.resumed(offer))


def offer_walked_out(state: State, fact: OfferWalkedOut, recorded: Recorded) -> State:
    """Let a party be out of the room."""
    return _with(state, table.walked_out(state.offers[fact.offer], seat=fact.seat, reason=fact.reason))


def offer_came_back(state: State, fact: OfferCameBack, recorded: Recorded) -> State:
    """Let a party sit at the table again."""
    return _with(state, table.came_back(state.offers[fact.offer], seat=fact.seat))


def offer_held(state: State, fact: OfferHeld, recorded: Recorded) -> State:
    """Let a draft, or an answer, wait for Control."""
    offer, answer = state.offers[fact.offer], fact.answer
    if answer is None:
        return _with(state, table.held(offer))
    waits = Answer(
        against=fact.against,
        wording=wording_of(answer),
        note=answer.note,
        by=answer.by,
        ad_referendum=answer.ad_referendum,
        invited=answer.sponsors,
    )
    return _with(state, table.answer_held(offer, seat=answer.seat, answer=waits))


def offer_returned(state: State, fact: OfferReturned, recorded: Recorded) -> State:
    """Give a draft, or an answer, back."""
    offer = state.offers[fact.offer]
    if fact.seat:
        return _with(state, table.answer_returned(offer, seat=fact.seat))
    return _with(state, table.returned(offer, reason=fact.reason))


def mandate_given(state: State, fact: MandateGiven, recorded: Recorded) -> State:
    """Keep a mandate in place of an older one."""
    mandate = Mandate(
        principal=fact.principal,
        seat=fact.seat,
        offer=fact.offer,
        may=fact.may,
        levels=fact.levels,
        note=fact.note,
        turn=state.turn,
    )
    return replace(state, mandates=put(state.mandates, mandate.id, mandate))


def mandate_ended(state: State, fact: MandateEnded, recorded: Recorded) -> State:
    """Drop a mandate."""
    return replace(state, mandates=drop(state.mandates, f"{fact.principal}:{fact.seat}"))
