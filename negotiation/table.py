"""Own who sits at the table of a text: readers let in, sponsors, walking out and back, recess, Control's gate.

Checks return a `Refused` value or None, changes check nothing, as in `negotiation.offers`. It must never touch what
a version says.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from negotiation.details import Refused, brackets
from negotiation.offers import Answer, Offer, accepted, check_party, check_sitting


# --- readers ----------------------------------------------------------------------------------
def let_in_by(offer: Offer, reader: str) -> tuple[str, ...]:
    """Return the seats that let a reader in."""
    return offer.brought.get(reader, (offer.author,))


def check_widen(offer: Offer, *, seat: str, readers: Iterable[str], own_side: frozenset[str]) -> Refused | None:
    """Refuse letting readers in where one has no say, and those one knows to read already.

    The author lets in whom it likes; another party of a tabled text lets in seats of its own side only. Who reads by
    another side's leave is not known to this one, so that letting the same seat in again is no mistake.
    """
    if seat != offer.author:
        refused = check_party(offer, seat)
        if refused:
            return refused
        strangers = tuple(sorted(set(readers) - own_side))
        if strangers:
            return Refused("offer.not_your_reader", {"seats": strangers})
    known = {reader for reader in offer.readers if own_side & set(let_in_by(offer, reader))}
    known |= {offer.author, *(() if offer.status == "draft" else offer.parties)}
    return None if set(readers) - known else Refused("offer.nobody_new")


def widened(offer: Offer, *, seat: str, readers: Iterable[str]) -> Offer:
    """Return the text with more readers; who let each in is remembered."""
    brought = dict(offer.brought)
    for reader in sorted(set(readers)):
        before = let_in_by(offer, reader) if reader in offer.readers else ()
        brought[reader] = tuple(sorted({*before, seat}))
    brought = {reader: by for reader, by in sorted(brought.items()) if by != (offer.author,)}
    return replace(offer, readers=tuple(sorted({*offer.readers, *readers})), brought=brought)


# --- sponsors ---------------------------------------------------------------------------------
def check_sponsor(offer: Offer, *, seat: str, stands: bool) -> Refused | None:
    """Refuse answering an invitation to sponsor that was never made, or twice."""
    if seat in offer.sponsors:
        return Refused("offer.sponsors_already")
    if seat not in offer.invited:
        return Refused("offer.not_invited")
    return check_sitting(offer) if stands else None


def sponsored(offer: Offer, *, seat: str, stands: bool) -> Offer:
    """Return the text with an invitation answered. A party that stands by a version on the table accepts it."""
    fresh = replace(offer, invited=tuple(s for s in offer.invited if s != seat))
    if not stands:
        return fresh
    fresh = replace(fresh, sponsors=tuple(sorted({*fresh.sponsors, seat})))
    accepts = fresh.status == "tabled" and seat in fresh.parties and not brackets(fresh.details)
    return accepted(fresh, seat=seat) if accepts else fresh


# --- walking out, coming back, recess ---------------------------------------------------------
def check_walk_out(offer: Offer, *, seat: str) -> Refused | None:
    """Refuse walking out of a text that is fully signed, twice, or by a seat that is no party."""
    refused = check_party(offer, seat)
    if refused:
        return refused
    if offer.status == "signed":
        return Refused("offer.signed")
    return Refused("offer.you_are_out") if seat in offer.out else None


def walked_out(offer: Offer, *, seat: str, reason: str) -> Offer:
    """Return the text with a seat out of the room: nobody deals until it is back."""
    return replace(
        offer,
        out=tuple(p for p in offer.parties if p in offer.out or p == seat),
        left={**offer.left, seat: reason},
        adjourning=tuple(p for p in offer.adjourning if p != seat),
    )


def check_come_back(offer: Offer, *, seat: str) -> Refused | None:
    """Refuse coming back by a seat that is not out."""
    return None if seat in offer.out else check_party(offer, seat) or Refused("offer.not_out")


def came_back(offer: Offer, *, seat: str) -> Offer:
    """Return the text with a seat back at the table."""
    left = {p: reason for p, reason in offer.left.items() if p != seat}
    return replace(offer, out=tuple(p for p in offer.out if p != seat), left=left)


def check_recess(offer: Offer, *, seat: str, on: bool) -> Refused | None:
    """Refuse asking for a recess one has asked for, and ending one that nobody has."""
    refused = check_party(offer, seat)
    if refused:
        return refused
    if offer.status == "signed":
        return Refused("offer.signed")
    if seat in offer.out:
        return Refused("offer.you_are_out")
    if on:
        asked = offer.recess or seat in offer.adjourning
        return Refused("offer.recess_asked") if asked else None
    return None if offer.recess or seat in offer.adjourning else Refused("offer.no_recess")


def recessed(offer: Offer, *, seat: str, on: bool) -> Offer:
    """Return the text with a recess asked for or ended. It begins when all parties have asked, and any one ends it."""
    if not on:
        rest = () if offer.recess else tuple(p for p in offer.adjourning if p != seat)
        return replace(offer, recess=False, adjourning=rest)
    asked = tuple(p for p in offer.parties if p in offer.adjourning or p == seat)
    return replace(offer, recess=True, adjourning=()) if asked == offer.parties else replace(offer, adjourning=asked)


def resumed(offer: Offer) -> Offer:
    """Return the text with the table sitting again: a recess lasts no longer than the turn."""
    return replace(offer, recess=False, adjourning=())


# --- Control's gate ---------------------------------------------------------------------------
def check_gate(offer: Offer, *, seat: str) -> Refused | None:
    """Refuse releasing or returning a text, or (`seat`) an answer of that party, that does not wait for Control."""
    waits = seat in offer.waiting if seat else offer.gate
    return None if waits else Refused("offer.not_held")


def held(offer: Offer) -> Offer:
    """Return the draft as it waits for Control."""
    return replace(offer, gate="held", returned="")


def returned(offer: Offer, *, reason: str) -> Offer:
    """Return the draft as Control gave it back."""
    return replace(offer, gate="", returned=reason)


def answer_held(offer: Offer, *, seat: str, answer: Answer) -> Offer:
    """Return the text with a party's answer before Control, in place of an older one of that party."""
    return replace(offer, waiting={**offer.waiting, seat: answer})


def answer_returned(offer: Offer, *, seat: str) -> Offer:
    """Return the text without a party's answer before Control."""
    return replace(offer, waiting={party: answer for party, answer in offer.waiting.items() if party != seat})
