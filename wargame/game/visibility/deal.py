"""Show texts to those at the table and to their readers. A draft is its author's and its readers' alone.

Clauses agreed to be secret are shown to parties, sponsors and delegates; a mere reader sees the text without them.
Who reads by another side's leave is not shown. A view whose picture a fact does not change gets no row.
"""

from collections.abc import Iterable

from negotiation.details import without
from negotiation.offers import Offer, audience, hidden_from
from negotiation.table import let_in_by
from wargame.game import advice
from wargame.game.case import Scenario
from wargame.game.confidence import delegates
from wargame.game.entities import HintSeen, OfferSeen, OfferVersionSeen, ParaphraseSeen, StanceSeen
from wargame.game.events import (
    OfferAccepted,
    OfferCountered,
    OfferDrafted,
    OfferEnded,
    OfferInitialled,
    OfferMarked,
    OfferParaphrased,
    OfferSigned,
    OfferTabled,
    OfferUnsigned,
    Recorded,
)
from wargame.game.ids import CONTROL, View, seat_view
from wargame.game.state import State
from wargame.game.visibility.assess import assessment_rows, placed_rows
from wargame.game.visibility.base import Disclosure, Rows, seats_and_control, show


# --- what a view may know of a text -----------------------------------------------------------
def hidden(state: State, offer: Offer, view: View) -> frozenset[str]:
    """Return the clauses of a text a view may know nothing of."""
    if view == CONTROL:
        return frozenset()
    return hidden_from(offer, view.removeprefix("seat:"), delegates=delegates(state, offer))


def levels_seen(state: State, offer: Offer, view: View) -> dict[str, int]:
    """Return the clauses and levels of a text a view may know."""
    closed = hidden(state, offer, view)
    return {clause: level for clause, level in offer.levels.items() if clause not in closed}


def readers_seen(state: State, offer: Offer, view: View) -> tuple[str, ...]:
    """Return the readers a view may know of: whom its own side let in, and itself if it reads."""
    if view == CONTROL:
        return offer.readers
    seat = view.removeprefix("seat:")
    side = state.seats[seat].side
    return tuple(
        reader
        for reader in offer.readers
        if reader == seat or any(state.seats[by].side == side for by in let_in_by(offer, reader))
    )


def invited_seen(state: State, offer: Offer, view: View) -> tuple[str, ...]:
    """Return who was asked to stand by the version, as far as a view may know: the side that asked, and the asked."""
    if view == CONTROL:
        return offer.invited
    seat = view.removeprefix("seat:")
    asked_by_own = state.seats[seat].side == state.seats[offer.proposer].side
    return tuple(one for one in offer.invited if asked_by_own or one == seat)


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
        package=offer.package,
        expires=offer.expires,
        sponsors=offer.sponsors,
        invited=invited_seen(state, offer, view),
        initialled=offer.initialled,
        out=offer.out,
        left=offer.left,
        adjourning=offer.adjourning,
        recess=offer.recess,
        gate=offer.gate,
        returned=offer.returned,
    )


def version_seen(state: State, offer: Offer, view: View) -> OfferVersionSeen:
    """Return the wording as a view may know it."""
    closed = hidden(state, offer, view)
    return OfferVersionSeen(
        offer=offer.id,
        version=offer.version,
        author=offer.proposer,
        levels=levels_seen(state, offer, view),
        note=offer.note,
        at_ms=offer.at_ms,
        turn=offer.turn,
        details=without(offer.details, closed),
        annexes=offer.annexes,
        package=offer.package,
        expires=offer.expires,
        by=offer.by,
    )


# --- rows -------------------------------------------------------------------------------------
def offer_rows(state: State, offer: Offer, ending: OfferEnded | None = None) -> Rows:
    """Yield a text to those who may know of it."""
    for view in seats_and_control(audience(offer)):
        yield Disclosure(view, "offer", offer.id, offer_seen(state, offer, view, ending))


def version_rows(state: State, offer: Offer, scenario: Scenario, seats: Iterable[str] | None = None) -> Rows:
    """Yield the wording, and to each seat what its own advisers make of what it sees. `seats`: to these only."""
    key = f"{offer.id}@{offer.version}"
    to = audience(offer) if seats is None else tuple(seats)
    for view in seats_and_control(to) if seats is None else [seat_view(seat) for seat in to]:
        yield Disclosure(view, "offer_version", key, version_seen(state, offer, view))
    seen = {seat: levels_seen(state, offer, seat_view(seat)) for seat in to}
    yield from assessment_rows(state, offer, scenario, seen)
    for seat in to:
        hint = advice.hint_for(scenario, state, seat, seen[seat])
        if hint is not None:
            seen_hint = HintSeen(
                offer=offer.id,
                version=offer.version,
                verdict=hint.verdict,
                blocked_by=hint.blocked_by,
                enough_trust=hint.trust_needed is not None and hint.trust_held >= hint.trust_needed,
            )
            yield Disclosure(seat_view(seat), "hint", key, seen_hint)


def stance_rows(state: State, offer: Offer, seat: str, *, views: Iterable[View], by: str = "") -> Rows:
    """Yield a seat's stated positions, without those on clauses a view may not know."""
    for view in views:
        closed = hidden(state, offer, view)
        marks = {clause: mark for clause, mark in offer.marks.get(seat, {}).items() if clause not in closed}
        seen = StanceSeen(offer=offer.id, version=offer.version, seat=seat, marks=marks, by=by)
        yield Disclosure(view, "stance", f"{offer.id}@{offer.version}:{seat}", seen)


def changed_rows(before: State, after: State, scenario: Scenario, key: str) -> Rows:
    """Yield what each view sees anew of a text: nothing where nothing changed for it, all of it to a new reader."""
    old, offer = before.offers.get(key), after.offers[key]
    told = set(seats_and_control(audience(old))) if old else set()
    for view in seats_and_control(audience(offer)):
        seen = offer_seen(after, offer, view)
        if view not in told or old is None or offer_seen(before, old, view) != seen:
            yield Disclosure(view, "offer", key, seen)
    for seat in audience(offer):
        view = seat_view(seat)
        if view not in told or old is None or version_seen(before, old, view) != version_seen(after, offer, view):
            yield from version_rows(after, offer, scenario, [seat])
            for other in sorted(offer.marks):
                yield from stance_rows(after, offer, other, views=[view])


# --- facts ------------------------------------------------------------------------------------
def offer_drafted(recorded: Recorded, fact: OfferDrafted, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield a draft to its author and readers."""
    offer = after.offers[fact.offer]
    yield from offer_rows(after, offer)
    yield from version_rows(after, offer, scenario)


def offer_proposed(
    recorded: Recorded, fact: OfferTabled | OfferCountered, before: State, after: State, scenario: Scenario
) -> Rows:
    """Yield a version put on the table, and to Control where it lies."""
    offer = after.offers[fact.offer]
    yield from offer_rows(after, offer)
    yield from version_rows(after, offer, scenario)
    yield from placed_rows(after, offer, scenario)


def offer_marked(recorded: Recorded, fact: OfferMarked, before: State, after: State) -> Rows:
    """Yield a stated position; a reader who may know none of the clauses is not told that one was stated."""
    offer = after.offers[fact.offer]
    views = [view for view in seats_and_control(audience(offer)) if set(fact.marks) - hidden(after, offer, view)]
    return stance_rows(after, offer, fact.seat, views=views, by=fact.by)


def offer_moved(
    recorded: Recorded, fact: OfferAccepted | OfferInitialled | OfferSigned | OfferUnsigned, before: State, after: State
) -> Rows:
    """Yield an acceptance, an initial, a signature, or their end."""
    return offer_rows(after, after.offers[fact.offer])


def offer_paraphrased(recorded: Recorded, fact: OfferParaphrased, before: State, after: State) -> Rows:
    """Yield a private reading of a clause to the seat itself and Control."""
    seen = ParaphraseSeen(
        offer=fact.offer,
        version=fact.version,
        seat=fact.seat,
        clause=fact.clause,
        text=fact.text,
        at_ms=recorded.at_ms,
        turn=after.turn,
    )
    key = f"{fact.offer}@{fact.version}:{fact.seat}:{fact.clause}"
    return show(seats_and_control([fact.seat]), "paraphrase", key, seen)


def offer_ended(recorded: Recorded, fact: OfferEnded, before: State, after: State) -> Rows:
    """Yield how a text ended to those who knew of it."""
    return offer_rows(after, before.offers[fact.offer], fact)
