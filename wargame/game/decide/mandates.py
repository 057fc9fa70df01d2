"""Decide about mandates: who may deal for whom, on which texts, within which bounds.

A mandate is known to the principal, the delegate and Control. What a delegate does it does in its principal's name;
the others see for whom it acted and by whose hand.
"""

from collections.abc import Mapping

from msgspec import Struct

from negotiation.mandates import Act, Mandate, check_bounds, check_mandate
from negotiation.offers import Offer, audience
from wargame.game import case
from wargame.game import commands as c
from wargame.game.decide.base import Draft, check_seats, own_seat, refuse
from wargame.game.decide.texts import at_text, banked, find_text, let_delegate_read
from wargame.game.events import MandateEnded, MandateGiven
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Seat, State


class Acting(Struct, frozen=True):
    """For which party a seat acts on a text, and by whose hand if not its own."""

    party: str
    by: str = ""
    mandate: Mandate | None = None


class Dealing(Struct, frozen=True):
    """A seat, the text it deals on, and for whom."""

    seat: Seat
    offer: Offer
    who: Acting


def dealing(draft: Draft, name: str, act: Act) -> Dealing | Rejected:
    """Return who does something on which text, and for whom."""
    at = at_text(draft, name)
    if isinstance(at, Rejected):
        return at
    who = _acting(draft, at.offer, at.seat.id, act)
    return who if isinstance(who, Rejected) else Dealing(at.seat, at.offer, who)


def _acting(draft: Draft, offer: Offer, seat: str, act: Act) -> Acting | Rejected:
    """Return for whom a seat does something on a text; without a mandate it acts for itself, party or not."""
    held = mandates_on(draft.state, offer, seat)
    if not held:
        return Acting(seat)
    allowed = next((mandate for mandate in held if act in mandate.may), None)
    if allowed is None:
        return reject("mandate.not_this", may=held[0].may)
    return Acting(allowed.principal, seat, allowed)


def mandates_on(state: State, offer: Offer, seat: str) -> tuple[Mandate, ...]:
    """Return the mandates by which a seat that is no party itself deals on a text."""
    if seat in offer.parties:
        return ()
    return tuple(
        mandate
        for _, mandate in sorted(state.mandates.items())
        if mandate.seat == seat and mandate.covers(offer.id) and mandate.principal in offer.parties
    )


def check_within(draft: Draft, who: Acting, levels: Mapping[str, int]) -> Rejected | None:
    """Refuse a text outside a delegate's bounds, judged by what the delegate itself knows to be in force."""
    if who.mandate is None:
        return None
    return refuse(check_bounds(who.mandate, levels=levels, banked=banked(draft, who.by)))


def mandate_give(draft: Draft, command: c.MandateGive) -> Rejected | None:
    """Let another seat of the own side deal for this one."""
    seat = own_seat(draft)
    refused = check_seats(draft.state, (command.seat,))
    if refused:
        return refused
    if command.seat == seat.id or draft.state.seats[command.seat].side != seat.side:
        colleagues = tuple(other for other in draft.state.side_of(seat.id) if other != seat.id)
        return reject("mandate.not_your_side", allowed=colleagues)
    offer = find_text(draft, seat.id, command.offer) if command.offer else None
    if command.offer and offer is None:
        return reject("offer.unknown")
    refused = refuse(check_mandate(command.levels, known=case.terms(draft.ctx.scenario).highest))
    if refused:
        return refused
    draft.emit(
        MandateGiven(
            principal=seat.id,
            seat=command.seat,
            offer=offer.id if offer else "",
            may=tuple(sorted(set(command.may))),
            levels=dict(sorted(command.levels.items())),
            note=command.note,
        )
    )
    for known in sorted(draft.state.offers.values(), key=lambda one: one.id):
        all_texts = offer is None and known.status != "draft" and seat.id in known.parties
        if all_texts or (offer is not None and known.id == offer.id and _may_bring_in(known, seat.id)):
            let_delegate_read(draft, known.id, principal=seat.id, seat=command.seat)
    return None


def _may_bring_in(offer: Offer, seat: str) -> bool:
    """Tell whether a seat may let its delegate read: a mere reader cannot."""
    return seat == offer.author or (offer.status != "draft" and seat in offer.parties and seat in audience(offer))


def mandate_end(draft: Draft, command: c.MandateEnd) -> Rejected | None:
    """Take a mandate back. What was done under it stands."""
    seat = own_seat(draft)
    if f"{seat.id}:{command.seat}" not in draft.state.mandates:
        return reject("mandate.none")
    draft.emit(MandateEnded(principal=seat.id, seat=command.seat))
    return None
