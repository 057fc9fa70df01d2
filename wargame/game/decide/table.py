"""Decide who sits at the table of a text: readers, sponsors, recess, walking out and back, and Control's gate."""

from negotiation import offers, table
from negotiation.offers import Offer
from wargame.game import commands as c
from wargame.game.decide.base import Draft, check_seats, refuse
from wargame.game.decide.texts import (
    at_text,
    check_adds,
    check_at_rest,
    check_sayable,
    check_wording,
    lay_answer,
    lay_open,
)
from wargame.game.events import (
    OfferCameBack,
    OfferCountered,
    OfferEnded,
    OfferRecessed,
    OfferReturned,
    OfferSponsored,
    OfferWalkedOut,
    OfferWidened,
)
from wargame.game.rejections import Rejected, reject


def offer_widen(draft: Draft, command: c.OfferWiden) -> Rejected | None:
    """Let more seats read."""
    at = at_text(draft, command.offer)
    if isinstance(at, Rejected):
        return at
    readers = tuple(sorted({*command.readers} - {at.seat.id}))
    refused = check_seats(draft.state, readers) or refuse(
        table.check_widen(
            at.offer, seat=at.seat.id, readers=readers, own_side=frozenset(draft.state.side_of(at.seat.id))
        )
    )
    if refused:
        return refused
    draft.emit(OfferWidened(offer=at.offer.id, seat=at.seat.id, readers=readers))
    return None


def offer_sponsor(draft: Draft, command: c.OfferSponsor) -> Rejected | None:
    """Answer an invitation to stand by a text."""
    at = at_text(draft, command.offer)
    if isinstance(at, Rejected):
        return at
    refused = refuse(table.check_sponsor(at.offer, seat=at.seat.id, stands=command.stands)) or check_at_rest(
        draft, at.offer
    )
    if refused:
        return refused
    draft.emit(OfferSponsored(offer=at.offer.id, seat=at.seat.id, stands=command.stands))
    return None


def offer_recess(draft: Draft, command: c.OfferRecess) -> Rejected | None:
    """Ask for a recess, take that back, or end one."""
    at = at_text(draft, command.offer)
    if isinstance(at, Rejected):
        return at
    refused = refuse(table.check_recess(at.offer, seat=at.seat.id, on=command.on))
    if refused:
        return refused
    draft.emit(OfferRecessed(offer=at.offer.id, seat=at.seat.id, on=command.on, reason=command.reason))
    return None


def offer_walk_out(draft: Draft, command: c.OfferWalkOut) -> Rejected | None:
    """Walk out, for the time being."""
    at = at_text(draft, command.offer)
    if isinstance(at, Rejected):
        return at
    refused = refuse(table.check_walk_out(at.offer, seat=at.seat.id))
    if refused:
        return refused
    draft.emit(OfferWalkedOut(offer=at.offer.id, seat=at.seat.id, reason=command.reason))
    return None


def offer_come_back(draft: Draft, command: c.OfferComeBack) -> Rejected | None:
    """Come back to the table."""
    at = at_text(draft, command.offer)
    if isinstance(at, Rejected):
        return at
    refused = refuse(table.check_come_back(at.offer, seat=at.seat.id))
    if refused:
        return refused
    draft.emit(OfferCameBack(offer=at.offer.id, seat=at.seat.id))
    return None


# --- Control's gate ---------------------------------------------------------------------------
def _held(draft: Draft, name: str, seat: str) -> Offer | Rejected:
    offer = draft.state.offers.get(name)
    if offer is None:
        return reject("offer.unknown")
    return refuse(table.check_gate(offer, seat=seat)) or offer


def offer_release(draft: Draft, command: c.OfferRelease) -> Rejected | None:
    """Let a text, or an answer to one, go before its parties."""
    offer = _held(draft, command.offer, command.seat)
    if isinstance(offer, Rejected):
        return offer
    if command.seat:
        return _release_answer(draft, offer, command.seat)
    refused = check_sayable(draft, offer)
    if refused:
        return refused
    lay_open(draft, offer)
    return None


def _release_answer(draft: Draft, offer: Offer, seat: str) -> Rejected | None:
    answer = offer.waiting[seat]
    writer = answer.by or seat
    refused = (
        refuse(offers.check_counter(offer, seat=seat, against=answer.against, wording=answer.wording))
        or check_wording(draft, writer, answer.wording)
        or check_adds(draft, writer, answer.wording.levels)
    )
    if refused:
        return refused
    lay_answer(
        draft,
        OfferCountered(
            offer=offer.id,
            seat=seat,
            levels=answer.wording.levels,
            note=answer.note,
            details=answer.wording.details,
            sponsors=answer.invited,
            annexes=answer.wording.annexes,
            package=answer.wording.package,
            expires=answer.wording.expires,
            by=answer.by,
            ad_referendum=answer.ad_referendum,
        ),
    )
    return None


def offer_return(draft: Draft, command: c.OfferReturn) -> Rejected | None:
    """Give a text back to its author, or an answer to its party."""
    offer = _held(draft, command.offer, command.seat)
    if isinstance(offer, Rejected):
        return offer
    draft.emit(OfferReturned(offer=offer.id, reason=command.reason, seat=command.seat))
    return None


# --- the end of a turn ------------------------------------------------------------------------
def close_tables(draft: Draft, *, turn: int) -> None:
    """End what was walked out of, let what expires with the turn lapse, and let a recess be over."""
    for offer in sorted(draft.state.offers.values(), key=lambda one: one.id):
        if offer.status == "draft":
            continue
        if offer.out:
            reason = offer.left.get(offer.out[0]) or "Walked out and was not back when the turn was settled."
            draft.emit(OfferEnded(offer=offer.id, how="walked_away", by=offer.out[0], reason=reason))
        elif offer.expires is not None and offer.expires <= turn:
            draft.emit(OfferEnded(offer=offer.id, how="lapsed", by="", reason=f"It was open to turn {offer.expires}."))
        elif offer.recess or offer.adjourning:
            draft.emit(OfferRecessed(offer=offer.id, seat="", on=False))
