"""Decide about texts on the table. What a text allows is `negotiation.offers`; who speaks for a seat was asked before.

A text a seat may not see answers like one that does not exist.
"""

from negotiation import offers
from negotiation.offers import Offer
from wargame.game import case, engine
from wargame.game import commands as c
from wargame.game.decide.base import Draft, check_seats, own_seat
from wargame.game.decide.orders import qualified
from wargame.game.events import (
    OfferAccepted,
    OfferCountered,
    OfferDrafted,
    OfferEnded,
    OfferMarked,
    OfferSigned,
    OfferTabled,
)
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Letter, State

OPEN_TEXTS = 12
"""Most texts of one author that are not ended."""
LONGEST_ID = 64


def _refuse(refused: offers.Refused | None) -> Rejected | None:
    return reject(refused.code, **refused.params) if refused else None


def find_text(draft: Draft, seat: str, name: str) -> Offer | None:
    """Return the text a seat means, by its full id or by the name the seat gave it, if it may see it."""
    for key in (name, qualified(seat, name)):
        offer = draft.state.offers.get(key)
        if offer is not None and seat in offers.audience(offer):
            return offer
    return None


def _check_levels(draft: Draft, seat: str, levels: dict[str, int]) -> Rejected | None:
    terms = case.terms(draft.ctx.scenario)
    banked = engine.known_levels(draft.ctx.scenario, draft.state, seat)
    refused = offers.check_levels(levels, known=terms.highest, banked=banked, never_banked=terms.never_banked)
    return _refuse(refused)


def _check_adds(draft: Draft, seat: str, levels: dict[str, int]) -> Rejected | None:
    terms = case.terms(draft.ctx.scenario)
    banked = engine.known_levels(draft.ctx.scenario, draft.state, seat)
    adds = offers.raises_anything(levels, banked=banked, never_banked=terms.never_banked)
    return None if adds else reject("offer.empty")


def offer_draft(draft: Draft, command: c.OfferDraft) -> Rejected | None:
    """Write or rewrite a draft."""
    seat = own_seat(draft)
    key = qualified(seat.id, command.offer)
    known = draft.state.offers.get(key)
    readers = tuple(sorted({*command.readers} - {seat.id}))
    refused = (
        _check_new(draft, seat.id, key)
        if known is None
        else _refuse(offers.check_redraft(known, seat=seat.id, readers=readers)) or _check_at_rest(draft, known)
    )
    refused = (
        refused
        or check_seats(draft.state, (*command.parties, *readers))
        or _refuse(offers.check_parties(command.parties, signatories=draft.state.signatories))
        or _check_levels(draft, seat.id, command.levels)
    )
    if refused:
        return refused
    draft.emit(
        OfferDrafted(
            offer=key,
            author=seat.id,
            title=command.title or f"Text by {seat.label}",
            parties=tuple(sorted(set(command.parties))),
            readers=readers,
            levels=dict(sorted(command.levels.items())),
            note=command.note,
        )
    )
    return None


def _check_new(draft: Draft, seat: str, key: str) -> Rejected | None:
    if len(key) > LONGEST_ID:
        return reject("offer.id_too_long", over=len(key) - LONGEST_ID)
    if key in draft.state.ended_offers:
        return reject("offer.id_used")
    if sum(o.author == seat for o in draft.state.offers.values()) >= OPEN_TEXTS:
        return reject("offer.too_many", limit=OPEN_TEXTS)
    return None


def check_tabling(draft: Draft, offer: Offer, seat: str) -> Rejected | None:
    """Refuse a text that is not a draft of the seat, or that what is in force leaves nothing to say."""
    return (
        _refuse(offers.check_table(offer, seat=seat))
        or _check_levels(draft, seat, offer.levels)
        or _check_adds(draft, seat, offer.levels)
    )


def carried(state: State, offer: str) -> Letter | None:
    """Return the letter a draft travels with, if it does."""
    return next((letter for letter in state.post.values() if letter.offer == offer), None)


def _check_at_rest(draft: Draft, offer: Offer) -> Rejected | None:
    """Refuse to touch a draft that travels with a letter."""
    return reject("offer.under_way") if carried(draft.state, offer.id) is not None else None


def _check_reach(draft: Draft, seat: str, parties: tuple[str, ...]) -> Rejected | None:
    """Refuse a text put straight before a seat that is reached by letter only."""
    for other in parties:
        channel = None if other == seat else case.by_letter_only(draft.ctx.scenario, seat, other)
        if channel is not None:
            return reject("offer.by_letter_only", channel=channel.label)
    return None


def offer_table(draft: Draft, command: c.OfferTable) -> Rejected | None:
    """Put a draft before its parties."""
    seat = own_seat(draft)
    offer = find_text(draft, seat.id, command.offer)
    if offer is None:
        return reject("offer.unknown")
    refused = (
        check_tabling(draft, offer, seat.id)
        or _check_at_rest(draft, offer)
        or _check_reach(draft, seat.id, offer.parties)
    )
    if refused:
        return refused
    draft.emit(OfferTabled(offer=offer.id))
    return None


def offer_counter(draft: Draft, command: c.OfferCounter) -> Rejected | None:
    """Answer with a new version."""
    seat = own_seat(draft)
    offer = find_text(draft, seat.id, command.offer)
    if offer is None:
        return reject("offer.unknown")
    refused = (
        _refuse(offers.check_counter(offer, seat=seat.id, against=command.against, levels=command.levels))
        or _check_reach(draft, seat.id, offer.parties)
        or _check_levels(draft, seat.id, command.levels)
        or _check_adds(draft, seat.id, command.levels)
    )
    if refused:
        return refused
    levels = dict(sorted(command.levels.items()))
    draft.emit(OfferCountered(offer=offer.id, seat=seat.id, levels=levels, note=command.note))
    return None


def offer_mark(draft: Draft, command: c.OfferMark) -> Rejected | None:
    """State positions on clauses of the version on the table."""
    seat = own_seat(draft)
    offer = find_text(draft, seat.id, command.offer)
    if offer is None:
        return reject("offer.unknown")
    refused = _refuse(offers.check_mark(offer, seat=seat.id, version=command.version, issues=command.marks))
    if refused:
        return refused
    marks = dict(sorted(command.marks.items()))
    draft.emit(OfferMarked(offer=offer.id, version=offer.version, seat=seat.id, marks=marks))
    return None


def offer_accept(draft: Draft, command: c.OfferAccept) -> Rejected | None:
    """Accept the version on the table as it stands."""
    seat = own_seat(draft)
    offer = find_text(draft, seat.id, command.offer)
    if offer is None:
        return reject("offer.unknown")
    refused = _refuse(offers.check_accept(offer, seat=seat.id, version=command.version))
    if refused:
        return refused
    draft.emit(OfferAccepted(offer=offer.id, version=offer.version, seat=seat.id))
    return None


def offer_sign(draft: Draft, command: c.OfferSign) -> Rejected | None:
    """Sign an agreed version. What was locked with the orders of a turn cannot be added to."""
    seat = own_seat(draft)
    offer = find_text(draft, seat.id, command.offer)
    if offer is None:
        return reject("offer.unknown")
    if draft.state.locked:
        return reject("offer.locked")
    if command.venue == "summit" and draft.ctx.scenario.summit is None:
        return reject("offer.no_summits")
    refused = _refuse(
        offers.check_sign(
            offer,
            seat=seat.id,
            version=command.version,
            venue=command.venue,
            signatories=draft.state.signatories,
        )
    )
    if refused:
        return refused
    draft.emit(OfferSigned(offer=offer.id, version=offer.version, seat=seat.id, venue=command.venue))
    return None


def offer_walk_away(draft: Draft, command: c.OfferWalkAway) -> Rejected | None:
    """Leave the table; an author's draft is simply thrown away."""
    seat = own_seat(draft)
    offer = find_text(draft, seat.id, command.offer)
    if offer is None:
        return reject("offer.unknown")
    refused = _refuse(offers.check_walk_away(offer, seat=seat.id)) or _check_at_rest(draft, offer)
    if refused:
        return refused
    draft.emit(OfferEnded(offer=offer.id, how="walked_away", by=seat.id, reason=command.reason))
    return None
