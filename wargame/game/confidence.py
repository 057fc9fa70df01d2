"""Who is in confidence: which seats may know all of a text, and so what is being written in its pad.

Asked by the deciders and by `visibility`, so that both mean the same seats.
"""

from negotiation import offers
from negotiation.offers import Offer
from negotiation.pads import Pad
from wargame.game.state import State


def delegates(state: State, offer: Offer) -> frozenset[str]:
    """Return the seats that deal on a text for somebody who may know all of it."""
    principals = offers.in_confidence(offer)
    return frozenset(m.seat for m in state.mandates.values() if m.principal in principals and m.covers(offer.id))


def pad_audience(state: State, pad: Pad) -> tuple[str, ...]:
    """Return the seats that may see a pad: its leading seat, and of those let in whoever no clause is hidden from.

    A draft's pad is let in whoever reads the draft; an answer's only whom its seat named.
    """
    offer = state.offers[pad.offer]
    let_in = pad.named if pad.counter else offers.audience(offer)
    knowing = delegates(state, offer)
    open_to = (seat for seat in let_in if not offers.hidden_from(offer, seat, delegates=knowing))
    return tuple(sorted({pad.seat, *open_to}))
