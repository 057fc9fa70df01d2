"""Show texts to those at the table and to their readers. A draft is its author's and its readers' alone."""

from negotiation.offers import Offer, audience
from wargame.game import advice
from wargame.game.case import Scenario
from wargame.game.entities import HintSeen, OfferSeen, OfferVersionSeen, StanceSeen
from wargame.game.events import (
    OfferAccepted,
    OfferCountered,
    OfferDrafted,
    OfferEnded,
    OfferMarked,
    OfferSigned,
    OfferTabled,
    OfferUnsigned,
    Recorded,
)
from wargame.game.ids import CONTROL, View, seat_view
from wargame.game.state import State
from wargame.game.visibility.base import Disclosure, Rows, seats_and_control, show


def readers_seen(state: State, offer: Offer, view: View) -> tuple[str, ...]:
    """Return the readers a view may know of: its author's side knows all, another only that it reads itself."""
    if view == CONTROL:
        return offer.readers
    seat = view.removeprefix("seat:")
    if seat in offer.readers or state.seats[seat].side == state.seats[offer.author].side:
        own_side = state.seats[seat].side == state.seats[offer.author].side
        return offer.readers if own_side else (seat,)
    return ()


def offer_seen(state: State, offer: Offer, view: View, ending: OfferEnded | None = None) -> OfferSeen:
    """Return a text as a view may know it."""
    return OfferSeen(
        id=offer.id,
        title=offer.title,
        author=offer.author,
        parties=offer.parties,
        readers=readers_seen(state, offer, view),
        status=ending.how if ending else offer.status,
        version=offer.version,
        accepted=offer.accepted,
        signed=offer.signed,
        venue=offer.venue,
        turn=offer.turn,
        ended_by=ending.by if ending else "",
        reason=ending.reason if ending else "",
    )


def offer_rows(state: State, offer: Offer, ending: OfferEnded | None = None) -> Rows:
    """Yield a text to those who may know of it."""
    for view in seats_and_control(audience(offer)):
        yield Disclosure(view, "offer", offer.id, offer_seen(state, offer, view, ending))


def version_rows(state: State, offer: Offer, scenario: Scenario) -> Rows:
    """Yield the wording, and to each seat what its own advisers make of it."""
    key = f"{offer.id}@{offer.version}"
    seen = OfferVersionSeen(
        offer=offer.id,
        version=offer.version,
        author=offer.proposer,
        levels=offer.levels,
        note=offer.note,
        at_ms=offer.at_ms,
        turn=offer.turn,
    )
    yield from show(seats_and_control(audience(offer)), "offer_version", key, seen)
    for seat in audience(offer):
        hint = advice.hint_for(scenario, state, seat, offer.levels)
        if hint is not None:
            seen_hint = HintSeen(
                offer=offer.id,
                version=offer.version,
                verdict=hint.verdict,
                blocked_by=hint.blocked_by,
                enough_trust=hint.trust_needed is not None and hint.trust_held >= hint.trust_needed,
            )
            yield Disclosure(seat_view(seat), "hint", key, seen_hint)


def offer_drafted(recorded: Recorded, fact: OfferDrafted, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield a draft to its author and readers."""
    offer = after.offers[fact.offer]
    yield from offer_rows(after, offer)
    yield from version_rows(after, offer, scenario)


def offer_proposed(
    recorded: Recorded, fact: OfferTabled | OfferCountered, before: State, after: State, scenario: Scenario
) -> Rows:
    """Yield a version put on the table."""
    offer = after.offers[fact.offer]
    yield from offer_rows(after, offer)
    yield from version_rows(after, offer, scenario)


def offer_marked(recorded: Recorded, fact: OfferMarked, before: State, after: State) -> Rows:
    """Yield a stated position."""
    offer = after.offers[fact.offer]
    seen = StanceSeen(offer=offer.id, version=offer.version, seat=fact.seat, marks=offer.marks.get(fact.seat, {}))
    key = f"{offer.id}@{offer.version}:{fact.seat}"
    return show(seats_and_control(audience(offer)), "stance", key, seen)


def offer_moved(
    recorded: Recorded, fact: OfferAccepted | OfferSigned | OfferUnsigned, before: State, after: State
) -> Rows:
    """Yield an acceptance, a signature, or their end."""
    return offer_rows(after, after.offers[fact.offer])


def offer_ended(recorded: Recorded, fact: OfferEnded, before: State, after: State) -> Rows:
    """Yield how a text ended to those who knew of it."""
    return offer_rows(after, before.offers[fact.offer], fact)
