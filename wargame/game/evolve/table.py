"""Fold facts about who sits at the table of a text, about Control's gate, and about mandates."""

from msgspec.structs import replace

from negotiation import table
from negotiation.mandates import Mandate
from negotiation.offers import Offer
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
    """Let a draft wait for Control."""
    return _with(state, table.held(state.offers[fact.offer]))


def offer_returned(state: State, fact: OfferReturned, recorded: Recorded) -> State:
    """Give a draft back."""
    return _with(state, table.returned(state.offers[fact.offer], reason=fact.reason))


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
