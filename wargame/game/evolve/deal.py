"""Fold facts about texts on the table. A text that has ended leaves its id only."""

from msgspec.structs import replace

from negotiation import offers
from wargame.game.events import (
    OfferAccepted,
    OfferCountered,
    OfferDrafted,
    OfferEnded,
    OfferInitialled,
    OfferMarked,
    OfferSigned,
    OfferTabled,
    OfferUnsigned,
    Recorded,
)
from wargame.game.evolve.base import drop, put
from wargame.game.evolve.pad import without_pad, without_pads
from wargame.game.state import OFFERS_REMEMBERED, State


def _with(state: State, offer: offers.Offer) -> State:
    return replace(state, offers=put(state.offers, offer.id, offer))


def offer_drafted(state: State, fact: OfferDrafted, recorded: Recorded) -> State:
    """Keep a draft, or its new wording. Who stood by another wording is asked again."""
    known = state.offers.get(fact.offer)
    fresh = offers.Offer(
        id=fact.offer,
        author=fact.author,
        title=fact.title,
        parties=fact.parties,
        readers=fact.readers,
        status="draft",
        version=0,
        proposer=fact.author,
        levels=fact.levels,
        note=fact.note,
        at_ms=recorded.at_ms,
        turn=state.turn,
        details=fact.details,
        annexes=fact.annexes,
        package=fact.package,
        expires=fact.expires,
        invited=fact.sponsors,
    )
    if known is not None and known.wording == fresh.wording:
        stand = tuple(seat for seat in known.sponsors if seat in fact.sponsors)
        invited = tuple(seat for seat in fact.sponsors if seat not in stand)
        fresh = replace(fresh, sponsors=stand, invited=invited)
    return _with(state, fresh)


def offer_tabled(state: State, fact: OfferTabled, recorded: Recorded) -> State:
    """Put the draft on the table as version 1."""
    offer = state.offers[fact.offer]
    state = without_pad(state, offer.id)
    return _with(state, offers.tabled(offer, at_ms=recorded.at_ms, turn=state.turn, details=fact.details))


def wording_of(fact: OfferCountered) -> offers.Wording:
    """Return what an answer says."""
    return offers.Wording(
        levels=fact.levels,
        details=fact.details,
        annexes=fact.annexes,
        package=fact.package,
        expires=fact.expires,
    )


def offer_countered(state: State, fact: OfferCountered, recorded: Recorded) -> State:
    """Put the next version on the table."""
    return _with(
        without_pad(state, fact.offer, counter_of=fact.seat),
        offers.countered(
            state.offers[fact.offer],
            seat=fact.seat,
            wording=wording_of(fact),
            note=fact.note,
            at_ms=recorded.at_ms,
            turn=state.turn,
            by=fact.by,
            ad_referendum=fact.ad_referendum,
            invited=fact.sponsors,
        ),
    )


def offer_marked(state: State, fact: OfferMarked, recorded: Recorded) -> State:
    """Keep a seat's stated positions."""
    return _with(state, offers.marked(state.offers[fact.offer], seat=fact.seat, marks=fact.marks))


def offer_accepted(state: State, fact: OfferAccepted, recorded: Recorded) -> State:
    """Add an acceptance."""
    return _with(state, offers.accepted(state.offers[fact.offer], seat=fact.seat))


def offer_initialled(state: State, fact: OfferInitialled, recorded: Recorded) -> State:
    """Add an initial."""
    return _with(state, offers.initialled(state.offers[fact.offer], seat=fact.seat))


def offer_signed(state: State, fact: OfferSigned, recorded: Recorded) -> State:
    """Add a signature."""
    offer = offers.signed(state.offers[fact.offer], seat=fact.seat, venue=fact.venue, signatories=state.signatories)
    return _with(state, offer)


def offer_unsigned(state: State, fact: OfferUnsigned, recorded: Recorded) -> State:
    """Take the signatures back: there was no meeting."""
    return _with(state, offers.unsigned(state.offers[fact.offer]))


def offer_ended(state: State, fact: OfferEnded, recorded: Recorded) -> State:
    """Clear the table of a text and of mandates on it alone; its id is kept, so that it is not used again."""
    state = without_pads(state, fact.offer)
    ended = (*state.ended_offers, fact.offer)[-OFFERS_REMEMBERED:]
    brought = drop(state.brought, fact.offer) if fact.offer in state.brought else state.brought
    mandates = {key: mandate for key, mandate in state.mandates.items() if mandate.offer != fact.offer}
    return replace(state, offers=drop(state.offers, fact.offer), ended_offers=ended, brought=brought, mandates=mandates)
