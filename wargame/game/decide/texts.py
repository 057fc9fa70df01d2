"""What every decision about a text shares: finding it, asking whether it can be said now, putting it on the table.

A text a seat may not see answers like one that does not exist.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from negotiation import details, offers, pads, table
from negotiation.details import Detail
from negotiation.offers import Offer, Wording
from wargame.game import case, engine
from wargame.game.decide.base import Draft, own_seat, refuse
from wargame.game.decide.orders import qualified
from wargame.game.events import OfferCountered, OfferHeld, OfferReturned, OfferTabled, OfferWidened
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Letter, Seat, State


class At(Struct, frozen=True):
    """A seat and the text it speaks of."""

    seat: Seat
    offer: Offer


def at_text(draft: Draft, name: str) -> At | Rejected:
    """Return who acts and the text it means, if it may see it."""
    seat = own_seat(draft)
    offer = find_text(draft, seat.id, name)
    return reject("offer.unknown") if offer is None else At(seat, offer)


def find_text(draft: Draft, seat: str, name: str) -> Offer | None:
    """Return the text a seat means, by its full id or by the name the seat gave it, if it may see it."""
    for key in (name, qualified(seat, name)):
        offer = draft.state.offers.get(key)
        if offer is not None and seat in offers.audience(offer):
            return offer
    return None


def banked(draft: Draft, seat: str) -> dict[str, int]:
    """Return the levels a seat believes in force."""
    return engine.known_levels(draft.ctx.scenario, draft.state, seat)


# --- what a text may say ----------------------------------------------------------------------
def check_wording(draft: Draft, seat: str, wording: Wording) -> Rejected | None:
    """Refuse levels, details or an expiry that cannot be said now."""
    terms = case.terms(draft.ctx.scenario)
    refused = offers.check_levels(
        wording.levels, known=terms.highest, banked=banked(draft, seat), never_banked=terms.never_banked
    ) or details.check_details(
        wording.levels,
        wording.details,
        rules=case.clause_rules(draft.ctx.scenario, wording.levels),
        turn=draft.state.turn,
    )
    return refuse(refused) or _check_expiry(draft, wording.expires) or _check_annexes(wording)


def _check_expiry(draft: Draft, expires: int | None) -> Rejected | None:
    if expires is None:
        return None
    if not draft.ctx.scenario.negotiation.table.expiry:
        return reject("offer.no_expiry")
    return reject("offer.expires_past", expires=expires, turn=draft.state.turn) if expires < draft.state.turn else None


def _check_annexes(wording: Wording) -> Rejected | None:
    names = [annex.id for annex in wording.annexes]
    twice = sorted({name for name in names if names.count(name) > 1})
    return reject("offer.annex_twice", annex=twice[0]) if twice else None


def check_adds(draft: Draft, seat: str, levels: Mapping[str, int]) -> Rejected | None:
    """Refuse a text that adds nothing to what is in force."""
    terms = case.terms(draft.ctx.scenario)
    adds = offers.raises_anything(levels, banked=banked(draft, seat), never_banked=terms.never_banked)
    return None if adds else reject("offer.empty")


def check_tabling(draft: Draft, offer: Offer, seat: str) -> Rejected | None:
    """Refuse a text that is not a draft of the seat, or that what is in force leaves nothing to say."""
    return refuse(offers.check_table(offer, seat=seat)) or check_sayable(draft, offer)


def check_sayable(draft: Draft, offer: Offer) -> Rejected | None:
    """Refuse a draft whose wording time or what is in force has overtaken."""
    return check_wording(draft, offer.author, offer.wording) or check_adds(draft, offer.author, offer.levels)


# --- where a text may go ----------------------------------------------------------------------
def carried(state: State, offer: str) -> Letter | None:
    """Return the letter a draft travels with, if it does."""
    return next((letter for letter in state.post.values() if letter.offer == offer), None)


def check_at_rest(draft: Draft, offer: Offer) -> Rejected | None:
    """Refuse to touch a draft that travels with a letter."""
    return reject("offer.under_way") if carried(draft.state, offer.id) is not None else None


def check_reach(draft: Draft, seat: str, parties: Iterable[str]) -> Rejected | None:
    """Refuse a text put straight before a seat that is reached by letter only."""
    for other in parties:
        channel = None if other == seat else case.by_letter_only(draft.ctx.scenario, seat, other)
        if channel is not None:
            return reject("offer.by_letter_only", channel=channel.label)
    return None


def gated(draft: Draft) -> bool:
    """Tell whether texts go to Control before they go to their parties."""
    return draft.ctx.scenario.negotiation.table.gate == "control"


def put_on_table(draft: Draft, offer: Offer) -> None:
    """Put a draft before its parties, or where the case wants it before Control."""
    if gated(draft):
        draft.emit(OfferHeld(offer=offer.id))
    else:
        lay_open(draft, offer)


def lay_open(draft: Draft, offer: Offer) -> None:
    """Put a draft before its parties and let those read it who deal for them."""
    draft.emit(OfferTabled(offer=offer.id, details=tabled_details(draft, offer)))
    for mandate in sorted(draft.state.mandates.values(), key=lambda one: one.id):
        if not mandate.offer and mandate.principal in offer.parties:
            let_delegate_read(draft, offer.id, principal=mandate.principal, seat=mandate.seat)


def lay_answer(draft: Draft, answer: OfferCountered) -> None:
    """Put the next version on the table, let whom it asks to sponsor it read, and give back answers it overtakes."""
    offer = draft.state.offers[answer.offer]
    strangers = tuple(seat for seat in answer.sponsors if seat not in offers.audience(offer))
    if strangers:
        draft.emit(OfferWidened(offer=offer.id, seat=answer.seat, readers=strangers))
    draft.emit(answer)
    for party in sorted(draft.state.offers[offer.id].waiting):
        reason = "Another version went on the table first."
        draft.emit(OfferReturned(offer=offer.id, reason=reason, seat=party))


def tabled_details(draft: Draft, offer: Offer) -> dict[str, Detail] | None:
    """Return the details a draft is tabled with where they differ from the draft's, None where they do not."""
    pad = draft.state.pads.get(pads.pad_key(offer.id, ""))
    return None if pad is None else pads.worded(offer.details, pad, clauses=offer.levels)


def let_delegate_read(draft: Draft, offer: str, *, principal: str, seat: str) -> None:
    """Let a delegate read a text of its principal, unless its principal let it before."""
    known = draft.state.offers[offer]
    if seat == known.author or (known.status != "draft" and seat in known.parties):
        return
    if seat not in known.readers or principal not in table.let_in_by(known, seat):
        draft.emit(OfferWidened(offer=offer, seat=principal, readers=(seat,)))
