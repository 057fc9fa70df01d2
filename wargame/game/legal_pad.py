"""Say what a seat may write together with others now, as ready commands. For `legal`."""

from collections.abc import Iterator

from adjudication.scenario.schema import Scenario
from negotiation import pads
from negotiation.offers import Offer
from wargame.game import case
from wargame.game import commands as c
from wargame.game.confidence import pad_audience
from wargame.game.decide.texts import carried
from wargame.game.state import Seat, State

_WRITER = 1
"""Client number of the words proposed here. Browsers draw theirs at random."""


def of_seat(state: State, seat: Seat, scenario: Scenario) -> Iterator[c.Command]:
    """Yield whom a seat may let in, and a few words in every pad it writes in."""
    for offer in state.offers.values():
        yield from _shares(state, seat, offer)
    for pad in state.pads.values():
        offer = state.offers[pad.offer]
        sent = pad.seat in offer.waiting if pad.counter else offer.gate or carried(state, offer.id)
        if not sent and seat.id in (pad.seat, *pad.editors) and seat.id in pad_audience(state, pad):
            clauses = case.terms(scenario).highest
            update = pads.appended(pad, min(offer.levels or clauses), "… ", writer=_WRITER)
            if pads.check_update(pad, update, clauses=clauses) is None:
                yield c.PadEdit(offer=pad.offer, update=update, of=pad.seat if pad.counter else "", opening=pad.opening)


def _shares(state: State, seat: Seat, offer: Offer) -> Iterator[c.Command]:
    if offer.status == "draft" and offer.author == seat.id:
        yield c.PadShare(offer=offer.id, editors=offer.readers)
    elif offer.status != "draft" and seat.id in offer.parties:
        colleagues = (one for one in state.side_of(seat.id) if one != seat.id)
        yield c.PadShare(offer=offer.id, editors=tuple(colleagues)[:16])
