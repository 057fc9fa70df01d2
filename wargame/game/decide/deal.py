"""Decide about texts on the table. What a text allows is `negotiation.offers`; who speaks for a seat was asked before.

Who sits at the table is `table`, who deals for whom `mandates`. A text a seat may not see answers like one that does
not exist.
"""

from msgspec.structs import replace

from negotiation import offers, pads
from negotiation.details import kept
from negotiation.offers import Offer, Wording
from wargame.game import commands as c
from wargame.game.decide.base import Draft, check_seats, own_seat, refuse
from wargame.game.decide.mandates import Acting, check_within, dealing, mandates_on
from wargame.game.decide.orders import qualified
from wargame.game.decide.texts import (
    at_text,
    check_adds,
    check_at_rest,
    check_reach,
    check_tabling,
    check_wording,
    gated,
    lay_answer,
    put_on_table,
)
from wargame.game.events import (
    OfferAccepted,
    OfferCountered,
    OfferDrafted,
    OfferEnded,
    OfferHeld,
    OfferInitialled,
    OfferMarked,
    OfferParaphrased,
    OfferSigned,
)
from wargame.game.rejections import Rejected, reject

OPEN_TEXTS = 12
"""Most texts of one author that are not ended."""
LONGEST_ID = 64


# --- drafting and tabling ---------------------------------------------------------------------
def offer_draft(draft: Draft, command: c.OfferDraft) -> Rejected | None:
    """Write or rewrite a draft."""
    seat = own_seat(draft)
    key = qualified(seat.id, command.offer)
    known = draft.state.offers.get(key)
    sponsors = tuple(sorted({*command.sponsors} - {seat.id}))
    readers = tuple(sorted({*command.readers, *sponsors, *_let_in(draft, known)} - {seat.id}))
    wording = Wording(
        levels=dict(sorted(command.levels.items())),
        details=kept(command.details, command.details),
        annexes=command.annexes,
        package=command.package,
        expires=command.expires,
    )
    refused = (
        _check_new(draft, seat.id, key)
        if known is None
        else refuse(offers.check_redraft(known, seat=seat.id, readers=readers)) or check_at_rest(draft, known)
    )
    refused = (
        refused
        or check_seats(draft.state, (*command.parties, *readers))
        or refuse(offers.check_parties(command.parties, signatories=draft.state.signatories))
        or check_wording(draft, seat.id, wording)
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
            levels=wording.levels,
            note=command.note,
            details=wording.details,
            sponsors=sponsors,
            annexes=wording.annexes,
            package=wording.package,
            expires=wording.expires,
        )
    )
    return None


def _let_in(draft: Draft, known: Offer | None) -> set[str]:
    """Return the readers of a draft that stay without being named: whom it was sponsored by, and delegates."""
    if known is None:
        return set()
    delegates = {one.seat for one in draft.state.mandates.values() if one.principal == known.author}
    return set(known.readers) & {*delegates, *known.sponsors, *known.invited}


def _check_new(draft: Draft, seat: str, key: str) -> Rejected | None:
    if len(key) > LONGEST_ID:
        return reject("offer.id_too_long", over=len(key) - LONGEST_ID)
    if key in draft.state.ended_offers:
        return reject("offer.id_used")
    if sum(o.author == seat for o in draft.state.offers.values()) >= OPEN_TEXTS:
        return reject("offer.too_many", limit=OPEN_TEXTS)
    return None


def offer_table(draft: Draft, command: c.OfferTable) -> Rejected | None:
    """Put a draft before its parties."""
    at = at_text(draft, command.offer)
    if isinstance(at, Rejected):
        return at
    seat, offer = at.seat, at.offer
    refused = (
        check_tabling(draft, offer, seat.id)
        or check_at_rest(draft, offer)
        or check_reach(draft, seat.id, offer.parties)
    )
    if refused:
        return refused
    put_on_table(draft, offer)
    return None


# --- answering --------------------------------------------------------------------------------
def offer_counter(draft: Draft, command: c.OfferCounter) -> Rejected | None:
    """Answer with a new version."""
    hand = dealing(draft, command.offer, "counter")
    if isinstance(hand, Rejected):
        return hand
    seat, offer, who = hand.seat, hand.offer, hand.who
    wording = _answer(draft, offer, command, who.party)
    sponsors = tuple(sorted({*command.sponsors} - {who.party}))
    refused = (
        refuse(offers.check_counter(offer, seat=who.party, against=command.against, wording=wording))
        or check_reach(draft, who.party, offer.parties)
        or check_wording(draft, seat.id, wording)
        or check_adds(draft, seat.id, wording.levels)
        or check_within(draft, who, wording.levels)
        or check_seats(draft.state, sponsors)
        or _check_sponsors(draft, offer, who.party, sponsors)
    )
    if refused:
        return refused
    answer = OfferCountered(
        offer=offer.id,
        seat=who.party,
        levels=wording.levels,
        note=command.note,
        details=wording.details,
        sponsors=sponsors,
        annexes=wording.annexes,
        package=wording.package,
        expires=wording.expires,
        by=who.by,
        ad_referendum=who.mandate is not None and "accept" not in who.mandate.may,
    )
    if gated(draft):
        draft.emit(OfferHeld(offer=offer.id, against=command.against, answer=answer))
    else:
        lay_answer(draft, answer)
    return None


def _answer(draft: Draft, offer: Offer, command: c.OfferCounter, party: str) -> Wording:
    """Return what a counter-offer says: what it leaves out stays as it was, the party's pad words its clauses."""
    details = kept(offer.details, command.levels) if command.details is None else command.details
    details = pads.worded(details, draft.state.pads.get(pads.pad_key(offer.id, party)), clauses=command.levels)
    return Wording(
        levels=dict(sorted(command.levels.items())),
        details=kept(details, details),
        annexes=offer.annexes if command.annexes is None else command.annexes,
        package=offer.package if command.package is None else command.package,
        expires=offer.expires if command.expires is None else command.expires or None,
    )


def _check_sponsors(draft: Draft, offer: Offer, party: str, sponsors: tuple[str, ...]) -> Rejected | None:
    """Refuse asking a seat to stand by a version that this party may not let read it."""
    mine = {*draft.state.side_of(party), *offer.parties}
    strangers = () if party == offer.author else tuple(s for s in sponsors if s not in mine)
    return reject("offer.not_your_reader", seats=strangers) if strangers else None


def offer_mark(draft: Draft, command: c.OfferMark) -> Rejected | None:
    """State positions on clauses of the version on the table."""
    hand = dealing(draft, command.offer, "mark")
    if isinstance(hand, Rejected):
        return hand
    offer, who = hand.offer, hand.who
    marks = dict(sorted(command.marks.items()))
    refused = refuse(offers.check_mark(offer, seat=who.party, version=command.version, marks=marks)) or _check_marks(
        draft, offer, who, marks
    )
    if refused:
        return refused
    draft.emit(OfferMarked(offer=offer.id, version=offer.version, seat=who.party, marks=marks, by=who.by))
    return None


def _check_marks(draft: Draft, offer: Offer, who: Acting, marks: dict[str, offers.Mark]) -> Rejected | None:
    """Refuse a delegate's yes to a clause outside its bounds; brackets and refusals are always free."""
    if who.mandate is None:
        return None
    yes = {clause for clause, mark in marks.items() if mark == "accept"}
    spoken_of = {clause: bound for clause, bound in who.mandate.levels.items() if clause in yes}
    return check_within(draft, replace(who, mandate=replace(who.mandate, levels=spoken_of)), offer.levels)


def offer_accept(draft: Draft, command: c.OfferAccept) -> Rejected | None:
    """Accept the version on the table as it stands."""
    hand = dealing(draft, command.offer, "accept")
    if isinstance(hand, Rejected):
        return hand
    offer, who = hand.offer, hand.who
    refused = refuse(offers.check_accept(offer, seat=who.party, version=command.version)) or check_within(
        draft, who, offer.levels
    )
    if refused:
        return refused
    draft.emit(OfferAccepted(offer=offer.id, version=offer.version, seat=who.party, by=who.by))
    return None


def offer_initial(draft: Draft, command: c.OfferInitial) -> Rejected | None:
    """Initial the version on the table: its wording is settled, nobody is bound."""
    hand = dealing(draft, command.offer, "initial")
    if isinstance(hand, Rejected):
        return hand
    offer, who = hand.offer, hand.who
    refused = refuse(offers.check_initial(offer, seat=who.party, version=command.version)) or check_within(
        draft, who, offer.levels
    )
    if refused:
        return refused
    draft.emit(OfferInitialled(offer=offer.id, version=offer.version, seat=who.party, by=who.by))
    return None


# --- signing and leaving ----------------------------------------------------------------------
def offer_sign(draft: Draft, command: c.OfferSign) -> Rejected | None:
    """Sign an agreed version. What was locked with the orders of a turn cannot be added to."""
    at = at_text(draft, command.offer)
    if isinstance(at, Rejected):
        return at
    seat, offer = at.seat, at.offer
    if mandates_on(draft.state, offer, seat.id):
        return reject("offer.no_authority")
    if draft.state.locked:
        return reject("offer.locked")
    refused = _check_venue(draft, command.venue) or refuse(
        offers.check_sign(
            offer,
            seat=seat.id,
            version=command.version,
            venue=command.venue,
            signatories=draft.state.signatories,
        )
    )
    refused = refused or check_wording(draft, seat.id, offer.wording)
    if refused:
        return refused
    draft.emit(OfferSigned(offer=offer.id, version=offer.version, seat=seat.id, venue=command.venue))
    return None


def _check_venue(draft: Draft, venue: offers.Venue) -> Rejected | None:
    if venue == "summit" and draft.ctx.scenario.summit is None:
        return reject("offer.no_summits")
    if venue == "oral" and not draft.ctx.scenario.negotiation.table.oral:
        return reject("offer.no_oral")
    return None


def offer_paraphrase(draft: Draft, command: c.OfferParaphrase) -> Rejected | None:
    """Note in private what a clause of the version on the table means to this seat."""
    at = at_text(draft, command.offer)
    if isinstance(at, Rejected):
        return at
    seat, offer = at.seat, at.offer
    if not command.text.strip():
        return reject("text.empty")
    refused = refuse(
        offers.check_party(offer, seat.id)
        or offers.check_version(offer, command.version)
        or offers.check_clauses(offer, (command.clause,))
    )
    if refused:
        return refused
    draft.emit(
        OfferParaphrased(offer=offer.id, version=offer.version, seat=seat.id, clause=command.clause, text=command.text)
    )
    return None


def offer_walk_away(draft: Draft, command: c.OfferWalkAway) -> Rejected | None:
    """Leave the table for good; an author's draft is simply thrown away."""
    at = at_text(draft, command.offer)
    if isinstance(at, Rejected):
        return at
    seat, offer = at.seat, at.offer
    refused = refuse(offers.check_walk_away(offer, seat=seat.id)) or check_at_rest(draft, offer)
    if refused:
        return refused
    draft.emit(OfferEnded(offer=offer.id, how="walked_away", by=seat.id, reason=command.reason))
    return None
