"""Decide about drafting together. What may be merged is `negotiation.pads`; here is who writes where.

A pad that a seat may not see answers like one that does not exist. A seat's answer to a text on the table is written
within its own side: no seat of another side is ever let in.
"""

from base64 import b64encode

from negotiation import pads
from negotiation.offers import Offer
from negotiation.pads import Pad
from wargame.game import case
from wargame.game import commands as c
from wargame.game.confidence import pad_audience
from wargame.game.decide.base import Draft, check_seats, own_seat, refuse
from wargame.game.decide.orders import qualified
from wargame.game.decide.texts import at_text, carried
from wargame.game.events import PadEdited, PadShared
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Seat


def find_pad(draft: Draft, seat: str, *, offer: str, of: str) -> Pad | None:
    """Return the pad a seat means, if it may see it: the draft's own, or the answer of `of` (its own if empty)."""
    for name in (offer, qualified(seat, offer)):
        for key in (pads.pad_key(name, of), pads.pad_key(name, of or seat)):
            pad = draft.state.pads.get(key)
            if pad is not None and seat in pad_audience(draft.state, pad):
                return pad
    return None


def pad_share(draft: Draft, command: c.PadShare) -> Rejected | None:
    """Open a pad, or change who is let into it."""
    at = at_text(draft, command.offer)
    if isinstance(at, Rejected):
        return at
    seat, offer = at.seat, at.offer
    editors = tuple(sorted({*command.editors} - {seat.id}))
    readers = tuple(sorted({*command.readers} - {seat.id, *editors}))
    counter = offer.status != "draft"
    refused = check_seats(draft.state, (*editors, *readers)) or (
        _check_answer(draft, seat, offer, (*editors, *readers))
        if counter
        else _check_draft(seat, offer, (*editors, *readers))
    )
    if refused:
        return refused
    pad = draft.state.pads.get(pads.pad_key(offer.id, seat.id if counter else ""))
    if pad is not None and (pad.editors, pad.readers) == (editors, readers):
        return None
    said = {clause: detail.wording for clause, detail in offer.details.items()}
    opening = draft.ctx.ids("pad") if pad is None else pad.opening
    draft.emit(
        PadShared(
            offer=offer.id,
            seat=seat.id,
            counter=counter,
            editors=editors,
            readers=readers,
            opening=opening,
            merged="" if pad is not None else b64encode(pads.begun(said, opening=opening)).decode(),
        )
    )
    return None


def _check_draft(seat: Seat, offer: Offer, named: tuple[str, ...]) -> Rejected | None:
    if offer.author != seat.id:
        return reject("offer.not_author")
    strangers = tuple(sorted({*named} - {*offer.readers}))
    return reject("pad.not_reader", seats=strangers) if strangers else None


def _check_answer(draft: Draft, seat: Seat, offer: Offer, named: tuple[str, ...]) -> Rejected | None:
    if seat.id not in offer.parties:
        return reject("offer.not_party")
    others = tuple(sorted(one for one in named if draft.state.seats[one].side != seat.side))
    if others:
        return reject("pad.other_side", seats=others)
    pad = draft.state.pads.get(pads.pad_key(offer.id, seat.id))
    lost = tuple(sorted({*(pad.named if pad else ())} - {*named}))
    return reject("pad.narrowed", lost=lost) if lost else None


def pad_edit(draft: Draft, command: c.PadEdit) -> Rejected | None:
    """Write in a pad. What is in it already changes nothing and is accepted: it may be sent twice."""
    seat = own_seat(draft)
    pad = find_pad(draft, seat.id, offer=command.offer, of=command.of)
    if pad is None:
        return reject("pad.unknown")
    clauses = case.terms(draft.ctx.scenario).highest
    refused = _check_at_rest(draft, pad) or refuse(
        pads.check_writer(pad, seat=seat.id, opening=command.opening)
        or pads.check_update(pad, command.update, clauses=clauses)
    )
    if refused:
        return refused
    if pads.changes(pad, command.update):
        draft.emit(PadEdited(pad=pad.key, seat=seat.id, update=command.update))
    return None


def _check_at_rest(draft: Draft, pad: Pad) -> Rejected | None:
    """Refuse writing in what lies before Control or travels with a letter: what was sent is what arrives."""
    offer = draft.state.offers[pad.offer]
    if pad.seat in offer.waiting if pad.counter else offer.gate:
        return reject("offer.held")
    if pad.counter:
        return None
    return reject("offer.under_way") if carried(draft.state, pad.offer) is not None else None
