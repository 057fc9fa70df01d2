"""Say what a seat, or Control at its gate, may do about texts now, as ready commands. For `legal`."""

from collections.abc import Iterator

from adjudication.scenario.schema import Scenario
from negotiation import details, offers, table
from negotiation.details import Detail
from negotiation.mandates import Mandate, check_bounds
from negotiation.offers import Offer
from wargame.game import case, engine
from wargame.game import commands as c
from wargame.game.decide.deal import OPEN_TEXTS
from wargame.game.decide.mandates import mandates_on
from wargame.game.decide.texts import carried
from wargame.game.state import Seat, State


class Room:
    """What a seat could still say in a text: what may rise, and what stands."""

    def __init__(self, state: State, seat: str, scenario: Scenario) -> None:
        terms = case.terms(scenario)
        self.state, self.scenario, self.terms = state, scenario, terms
        self.banked = engine.known_levels(scenario, state, seat)
        self.rises = {
            issue: self.banked.get(issue, 0) + 1
            for issue, top in terms.highest.items()
            if self.banked.get(issue, 0) < top and issue not in terms.never_banked
        }

    def sayable(self, wording: offers.Wording) -> bool:
        """Tell whether a wording could be tabled now."""
        rules = case.clause_rules(self.scenario, wording.levels)
        wrong = offers.check_levels(
            wording.levels, known=self.terms.highest, banked=self.banked, never_banked=self.terms.never_banked
        ) or details.check_details(wording.levels, wording.details, rules=rules, turn=self.state.turn)
        return (
            wrong is None
            and (wording.expires is None or wording.expires >= self.state.turn)
            and offers.raises_anything(wording.levels, banked=self.banked, never_banked=self.terms.never_banked)
        )

    def reached(self, seat: str, offer: Offer) -> bool:
        """Tell whether a text can be put straight before its parties."""
        return not any(case.by_letter_only(self.scenario, seat, other) for other in offer.parties if other != seat)


def of_control(state: State, scenario: Scenario) -> Iterator[c.Command]:
    """Yield what Control may do at its gate."""
    for offer in state.offers.values():
        if offer.gate:
            yield c.OfferReturn(offer=offer.id, reason="Not in this form.")
            if Room(state, offer.author, scenario).sayable(offer.wording):
                yield c.OfferRelease(offer=offer.id)
        for party, answer in offer.waiting.items():
            yield c.OfferReturn(offer=offer.id, reason="Not in this form.", seat=party)
            refused = offers.check_counter(offer, seat=party, against=answer.against, wording=answer.wording)
            if refused is None and Room(state, answer.by or party, scenario).sayable(answer.wording):
                yield c.OfferRelease(offer=offer.id, seat=party)


def of_seat(state: State, seat: Seat, scenario: Scenario) -> Iterator[c.Command]:
    """Yield what a seat may do about texts and mandates."""
    room = Room(state, seat.id, scenario)
    yield from _drafts(state, seat, room)
    yield from _mandates(state, seat)
    for offer in state.offers.values():
        if seat.id in offers.audience(offer) and carried(state, offer.id) is None:
            yield from _answers(seat.id, offer, room)
            yield from _conduct(seat, offer, state)


def _drafts(state: State, seat: Seat, room: Room) -> Iterator[c.Command]:
    own = [offer for offer in state.offers.values() if offer.author == seat.id]
    others = [other for other in state.seats if other != seat.id]
    for issue, level in room.rises.items() if len(own) < OPEN_TEXTS else ():
        name = f"t{state.turn}-{len(own)}-{issue}"
        if f"{seat.id}:{name}" in state.offers or f"{seat.id}:{name}" in state.ended_offers:
            continue
        yield c.OfferDraft(offer=name, parties=state.signatories, levels={issue: level})
        yield c.OfferDraft(
            offer=name,
            parties=state.signatories,
            levels={issue: level},
            details={issue: Detail(bracketed=True, wording="In brackets.")},
            sponsors=tuple(others[:1]),
            package=len(own) % 2 == 1,
            expires=state.turn if room.scenario.negotiation.table.expiry else None,
        )


def _mandates(state: State, seat: Seat) -> Iterator[c.Command]:
    for other in state.side_of(seat.id):
        if other != seat.id:
            yield c.MandateGive(seat=other, may=("mark", "counter", "accept", "initial"))
            if f"{seat.id}:{other}" in state.mandates:
                yield c.MandateEnd(seat=other)


def _acting(state: State, seat: str, offer: Offer, act: str) -> tuple[str, Mandate | None] | None:
    """Return for whom a seat could do something on a text and by which mandate, None if its mandate says no."""
    held = mandates_on(state, offer, seat)
    if not held:
        return seat, None
    found = next((mandate for mandate in held if act in mandate.may), None)
    return None if found is None else (found.principal, found)


def _within(room: Room, mandate: Mandate | None, levels: dict[str, int]) -> bool:
    return mandate is None or check_bounds(mandate, levels=levels, banked=room.banked) is None


def _answers(seat: str, offer: Offer, room: Room) -> Iterator[c.Command]:
    table_it = offers.check_table(offer, seat=seat) is None and room.reached(seat, offer)
    if table_it and room.sayable(offer.wording):
        yield c.OfferTable(offer=offer.id)
    if offers.check_walk_away(offer, seat=seat) is None:
        yield c.OfferWalkAway(offer=offer.id)
    state, version = room.state, offer.version
    for act in ("accept", "initial", "mark", "counter"):
        who = _acting(state, seat, offer, act)
        if who is None:
            continue
        party, mandate = who
        if act == "accept" and offers.check_accept(offer, seat=party, version=version) is None:
            if _within(room, mandate, offer.levels):
                yield c.OfferAccept(offer=offer.id, version=version)
        elif act == "initial" and offers.check_initial(offer, seat=party, version=version) is None:
            if _within(room, mandate, offer.levels):
                yield c.OfferInitial(offer=offer.id, version=version)
        elif act == "mark":
            yield from _marks(party, offer)
        elif act == "counter":
            yield from _counters(party, mandate, offer, room)
    yield from _signing(seat, offer, room)


def _marks(party: str, offer: Offer) -> Iterator[c.Command]:
    mark: offers.Mark = "accept" if offer.package else "bracket"
    marks = {
        clause: mark for clause in offer.levels if mark != "accept" or not offer.details.get(clause, Detail()).bracketed
    }
    if marks and offers.check_mark(offer, seat=party, version=offer.version, marks=marks) is None:
        yield c.OfferMark(offer=offer.id, version=offer.version, marks=marks)


def _counters(party: str, mandate: Mandate | None, offer: Offer, room: Room) -> Iterator[c.Command]:
    for issue, level in room.rises.items() if room.reached(party, offer) else ():
        for bracketed in (False, True):
            said = {key: Detail() for key in (*offer.levels, issue)} | {issue: Detail(bracketed=bracketed)}
            levels = dict(sorted({**offer.levels, issue: level}.items()))
            wording = offers.Wording(
                levels=levels,
                details=details.kept(said, levels),
                annexes=offer.annexes,
                package=offer.package,
                expires=offer.expires,
            )
            refused = offers.check_counter(offer, seat=party, against=offer.version, wording=wording)
            if refused is None and room.sayable(wording) and _within(room, mandate, levels):
                yield c.OfferCounter(offer=offer.id, against=offer.version, levels=levels, details=wording.details)


def _signing(seat: str, offer: Offer, room: Room) -> Iterator[c.Command]:
    state, version = room.state, offer.version
    if offers.check_party(offer, seat) is None and offer.levels:
        clause = min(offer.levels)
        yield c.OfferParaphrase(offer=offer.id, version=version, clause=clause, text="As we read it.")
    venues: list[c.Venue] = ["exchange"]
    venues += ["summit"] if room.scenario.summit is not None else []
    venues += ["oral"] if room.scenario.negotiation.table.oral else []
    if state.locked:
        return
    for venue in venues:
        refused = offers.check_sign(offer, seat=seat, version=version, venue=venue, signatories=state.signatories)
        if refused is None and room.sayable(offer.wording):
            yield c.OfferSign(offer=offer.id, version=version, venue=venue)


def _conduct(seat: Seat, offer: Offer, state: State) -> Iterator[c.Command]:
    """Yield what a seat may do about who sits at the table."""
    own_side = frozenset(state.side_of(seat.id))
    for other in state.seats:
        if other != seat.id and table.check_widen(offer, seat=seat.id, readers=[other], own_side=own_side) is None:
            yield c.OfferWiden(offer=offer.id, readers=(other,))
    for stands in (True, False):
        if table.check_sponsor(offer, seat=seat.id, stands=stands) is None:
            yield c.OfferSponsor(offer=offer.id, stands=stands)
        if table.check_recess(offer, seat=seat.id, on=stands) is None:
            yield c.OfferRecess(offer=offer.id, on=stands)
    if table.check_walk_out(offer, seat=seat.id) is None:
        yield c.OfferWalkOut(offer=offer.id, reason="Not like this.")
    if table.check_come_back(offer, seat=seat.id) is None:
        yield c.OfferComeBack(offer=offer.id)
